"""What a document shows of itself: how far its paragraphs stand apart, how its lines are filled, spread and spaced."""

from __future__ import annotations

import pytest

from documents.readers.pdf_columns import Item, gutters
from documents.readers.pdf_edges import ends_sentence, is_full
from documents.readers.pdf_facts import facts_of
from documents.readers.pdf_layout import blocks_of
from documents.readers.pdf_lines import pieces
from documents.readers.pdf_marks import Fragment, Line, Piece, Sheet
from documents.readers.pdf_paragraphs import goes_on
from documents.readers.pdf_words import joined, mend

START, END = 100.0, 500.0


def _line(
    text: str, right: float = END, *, left: float = START, at: float = 100, page: int = 1, size: float = 10
) -> Line:
    head = size if ord(text[0]) > 0x2E80 else size / 2 * len(text.split()[0])
    return Line((Piece(text, left, right, at, size, 0, head),), page, "", page, START, END)


def _document(gap: float, *, pages: int = 1) -> list[Line]:
    """Paragraphs of three lines, ``gap`` points apart, whose last line is short."""
    lines, at = [], 100.0
    for page in range(1, pages + 1):
        at = 100.0
        for _ in range(6):
            for text, right in (
                ("这是一段文字的第一行并且写到了边上", END),
                ("这一行同样写到了边上没有空处", END),
                ("最后一行。", 200.0),
            ):
                lines.append(_line(text, right, at=at, page=page))
                at += 16
            at += gap
    return lines


def test_a_small_distance_between_paragraphs_is_learned() -> None:
    facts = facts_of(_document(3))
    assert facts.gaps
    first, full = _line("这一段写满了并且到此为止。", at=100), _line("下一段由此开始", 300, at=119)
    assert not goes_on([first], full, facts)
    assert goes_on([first], _line("同一段接着写", 300, at=116), facts)


def test_without_one_nothing_is_learned() -> None:
    assert facts_of(_document(0)).apart == {}


def test_whether_a_full_line_that_ends_a_sentence_ends_its_paragraph_is_counted() -> None:
    def ending(distance: float) -> list[Line]:
        pairs = [
            (_line("写满的一行到此为止。", at=at), _line("另一行", 200, at=at + distance))
            for at in range(100, 900, 160)
        ]
        return [line for pair in pairs for line in pair]

    apart, within = facts_of([*_document(8), *ending(24)]), facts_of([*_document(8), *ending(16)])
    assert apart.ends_full
    assert not within.ends_full
    last, following = _line("写满的一行到此为止。", page=1, at=780), _line("下一页的第一行", page=2, at=100)
    assert not goes_on([last], following, apart)
    assert goes_on([last], following, within)


FACTS = facts_of(_document(0))._replace(indents=False, gaps=False, breaks=True)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Who signs, and when, are set against the right edge.
        (_line("市商务局、市财政局", left=410), _line("2025年3月6日", left=440), False),
        (
            _line("省农业农村厅 省财政厅 省水利厅 省发展和改革委员会 省林业", left=104),
            _line("和草原局", left=460),
            True,
        ),
        (_line("附件：1.申请表（略）；2.名单（略）"), _line("市商务局", left=460), False),
        # A date on a line of its own is no end of a sentence.
        (_line("临泽市人民政府办公室和临泽市财政局以及市住房局"), _line("2025年3月6日", 180), False),
        (_line("本办法的施行日期为"), _line("2025年3月6日。", 180), True),
        # "No." ends nothing.
        (_line("Statutory Order of the Canton of Brennach No."), _line("816 of 2025", 300), True),
    ],
)
def test_last_lines(first: Line, second: Line, expected: bool) -> None:
    below = second._replace(pieces=(second.pieces[0]._replace(baseline=first.baseline + 16),))
    assert goes_on([first], below, FACTS) is expected


def test_a_numbered_heading_is_one_though_the_line_before_was_full_and_it_is_not_set_in() -> None:
    indents = FACTS._replace(indents=True)
    full = _line("已经享受补贴的不再重复发放。", left=120)
    assert not goes_on([full], _line("二、补贴标准", 160, at=116), indents)
    assert goes_on([full], _line("二、三项规定的情形除外，并且报省级主管部门备案后执行", at=116), indents)


def test_centred_lines_go_on_where_the_first_had_no_room() -> None:
    first, rest = (
        _line("Order on the lending of boats and of all that belongs to", 490, left=110),
        _line("them", 320, left=280, at=116),
    )
    assert goes_on([first], rest, FACTS)
    assert not goes_on([_line("Order on boats", 350, left=250)], _line("them", 320, left=280, at=116), FACTS)


