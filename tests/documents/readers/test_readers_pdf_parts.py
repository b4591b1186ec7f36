"""The parts of the PDF reader one by one, on fragments and lines made by hand: no file is needed for any of them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.blocks import Style
from documents.readers.pdf_columns import Item, gutters, in_order
from documents.readers.pdf_edges import framed, is_full
from documents.readers.pdf_facts import Facts
from documents.readers.pdf_fonts import weight_of
from documents.readers.pdf_furniture import PageLines, furniture, is_page_number
from documents.readers.pdf_grids import grids, table_of
from documents.readers.pdf_layout import blocks_of
from documents.readers.pdf_lines import pieces, rows
from documents.readers.pdf_marks import Fragment, Line, Piece, Rule, Sheet, Table
from documents.readers.pdf_paragraphs import goes_on
from documents.readers.pdf_salvage import salvaged
from documents.readers.pdf_tables import over_pages, with_tables
from documents.readers.pdf_words import joined, mend, text_of, vocabulary

# Words


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("the regu-", "lations of", "the regulations of"),
        ("is state-", "owned by", "is state-owned by"),
        ("the self-", "employed", "the self-employed"),
        ("the unem-", "ployed", "the unemployed"),
        ("the un-", "employed", "the unemployed"),
        ("a long-", "er term", "a longer term"),
        ("a long-", "term loan", "a long-term loan"),
        ("the part-", "ner", "the partner"),
        ("soft\u00ad", "ware", "software"),
        ("the dis\u2010", "trict", "the district"),
        ("from 2024-", "2026", "from 2024-2026"),
        ("the Anglo-", "Saxon", "the Anglo-Saxon"),
        ("code A-", "12", "code A-12"),
        ("one line", "and the next", "one line and the next"),
        ("either/", "or", "either/or"),
        ("中小", "企业", "中小企业"),
        ("自2024年", "12月起", "自2024年12月起"),
        ("不少于", "30日", "不少于30日"),
        ("出口额20", "25年翻番", "出口额2025年翻番"),
        ("遵循ISO", "27001标准", "遵循ISO 27001标准"),
        ("申请“", "补贴", "申请“补贴"),
        ("the “", "grant”", "the “ grant”"),
        ("a dash -", "and more", "a dash - and more"),
        ("第1", ".项", "第1.项"),
        ("", "alone", "alone"),
    ],
)
def test_two_lines_as_one(first: str, second: str, expected: str) -> None:
    assert joined(first, second) == expected


def test_the_document_itself_shows_how_it_spells() -> None:
    known = vocabulary(["the co-operation of ministries", "the workplace"])
    assert joined("in co-", "operation", known) == "in co-operation"
    assert joined("at the work-", "place", known) == "at the workplace"
    assert joined("in co-", "operation") == "in cooperation"
    assert text_of(["the work\u00adplace and the co\u00adworker"], known) == "the workplace and the co-worker"


def test_what_cannot_be_seen_goes_and_the_rest_stays() -> None:
    assert mend("ﬁne ﬂags\u00a0and\u2003oﬃces\x00\x08\ud800\u200b") == "fine flags and offices"
    assert mend("⽤⼾⻔⻅人⺠币") == "用户门见人民币"
    full_width = "（一）Ａ，。；：“”《》　１２"
    assert mend(full_width) == full_width
    assert mend("\uf0b7 point") == "• point"


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("ABCDEF+Times-Bold", 2), ("SimHei", 1), ("Times-Roman", 0), ("ArialMT", 0), ("NotoSansCJKsc-Black", 2),
        ("FZXBSJW--GB1-0", 1), ("FangSong", 0),
    ],
)  # fmt: skip
def test_weights_by_name(name: str, weight: int) -> None:
    assert weight_of(name) == weight
    assert weight_of("Any", declared=700) == 2
    assert weight_of("Any", flags=1 << 18) == 2


# Lines


def _fragment(text: str, left: float, baseline: float = 100, *, size: float = 10, weight: int = 0) -> Fragment:
    width = sum(size if ord(c) > 0x2E80 else size / 2 for c in text)
    return Fragment(text, left, left + width, baseline, size, weight, head=min(width, size * 2))


def _line_texts(*fragments: Fragment) -> list[list[str]]:
    return [[piece.text for piece in pieces(row)] for row in rows(fragments)]


def test_fragments_of_one_baseline_are_one_line_whatever_their_order() -> None:
    parts = [_fragment("first", 100), _fragment("second", 128), _fragment("below", 100, 114)]
    for seed in range(6):
        shuffled = random.Random(seed).sample(parts, len(parts))
        assert _line_texts(*shuffled) == [["first second"], ["below"]]


def test_raised_signs_belong_to_their_line() -> None:
    assert _line_texts(_fragment("the fund", 100), _fragment("1", 141, 96.5, size=6), _fragment("applies", 147)) == [
        ["the fund1 applies"]
    ]


def test_gaps_are_spaces_by_what_stands_beside_them() -> None:
    assert _line_texts(_fragment("no", 100), _fragment("gap", 110.5)) == [["nogap"]]
    assert _line_texts(_fragment("一个", 100), _fragment("词", 123)) == [["一个词"]]
    assert _line_texts(_fragment("第一章", 100), _fragment("总则", 138)) == [["第一章 总则"]]
    assert _line_texts(_fragment("共", 100), _fragment("30", 112.5), _fragment("日", 125)) == [["共30日"]]
    assert _line_texts(_fragment("left", 100), _fragment("right", 180)) == [["left", "right"]]
    assert _line_texts(_fragment("甲厅", 100), _fragment("　", 120), _fragment("乙厅", 130)) == [["甲厅　乙厅"]]


def test_a_number_goes_with_its_text_and_a_spread_title_is_one() -> None:
    assert _line_texts(_fragment("2.1", 100), _fragment("Scope of the law", 140)) == [["2.1 Scope of the law"]]
    assert _line_texts(_fragment("•", 100), _fragment("item", 130)) == [["• item"]]
    assert _line_texts(*(_fragment(c, 100 + 40 * i, size=20) for i, c in enumerate("通知书"))) == [["通知书"]]


# Columns


def _column(texts: int, left: float, right: float, *, top: float = 100, row: int = 0, step: float = 12) -> list[Item]:
    return [Item(left, right - 7 * (i % 3), top + step * i, row + i, 10, 0) for i in range(texts)]


def _numbered(items: list[Item]) -> list[Item]:
    return [item._replace(content=index) for index, item in enumerate(items)]


def test_columns_are_read_one_after_another_and_what_crosses_in_its_place() -> None:
    items = _numbered(
        [
            Item(150, 450, 80, 0, 16, 0),
            *_column(8, 50, 290, row=1),
            *_column(8, 310, 550, row=1),
            Item(100, 500, 210, 9, 10, 0),
            *_column(5, 50, 290, top=230, row=10),
            *_column(5, 310, 550, top=230, row=10),
        ]
    )
    stretches = in_order(items)
    assert [stretch.slot for stretch in stretches] == ["", "L", "R", "", "L", "R"]
    assert [item.content for stretch in stretches for item in stretch.items] == list(range(len(items)))


def test_baselines_of_columns_need_not_agree() -> None:
    left, right = _column(8, 50, 290, row=0), _column(8, 310, 550, top=105, row=20)
    assert [stretch.slot for stretch in in_order(_numbered(left + right))] == ["L", "R"]


def test_three_columns() -> None:
    items = _column(9, 40, 200, row=0) + _column(9, 215, 375, row=0) + _column(9, 390, 550, row=0)
    assert [stretch.slot for stretch in in_order(_numbered(items))] == ["L", "RL", "RR"]


@pytest.mark.parametrize(
    "items",
    [
        pytest.param(_column(20, 50, 550), id="one column"),
        pytest.param(_column(9, 50, 90) + _column(9, 120, 550), id="numbers and their texts"),
        pytest.param(
            [Item(50, 50 + 30 + 150 * (i % 4 == 0), 100 + 12 * i, i, 10, 0) for i in range(9)] + _column(9, 300, 520),
            id="short cells",
        ),
        pytest.param(_column(3, 50, 290) + _column(3, 310, 550), id="too few lines"),
    ],
)
def test_what_are_no_columns(items: list[Item]) -> None:
    assert gutters(items) == {}
    assert [stretch.slot for stretch in in_order(_numbered(items))] == [""]


def test_a_last_page_is_divided_where_the_others_are() -> None:
    items = _numbered([*_column(6, 50, 290), Item(310, 500, 100, 0, 10, 0)])
    assert [stretch.slot for stretch in in_order(items)] == [""]
    assert [stretch.slot for stretch in in_order(items, {"": 300})] == ["L", "R"]


# Headers, footers and page numbers


def _pages(*pages: Sequence[tuple[float, str]]) -> list[PageLines]:
    return [
        PageLines(number, 842, tuple((row, at, text) for row, (at, text) in enumerate(lines)))
        for number, lines in enumerate(pages, 1)
    ]


def _kept(*pages: Sequence[tuple[float, str]]) -> list[str]:
    dropped = furniture(_pages(*pages))
    return [text for n, page in enumerate(pages, 1) for row, (_, text) in enumerate(page) if (n, row) not in dropped]


@pytest.mark.parametrize(
    "text",
    ["— 3 —", "- 3 -", "第3页", "第 3 页 共 9 页", "第三页", "第3页/共9页", "Page 3 of 9", "page 3", "3 of 9", "·3·"],
)
def test_page_numbers_say_so(text: str) -> None:
    assert is_page_number(text)
    assert _kept([(100, "Text"), (800, text)]) == ["Text"]


@pytest.mark.parametrize("text", ["3", "Article 3", "第3条", "2024-2026", "3 of the 9 members", "— and —"])
def test_other_numbers_do_not(text: str) -> None:
    assert not is_page_number(text)
    assert _kept([(100, "Text"), (800, text)]) == ["Text", text]


def test_headers_differ_in_digits_alone_and_stand_at_one_place() -> None:
    pages = [
        [(40, f"Gazette {n}"), (100, f"Text {'abcdef'[n]}"), (400, "Every page has this in its middle")]
        for n in range(6)
    ]
    kept = _kept(*pages)
    assert not any(text.startswith("Gazette") for text in kept)
    assert len(kept) == 12
    moved = [[(40 + 9 * n, "Gazette"), (300, "Text")] for n in range(4)]
    assert len(_kept(*moved)) == 8


def test_what_stands_within_of_a_line_of_text_stays() -> None:
    pages = [[(40, "Text that differs: " + "abc"[n]), (60, "The same line")] for n in range(3)]
    assert len(_kept(*pages)) == 6


def test_tables_are_text_also_at_the_edge() -> None:
    pages = _pages(*[[(40, "Measure Rate"), (100, f"Text {'abc'[n]}")] for n in range(3)])
    assert len(furniture(pages)) == 3
    assert furniture([page._replace(fixed=frozenset({0})) for page in pages]) == set()


def test_left_and_right_pages_have_headers_of_their_own() -> None:
    pages = [[(40, "Left title" if n % 2 else "Right title"), (100, f"Text {'abcdefgh'[n]}")] for n in range(8)]
    assert not any("title" in text for text in _kept(*pages))


def _repeated_line(heights: Sequence[float]) -> list[PageLines]:
    return _pages(*[[(at, "Gazette"), (400.0, "Text")] for at in heights])


@given(st.lists(st.sampled_from([30.0, 34.0, 34.5, 38.0, 42.5, 60.0]), min_size=3, max_size=20))
def test_a_line_is_repeated_where_enough_pages_have_it_within_four_points(heights: list[float]) -> None:
    """Held against the plain count: of all pages, or of those of one side."""
    expected = set()
    for page, at in enumerate(heights, 1):
        alike = [other for other, height in enumerate(heights, 1) if abs(height - at) <= 4]
        side = [other for other in alike if other % 2 == page % 2]
        of_side = len(range(2 - page % 2, len(heights) + 1, 2))
        if len(alike) >= 3 and (len(alike) >= 0.4 * len(heights) or len(side) >= 0.8 * of_side):
            expected.add((page, 0))
    assert furniture(_repeated_line(heights)) == expected


class _Counted(float):
    """A height that counts how often two are held against each other."""

    count = 0

    def __sub__(self, other: float) -> float:
        _Counted.count += 1
        return float(self) - float(other)

    __rsub__ = __sub__


@pytest.mark.parametrize("title", ["Gazette", "{} Gazette"])
def test_twice_as_many_pages_are_about_twice_the_work(title: str) -> None:
    """For headers that are repeated, and for those that begin with the number of the page."""

    def comparisons(pages: int) -> int:
        _Counted.count = 0
        lines = _pages(*[[(_Counted(40), title.format(n)), (400.0, "Text")] for n in range(1, pages + 1)])
        assert len(furniture(lines)) == pages
        return _Counted.count

    assert comparisons(400) < 3 * comparisons(200)


def test_bare_numbers_must_count_the_pages() -> None:
    assert _kept(*[[(100, f"Text {'abc'[n]}"), (800, str(n + 7))] for n in range(3)]) == ["Text a", "Text b", "Text c"]
    assert "12" in _kept([(100, "Text a"), (800, "12")], [(100, "Text b"), (800, "40")])


def test_running_titles_with_the_number_of_the_page() -> None:
    titles = ["Chapter 1 General 4", "Chapter 2 Grants 5", "Chapter 2 Grants 6", "Chapter 3 Duties 7"]
    pages = [[(40, title), (100, f"Text {'abcd'[n]}")] for n, title in enumerate(titles)]
    assert _kept(*pages) == ["Text a", "Text b", "Text c", "Text d"]


# Paragraphs

_FACTS = Facts(size=10, weight=0, pitch={10: 12.0}, indents=False, gaps=False, breaks=True)


def _line(
    text: str,
    right: float = 500,
    *,
    left: float = 100,
    at: float = 100,
    page: int = 1,
    size: float = 10,
    weight: int = 0,
) -> Line:
    head = 10.0 if ord(text[0]) > 0x2E80 else 5.0 * len(text.split()[0])
    return Line((Piece(text, left, right, at, size, weight, head),), page, "", page, 100, 500)


def _goes_on(first: Line, second: Line, facts: Facts = _FACTS) -> bool:
    return goes_on([first], second._replace(pieces=(second.pieces[0]._replace(baseline=first.baseline + 12),)), facts)


def test_a_line_is_full_where_the_next_word_had_no_room() -> None:
    assert is_full(_line("text", 480), _line("longer"))
    assert not is_full(_line("text", 480), _line("on it"))
    assert is_full(_line("一二三", 495), _line("四五"))
    assert not is_full(_line("一二三", 470), _line("四五"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (_line("A line that is full and"), _line("goes on", 200), True),
        (_line("A line that is short", 300), _line("The next", 200), False),
        (_line("A line that ends early but", 440), _line("goes on", 200), True),
        (_line("in accordance with"), _line("Article 5 of these Rules", 300), True),
        (_line("in accordance with these Rules."), _line("Article 5 of these Rules", 300), False),
        (_line("Text that is full and"), _line("• an item", 300), False),
        (_line("Text that is full and"), _line("goes on larger", 300, size=14), False),
        (_line("A title that is full", weight=2), _line("Text below it", 300), False),
        (_line("Text that is full and"), _line("stressed as a whole", 300, weight=2), True),
        (_line("Text that is full and"), _line("Set in by much", 300, left=130), False),
        (_line("(a) An item that hangs and"), _line("goes on behind", 300, left=120), True),
        (_line("依照本办法"), _line("第三条的规定办理。", 300), True),
        (_line("依照本办法办理。"), _line("第三条 企业可以申请。", 300), False),
        (_line("以下材料："), _line("（一）申请书；", 300), False),
        (_line("企业应当提交申请", 300), _line("，并附材料。", 200), True),
        (_line("Chapter 1 General ........ 3"), _line("Chapter 2 Grants ........ 5"), False),
    ],
)
def test_which_line_goes_on(first: Line, second: Line, expected: bool) -> None:
    assert _goes_on(first, second) is expected


def test_distance_and_indentation_part_paragraphs() -> None:
    first, second = _line("A line that is full and"), _line("goes on", 200, at=112)
    assert goes_on([first], second, _FACTS)
    assert not goes_on([first], _line("goes on", 200, at=118), _FACTS)
    indented = _FACTS._replace(indents=True)
    begun, next_one = _line("一段文字。", left=120), _line("另一段文字", 300, left=120)
    assert not _goes_on(begun, next_one, indented)
    assert _goes_on(begun, _line("接着的文字", 300), indented)
    assert _goes_on(_line("列举如下。", left=120), _line("（一）项以外的", 500), indented)


def test_where_all_lines_are_flush_a_sentence_that_ends_short_ends_its_paragraph() -> None:
    short, following = _line("A line that ends.", 495), _line("The next", 300)
    assert _goes_on(short, following)
    assert not _goes_on(short, following, _FACTS._replace(flush=True))
    assert _goes_on(_line("A line that ends.", 500), following, _FACTS._replace(flush=True))


def test_the_number_of_the_next_item_ends_no_sentence() -> None:
    indented = _FACTS._replace(breaks=False)
    assert _goes_on(_line("1.申请书；2."), _line("建设方案", 300), indented)
    assert not _goes_on(_line("以下为准。"), _line("建设方案", 300), indented)
    assert not _goes_on(_line("a sum of EUR 2,000."), _line("The next", 300), indented)


def test_marks_that_hang_over_the_edge_do_not_move_it() -> None:
    lines = [_line("一行文字", 500 - i % 9, at=12.0 * i) for i in range(60)]
    lines += [_line("一行文字。", 510, at=12.0 * i) for i in range(60, 70)]
    assert {line.end for line in framed(lines, {1: 600})} == {500}


def test_books_have_margins_on_two_sides() -> None:
    lines = [
        _line("text", 500 + 30 * (i % 2), left=70 + 30.0 * (i % 2), page=i % 2 + 1, at=12.0 * i) for i in range(60)
    ]
    edges = {(line.page, line.start, line.end) for line in framed(lines, {1: 600, 2: 600})}
    assert edges == {(1, 70, 500), (2, 100, 530)}


def test_a_paragraph_goes_on_over_a_page() -> None:
    assert goes_on([_line("A line that is full and", at=780)], _line("goes on", 200, at=80, page=2), _FACTS)
    assert not goes_on([_line("A line that ends.", 300, at=780)], _line("The next", 200, at=80, page=2), _FACTS)


# Tables


def _row(at: float, *cells: tuple[str, float], page: int = 1) -> Line:
    return Line(
        tuple(Piece(text, left, left + 5 * len(text), at, 10, 0) for text, left in cells), page, "", page, 50, 550
    )


def _tables(*lines: Line) -> list[tuple[tuple[str, ...], ...]]:
    return [entry.rows for entry in over_pages(with_tables(lines)) if isinstance(entry, Table)]


def test_cells_in_columns_are_a_table_and_what_is_below_is_not() -> None:
    lines = [
        _row(100, ("Measure", 50), ("Rate", 300)),
        _row(112, ("Training", 50), ("4,500", 300)),
        _row(124, ("Rent", 50), ("300", 310)),
        _row(170, ("The rates are reviewed each year.", 50)),
    ]
    assert _tables(*lines) == [(("Measure", "Rate"), ("Training", "4,500"), ("Rent", "300"))]
    assert len(with_tables(lines)) == 2


def test_wrapped_cells_belong_to_their_row() -> None:
    lines = [
        _row(100, ("No.", 50), ("Measure", 100), ("Rate", 300)),
        _row(118, ("1", 50), ("Training of", 100), ("4,500", 300)),
        _row(130, ("graduates", 100)),
        _row(148, ("2", 50), ("Rent", 100), ("300", 300)),
        _row(166, ("3", 50), ("Energy and", 100), ("20", 300)),
        _row(178, ("water", 100)),
    ]
    assert _tables(*lines)[0][1:] == (
        ("1", "Training of graduates", "4,500"),
        ("2", "Rent", "300"),
        ("3", "Energy and water", "20"),
    )


def test_first_cells_may_be_wrapped_too() -> None:
    lines = [
        _row(100, ("Ministry of", 50), ("Training of", 200), ("1", 350)),
        _row(112, ("Agriculture", 50), ("farmers", 200)),
        _row(136, ("Ministry of", 50), ("Roads", 200), ("2", 350)),
        _row(148, ("Transport", 50)),
        _row(172, ("Office", 50), ("Signs and", 200), ("3", 350)),
        _row(184, ("marks", 200)),
    ]
    assert _tables(*lines)[0] == (
        ("Ministry of Agriculture", "Training of farmers", "1"),
        ("Ministry of Transport", "Roads", "2"),
        ("Office", "Signs and marks", "3"),
    )


def test_a_row_that_a_page_cuts_is_one_again() -> None:
    columns = ((50.0, 150.0), (150.0, 350.0))
    first = Table((("No.", "Measure"), ("1", "Training of")), (1, 1), columns, 100, 800, 10)
    second = Table((("No.", "Measure"), ("", "graduates"), ("2", "Rent")), (2, 2, 2), columns, 80, 200, 10)
    joined_table = over_pages([first, second])[0]
    assert isinstance(joined_table, Table)
    assert joined_table.rows == (("No.", "Measure"), ("1", "Training of graduates"), ("2", "Rent"))
    assert joined_table.pages == (1, 1, 2)
    elsewhere = second._replace(columns=((50.0, 250.0), (250.0, 350.0)))
    assert len(over_pages([first, elsewhere])) == 2


def test_a_table_over_pages_has_one_header() -> None:
    first = [
        _row(700 + 12 * i, ("Measure" if not i else f"M{i}", 50), ("Rate" if not i else f"{i}0", 300)) for i in range(4)
    ]
    second = [
        _row(80 + 12 * i, ("Measure" if not i else f"N{i}", 50), ("Rate" if not i else f"{i}1", 300), page=2)
        for i in range(4)
    ]
    rows_of = _tables(*first, *second)
    assert len(rows_of) == 1
    assert [row[0] for row in rows_of[0]] == ["Measure", "M1", "M2", "M3", "N1", "N2", "N3"]


def test_two_lines_that_happen_to_have_gaps_are_no_table() -> None:
    assert (
        _tables(
            _row(100, ("For the Ministry", 50), ("For the Bank", 300)), _row(112, ("A. Name", 50), ("B. Name", 300))
        )
        == []
    )


def _rules(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def test_ruled_cells_keep_their_place_also_where_they_are_empty() -> None:
    grid = grids(_rules([50, 150, 250, 350], [100, 120, 140]))[0]
    fragments = [
        _fragment("a", 60, 115),
        _fragment("c", 260, 115),
        _fragment("b", 160, 135),
        _fragment("more", 60, 135),
    ]
    table = table_of(grid, fragments, 1)
    assert table is not None
    assert table.rows == (("a", "", "c"), ("more", "b", ""))


def test_cells_over_rows_stand_in_each_and_over_columns_once() -> None:
    level = [Rule(50, 100, 350, 100), Rule(50, 120, 350, 120), Rule(150, 140, 350, 140), Rule(50, 160, 350, 160)]
    upright = [Rule(50, 100, 50, 160), Rule(150, 120, 150, 160), Rule(250, 120, 250, 160), Rule(350, 100, 350, 160)]
    fragments = [
        _fragment("Rates of all", 60, 115), _fragment("Group", 60, 143), _fragment("x", 160, 135),
        _fragment("y", 260, 135), _fragment("z", 160, 155), _fragment("w", 260, 155),
    ]  # fmt: skip
    table = table_of(grids(level + upright)[0], fragments, 1)
    assert table is not None
    assert table.rows == (("Rates of all",), ("Group", "x", "y"), ("Group", "z", "w"))


def test_frames_and_underlines_are_no_tables() -> None:
    assert grids(_rules([50, 550], [100, 700])) == []
    assert grids([Rule(50, y, 200, y) for y in (100, 130, 160)]) == []


# The whole


def _sheet(*lines: tuple[str, float, float], number: int = 1, size: float = 11) -> Sheet:
    return Sheet(number, 595, 842, tuple(_fragment(text, left, at, size=size) for text, left, at in lines))


def test_a_title_is_the_largest_and_a_letterhead_only_where_nothing_else_is() -> None:
    body = [
        _fragment("各市人民政府应当按照本办法执行有关规定，并报省政府备案。", 72, 300 + 20 * i, size=11)
        for i in range(4)
    ]
    head = [_fragment("云岚省人民政府文件", 150, 120, size=30), _fragment("关于做好补贴工作的通知", 180, 220, size=20)]
    blocks = blocks_of([Sheet(1, 595, 842, (*head, *body))])
    assert [block.style for block in blocks[:2]] == [Style.HEADING, Style.TITLE]
    assert blocks_of([Sheet(1, 595, 842, (head[0], *body))])[0].style is Style.TITLE


def test_no_pages_and_blank_pages() -> None:
    assert blocks_of([]) == ()
    assert blocks_of([Sheet(1, 595, 842), Sheet(2, 595, 842)]) == ()
    assert [b.page for b in blocks_of([Sheet(1, 595, 842), _sheet(("Some text.", 72, 100), number=2)])] == [2]


_places = st.floats(0, 842, allow_nan=False)
_texts = st.text(st.sampled_from("ab-Z9 第一条。，（）(1).•…\u00ad　“”"), min_size=1, max_size=14)
_sizes = st.sampled_from([6.0, 10.0, 10.5, 16.0, 40.0])
_fragments = st.builds(
    lambda text, left, width, at, size, weight, margin: Fragment(
        text, left, left + width, at, size, weight, margin, width
    ),
    _texts, _places, st.floats(0, 300), _places, _sizes, st.integers(0, 2), st.booleans(),
)  # fmt: skip
_lines_drawn = st.one_of(
    st.builds(lambda x, y, length: Rule(x, y, x + length, y), _places, _places, st.floats(0, 500)),
    st.builds(lambda x, y, length: Rule(x, y, x, y + length), _places, _places, st.floats(0, 500)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.lists(_fragments, max_size=25), st.lists(_lines_drawn, max_size=12)), max_size=4))
def test_any_marks_on_pages_become_blocks(pages: list[tuple[list[Fragment], list[Rule]]]) -> None:
    """Nothing that can stand on a page stops the reader, and no character appears that was not there.

    Brackets around the mark of a footnote and raised figures are the only signs the reader may write itself.
    """
    sheets = [Sheet(n, 595, 842, tuple(texts), tuple(rules)) for n, (texts, rules) in enumerate(pages, 1)]
    blocks = blocks_of(sheets)
    there = {character for texts, _ in pages for fragment in texts for character in fragment.text} | set(" |-[]")
    for block in blocks:
        assert block.text.strip()
        assert set(unicodedata.normalize("NFKC", block.text)) <= {
            *there,
            *unicodedata.normalize("NFKC", "".join(there)),
        }
        assert 1 <= (block.page or 0) <= len(sheets)


def test_pages_of_a_cut_file_are_listed_anew() -> None:
    body = b"%PDF-1.4\n3 0 obj\n<< /Type /Page /Parent 9 0 R >>\nendobj\n4 0 obj\n<< /Type/Page >>\nendobj\n5 0 obj <<"
    mended = salvaged(body)
    assert mended is not None
    assert b"/Kids [ 3 0 R 4 0 R ]" in mended
    assert salvaged(b"%PDF-1.4\n5 0 obj << /Type /Pages >> endobj") is None
    assert salvaged(body + b" /Encrypt 7 0 R") is None
