"""What the desk's own readers make of a file, by the way the desk takes a document in."""

from __future__ import annotations

from pathlib import Path

from documents.readers.apart import read_apart
from documents.readers.detect import read
from documents.structure import Placed, place


def placed(path: Path, *, apart: bool = False) -> tuple[Placed, ...]:
    """The paragraphs of a file with their places; ``apart`` reads it in a process of its own, as the desk does.

    Raises ``ReadingError``.
    """
    blocks = (read_apart(path) if apart else read(path)).blocks
    return place(blocks)
