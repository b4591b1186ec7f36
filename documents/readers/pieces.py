"""A piece of a web page: a block, and how much of it is links."""

from __future__ import annotations

from typing import NamedTuple

from documents.blocks import Style


class Piece(NamedTuple):
    """A block of a page with the number of links in it, and the characters in them (white space not counted)."""

    text: str
    style: Style = Style.BODY
    level: int | None = None
    links: int = 0
    linked: int = 0
