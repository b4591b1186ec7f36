"""The parts of a document, where the truth set has no example of them."""

from __future__ import annotations

from documents.blocks import Block
from documents.library import Library
from documents.parts import Part, parts_of
from documents.structure import place


def parts(*texts: str) -> list[str]:
    return [str(part) for part in parts_of(place([Block(text) for text in texts]))]


def test_a_document_without_numbers_and_headings_has_no_preamble() -> None:
    assert parts("Guide to Grants", "Every firm may apply.", "The Office decides.") == ["front", "main", "main"]


def test_what_leads_to_the_first_number_is_the_preamble() -> None:
    assert parts("关于申报的通知", "各区商务局：", "现通知如下：", "一、申报时间为3月。", "特此通知。") == [
        "front", "front", "preamble", "main", "closing",
    ]  # fmt: skip


def test_recitals_are_of_the_preamble_though_they_are_numbered() -> None:
    text = ("Whereas:", "(1) It is so.", "HAS ADOPTED THIS REGULATION:", "Article 1", "Text it is.")
    assert parts("Regulation", *text) == [
        "front", "preamble", "preamble", "preamble", "main", "main",
    ]  # fmt: skip


def test_the_parts_of_the_shipped_circular(shipped: tuple[Library, object]) -> None:
    found = parts_of(shipped[0].paragraphs("circular-2006-556"))
    assert [found.count(part) for part in Part] == [2, 2, 26, 0, 3, 2, 0, 0]


def test_no_paragraphs_have_no_parts() -> None:
    assert parts_of([]) == ()
