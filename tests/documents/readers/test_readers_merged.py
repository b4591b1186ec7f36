"""A row of a table holds what the cells that reach down into it say."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.blocks import Style
from documents.readers.html import HtmlReader
from documents.readers.merged import repeated


@pytest.mark.parametrize(
    ("rows", "spans", "expected"),
    [
        ([["PCMM", "3", "100"], ["5", "300"]], {(0, 0): (2, 1)}, [["PCMM", "3", "100"], ["PCMM", "5", "300"]]),
        ([["a", "b"], ["c"], ["d", "e"]], {(0, 1): (2, 1)}, [["a", "b"], ["c", "b"], ["d", "e"]]),
        ([["all", "x"], ["y"]], {(0, 0): (2, 2)}, [["all", "x"], ["all", "y"]]),
        ([["a", "b"], []], {(0, 0): (50, 1)}, [["a", "b"], []]),
        ([["a", "b"], ["c", "d"]], {}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_a_cell_over_several_rows_is_in_each_of_them(
    rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]], expected: list[list[str]]
) -> None:
    assert repeated(rows, spans) == expected


def test_rows_of_a_web_page_hold_their_merged_cell(tmp_path: Path) -> None:
    page = tmp_path / "grants.html"
    page.write_text(
        "<h1>Grants</h1><table><tr><th>Model</th><th>Level</th><th>Grant</th></tr>"
        "<tr><td rowspan='2'>PCMM</td><td>3</td><td>100000</td></tr><tr><td>5</td><td>300000</td></tr></table>",
        encoding="utf-8",
    )
    rows = [block.text for block in HtmlReader().read(page).blocks if block.style is Style.TABLE_ROW]
    assert "PCMM" in rows[1]
    assert "PCMM" in rows[2]
    assert "300000" in rows[2]
