"""The prepared knowledge of a document: its coverage map and the known questions over it.

``map.jsonl`` holds a cell a line: what is asked of a measure, and whether the document states it, refers it to
another document, or leaves it open. ``known.jsonl`` holds a question a line with the cell it belongs to. Both
name their evidence as verbatim snippets, which are found in the paragraphs when the files are read; a snippet
that stands nowhere is an error, so neither file can drift away from the text. Where the folder has a
``measures.toml`` (``documents.measures``), its measures and those of the map are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError

from documents.errors import DeskError
from documents.library import Library
from documents.measures import FILE as MEASURES
from documents.measures import Asks, Measure, load_measures, where_stands
from documents.models import Frozen, Paragraph
from documents.text import for_search

_Line = TypeVar("_Line", bound=Frozen)


ANY = "any"
"""The measure of a question that fits several; its cell is what it asks."""

DOUBLE = "double"
"""The style of a question that asks two things at once."""


class KnowledgeError(DeskError, ValueError):
    """A line of the prepared knowledge is malformed or does not stand in the text."""


class CellStatus(StrEnum):
    """What the document says about a cell of its map."""

    STATED = "stated"
    REFERRED = "referred"
    NOT_STATED = "not_stated"


class KnownStatus(StrEnum):
    """How a known question is to be answered."""

    ANSWERED = "answered"
    REFERRED = "referred"
    NOT_STATED = "not_stated"
    CLARIFY = "clarify"
    OFF_TOPIC = "off_topic"
    CONVERSATION = "conversation"


STATUS_OF_CELL = {
    CellStatus.STATED: KnownStatus.ANSWERED,
    CellStatus.REFERRED: KnownStatus.REFERRED,
    CellStatus.NOT_STATED: KnownStatus.NOT_STATED,
}
"""The status of every known question of a cell by that of the cell."""


class Evidence(Frozen):
    """Verbatim words of one paragraph."""

    document: str
    paragraph: int
    snippet: str


class Cell(Frozen):
    """One cell of the coverage map: a measure and what is asked of it.

    ``asks`` is ``None`` only where the document's folder has no ``measures.toml``.
    """

    document: str
    measure: str
    cell: str
    asks: Asks | None = None
    status: CellStatus
    evidence: tuple[Evidence, ...] = ()
    pointer: str | None = None
    note: str = ""

    def paragraphs(self) -> tuple[int, ...]:
        """The numbers of the paragraphs its evidence stands in, in reading order."""
        return tuple(sorted({evidence.paragraph for evidence in self.evidence}))


class KnownQuestion(Frozen):
    """A question whose status and paragraphs are known."""

    id: str
    document: str | None = None
    language: Literal["en", "zh"]
    measure: str
    cell: str
    style: str = "plain"
    history: tuple[str, ...] = ()
    question: str
    status: KnownStatus
    evidence: tuple[Evidence, ...] = ()
    pointer: str | None = None


class _VagueLine(Frozen):
    id: str
    lang: Literal["en", "zh"]
    asks: Asks
    question: str = Field(min_length=1)


class Knowledge(Frozen):
    """The measures, cells and known questions of one document, or of all."""

    measures: tuple[Measure, ...] = ()
    cells: tuple[Cell, ...] = ()
    questions: tuple[KnownQuestion, ...] = ()

    def joined(self, other: Knowledge) -> Knowledge:
        """Both together."""
        return Knowledge(
            measures=self.measures + other.measures,
            cells=self.cells + other.cells,
            questions=self.questions + other.questions,
        )

    def names(self, document_id: str) -> bool:
        """Whether anything of it is about a document, quotes it or points to it."""
        entries: tuple[Cell | KnownQuestion, ...] = (*self.cells, *self.questions)
        return any(
            document_id in (entry.document, entry.pointer) or any(e.document == document_id for e in entry.evidence)
            for entry in entries
        )

    def stands_in(self, paragraphs: Iterable[Paragraph]) -> bool:
        """Whether all words it names as evidence stand in these paragraphs; nothing does where there are none."""
        texts = {(p.document, p.number): for_search(p.text) for p in paragraphs}
        entries: tuple[Cell | KnownQuestion, ...] = (*self.cells, *self.questions)
        named = (e for entry in entries for e in entry.evidence)
        return bool(texts) and all(for_search(e.snippet) in texts.get((e.document, e.paragraph), "") for e in named)

    def held_to(self, library: Library) -> Knowledge:
        """What still stands where a newer edition of a document is in force: the rest is set aside.

        A cell or question goes where words it names as evidence no longer stand in their paragraph.
        """
        replaced = {d.superseded_by for d in library.documents() if d.superseded_by}
        if not replaced:
            return self
        texts: dict[tuple[str, int], str] = {
            (document, paragraph.number): for_search(paragraph.text)
            for document in replaced
            for paragraph in library.paragraphs(document)
        }

        def stands(entry: Cell | KnownQuestion) -> bool:
            return entry.document not in replaced or all(
                for_search(e.snippet) in texts.get((e.document, e.paragraph), "") for e in entry.evidence
            )

        return Knowledge(
            measures=self.measures,
            cells=tuple(filter(stands, self.cells)),
            questions=tuple(filter(stands, self.questions)),
        )


class _CellLine(Frozen):
    measure: str
    cell: str
    asks: Asks | None = None
    status: CellStatus
    evidence: tuple[str, ...] = ()
    pointer: str | None = None
    note: str = ""


class _QuestionLine(Frozen):
    id: str
    lang: Literal["en", "zh"]
    measure: str
    cell: str
    style: str = "plain"
    history: tuple[str, ...] = ()
    question: str = Field(min_length=1)
    status: KnownStatus
    evidence: tuple[str, ...] = ()


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    if not path.exists():
        return
    # Split at line feeds alone: JSON may hold other line separators (U+2028) inside its strings.
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        where = f"{path.parent.name}/{path.name}:{number}"
        try:
            if line.strip():
                yield number, json.loads(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise KnowledgeError(f"{where}: not UTF-8: {error}") from None
        except json.JSONDecodeError as error:
            raise KnowledgeError(f"{where}: not JSON: {error}") from None


class Finder:
    """Finds the one paragraph a snippet stands in; raises ``KnowledgeError`` where it stands in none or in several."""

    def __init__(self, document: str, paragraphs: Sequence[Paragraph]) -> None:
        self._document = document
        self._texts = [(paragraph.number, for_search(paragraph.text)) for paragraph in paragraphs]

    def __call__(self, snippets: Iterable[str], where: str) -> tuple[Evidence, ...]:
        found = []
        for snippet in snippets:
            wanted = for_search(snippet)
            numbers = [number for number, text in self._texts if wanted and wanted in text]
            if len(numbers) != 1:
                raise KnowledgeError(f"{where}: stands in {len(numbers)} paragraphs instead of one: {snippet[:60]!r}")
            found.append(Evidence(document=self._document, paragraph=numbers[0], snippet=snippet))
        return tuple(found)


def _parse(kind: type[_Line], row: Any, where: str) -> _Line:
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        raise KnowledgeError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def load_knowledge(folder: Path, document: str, paragraphs: Sequence[Paragraph]) -> Knowledge:
    """Read ``measures.toml``, ``map.jsonl`` and ``known.jsonl`` of a folder, any of which may be absent.

    Raises ``KnowledgeError`` naming file and line for what is malformed, for a snippet that does not stand in
    exactly one paragraph, for a question whose status disagrees with its cell, and for a measure that stands in one
    of ``measures.toml`` and ``map.jsonl`` alone; ``MeasuresError`` for a malformed ``measures.toml``.
    """
    find = Finder(document, paragraphs)
    measures = load_measures(folder, document)
    ids = {measure.id for measure in measures}
    cells: dict[tuple[str, str], Cell] = {}
    for number, row in _lines(folder / "map.jsonl"):
        where = f"{folder.name}/map.jsonl:{number}"
        line = _parse(_CellLine, row, where)
        if (line.measure, line.cell) in cells:
            raise KnowledgeError(f"{where}: the cell {line.measure}/{line.cell} stands twice")
        if measures and line.measure not in ids:
            raise KnowledgeError(f"{where}: no measure {line.measure} in {MEASURES}")
        if measures and line.asks is None:
            raise KnowledgeError(f"{where}: asks: missing; with {MEASURES} beside it every cell says what it asks")
        if (line.status is CellStatus.NOT_STATED) == bool(line.evidence):
            raise KnowledgeError(f"{where}: evidence goes with stated and referred, and with these only")
        if (line.status is CellStatus.REFERRED) != bool(line.pointer):
            raise KnowledgeError(f"{where}: a pointer goes with referred, and with it only")
        cells[line.measure, line.cell] = Cell(
            document=document, **{**line.model_dump(), "evidence": find(line.evidence, where)}
        )
    with_cells = {measure for measure, _ in cells}
    for measure in measures:
        if measure.id not in with_cells:
            raise KnowledgeError(f"{where_stands(folder, measure)}: no cell of {measure.id} in the map")
    questions: list[KnownQuestion] = []
    for number, row in _lines(folder / "known.jsonl"):
        where = f"{folder.name}/known.jsonl:{number}"
        asked = _parse(_QuestionLine, row, where)
        cell = cells.get((asked.measure, asked.cell))
        on_topic = asked.status not in (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION)
        if on_topic and cell is None:
            raise KnowledgeError(f"{where}: no cell {asked.measure}/{asked.cell} in the map")
        if cell is not None and on_topic and STATUS_OF_CELL[cell.status] is not asked.status:
            raise KnowledgeError(f"{where}: {asked.status.value}, but its cell is {cell.status.value}")
        if bool(asked.evidence) != (asked.status in (KnownStatus.ANSWERED, KnownStatus.REFERRED)):
            raise KnowledgeError(f"{where}: evidence goes with answered and referred, and with these only")
        questions.append(
            KnownQuestion(
                id=asked.id,
                document=document if on_topic else None,
                language=asked.lang,
                measure=asked.measure,
                cell=asked.cell,
                style=asked.style,
                history=asked.history,
                question=asked.question,
                status=asked.status,
                evidence=find(asked.evidence, where),
                pointer=cell.pointer if cell is not None and on_topic else None,
            )
        )
    questions += _vague(folder, document)
    return Knowledge(measures=measures, cells=tuple(cells.values()), questions=tuple(questions))


def _vague(folder: Path, document: str) -> Iterator[KnownQuestion]:
    """The questions of ``vague.jsonl`` that fit several measures ("how do I apply?"): to be asked back."""
    for number, row in _lines(folder / "vague.jsonl"):
        asked = _parse(_VagueLine, row, f"{folder.name}/vague.jsonl:{number}")
        yield KnownQuestion(
            id=asked.id,
            document=document,
            language=asked.lang,
            measure=ANY,
            cell=asked.asks.value,
            question=asked.question,
            status=KnownStatus.CLARIFY,
        )
