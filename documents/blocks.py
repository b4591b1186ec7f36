"""What a reader makes of a file: blocks of text in reading order, with page and style."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol


class Style(StrEnum):
    """What the file itself says a block is; ``BODY`` where it says nothing."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    TABLE_ROW = "table row"


class Block(NamedTuple):
    """A block of text with the page (from 1) it begins on, and its style.

    ``level`` is the depth of a heading (1 outermost). A table row is one block, its cells joined by `` | ``.
    """

    text: str
    page: int | None = None
    style: Style = Style.BODY
    level: int | None = None


class Reading(NamedTuple):
    """A file as it was read: blocks in reading order, and what the person who adds it should know."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """A plug for one kind of file."""

    def read(self, path: Path) -> Reading:
        """Read a file; raises ``ReadingError`` with one line that says what is wrong with it and what to do."""
