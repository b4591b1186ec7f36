"""What the buttons under an answer carry, beside those that open its paragraphs, in at most 64 bytes.

``v`` says what somebody thinks of the answer, ``g`` asks for more like it, ``q`` for a person; then the language, the
version of this form and the rest. A vote names the answer by a check sum of what it says, as an edited question puts
another answer into the same message: ``ve1:u:0a1b2c3d4e5f``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.telegram.callback import Language, hashed, language_of_letter
from bot.telegram.pages import Page

VERSION = "1"

_VOTE = re.compile(rf"v([ez]){VERSION}:([ud]):([0-9a-f]{{12}})")
_PERSON = re.compile(rf"q([ez]){VERSION}")
_MORE = re.compile(rf"g([ez]){VERSION}")


@dataclass(frozen=True, slots=True)
class Vote:
    """Think well or not of an answer, which ``check`` names among those its message has held."""

    up: bool
    check: str
    language: Language


@dataclass(frozen=True, slots=True)
class More:
    """Show further passages."""

    language: Language


@dataclass(frozen=True, slots=True)
class AskPerson:
    """Hand the question to a person."""

    language: Language


UnderAction = Vote | More | AskPerson


def encode_under(action: UnderAction) -> str:
    """The button's data."""
    letter = action.language[0]
    if isinstance(action, AskPerson):
        return f"q{letter}{VERSION}"
    if isinstance(action, More):
        return f"g{letter}{VERSION}"
    return f"v{letter}{VERSION}:{'u' if action.up else 'd'}:{action.check}"


def decode_under(data: str) -> UnderAction | None:
    """What a button asks for; ``None`` for anything that is none of these, or of another version."""
    if match := _PERSON.fullmatch(data):
        return AskPerson(language_of_letter(match[1]))
    if match := _MORE.fullmatch(data):
        return More(language_of_letter(match[1]))
    if match := _VOTE.fullmatch(data):
        return Vote(match[2] == "u", match[3], language_of_letter(match[1]))
    return None


def check_of(pages: Sequence[Page]) -> str:
    """The check sum that names an answer: 12 hexadecimal digits."""
    return hashed("\n".join(each.plain for each in pages)).removeprefix("~")
