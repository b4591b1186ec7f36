"""Rows of a table are told from other paragraphs, and the first one is found where it may name the columns."""

from __future__ import annotations

from documents.models import Paragraph, Role
from documents.tables import cells, first_rows

HEAD, THREE, FIVE = "Level | New | Upgraded | A year", "CMMI 3 | 22 | — | 4", "CMMI 5 | 45 | 20 | 8"


def first(*texts: str) -> dict[int, str]:
    """The first row of each paragraph that has one, by number."""
    held = [Paragraph(document="d", number=number, text=text) for number, text in enumerate(texts, 1)]
    return {number: row.text for number, row in first_rows(held).items()}


def test_a_row_has_the_first_one_of_its_table() -> None:
    assert first("The rewards are:", HEAD, THREE, FIVE, "They are paid in May.") == {3: HEAD, 4: HEAD}


def test_tables_are_divided_by_text_and_by_more_cells() -> None:
    assert first(HEAD, THREE, "And:", "Bank | City", "A | B") == {2: HEAD, 5: "Bank | City"}
    assert first("Bank | City", "A | B", HEAD, THREE) == {2: "Bank | City", 4: HEAD}


def test_a_row_may_have_lost_empty_cells_at_its_end() -> None:
    assert first(HEAD, "CMMI 4 | 30") == {2: HEAD}


def test_a_first_row_with_a_bare_figure_names_nothing() -> None:
    assert first(THREE, FIVE) == {}
    assert first("2006 | 2007", "4 | 5") == {}


def test_headings_and_texts_are_no_rows() -> None:
    heading = Paragraph(document="d", number=1, role=Role.HEADING, text="A | B")
    assert first_rows([heading, Paragraph(document="d", number=2, text="C | D")]) == {}
    assert cells("no row") == ("no row",)
