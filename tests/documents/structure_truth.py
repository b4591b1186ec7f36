"""Official documents written for these tests, with what each paragraph is: ``structure/*.toml``.

A file says what the document is about, its facts, and its outline. A line of the outline is a paragraph::

    role | label | text

indented below the paragraph it belongs to; ``-`` stands for no label. A paragraph others belong to is called by its
text where it is a heading and by its label where it is none; ``label=name`` says another name. ``== part`` begins a
part of the document; ``role!h2``, ``!t`` and ``!row`` say what the file says of the block: a heading of level 2, a
title, a row of a table. ``⏎`` is the end of a line inside a block.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from documents.blocks import Block, Style

FOLDER = Path(__file__).parent / "structure"


class Expected(NamedTuple):
    """One paragraph as it should come out."""

    part: str
    role: str
    label: str | None
    section: tuple[str, ...]
    block: Block


class Truth(NamedTuple):
    """One document: its paragraphs and its facts."""

    name: str
    paragraphs: tuple[Expected, ...]
    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    kind: str
    language: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What a reader makes of it."""
        return tuple(paragraph.block for paragraph in self.paragraphs)


def _block(text: str, style: str) -> Block:
    text = text.replace("⏎", "\n")
    if style.startswith("h"):
        return Block(text, style=Style.HEADING, level=int(style[1:]))
    return Block(text, style={"": Style.BODY, "t": Style.TITLE, "row": Style.TABLE_ROW}[style])


def _paragraphs(outline: str) -> tuple[Expected, ...]:
    above: list[str] = []
    part = ""
    found: list[Expected] = []
    for line in outline.strip("\n").split("\n"):
        if line.startswith("== "):
            part = line.removeprefix("== ")
            continue
        depth = (len(line) - len(line.lstrip(" "))) // 2
        role, label, text = (piece.strip() for piece in line.split(" | ", 2))
        role, _, style = role.partition("!")
        label, _, name = label.partition("=")
        label = "" if label == "-" else label
        del above[depth:]
        assert len(above) == depth, f"{line}: indented below nothing"
        block = _block(text, style)
        found.append(Expected(part, role, label or None, tuple(above), block))
        above.append(name or (block.text.rstrip(":：") if role == "heading" else label))
    return tuple(found)


def read(path: Path) -> Truth:
    """One document of the set."""
    fields = tomllib.loads(path.read_text(encoding="utf-8"))
    facts = (fields.get(name) for name in ("title", "number", "issuer", "issued_on", "kind", "language"))
    return Truth(path.stem, _paragraphs(fields["outline"]), *facts)


TRUTHS = tuple(read(path) for path in sorted(FOLDER.glob("*.toml")))
