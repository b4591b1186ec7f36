"""What a made document says, kept beside it: every paragraph with its number, page, kind and place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Kind(StrEnum):
    """What a paragraph is to the person who wrote the document."""

    TITLE = "title"
    NUMBER = "number"
    HEADING = "heading"
    BODY = "body"
    ROW = "row"
    NOTE = "note"
    APPENDIX = "appendix"
    ISSUER = "issuer"
    DATE = "date"


class Expected(NamedTuple):
    """A paragraph as it was written: ``page`` (from 1) is where it begins, ``None`` where the format knows no pages.

    ``section`` is the path of headings above it, outermost first. The cells of a row stand with `` | `` between them.
    """

    text: str
    kind: Kind = Kind.BODY
    label: str | None = None
    page: int | None = None
    section: tuple[str, ...] = ()


class Truth(NamedTuple):
    """A made document: its file name, what made it, the sort of document it stands for, and what it says."""

    file: str
    maker: str
    sort: str
    language: str
    paragraphs: tuple[Expected, ...]


def save(truth: Truth, folder: Path) -> Path:
    """Write the truth beside the document, as ``NAME.json``; one paragraph a line, so that changes can be seen."""
    lines = []
    for paragraph in truth.paragraphs:
        fields = {name: value for name, value in paragraph._asdict().items() if value}
        lines.append("  " + json.dumps(fields, ensure_ascii=False))
    head = {name: value for name, value in truth._asdict().items() if name != "paragraphs"}
    path = folder / f"{truth.file}.json"
    rows = ",\n".join(lines)
    text = f'{json.dumps(head, ensure_ascii=False)[:-1]}, "paragraphs": [\n{rows}\n]}}\n'
    path.write_text(text, encoding="utf-8")
    return path


def load(path: Path) -> Truth:
    """Read what ``save`` wrote."""
    held = json.loads(path.read_text(encoding="utf-8"))
    paragraphs = tuple(
        Expected(
            fields["text"],
            Kind(fields["kind"]),
            fields.get("label"),
            fields.get("page"),
            tuple(fields.get("section", ())),
        )
        for fields in held.pop("paragraphs")
    )
    return Truth(**held, paragraphs=paragraphs)


def load_all(folder: Path) -> Sequence[Truth]:
    """All truths of a folder, by name."""
    return [load(path) for path in sorted(folder.glob("*.json"))]
