"""The digest of a document changes with all that is searched of it, and with nothing else."""

from __future__ import annotations

import pytest

from documents.digest import content_digest
from documents.models import Document, Paragraph, Role

RULES = Document(id="rules", title="Rules")
TEXT = (
    Paragraph(document="rules", number=1, role=Role.TITLE, text="Rules"),
    Paragraph(document="rules", number=2, section=("Picking",), text="Two baskets a day."),
)
BASE = content_digest(RULES, TEXT)


def changed(**fields: object) -> str:
    return content_digest(RULES, (TEXT[0], TEXT[1].model_copy(update=fields)))


@pytest.mark.parametrize(
    "fields", [{"text": "Four baskets."}, {"section": ("Keeping",)}, {"number": 7}, {"role": Role.HEADING}], ids=str
)
def test_what_is_searched_of_a_paragraph_changes_it(fields: dict[str, object]) -> None:
    assert changed(**fields) != BASE


def test_a_paragraph_more_or_in_another_order_changes_it() -> None:
    assert len({BASE, content_digest(RULES, TEXT[:1]), content_digest(RULES, TEXT[::-1])}) == 3


@pytest.mark.parametrize("fields", [{"language": "zh"}, {"title": "Other rules"}], ids=str)
def test_language_and_title_change_it(fields: dict[str, object]) -> None:
    """Passages are centred by their language, and found by their title."""
    assert content_digest(RULES.model_copy(update=fields), TEXT) != BASE


def test_what_is_only_shown_does_not_change_it() -> None:
    assert content_digest(RULES.model_copy(update={"issuer": "The Board", "source": "a letter"}), TEXT) == BASE
    assert changed(page=4, label="2.") == BASE
