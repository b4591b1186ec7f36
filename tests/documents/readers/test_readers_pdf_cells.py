"""Tables without ruling lines: cells at the top or in the middle of their row, cut by a page, close to each other."""

from __future__ import annotations

from documents.readers.pdf_cells import pitch_of_cells
from documents.readers.pdf_columns import Item, gutters
from documents.readers.pdf_layout import blocks_of
from documents.readers.pdf_lines import pieces
from documents.readers.pdf_marks import Fragment, Line, Piece, Sheet, Table
from documents.readers.pdf_tables import over_pages, with_tables

COLUMNS = ((50.0, 80.0), (100.0, 280.0), (300.0, 380.0))


def _line(at: float, *cells: tuple[str, float], page: int = 1, size: float = 10) -> Line:
    found = tuple(Piece(text, left, left + size / 2 * len(text), at, size, 0) for text, left in cells)
    return Line(found, page, "", page, 50, 550)


def _rows(*lines: Line) -> list[tuple[tuple[str, ...], ...]]:
    return [entry.rows for entry in over_pages(with_tables(lines)) if isinstance(entry, Table)]


HEADER = (("No.", 50), ("Act", 100), ("Fee", 300))


def test_cells_in_the_middle_of_their_row() -> None:
    lines = [
        _line(100, *HEADER),
        _line(120, ("Renewal up to three", 100)),
        _line(126, ("1", 50), ("160", 300)),
        _line(132, ("months late", 100)),
        _line(152, ("2", 50), ("Copy", 100), ("12", 300)),
        _line(172, ("Inspection of larger", 100)),
        _line(178, ("3", 50), ("45", 300)),
        _line(184, ("premises", 100)),
        _line(230, ("The fees are reviewed each year.", 50)),
    ]
    expected = (
        ("No.", "Act", "Fee"),
        ("1", "Renewal up to three months late", "160"),
        ("2", "Copy", "12"),
        ("3", "Inspection of larger premises", "45"),
    )
    assert _rows(*lines) == [expected]
    assert [entry.text for entry in with_tables(lines) if isinstance(entry, Line)] == [
        "The fees are reviewed each year."
    ]


def test_the_header_may_begin_above_its_row() -> None:
    lines = [
        _line(94, ("Act or", 100)),
        _line(100, ("No.", 50), ("Fee", 300)),
        _line(106, ("service", 100)),
        *(_line(130 + 22 * n, (str(n), 50), (f"Act {n}", 100), (f"{n}0", 300)) for n in range(1, 5)),
    ]
    assert _rows(*lines)[0][:2] == (("No.", "Act or service", "Fee"), ("1", "Act 1", "10"))


def test_the_rest_of_a_first_cell_below_its_row_and_the_paragraph_that_is_none() -> None:
    lines = [
        _line(100, ("Act", 50), ("Office", 300)),
        _line(120, ("Registration", 50), ("District", 300)),
        _line(140, ("Hearing asked for by", 50), ("Board", 300)),
        _line(152, ("the applicant", 50)),
        _line(172, ("Copy", 50), ("District", 300)),
        _line(192, ("Certificate that was", 50), ("Board", 300)),
        _line(204, ("lost or damaged", 50)),
        _line(224, ("All fees are paid at the counter.", 50)),
    ]
    table = _rows(*lines)[0]
    assert table[2] == ("Hearing asked for by the applicant", "Board")
    assert table[-1] == ("Certificate that was lost or damaged", "Board")


def test_distances_tell_only_where_some_column_has_one_line_a_row() -> None:
    even = [_line(100 + 12 * n, (str(n), 50), (f"Act {n}", 100), (f"{n}0", 300)) for n in range(5)]
    assert pitch_of_cells(even, list(COLUMNS)) is None


