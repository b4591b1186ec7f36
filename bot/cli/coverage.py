"""``circular docs coverage``: what is asked of each measure of a document, and what its text says to it."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from pydantic import Field
from rich.cells import cell_len, set_cell_size

from bot.cli.errors import UserError
from bot.cli.render import Line, show
from bot.cli.session import read_settings
from documents.knowledge import Cell, CellStatus, Knowledge
from documents.library import Library
from documents.loading import SHIPPED, load_library
from documents.measures import Asks, Measure
from documents.models import Frozen
from documents.readers.source import printable
from prompts.phrases import Phrases, phrases

COVERAGE_FORMAT = "circular-desk/coverage/1"
"""Names the layout of the JSON: change it when that changes."""

_MARKS = {CellStatus.STATED: "✓", CellStatus.REFERRED: "→", CellStatus.NOT_STATED: "○"}
_STYLES = {CellStatus.STATED: "green", CellStatus.REFERRED: "yellow", CellStatus.NOT_STATED: "dim"}
_ASKS = list(Asks)
_GAP = "  "


class Limits(Frozen):
    """All of ``coverage.toml``: known questions, and columns of a terminal."""

    thin_below: int = Field(ge=0)
    title_columns: int = Field(ge=1)


@cache
def shipped_limits() -> Limits:
    """The limits that ship."""
    text = resources.files("bot.cli").joinpath("coverage.toml").read_text(encoding="utf-8")
    return Limits.model_validate(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Row:
    """A cell of the map with its known questions, counted by language."""

    cell: Cell
    en: int
    zh: int


@dataclass(frozen=True, slots=True)
class Block:
    """A measure of a document with its rows, in the order they are shown.

    ``facts`` is ``None`` where the document's folder does not describe its measures.
    """

    document: str
    measure: str
    facts: Measure | None
    rows: tuple[Row, ...]


def blocks_of(
    knowledge: Knowledge, document: str, measure: str | None = None, status: CellStatus | None = None
) -> tuple[Block, ...]:
    """The measures of a document that have cells of this status (of any), one of them or all."""
    known = [question for question in knowledge.questions if question.document == document]
    counts = Counter((question.measure, question.cell, question.language) for question in known)
    described = {m.id: m for m in knowledge.measures if m.document == document}
    rows: dict[str, list[Row]] = defaultdict(list, {name: [] for name in described})
    for cell in knowledge.cells:
        if cell.document == document and measure in (None, cell.measure) and status in (None, cell.status):
            here = (cell.measure, cell.cell)
            rows[cell.measure].append(Row(cell, counts[*here, "en"], counts[*here, "zh"]))
    return tuple(
        Block(document, name, described.get(name), tuple(sorted(found, key=_place)))
        for name, found in rows.items()
        if found
    )


def _place(row: Row) -> int:
    return _ASKS.index(row.cell.asks) if row.cell.asks else len(_ASKS)


def thin(blocks: Iterable[Block], below: int) -> list[Row]:
    """The rows with fewer known questions than that, fewest first."""
    rows = (row for block in blocks for row in block.rows if row.en + row.zh < below)
    return sorted(rows, key=lambda row: row.en + row.zh)


def coverage_lines(blocks: Sequence[Block], library: Library, said: Phrases, width: int, limits: Limits) -> list[Line]:
    """The blocks as lines of at most so many columns, and their summary, which a terminal may break."""
    rows = [row for block in blocks for row in block.rows]
    columns = (
        max((cell_len(_asks(row.cell, said)) for row in rows), default=0),
        max((cell_len(row.cell.cell) for row in rows), default=0),
        max((len(_counts(row)) for row in rows), default=0),
    )
    lines: list[Line] = []
    for document, its in groupby(blocks, key=lambda block: block.document):
        lines += [(_cut(printable(library.document(document).title), width), "bold"), ("", "")]
        for block in its:
            lines += [*_heading(block, said, width), *_rows(block, library, said, width, columns, limits), ("", "")]
    return [*lines, *_summary(blocks, said, limits)]


def _heading(block: Block, said: Phrases, width: int) -> list[Line]:
    """Its names, and below them its id, its known questions in each language, and whom it is for."""
    facts = block.facts
    names = f"{facts.names.en} · {facts.names.zh}" if facts else block.measure
    told = [
        block.measure if facts else "",
        said("cli.coverage_known", en=sum(row.en for row in block.rows), zh=sum(row.zh for row in block.rows)),
    ]
    if facts:
        kinds = ", ".join(said(f"cli.audience_{kind.value}") for kind in facts.audience)
        told.append(said("cli.coverage_for", audience=kinds))
    return [
        (_cut(names, width), "bold"),
        (_cut(_GAP + " · ".join(part for part in told if part), width), "dim"),
    ]


def _rows(
    block: Block, library: Library, said: Phrases, width: int, columns: tuple[int, int, int], limits: Limits
) -> Iterable[Line]:
    asks_columns, cell_columns, count_columns = columns
    for asks, rows in groupby(block.rows, key=lambda row: _asks(row.cell, said)):
        label = asks
        for row in rows:
            parts = (
                _MARKS[row.cell.status],
                set_cell_size(label, asks_columns),
                set_cell_size(row.cell.cell, cell_columns),
                _counts(row).rjust(count_columns),
                _says(row.cell, library, said, limits),
            )
            yield _cut(_GAP.join(parts), width).rstrip(), _STYLES[row.cell.status]
            label = ""  # said once for all cells that ask the same


def _asks(cell: Cell, said: Phrases) -> str:
    return said(f"cli.asks_{cell.asks.value}") if cell.asks else ""


def _counts(row: Row) -> str:
    return f"{row.en}/{row.zh}"


def _says(cell: Cell, library: Library, said: Phrases, limits: Limits) -> str:
    """Where the text says it and in which words; what it leaves open, where it does not."""
    if cell.status is CellStatus.NOT_STATED:
        return said("cli.coverage_not_stated", note=cell.note) if cell.note else said("cli.coverage_open")
    where = " ".join(f"¶{number}" for number in cell.paragraphs())
    words = " … ".join(printable(" ".join(evidence.snippet.split())) for evidence in cell.evidence)
    if cell.status is CellStatus.STATED or cell.pointer is None:
        return said("cli.coverage_stated", where=where, words=words)
    target = _cut(_name_of(cell.pointer, library), limits.title_columns)
    return said("cli.coverage_referred", document=target, where=where, words=words)


def _name_of(document_id: str, library: Library) -> str:
    named = {document.id: document for document in library.documents()}.get(document_id)
    return printable(named.label or named.title) if named else document_id


def _cut(text: str, columns: int) -> str:
    """The text, or its beginning with an ellipsis, in so many columns; wide characters take two."""
    if cell_len(text) <= columns:
        return text
    return set_cell_size(text, max(columns - 1, 0)).rstrip() + "…"


def _summary(blocks: Sequence[Block], said: Phrases, limits: Limits) -> list[Line]:
    statuses = Counter(row.cell.status for block in blocks for row in block.rows)
    counts = {status.value: statuses[status] for status in CellStatus}
    few = thin(blocks, limits.thin_below)
    lines: list[Line] = [(said("cli.coverage_sum", cells=sum(statuses.values()), **counts), "bold")]
    if few:
        lines.append((said("cli.coverage_thin", count=len(few), below=limits.thin_below), ""))
        lines += [
            (f"{_GAP}{row.cell.measure}/{row.cell.cell}: {row.en + row.zh} ({_counts(row)})", "dim") for row in few
        ]
    return lines


def coverage_object(blocks: Sequence[Block], limits: Limits) -> dict[str, Any]:
    """The same for a program: cells with their paragraphs, words and numbers of known questions."""
    rows = [row for block in blocks for row in block.rows]
    statuses = Counter(row.cell.status for row in rows)
    return {
        "format": COVERAGE_FORMAT,
        "measures": [
            {
                **(
                    block.facts.model_dump(mode="json")
                    if block.facts
                    else {"document": block.document, "id": block.measure}
                ),
                "cells": [
                    {
                        **row.cell.model_dump(mode="json", exclude={"document", "measure"}),
                        "paragraphs": list(row.cell.paragraphs()),
                        "questions": {"en": row.en, "zh": row.zh},
                    }
                    for row in block.rows
                ],
            }
            for block in blocks
        ],
        "summary": {
            "cells": len(rows),
            "by_status": {status.value: statuses[status] for status in CellStatus},
            "thin_below": limits.thin_below,
            "thin": [
                {"measure": row.cell.measure, "cell": row.cell.cell, "questions": {"en": row.en, "zh": row.zh}}
                for row in thin(blocks, limits.thin_below)
            ],
        },
    }


def show_coverage(document_id: str | None, measure: str | None, status: str | None, *, as_json: bool) -> None:
    """Print the coverage of a document, or of every document that has a map.

    Raises ``UserError`` for a document without a map and for a measure that is none of it.
    """
    settings = read_settings()
    loaded = load_library(settings.corpus or SHIPPED, settings.database)
    knowledge, library = loaded.knowledge, loaded.library
    mapped = list(dict.fromkeys(cell.document for cell in knowledge.cells))
    if document_id is not None:
        library.document(document_id)
        if document_id not in mapped:
            raise UserError(f"{document_id} has no coverage map; there is one of: {', '.join(mapped) or 'no document'}")
        mapped = [document_id]
    measures = list(dict.fromkeys(cell.measure for cell in knowledge.cells if cell.document in mapped))
    if measure is not None and measure not in measures:
        raise UserError(f"no measure {measure!r} in the map; there are: {', '.join(measures)}")
    wanted = CellStatus(status) if status else None
    blocks = [block for document in mapped for block in blocks_of(knowledge, document, measure, wanted)]
    limits = shipped_limits()
    if as_json:
        print(json.dumps(coverage_object(blocks, limits), ensure_ascii=False, indent=1))
        return
    width = shutil.get_terminal_size().columns
    show(coverage_lines(blocks, library, phrases("en"), width, limits))
