"""An item of a list is searched for under the words that open its list."""

from __future__ import annotations

from documents.models import Paragraph, Role
from retrieval.items import LONGEST_OPENING, contexts, document_items, openings

OPENING = "An enterprise applying shall meet the following requirements:"


def paragraph(number: int, text: str, label: str | None = None, *section: str, role: Role = Role.BODY) -> Paragraph:
    return Paragraph(document="d", number=number, text=text, label=label, section=section, role=role)


LIST = (
    paragraph(1, "1. Support", "1", role=Role.HEADING),
    paragraph(2, f"(1) {OPENING}", "(1)", "1. Support"),
    paragraph(3, "① it is two years old;", "①", "1. Support", "(1)"),
    paragraph(4, "② it employs 60 persons.", "②", "1. Support", "(1)"),
    paragraph(5, "(2) Branches shall not apply.", "(2)", "1. Support"),
)


def test_each_item_knows_what_opens_its_list_and_nothing_else_does() -> None:
    assert {number: opener.number for number, opener in openings(LIST).items()} == {3: 2, 4: 2}


def test_the_opening_stands_in_the_place_of_its_label() -> None:
    above = contexts(LIST)
    assert above[3] == f"1. Support > (1) {OPENING}"
    assert above[5] == "1. Support"
    assert above[1] == ""


def test_items_are_indexed_under_it() -> None:
    texts = [item.text for item in document_items(LIST) if item.paragraph == 4]
    assert texts == [f"1. Support > (1) {OPENING}\n2 it employs 60 persons."]


def test_of_a_long_paragraph_only_the_sentence_that_opens_the_list_is_taken() -> None:
    long = "Support is given. " * (LONGEST_OPENING // 10)
    opener, item = paragraph(1, f"{long}{OPENING}", "(1)"), paragraph(2, "① age", "①", "(1)")
    assert contexts([opener, item])[2] == OPENING


def test_the_nearest_list_of_that_label_is_meant() -> None:
    again = (
        *LIST,
        paragraph(6, "(1) The papers are:", "(1)", "2. Papers"),
        paragraph(7, "① form", "①", "2. Papers", "(1)"),
    )
    assert openings(again)[7].number == 6
