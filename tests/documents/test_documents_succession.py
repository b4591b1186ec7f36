"""A text that has nothing of another one is no edition of it; an amended, renamed or rewritten one is."""

from __future__ import annotations

import pytest

from documents.editions import carry_numbers, compare
from documents.models import Document, Paragraph, Role
from documents.succession import is_unrelated

OLD = (
    "Rules on the Ferry",
    "To all harbour offices:",
    "The ferry carries bicycles free of charge on Sundays and holidays.",
    "Tickets are sold at the pier from six in the morning.",
)
OTHER = "Lamps are lit at dusk by the keeper of each pier, who notes the hour in a book."
BEFORE = Document(id="ferry", title=OLD[0], number="No. 5 of 2014")


def paragraphs(texts: tuple[str, ...]) -> tuple[Paragraph, ...]:
    roles = (Role.TITLE, *([Role.BODY] * len(texts)))
    return tuple(
        Paragraph(document="ferry", number=n, role=role, text=text)
        for n, (text, role) in enumerate(zip(texts, roles, strict=False), 1)
    )


def unrelated(*texts: str, number: str | None = None, known_as: tuple[str, ...] = ()) -> bool:
    old, new = paragraphs(OLD), paragraphs(texts)
    after = Document(id="ferry", title=texts[0], number=number)
    return is_unrelated(BEFORE, old, after, carry_numbers(old, new), compare(old, new), known_as=known_as)


def test_neither_text_nor_title_nor_number() -> None:
    assert unrelated("Circular on Lamps", OTHER)
    assert unrelated("Circular on Lamps", OTHER, number="No. 6 of 2014")


def test_what_every_document_of_an_office_has_is_no_kinship() -> None:
    assert unrelated("Circular on Lamps", OLD[1], OTHER)


@pytest.mark.parametrize("text", [OLD[2], OLD[2].replace("Sundays", "Mondays")])
def test_a_paragraph_that_is_kept_or_amended(text: str) -> None:
    assert not unrelated("Carriage of Things by Water", text, OTHER)


@pytest.mark.parametrize("title", ["RULES ON THE FERRY", "Revised Rules on the Ferry", "Rules on the Ferry (2024)"])
def test_a_title_that_is_alike(title: str) -> None:
    """A revision is another document where a file is recognised, and the same one here."""
    assert not unrelated(title, OTHER)


def test_a_title_it_is_known_by_as_well_and_the_same_number() -> None:
    assert not unrelated("渡轮管理规定", OTHER, known_as=("渡轮管理规定",))
    assert not unrelated("Circular on Lamps", OTHER, number="No. 5 of 2014")
