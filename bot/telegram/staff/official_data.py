"""What the buttons of drafts and official answers carry: ``so:``, what is to be done, and a number where it is needed.

A draft is told by the message its button stands under. ``so:show:3`` shows official answer 3, ``so:exp:12`` lets a
draft expire in twelve months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "so:"
_FORM = re.compile(r"so:([a-z]{2,6})(?::([0-9]{1,12}))?")


class Do(StrEnum):
    """What a button does; those of ``NUMBERED`` need a number."""

    APPROVE = "ok"
    CANCEL = "no"
    EXPIRES = "exp"
    LIST = "list"
    SHOW = "show"
    EDIT = "edit"
    WITHDRAW = "drop"


NUMBERED = frozenset({Do.EXPIRES, Do.LIST, Do.SHOW, Do.EDIT, Do.WITHDRAW})


@dataclass(frozen=True, slots=True)
class OfficialClick:
    """Do this, with the official answer, page or months of this number."""

    do: Do
    number: int = 0


def encode_official(click: OfficialClick) -> str:
    """The button's data."""
    return f"{PREFIX}{click.do}" + (f":{click.number}" if click.do in NUMBERED else "")


def decode_official(data: str) -> OfficialClick | None:
    """What a button asks for; ``None`` for anything that is none of these."""
    match = _FORM.fullmatch(data)
    if match is None or match[1] not in list(Do) or (Do(match[1]) in NUMBERED) != (match[2] is not None):
        return None
    return OfficialClick(Do(match[1]), int(match[2] or 0))
