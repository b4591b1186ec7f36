"""Rows that a person has confirmed become knowledge, once they are held against the text; and back into rows."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Sequence

from bot.drafting.cues import Language
from bot.drafting.review import DraftError, Entry
from bot.drafting.row import Row
from documents.knowledge import (
    STATUS_OF_CELL,
    Cell,
    CellStatus,
    Evidence,
    Finder,
    Knowledge,
    KnowledgeError,
    KnownQuestion,
)
from documents.models import Paragraph
from documents.text import for_search, language_of


class _Held:
    """Holds rows against the text and against each other; errors name file and line."""

    def __init__(self, document: str, paragraphs: Sequence[Paragraph], documents: Container[str]) -> None:
        self._document, self._documents = document, documents
        self._texts = {paragraph.number: for_search(paragraph.text) for paragraph in paragraphs}
        self._find = Finder(document, paragraphs)
        self._seen: dict[tuple[str, object], str] = {}

    def record(self, entry: Entry) -> Knowledge:
        """The cell with its questions; raises ``DraftError``."""
        row = entry.row()
        self._once("id", row.id, entry.where("id"), row.id)
        self._once("cell", (row.measure, row.cell), entry.where("cell"), f"{row.measure}/{row.cell}")
        evidence = self._evidence(row, entry)
        pointer = self._pointer(row, evidence, entry)
        cell = Cell(
            document=self._document,
            measure=row.measure,
            cell=row.cell,
            asks=row.asks,
            status=row.status,
            evidence=evidence,
            pointer=pointer,
            note=row.note,
        )
        return Knowledge(cells=(cell,), questions=tuple(self._questions(row, cell, entry)))

    def _once(self, what: str, key: object, where: str, shown: str) -> None:
        if (what, key) in self._seen:
            raise DraftError(f"{where}: the {what} {shown} stands twice, first in {self._seen[what, key]}")
        self._seen[what, key] = where

    def _evidence(self, row: Row, entry: Entry) -> tuple[Evidence, ...]:
        if (row.status is CellStatus.NOT_STATED) == bool(row.evidence):
            raise DraftError(f"{entry.where('evidence')}: evidence goes with stated and referred, and with these only")
        try:
            return self._find(row.evidence, entry.where("evidence"))
        except KnowledgeError as error:
            raise DraftError(str(error)) from None

    def _pointer(self, row: Row, evidence: Sequence[Evidence], entry: Entry) -> str | None:
        where = entry.where("pointer")
        if (row.status is CellStatus.REFERRED) != bool(row.pointer):
            raise DraftError(f"{where}: a pointer goes with referred, and with it only")
        if not row.pointer:
            return None
        named = for_search(row.pointer)
        if row.pointer == self._document:
            raise DraftError(f"{where}: {row.pointer} is the document itself")
        if row.pointer not in self._documents and not any(named in self._texts[e.paragraph] for e in evidence):
            raise DraftError(f"{where}: {row.pointer[:60]!r} is no document's id, nor stands in the paragraph")
        return row.pointer

    def _questions(self, row: Row, cell: Cell, entry: Entry) -> Iterable[KnownQuestion]:
        languages: tuple[tuple[Language, tuple[str, ...]], ...] = (("en", row.questions_en), ("zh", row.questions_zh))
        for language, questions in languages:
            where = entry.where(f"questions_{language}")
            for number, question in enumerate((q for q in questions if q.strip()), 1):
                if language_of(for_search(question)) != language:
                    raise DraftError(f"{where}: is not in this language: {question[:60]!r}")
                self._once("question", for_search(question).casefold(), where, repr(question[:60]))
                yield KnownQuestion(
                    id=f"{self._document}/{row.id}/{language}-{number}",
                    document=self._document,
                    language=language,
                    measure=row.measure,
                    cell=row.cell,
                    question=question.strip(),
                    status=STATUS_OF_CELL[row.status],
                    evidence=cell.evidence,
                    pointer=cell.pointer,
                )


def confirmed_of(
    entries: Iterable[Entry],
    document: str,
    paragraphs: Sequence[Paragraph],
    documents: Container[str],
    *,
    everything: bool = False,
) -> tuple[Knowledge, ...]:
    """What a person has confirmed of a document: a cell with its questions for each row that says so.

    With ``everything`` every row is taken as confirmed. ``documents`` are the ids a pointer may name. Raises
    ``DraftError`` for the first row that is malformed, whose evidence does not stand in exactly one paragraph, or that
    repeats the id, cell or question of another; rows that are not confirmed may be anything.
    """
    held = _Held(document, paragraphs, documents)
    taken = (entry for entry in entries if everything or _is_confirmed(entry))
    return tuple(held.record(entry) for entry in taken)


def _is_confirmed(entry: Entry) -> bool:
    said = entry.fields.get("confirmed", False)
    if not isinstance(said, bool):
        raise DraftError(f"{entry.where('confirmed')}: confirmed: must be true or false, without quotation marks")
    return said


def rows_of(knowledge: Knowledge, document: str) -> tuple[Row, ...]:
    """What has been confirmed of a document, as rows to be reviewed again."""
    rows = []
    for cell in knowledge.cells:
        if cell.document != document or cell.asks is None:
            continue
        here = [
            q for q in knowledge.questions if (q.document, q.measure, q.cell) == (document, cell.measure, cell.cell)
        ]
        told = f"{cell.measure}\x1f{cell.cell}".encode("utf-8", "surrogatepass")
        rows.append(
            Row(
                id=here[0].id.split("/")[1] if here else hashlib.sha256(told).hexdigest()[:10],
                measure=cell.measure,
                cell=cell.cell,
                asks=cell.asks,
                status=cell.status,
                confirmed=True,
                evidence=tuple(evidence.snippet for evidence in cell.evidence),
                pointer=cell.pointer or "",
                note=cell.note,
                questions_en=tuple(q.question for q in here if q.language == "en"),
                questions_zh=tuple(q.question for q in here if q.language == "zh"),
            )
        )
    return tuple(rows)


def with_confirmed(proposed: Iterable[Row], confirmed: Sequence[Row]) -> tuple[Row, ...]:
    """Proposals, with what has been confirmed in the place of those it came from, and the rest of it after them.

    No question is proposed again that stands in a confirmed row, and no name of a cell.
    """
    by_id = {row.id: row for row in confirmed}
    cells = {(row.measure, row.cell) for row in confirmed}
    asked = {question for row in confirmed for question in (*row.questions_en, *row.questions_zh)}
    rows: list[Row] = []
    for row in proposed:
        if row.id in by_id:
            rows.append(by_id.pop(row.id))
            continue
        name, number = row.cell, 2
        while (row.measure, name) in cells:
            name, number = f"{row.cell.rstrip('0123456789').rstrip('_')}_{number}", number + 1
        cells.add((row.measure, name))
        english = tuple(question for question in row.questions_en if question not in asked)
        chinese = tuple(question for question in row.questions_zh if question not in asked)
        rows.append(row.model_copy(update={"cell": name, "questions_en": english, "questions_zh": chinese}))
    return (*rows, *by_id.values())
