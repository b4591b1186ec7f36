"""What the buttons of menus carry, in at most 64 bytes: a letter, the language, the version of this form, the rest.

``h`` the greeting, ``w`` a kind of asker, ``m`` a page of the menu of programmes, ``t`` a programme, ``a`` a question
about one, ``i`` a page of the library, ``l`` a language chosen, ``f`` what /forget was answered. A programme is named
by document and id, or by a hash of both where these are too long: ``te1:enterprise:circular-1/loans`` is the programme
*loans* as it was opened from the page for enterprises.

Buttons stand in chats for years. A form that changes its meaning gets another version; one that is not known any more
is told to whoever clicks it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.telegram.callback import Language, hashed, language_of_letter
from bot.telegram.limits import CALLBACK_BYTES
from bot.telegram.topics import Topics, Wanted
from documents.measures import Measure

VERSION = "1"

_FORM = re.compile(r"([hwmtailf])([ez])" + VERSION + r"(?::(.*))?")
_PAGE = re.compile(r"[0-9]{1,4}")
_PERSON = re.compile(r"[a-z]{1,12}")
_TOPIC = re.compile(r"~[0-9a-f]{12}|[a-z0-9._-]{1,100}/[a-z0-9_]{1,100}")

Kept = Literal["en", "zh", "follow"]
_CHOICES: dict[str, Kept] = {"en": "en", "zh": "zh", "follow": "follow"}


@dataclass(frozen=True, slots=True)
class Home:
    """Show the greeting."""

    language: Language


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """Show what one kind of asker asks."""

    person: str
    language: Language


@dataclass(frozen=True, slots=True)
class ShowMenu:
    """Show a page of the menu of programmes, from 0."""

    page: int
    language: Language


@dataclass(frozen=True, slots=True)
class ShowTopic:
    """Show a programme; ``person`` is whose page it was opened from, empty for the menu."""

    topic: str
    person: str
    language: Language


@dataclass(frozen=True, slots=True)
class AskTopic:
    """Ask the desk about a programme."""

    topic: str
    wanted: Wanted
    language: Language


@dataclass(frozen=True, slots=True)
class ShowLibrary:
    """Show a page of the documents, from 0."""

    page: int
    language: Language


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Speak this language from now on; ``follow`` is that of each message."""

    chosen: Kept
    language: Language


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove what is stored of whoever clicks, or leave it."""

    confirmed: bool
    language: Language


MenuAction = Home | ShowPerson | ShowMenu | ShowTopic | AskTopic | ShowLibrary | ChooseLanguage | Forget


def encode_menu(action: MenuAction) -> str:
    """The button's data."""
    match action:
        case Home():
            kind, rest = "h", ""
        case ShowPerson():
            kind, rest = "w", action.person
        case ShowMenu():
            kind, rest = "m", str(action.page)
        case ShowTopic():
            kind, rest = "t", f"{action.person}:{action.topic}"
        case AskTopic():
            kind, rest = "a", f"{action.wanted.value}:{action.topic}"
        case ShowLibrary():
            kind, rest = "i", str(action.page)
        case ChooseLanguage():
            kind, rest = "l", action.chosen
        case Forget():
            kind, rest = "f", "yes" if action.confirmed else "no"
    return f"{kind}{action.language[0]}{VERSION}" + (f":{rest}" if rest else "")


def decode_menu(data: str) -> MenuAction | None:
    """What a button asks for; ``None`` for anything that is not of a menu, or of another version."""
    match = _FORM.fullmatch(data)
    if match is None:
        return None
    kind, language, rest = match[1], language_of_letter(match[2]), match[3] or ""
    first, _, second = rest.partition(":")
    if kind == "h" and not rest:
        return Home(language)
    if kind == "w" and _PERSON.fullmatch(rest):
        return ShowPerson(rest, language)
    if kind == "m" and _PAGE.fullmatch(rest):
        return ShowMenu(int(rest), language)
    if kind == "t" and (not first or _PERSON.fullmatch(first)) and _TOPIC.fullmatch(second):
        return ShowTopic(second, first, language)
    if kind == "a" and first in {each.value for each in Wanted} and _TOPIC.fullmatch(second):
        return AskTopic(second, Wanted(first), language)
    if kind == "i" and _PAGE.fullmatch(rest):
        return ShowLibrary(int(rest), language)
    if kind == "l" and rest in _CHOICES:
        return ChooseLanguage(_CHOICES[rest], language)
    if kind == "f" and rest in ("yes", "no"):
        return Forget(rest == "yes", language)
    return None


_LONGEST_BEFORE = len(f"te{VERSION}:") + max(len("a" * 12 + ":"), *(len(each.value) + 1 for each in Wanted))


def topic_name(measure: Measure) -> str:
    """How buttons name a programme; short enough for any of them."""
    name = f"{measure.document}/{measure.id}"
    return name if len(name) + _LONGEST_BEFORE <= CALLBACK_BYTES else hashed(name)


def find_topic(topics: Topics, name: str) -> Measure | None:
    """The programme that a button names; ``None`` where the library has none of it any more."""
    full = ((each, f"{each.document}/{each.id}") for each in topics.menu())
    return next((each for each, called in full if name in (called, hashed(called))), None)
