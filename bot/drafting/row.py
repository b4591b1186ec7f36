"""A row of a draft: a cell of the coverage map with its questions, and whether a person has confirmed it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from documents.knowledge import CellStatus
from documents.measures import Asks
from documents.models import Frozen

_Words = Annotated[str, Field(min_length=1)]


class Row(Frozen):
    """One cell with its questions in each language.

    ``id`` stays the same for the same matter and words; ``guess`` marks what nothing in the text shows: that it states
    nothing. ``pointer`` is the id of a document, or the words by which the text calls one that is not in the library.
    """

    id: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")
    measure: str = Field(pattern=r"^[^\s/][^/\n]{0,59}$")
    cell: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    asks: Asks
    status: CellStatus
    confirmed: bool = False
    guess: bool = False
    evidence: tuple[_Words, ...] = ()
    pointer: str = ""
    note: str = ""
    questions_en: tuple[str, ...] = ()
    questions_zh: tuple[str, ...] = ()
