"""What the buttons of an eligibility check carry: all of where it stands, so that nothing of it is kept anywhere.

``ce1s:3f9ab2c4:1k2.9zq.012`` is, in English and the first version of this form: *show* the check over the conditions
of this digest for the role and the programme with these check sums, the first three conditions answered with their
first, second and third choice (of 36 at most). ``o2`` in the place of ``s`` is the third page of an outcome, ``x`` ends
the check, ``b`` begins one, with a role or without.

The digest says whether the conditions are still the same, so the rest can be short. Where they are not, the role is
still known by its check sum.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.eligibility.check import Check
from bot.eligibility.dialogue import Dialogue
from bot.telegram.callback import Language, base36, language_of_letter

VERSION = "1"

_DIGEST = 8
_SUM = r"[0-9a-z]{0,4}"
_CHECK = re.compile(
    rf"c([ez]){VERSION}(b|s|x|o[0-9]{{1,2}})(?::([0-9a-f]{{{_DIGEST}}}))?(?::({_SUM})\.({_SUM})\.([0-9a-z]{{0,30}}))?"
)
_UNKNOWN = "0" * _DIGEST

Do = Literal["begin", "show", "stop"]


@dataclass(frozen=True, slots=True)
class CheckClick:
    """What a button of a check asks for; ``page`` of an outcome counts from 0.

    ``role`` and ``programme`` are check sums of ids, empty where there is none yet; ``answers`` has a letter for each
    choice.
    """

    do: Do
    language: Language
    digest: str = _UNKNOWN
    role: str = ""
    programme: str = ""
    answers: str = ""
    page: int = 0


def encode_check(click: CheckClick) -> str:
    """The button's data."""
    do = f"o{click.page}" if click.do == "show" and click.page else {"begin": "b", "show": "s", "stop": "x"}[click.do]
    state = f"{click.role}.{click.programme}.{click.answers}"
    return f"c{click.language[0]}{VERSION}{do}:{click.digest}:{state}"


def decode_check(data: str) -> CheckClick | None:
    """What a button asks for; ``None`` for anything that is not of a check, or of another version."""
    match = _CHECK.fullmatch(data)
    if match is None:
        return None
    letter, do, digest, role, programme, answers = (each or "" for each in match.groups())
    named: Do = "begin" if do == "b" else "stop" if do == "x" else "show"
    page = int(do[1:]) if do.startswith("o") else 0
    return CheckClick(named, language_of_letter(letter), digest or _UNKNOWN, role, programme, answers, page)


def click_of(state: Dialogue, check: Check, language: Language, do: Do = "show", page: int = 0) -> CheckClick:
    """A button that holds this state, which is one of this check."""
    choices = {
        condition.id: [option.id for option in condition.options]
        for programme in check.programmes()
        if programme.id == state.programme
        for condition in programme.asked
    }
    return CheckClick(
        do,
        language,
        state.version[:_DIGEST],
        sum_of(state.role) if state.role else "",
        sum_of(state.programme) if state.programme else "",
        "".join(base36(choices[condition].index(choice)) for condition, choice in state.answers),
        page,
    )


def state_of(click: CheckClick, check: Check) -> Dialogue:
    """The state that a button holds; one of other conditions where they have changed since, which ``resume`` tells."""
    digest = check.begin().version
    role = _named(click.role, (each.id for each in check.roles))
    if click.digest != digest[:_DIGEST]:
        return Dialogue(version=click.digest, role=role)
    programme = next((each for each in check.programmes() if sum_of(each.id) == click.programme), None)
    asked = programme.asked if programme else ()
    if len(click.answers) > len(asked) or bool(click.programme) != bool(programme) or bool(click.role) != bool(role):
        return Dialogue(version="", role=role)
    answers = []
    for condition, letter in zip(asked, click.answers, strict=False):
        place = int(letter, 36)
        if place >= len(condition.options):
            return Dialogue(version="", role=role)
        answers.append((condition.id, condition.options[place].id))
    return Dialogue(version=digest, role=role, programme=programme.id if programme else None, answers=tuple(answers))


def sum_of(name: str) -> str:
    """The check sum that stands for the id of a role or programme."""
    return base36(zlib.crc32(name.encode()) % 36**4)


def _named(wanted: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if sum_of(name) == wanted), None)
