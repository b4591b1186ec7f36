"""The file a person reviews: a table ``[[cell]]`` a row, in TOML, with the paragraph of each in a comment.

TOML, as it is edited by hand: a field a line, a question a line, comments, and quotation marks that need no thought in
most texts. Written so that the same rows give the same bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.drafting.row import Row
from documents.errors import DeskError
from documents.knowledge import CellStatus
from documents.models import Document, Paragraph
from documents.text import for_search
from prompts.phrases import phrases

FORMAT = "circular-desk/draft/1"
"""Names the layout of the file: change it when that changes."""
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*cell[ \t]*\]\]")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


class DraftError(DeskError, ValueError):
    """A reviewed file is malformed, or does not stand in the text; the message names file and line."""


def _quoted(text: str) -> str:
    # What JSON escapes TOML does too, but for the one character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(name: str, texts: Sequence[str]) -> list[str]:
    return [f"{name} = [", *(f"  {_quoted(text)}," for text in texts), "]"] if texts else [f"{name} = []"]


def _cell(row: Row, numbers: Sequence[int]) -> list[str]:
    said = phrases("en")
    place = (
        said("drafting.file_place", numbers=", ".join(map(str, numbers))) if numbers else said("drafting.file_guess")
    )
    lines = [
        f"[[cell]]  # {place}",
        f"id = {_quoted(row.id)}",
        f"confirmed = {str(row.confirmed).lower()}",
        f"measure = {_quoted(row.measure)}",
        f"cell = {_quoted(row.cell)}",
        f"asks = {_quoted(row.asks.value)}",
        f"status = {_quoted(row.status.value)}",
    ]
    if row.guess:
        lines.append("guess = true")
    if row.status is not CellStatus.NOT_STATED:
        lines += _listed("evidence", row.evidence)
    if row.pointer:
        lines.append(f"pointer = {_quoted(row.pointer)}")
    if row.note:
        lines.append(f"note = {_quoted(row.note)}")
    return [*lines, *_listed("questions_en", row.questions_en), *_listed("questions_zh", row.questions_zh), ""]


def written(document: Document, paragraphs: Sequence[Paragraph], rows: Sequence[Row]) -> str:
    """The file of these rows."""
    folded = [(paragraph.number, for_search(paragraph.text)) for paragraph in paragraphs]
    head = phrases("en")("drafting.file_head", title=" ".join(document.title.split()), id=document.id)
    lines = [*(f"# {line}" for line in head.splitlines()), f"format = {_quoted(FORMAT)}"]
    lines += [f"document = {_quoted(document.id)}", ""]
    for row in rows:
        wanted = [for_search(snippet) for snippet in row.evidence]
        lines += _cell(row, [number for number, text in folded if any(snippet in text for snippet in wanted)])
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Entry:
    """A table ``[[cell]]`` as it stands in the file, not yet read as a row."""

    fields: dict[str, Any]
    file: str
    line: int
    keys: dict[str, int]
    """The line of each key."""

    def where(self, key: str = "") -> str:
        """File and line, of a key or of the table."""
        return f"{self.file}:{self.keys.get(key, self.line)}"

    def row(self) -> Row:
        """The row; raises ``DraftError``."""
        try:
            return Row.model_validate(self.fields)
        except ValidationError as error:
            first = error.errors()[0]
            at = ".".join(map(str, first["loc"]))
            raise DraftError(f"{self.where(str(first['loc'][0]))}: {at}: {first['msg']}") from None


def read(content: bytes, file: str, document: str) -> tuple[Entry, ...]:
    """The tables of a reviewed file of this document, in their order; raises ``DraftError``.

    ``file`` is what errors call it.
    """
    try:
        text = content.decode("utf-8-sig")
        fields = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise DraftError(f"{file}: not UTF-8: {error}") from None
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        said = _AT_LINE.sub("", str(error))
        raise DraftError(f"{file}:{line.group(1)}: {said}" if line else f"{file}: {said}") from None
    if fields.get("format") != FORMAT:
        raise DraftError(f"{file}: is no draft of this version: format = {FORMAT!r} is missing")
    if fields.get("document") != document:
        raise DraftError(f"{file}: is a draft of {fields.get('document')!r}, not of {document}")
    rows = fields.get("cell", [])
    unknown = fields.keys() - {"format", "document", "cell"}
    if unknown or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DraftError(f"{file}: holds format, document and tables [[cell]], and nothing else")
    return tuple(_entries(rows, text.replace("\r\n", "\n").split("\n"), file))


def _entries(rows: Sequence[dict[str, Any]], lines: Sequence[str], file: str) -> list[Entry]:
    """Rows with their lines, which the parser does not tell."""
    headers = [number for number, line in enumerate(lines, 1) if _HEADER.match(line)]
    entries = []
    for index, row in enumerate(rows):
        start = headers[index] if index < len(headers) else 1
        end = headers[index + 1] if index + 1 < len(headers) else len(lines) + 1
        keys: dict[str, int] = {}
        for number in range(start + 1, end):
            key = re.match(r"[ \t]*([a-z_]+)[ \t]*=", lines[number - 1])
            if key:
                keys.setdefault(key.group(1), number)
        entries.append(Entry(row, file, start, keys))
    return entries
