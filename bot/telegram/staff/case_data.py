"""What the buttons of a case carry in the staff's chat: ``st:``, what is to be done, and the number of the case.

``st:put:7:24`` puts case 7 off for 24 hours, ``st:give:7:90003`` gives it to person 90003. What staff may do is looked
up when they press, not read from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "st:"
_FORM = re.compile(r"st:([a-z]{2,8}):([0-9]{1,12})(?::([0-9]{1,16}))?")


class Verb(StrEnum):
    """What a button of a case does.

    ``WHEN`` asks how long it is to be put off, ``WHOM`` who is to have it; ``CARD`` shows the case again.
    """

    TAKE = "take"
    BACK = "back"
    WHEN = "when"
    PUT_OFF = "put"
    WHOM = "whom"
    GIVE = "give"
    CLOSE = "close"
    REOPEN = "reopen"
    CARD = "card"
    OFFICIAL = "official"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class CaseClick:
    """Do this with a case; ``hours`` where it is put off, the person ``to`` whom where it is given to somebody."""

    verb: Verb
    case: int
    hours: int | None = None
    to: int | None = None


def encode_case(click: CaseClick) -> str:
    """The button's data."""
    number = click.hours if click.to is None else click.to
    return f"{PREFIX}{click.verb}:{click.case}" + ("" if number is None else f":{number}")


def decode_case(data: str) -> CaseClick | None:
    """What a button asks for; ``None`` for anything that is none of these."""
    match = _FORM.fullmatch(data)
    if match is None or match[1] not in list(Verb):
        return None
    verb, case, number = Verb(match[1]), int(match[2]), None if match[3] is None else int(match[3])
    if (verb in (Verb.PUT_OFF, Verb.GIVE)) != (number is not None):
        return None
    return CaseClick(verb, case, to=number) if verb is Verb.GIVE else CaseClick(verb, case, hours=number)