def test_a_signature_below_a_table_is_not_its_last_cell() -> None:
    lines = [_line(100 + 20 * n, (str(n), 50), (f"Act {n}", 100), (f"{n}0", 300)) for n in range(4)]
    lines.insert(2, _line(132, ("going on", 100)))
    lines.append(_line(185, ("The Minister", 300)))
    entries = with_tables(lines)
    assert isinstance(entries[-1], Line)
    assert entries[-1].text == "The Minister"


def test_a_table_that_begins_at_the_foot_of_a_page_with_one_row() -> None:
    header = (("Act", 50), ("Fee", 300))
    lines = [
        _line(760, *header),
        _line(780, ("Copy", 50), ("12", 300)),
        _line(790, ("[1] As amended in the year before last.", 50), size=8),
        _line(80, *header, page=2),
        *(_line(80 + 20 * n, (f"Act {n}", 50), (f"{n}0", 300), page=2) for n in range(2, 5)),
    ]
    (table,) = _rows(*lines)
    assert [row[0] for row in table] == ["Act", "Copy", "Act 2", "Act 3", "Act 4"]


def test_a_table_goes_on_under_its_header_however_wide_its_cells_are() -> None:
    first = Table((("No.", "Act"), ("1", "Copy")), (1, 1), ((50.0, 60.0), (100.0, 120.0)), 700, 780, 10)
    second = Table((("No.", "Act"), ("2", "Another copy")), (2, 2), ((50.0, 60.0), (100.0, 190.0)), 80, 100, 10)
    (table,) = over_pages([first, second])
    assert isinstance(table, Table)
    assert table.rows == (("No.", "Act"), ("1", "Copy"), ("2", "Another copy"))
    assert len(over_pages([first, second._replace(rows=(("2", "Another copy"),), pages=(2,))])) == 2


def test_footnotes_do_not_part_a_table_that_goes_on() -> None:
    lines = [
        *(
            _line(700 + 20 * n, *(HEADER if not n else ((str(n), 50), (f"Act {n}", 100), (f"{n}0", 300))))
            for n in range(4)
        ),
        _line(790, ("[1] As amended in the year", 50), size=8),
        _line(800, ("before last.", 50), size=8),
        _line(80, *HEADER, page=2),
        *(_line(80 + 20 * n, (str(n + 3), 50), (f"Act {n}", 100), (f"{n}0", 300), page=2) for n in range(1, 4)),
    ]
    (table,) = _rows(*lines)
    assert [row[0] for row in table] == ["No.", "1", "2", "3", "4", "5", "6"]


def _text(text: str, left: float, baseline: float, size: float = 10) -> Fragment:
    width = sum(size if ord(c) > 0x2E80 else size / 2 for c in text)
    return Fragment(text, left, left + width, baseline, size, head=size)


def test_a_cell_that_fills_its_column_is_divided_from_the_next() -> None:
    rows = [
        ("企业技术中心（省级）", "一次性奖励"),
        ("绿色工厂", "定额奖励"),
        ("岗前培训", "每人补贴"),
        ("充电站", "每千瓦补贴"),
        ("公共图书馆", "每处补贴"),
    ]
    fragments = [
        _text(cell, left, 100 + 20 * at)
        for at, (first, second) in enumerate(rows)
        for cell, left in ((first, 50), (second, 156), (f"{at}0万元", 300))
    ]
    texts = [block.text for block in blocks_of([Sheet(1, 595, 842, tuple(fragments))])]
    assert texts[0] == "企业技术中心（省级） | 一次性奖励 | 00万元"


def test_ends_of_cells_are_no_title_with_space_between_its_characters() -> None:
    assert [p.text for p in pieces([_text("年", 200, 100), _text("会", 420, 100)])] == ["年", "会"]
    assert [p.text for p in pieces([_text("通", 250, 100), _text("知", 300, 100)])] == ["通知"]


def test_single_cells_far_apart_are_no_column_of_text() -> None:
    spans = [(62, 158), (181, 241), (418, 514), (300, 385)]
    items = [Item(*spans[(n + n // 4) % 4], 100 + 10 * n, n, 10, n) for n in range(24)]
    assert gutters(items) == {}
