"""The programmes a menu offers, from the measures of the documents: what each gives, and what to ask. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.answering.answer import Citation
from bot.answering.cite import citation_of
from bot.telegram.limits import OVERVIEW_LEAST
from documents.knowledge import Cell, CellStatus, Evidence, Knowledge
from documents.library import Library
from documents.measures import Asks, Audience, Measure
from documents.text import sentences

_GIVES = "what_it_gives"
_PLAIN = "plain"


class Wanted(StrEnum):
    """What the buttons of a programme ask; the value is the name of the cell, the same under every measure."""

    WHO_MAY = "who_may"
    HOW_TO_APPLY = "how_to_apply"


class Topics:
    """The programmes of one library, in the order of their documents and of the menu."""

    def __init__(self, knowledge: Knowledge, library: Library) -> None:
        self._knowledge, self._library = knowledge, library
        held = {document.id for document in library.in_force()}
        self._menu = tuple(each for each in knowledge.measures if each.menu and each.document in held)

    @property
    def library(self) -> Library:
        """The library they are of."""
        return self._library

    def menu(self, audience: Iterable[Audience] | None = None) -> tuple[Measure, ...]:
        """The programmes that concern any of this audience; all of them for ``None``."""
        if audience is None:
            return self._menu
        wanted = {*audience, Audience.ANYONE}
        return tuple(each for each in self._menu if wanted & set(each.audience))

    def of(self, measure_id: str, document: str | None = None) -> Measure | None:
        """The programme of this id, of this document or of the first that has one."""
        there = (each for each in self._menu if each.id == measure_id and document in (None, each.document))
        return next(there, None)

    def gives(self, measure: Measure) -> tuple[Citation, ...]:
        """What it provides, one quote a paragraph. Empty where the text in force states nothing of it."""
        return self._quotes(self.words(measure))

    def states(self, measure: Measure, wanted: Wanted) -> tuple[Citation, ...]:
        """What it says to a question of these buttons, one quote a paragraph. Empty where it does not state it."""
        cells = self._cells(measure)
        cell = next((each for each in cells if each.cell == wanted and each.status is CellStatus.STATED), None)
        return self._quotes(cell.evidence if cell else ())

    def words(self, measure: Measure) -> tuple[Evidence, ...]:
        """The prepared words for what it provides: of the cell that says so, or the one that comes nearest to it."""
        stated = [cell for cell in self._cells(measure) if cell.status is CellStatus.STATED]
        named = [cell for name in (_GIVES, Wanted.WHO_MAY) for cell in stated if cell.cell == name]
        what = [cell for cell in stated if cell.asks is Asks.WHAT]
        cell = next(iter([*named, *what, *stated]), None)
        return cell.evidence if cell else ()

    def question(self, measure: Measure, wanted: Wanted, language: str) -> str | None:
        """A question to put to the desk, in plain words of this language; ``None`` where none is prepared."""
        known = [
            each
            for each in self._knowledge.questions
            if (each.document, each.measure, each.cell, each.language)
            == (measure.document, measure.id, wanted.value, language)
            and not each.history
        ]
        plain = [each for each in known if each.style == _PLAIN]
        return next((each.question for each in [*plain, *known]), None)

    def _cells(self, measure: Measure) -> list[Cell]:
        there = (measure.document, measure.id)
        return [cell for cell in self._knowledge.cells if (cell.document, cell.measure) == there]

    def _quotes(self, words: Iterable[Evidence]) -> tuple[Citation, ...]:
        found: dict[int, list[Evidence]] = {}
        for evidence in words:
            found.setdefault(evidence.paragraph, []).append(evidence)
        return tuple(self._quoted(there) for there in found.values())

    def _quoted(self, there: Sequence[Evidence]) -> Citation:
        """The words of one paragraph from the first prepared ones to the last; whole sentences where these are few.

        The whole paragraph where a newer edition spells them another way.
        """
        paragraph = self._library.paragraph(there[0].document, there[0].paragraph)
        text = paragraph.text
        places = [(text.find(each.snippet), len(each.snippet)) for each in there]
        start, end = min(at for at, _ in places), max(at + length for at, length in places)
        if start < 0:
            return citation_of(paragraph, text, self._library)
        if end - start < OVERVIEW_LEAST:
            around = [span for span in sentences(text) if span.start < end and span.end > start]
            start, end = around[0].start, around[-1].end
        return citation_of(paragraph, text[start:end], self._library)
