"""What the buttons of a case carry in the staff's chat: ``st:``, what is to be done, and the number of the case.

``st:put:7:24`` puts case 7 off for 24 hours. What staff may do is looked up when they press, not read from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "st:"
_FORM = re.compile(r"st:([a-z]{2,8}):([0-9]{1,12})(?::([0-9]{1,4}))?")


class Verb(StrEnum):
    """What a button of a case does; ``WHEN`` asks how long it is to be put off, ``CARD`` shows the case again."""

    TAKE = "take"
    BACK = "back"
    WHEN = "when"
    PUT_OFF = "put"
    CLOSE = "close"
    REOPEN = "reopen"
    CARD = "card"
    OFFICIAL = "official"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CaseClick:
    """Do this with a case; ``hours`` where it is put off."""

    verb: Verb
    case: int
    hours: int | None = None


def encode_case(click: CaseClick) -> str:
    """The button's data."""
    return f"{PREFIX}{click.verb}:{click.case}" + ("" if click.hours is None else f":{click.hours}")


def decode_case(data: str) -> CaseClick | None:
    """What a button asks for; ``None`` for anything that is none of these."""
    match = _FORM.fullmatch(data)
    if match is None or match[1] not in list(Verb):
        return None
    verb, hours = Verb(match[1]), None if match[3] is None else int(match[3])
    return CaseClick(verb, int(match[2]), hours) if (verb is Verb.PUT_OFF) == (hours is not None) else None
