"""The measures of a document: what it provides for, under the names that people use, and what may be asked of each.

``measures.toml`` of a document's folder holds a table ``[[measure]]`` for each, in the order they are shown. The cells
of the coverage map (``documents.knowledge``) name a measure by its id and say with a word of ``Asks`` what they ask.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from documents.errors import DeskError
from documents.models import Frozen

FILE = "measures.toml"
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*measure[ \t]*\]\]")


class MeasuresError(DeskError, ValueError):
    """``measures.toml`` is malformed; the message names file and line."""


class Asks(StrEnum):
    """What a cell of the coverage map asks, in the order a table shows it; docs/coverage.md says what each means."""

    WHAT = "what"
    DEFINITION = "definition"
    WHY = "why"
    LIST = "list"
    ELIGIBILITY = "eligibility"
    SCOPE = "scope"
    WHETHER = "whether"
    HOW_MUCH = "how_much"
    NUMBERS = "numbers"
    WHEN = "when"
    HOW_LONG = "how_long"
    HOW = "how"
    WHERE = "where"
    PAPERS = "papers"
    WHO = "who"
    GOVERNED_BY = "governed_by"
    CONTACT = "contact"
    APPEAL = "appeal"
    CONSEQUENCE = "consequence"


class Audience(StrEnum):
    """Whom a measure is for."""

    GRADUATE = "graduate"
    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    CITY = "city"
    ZONE = "zone"
    MULTINATIONAL = "multinational"
    BUREAU = "bureau"
    ANYONE = "anyone"


class Names(Frozen):
    """The name of a measure in each language."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class KnownAs(Frozen):
    """What else a measure is called in each language: everyday names, abbreviations."""

    en: tuple[str, ...] = Field(min_length=1)
    zh: tuple[str, ...] = Field(min_length=1)


class Measure(Frozen):
    """One measure of a document.

    ``menu`` says whether it is a programme that somebody may apply for or choose from a menu; ``order`` is its place
    in the file, from 1.
    """

    document: str
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    names: Names
    known_as: KnownAs
    audience: tuple[Audience, ...] = Field(min_length=1)
    menu: bool
    order: int = Field(ge=1)

    def all_names(self) -> tuple[str, ...]:
        """Every name of it, in both languages: the official ones first."""
        return (self.names.en, self.names.zh, *self.known_as.en, *self.known_as.zh)


def folded(name: str) -> str:
    """A name as it is compared: letters and digits only, compatibility forms folded, without case."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


class _Lines:
    """Where things stand in the text of the file; the parser does not tell."""

    def __init__(self, path: Path, text: str) -> None:
        self._name = f"{path.parent.name}/{path.name}"
        self._lines = text.split("\n")
        self._headers = [number for number, line in enumerate(self._lines, 1) if _HEADER.match(line)]

    def where(self, index: int, key: str = "") -> str:
        """File and line of a key of the measure of this index, or of its header where the key is not found."""
        if index >= len(self._headers):  # written as an inline table
            return self._name
        start = self._headers[index]
        end = self._headers[index + 1] if index + 1 < len(self._headers) else len(self._lines) + 1
        found = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*[.=]")
        numbers = (n for n in range(start + 1, end) if key and found.match(self._lines[n - 1]))
        return f"{self._name}:{next(numbers, start)}"


def load_measures(folder: Path, document: str) -> tuple[Measure, ...]:
    """Read ``measures.toml`` of a folder, in its order; none where there is no such file.

    Raises ``MeasuresError`` naming file and line for what is malformed, for an id that stands twice, and for a name
    that two measures share or one has twice.
    """
    path = folder / FILE
    name = f"{folder.name}/{FILE}"
    if not path.exists():
        return ()
    try:
        text = path.read_bytes().decode("utf-8")
        fields = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MeasuresError(f"{name}: cannot be read: {error}") from None
    rows: Any = fields.pop("measure", [])
    if fields or not isinstance(rows, list) or not rows:
        raise MeasuresError(f"{name}: holds tables [[measure]] and nothing else")
    lines = _Lines(path, text)
    measures: list[Measure] = []
    ids: set[str] = set()
    names: dict[str, str] = {}
    for index, row in enumerate(rows):
        measure = _measure(row, document, index, lines)
        if measure.id in ids:
            raise MeasuresError(f"{lines.where(index, 'id')}: the measure {measure.id} stands twice")
        ids.add(measure.id)
        for called in measure.all_names():
            key = folded(called)
            if not key:
                raise MeasuresError(f"{lines.where(index)}: no letters in the name {called!r}")
            if key in names:
                raise MeasuresError(f"{lines.where(index)}: the name {called!r} is one of {names[key]} already")
            names[key] = measure.id
        measures.append(measure)
    return tuple(measures)


def where_stands(folder: Path, measure: Measure) -> str:
    """File and line of a measure that was read, for an error that is found later."""
    path = folder / FILE
    return _Lines(path, path.read_text(encoding="utf-8")).where(measure.order - 1, "id")


def _measure(row: Any, document: str, index: int, lines: _Lines) -> Measure:
    try:
        return Measure(**{**row, "document": document, "order": index + 1})
    except TypeError:
        raise MeasuresError(f"{lines.where(index)}: not a table") from None
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise MeasuresError(f"{lines.where(index, str(first['loc'][0]))}: {at}: {first['msg']}") from None
