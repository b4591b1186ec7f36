"""What the buttons carry that an asker presses at the staff desk, in at most 64 bytes.

``o`` chooses one of the official answers that were offered, by its number (0 for none of them), ``r`` says who the
asker of a case is, ``y`` gives their name to staff; then the language, the version of this form, and the rest:
``re1:7:graduate`` says that the asker of case 7 is a graduate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.telegram.callback import Language, language_of_letter

VERSION = "1"
_OFFERED = re.compile(rf"o([ez]){VERSION}:([0-9]{{1,12}})")
_ROLE = re.compile(rf"r([ez]){VERSION}:([0-9]{{1,12}}):([a-z]{{1,12}})")
_NAME = re.compile(rf"y([ez]){VERSION}:([0-9]{{1,12}})")


@dataclass(frozen=True, slots=True)
class ChooseOffered:
    """Give this official answer; 0 for none of those that were offered."""

    answer: int
    language: Language


@dataclass(frozen=True, slots=True)
class SayRole:
    """Tell staff what kind of asker a case is of."""

    case: int
    role: str
    language: Language


@dataclass(frozen=True, slots=True)
class GiveName:
    """Tell staff the name of the asker of a case."""

    case: int
    language: Language


AskerAction = ChooseOffered | SayRole | GiveName


def encode_asker(action: AskerAction) -> str:
    """The button's data."""
    letter = action.language[0]
    match action:
        case ChooseOffered():
            return f"o{letter}{VERSION}:{action.answer}"
        case SayRole():
            return f"r{letter}{VERSION}:{action.case}:{action.role}"
        case GiveName():
            return f"y{letter}{VERSION}:{action.case}"


def decode_asker(data: str) -> AskerAction | None:
    """What a button asks for; ``None`` for anything that is none of these."""
    if match := _OFFERED.fullmatch(data):
        return ChooseOffered(int(match[2]), language_of_letter(match[1]))
    if match := _ROLE.fullmatch(data):
        return SayRole(int(match[2]), match[3], language_of_letter(match[1]))
    if match := _NAME.fullmatch(data):
        return GiveName(int(match[2]), language_of_letter(match[1]))
    return None
