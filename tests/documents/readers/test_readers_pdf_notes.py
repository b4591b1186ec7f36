"""Marks of footnotes stand in brackets, and run neither into the word before them nor into another line."""

from __future__ import annotations

import pytest

from documents.readers.pdf_furniture import PageLines, furniture
from documents.readers.pdf_layout import blocks_of
from documents.readers.pdf_lines import rows
from documents.readers.pdf_marks import Fragment, Sheet
from documents.readers.pdf_notes import marked


def _text(text: str, left: float, baseline: float, size: float = 11.0) -> Fragment:
    width = sum(size if ord(c) > 0x2E80 else size / 2 for c in text)
    return Fragment(text, left, left + width, baseline, size, head=size)


def _after(text: Fragment, mark: str, *, raised: float = 4.0, size: float = 6.5) -> Fragment:
    return _text(mark, text.right, text.baseline - raised, size)


def _read(*fragments: Fragment) -> list[str]:
    return [block.text for block in blocks_of([Sheet(1, 595, 842, fragments)])]


BODY = _text("The grant is 500", 72, 100)
BEHIND = "crowns a month for every apprentice who is taken on."


def _with_mark(mark: str = "1", *notes: Fragment) -> list[str]:
    sign = _after(BODY, mark)
    return _read(BODY, sign, _text(f" {BEHIND}", sign.right + 2, 100), *notes)


def test_a_mark_does_not_run_into_the_number_before_it() -> None:
    note = (_text("1", 72, 761, 5.5), _text(" Raised every year.", 76, 764, 9))
    assert _with_mark("1", *note) == [f"The grant is 500[1] {BEHIND}", "[1] Raised every year."]


@pytest.mark.parametrize(
    "note",
    [
        (_text("1", 72, 764, 11), _text("Raised every year.", 81, 764, 9)),
        (_text("1 Raised every year.", 72, 764, 9),),
        (_text("1. Raised every year.", 72, 764, 9),),
    ],
    ids=["large number", "one text", "full stop"],
)
def test_a_note_whose_number_is_not_raised(note: tuple[Fragment, ...]) -> None:
    assert _with_mark("1", *note)[-1] == "[1] Raised every year."


def test_small_print_with_a_number_no_mark_points_to_is_left_alone() -> None:
    assert _with_mark("1", _text("3 copies are to be handed in.", 72, 764, 9))[-1] == "3 copies are to be handed in."


def test_raised_figures_that_are_no_marks_stay_raised() -> None:
    area = _text("an area of 40 m", 72, 100)
    assert _read(area, _after(area, "2"), _text(" or more", 170, 100)) == ["an area of 40 m² or more"]
    count = _text("about 10", 72, 100)
    assert _read(count, _after(count, "6"), _text(" litres", 125, 100)) == ["about 10⁶ litres"]


def test_a_square_metre_is_none_where_there_is_a_second_note() -> None:
    area, more = _text("an area of 40 m", 72, 100), _text("by the board", 72, 114)
    notes = (_text("2", 72, 761, 5.5), _text(" As amended.", 76, 764, 9))
    assert _read(area, _after(area, "2"), more, _after(more, "2"), *notes)[0] == "an area of 40 m² by the board[2]"
    within = _text("what was named in", 72, 100)
    assert (
        _read(within, _after(within, "2"), _text(" the plan", 180, 100), *notes)[0] == "what was named in[2] the plan"
    )


def test_chinese_marks() -> None:
    text = _text("本市城市最低生活保障标准", 72, 100, 12)
    notes = (_text("1", 72, 764, 12), _text("以当年公布的标准为准。", 80, 764, 9.5))
    read = _read(text, _after(text, "1", raised=5.7, size=7), _text("的，为困难职工。", 220, 100, 12), *notes)
    assert read == ["本市城市最低生活保障标准[1]的，为困难职工。", "[1] 以当年公布的标准为准。"]


def test_notes_of_two_columns_are_found_in_each() -> None:
    left, right = _text("what is owed", 72, 100), _text("what is paid", 320, 100)
    sheet = Sheet(
        1, 595, 842,
        (
            left, _after(left, "1"), right, _after(right, "2"),
            _text("1", 72, 764), _text("First note.", 80, 764, 9),
            _text("2", 320, 764), _text("Second note.", 328, 764, 9),
        ),
    )  # fmt: skip
    assert [f.text for f in marked([sheet])[0].fragments if "[" in f.text] == ["[1]", "[2]", "[1] ", "[2] "]


def test_a_raised_sign_joins_what_it_stands_beside_not_what_it_stands_level_with() -> None:
    text, other = _text("the postings", 320, 100, 12), _text("left column", 72, 95, 12)
    sign = _after(text, "3", raised=4.6, size=7)
    assert [[f.text for f in row] for row in rows([other, text, sign])] == [["left column"], ["the postings", "3"]]


def test_lines_of_another_column_are_not_one_because_a_large_title_stands_between_them() -> None:
    title = _text("Film Rebate", 72, 104, 18)
    first, second = _text("at the time", 320, 98), _text("of registration", 320, 110)
    found = [[f.text for f in row] for row in rows([title, first, second])]
    assert not any({"at the time", "of registration"} <= set(row) for row in found)


def test_notes_that_say_the_same_on_every_page_are_no_footer() -> None:
    pages = [
        PageLines(
            n, 842, ((0, 100.0, f"Text {'abc'[n - 1]}"), (1, 770.0, f"[{n}] As amended."), (2, 800.0, f"- {n} -"))
        )
        for n in (1, 2, 3)
    ]
    assert {row for _, row in furniture(pages)} == {2}