def test_titles_may_be_parted_where_there_was_room() -> None:
    first, rest = (
        _line("市人力资源和社会保障局", 400, left=200, size=16),
        _line("市财政局关于发放启动资金的通知", at=124, size=16),
    )
    assert goes_on([first], rest, FACTS)


def test_a_line_had_no_room_for_what_an_opening_mark_opens() -> None:
    assert is_full(_line("（澜建规", 462), _line("〔2019〕3号"))
    assert not is_full(_line("（澜建规", 430), _line("〔2019〕3号"))


def test_shortened_words_and_numbers_end_no_sentence() -> None:
    assert not ends_sentence(_line("under Order No."))
    assert ends_sentence(_line("under this Order."))


def _text(text: str, left: float, baseline: float = 100, size: float = 10) -> Fragment:
    width = sum(size if ord(c) > 0x2E80 else size / 2 for c in text.strip())
    return Fragment(text, left, left + width, baseline, size, head=size)


def _pieces(*fragments: Fragment) -> list[str]:
    return [piece.text for piece in pieces(list(fragments))]


def test_letters_with_space_between_them_are_words() -> None:
    spread = [_text(letter, 100 + 7.5 * at) for at, letter in enumerate("Who may apply") if letter != " "]
    assert _pieces(*spread) == ["Who may apply"]
    marked = [_text(letter, 100 + 7.5 * at) for at, letter in enumerate("Who may apply")]
    assert _pieces(*marked) == ["Who may apply"]


def test_spaces_that_were_widened_to_fill_a_line_are_spaces() -> None:
    words, left = [], 100.0
    for word in ("signed", " agreements,", " bank", " confirmations", " or"):
        words.append(_text(word, left))
        left = words[-1].right + 22
    assert _pieces(*words) == ["signed agreements, bank confirmations or"]
    assert _pieces(_text("第一条（目的）", 100), _text(" 为鼓励企业", 182)) == ["第一条（目的） 为鼓励企业"]


def test_cells_are_apart_though_their_gaps_are_as_wide_as_each_other() -> None:
    assert _pieces(_text("2021", 100), _text("2022", 131), _text("2023", 162), _text("2024", 193)) == [
        "2021",
        "2022",
        "2023",
        "2024",
    ]


def test_no_space_before_signs_of_numbers() -> None:
    assert _pieces(_text("按日加收5", 100), _text("‰", 151)) == ["按日加收5‰"]


def _columns(left_right: float) -> list[Item]:
    left = [Item(72, left_right if n == 9 else 280, 100 + 12 * n, 2 * n, 10, 2 * n) for n in range(20)]
    right = [Item(300, 510, 100 + 12 * n, 2 * n, 10, 2 * n + 1) for n in range(20)]
    return left + right


def test_a_gutter_is_where_the_next_column_begins_whatever_stands_out_into_it() -> None:
    for right in (280, 286, 292):
        assert 280 < gutters(_columns(right))[""] < 300


def test_a_line_that_stands_out_almost_to_the_next_column_is_not_one_with_it() -> None:
    left = ["申报单位应当同时符合下列条件并提交材料其一" + ("（" if n == 9 else "") for n in range(20)]
    right = ["审核通过的名单应当在门户网站公示七日以上"] * 20
    fragments = [
        _text(text, x, 100 + 14 * n) for x, column in ((72, left), (297, right)) for n, text in enumerate(column)
    ]
    blocks = blocks_of([Sheet(1, 595, 842, tuple(fragments))])
    assert "".join(block.text for block in blocks) == "".join(left + right)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("where the budget is ex-", "hausted", "where the budget is exhausted"),
        ("an ex-", "post evaluation", "an ex-post evaluation"),
        ("the ten-", "ancy ends", "the tenancy ends"),
        ("a ten-", "year term", "a ten-year term"),
        ("a three-", "storey house", "a three-storey house"),
        ("more-", "over", "moreover"),
        ("a part-", "time worker", "a part-time worker"),
        ("the start-", "up phase", "the start-up phase"),
        ("by e-", "mail", "by e-mail"),
        ("not cor-", "related", "not correlated"),
        ("at head-", "quarters", "at headquarters"),
        ("补助比例为1.", "6%以上", "补助比例为1.6%以上"),
        ("不超过售价的3", "0%", "不超过售价的30%"),
        ("见附件2", "Article", "见附件2 Article"),
    ],
)
def test_words_and_numbers_that_a_line_end_divides(first: str, second: str, expected: str) -> None:
    assert joined(first, second) == expected


def test_parts_of_characters_are_the_characters_they_look_like() -> None:
    assert mend("从事⺟婴护理") == "从事母婴护理"
