"""Who proposes rows: the port, so that a model may be another one than the rules of ``bot.drafting.rules``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.drafting.row import Row
from documents.models import Document, Paragraph


class Proposer(Protocol):
    """Proposes a coverage map with questions."""

    def propose(self, document: Document, paragraphs: Sequence[Paragraph]) -> tuple[Row, ...]:
        """The rows of a document, none confirmed, in the order of the text; the same for the same text.

        Evidence stands verbatim in exactly one paragraph.
        """
