"""Plain text as people save it: broken at a margin or not, indented or with blank lines, in the encodings in use."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.loaders.making.looks import SOFT_HYPHEN, hyphened
from benchmarks.loaders.making.sources import Entry

_NEVER_FIRST = "，。；：、！？）》”’」』"


class TextLook(NamedTuple):
    """How a text is saved. ``margin`` is in columns (a Chinese character takes two), 0 for none."""

    encoding: str
    margin: int = 0
    indent: str = ""
    blank: bool = True
    end: str = "\n"
    hyphens: bool = False
    mark: bytes = b""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _broken(text: str, look: TextLook) -> list[str]:
    """A paragraph in lines no wider than the margin."""
    chinese = _width(text) > 1.3 * len(text)
    pieces = list(text) if chinese else [f"{word} " for word in text.split(" ")]
    lines = [look.indent]
    for piece in pieces:
        if _width(lines[-1] + piece.rstrip()) <= look.margin or (piece in _NEVER_FIRST and chinese):
            lines[-1] += piece
            continue
        parts = hyphened(piece).split(SOFT_HYPHEN) if look.hyphens and not chinese else [piece]
        room = [at for at in range(1, len(parts)) if _width(lines[-1] + "".join(parts[:at])) < look.margin]
        if room:
            lines[-1] += "".join(parts[: room[-1]]) + "-"
            piece = "".join(parts[room[-1] :])
        lines.append(piece)
    return [line.rstrip(" ") for line in lines]


def write(path: Path, found: Sequence[Entry], look: TextLook) -> None:
    """Write a text file."""
    paragraphs = [_broken(entry.text, look) if look.margin else [look.indent + entry.text] for entry in found]
    between = look.end * (2 if look.blank else 1)
    text = between.join(look.end.join(lines) for lines in paragraphs) + look.end
    path.write_bytes(look.mark + text.encode(look.encoding))
