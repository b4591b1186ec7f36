"""What a button carries, in at most 64 bytes: enough to do its work after any restart, and nothing remembered.

``p`` opens a paragraph from an answer, ``d`` one that has no answer behind it, ``n`` one in a message of its own,
``b`` goes back to the answer, ``s`` asks the suggestion written on the button. The second letter is the language, e or
z. Buttons of menus and of the check have letters of their own (``menu_data``, ``check_data``).
``pe:circular-1:c.0:c-4f-9k-a7x`` is: paragraph 12 (numbers are in base 36), part 0 of it; the quote is
in paragraph 12, characters 159 to 344, with the check sum a7x.
"""

from __future__ import annotations

import hashlib
import re
import string
import zlib
from dataclasses import dataclass
from typing import Literal

from bot.telegram.limits import CALLBACK_BYTES
from documents.library import Library
from documents.models import Document

Language = Literal["en", "zh"]

_DIGITS = string.digits + string.ascii_lowercase
_N = "([0-9a-z]{1,6})"
_OPEN = re.compile(rf"([pdn])([ez]):(~[0-9a-f]{{12}}|[a-z0-9._-]{{1,80}}):{_N}(?:\.{_N})?(?::{_N}-{_N}-{_N}-{_N})?")
_BACK = re.compile("b([ez])")
_SUGGESTION = re.compile("s([ez])([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class QuoteAt:
    """Where a quote stands: paragraph number, first character, the one after the last, and a check sum."""

    paragraph: int
    start: int
    end: int
    check: int

    def within(self, text: str) -> bool:
        """Whether the paragraph's text still holds the quote at this place."""
        return 0 <= self.start < self.end <= len(text) and _check(text[self.start : self.end]) == self.check


@dataclass(frozen=True, slots=True)
class Open:
    """Show a paragraph, or one part of a long one; without a part, the one that holds the quote."""

    document: str
    paragraph: int
    language: Language
    part: int | None = None
    quote: QuoteAt | None = None
    from_answer: bool = True
    apart: bool = False
    """Whether it comes in a message of its own, so that what the button stands under stays; not from an answer then."""


@dataclass(frozen=True, slots=True)
class Back:
    """Show the answer again."""

    language: Language


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Ask what stands on the button."""

    index: int
    language: Language


Action = Open | Back | Suggestion


def find_quote(paragraph: int, quote: str, text: str) -> QuoteAt | None:
    """The place of a verbatim quote in its paragraph; ``None`` where it is not in it."""
    start = text.find(quote) if quote else -1
    return None if start < 0 else QuoteAt(paragraph, start, start + len(quote), _check(quote))


def encode(action: Action) -> str:
    """The button's data. A document id too long for it is replaced by a hash of the id."""
    letter = action.language[0]
    if isinstance(action, Back):
        return f"b{letter}"
    if isinstance(action, Suggestion):
        return f"s{letter}{action.index}"
    rest = base36(action.paragraph) + ("" if action.part is None else f".{base36(action.part)}")
    if action.quote is not None:
        place = action.quote
        rest += ":" + "-".join(base36(n) for n in (place.paragraph, place.start, place.end, place.check))
    kind = ("n" if action.apart else "p" if action.from_answer else "d") + letter
    data = f"{kind}:{action.document}:{rest}"
    return data if len(data.encode()) <= CALLBACK_BYTES else f"{kind}:{hashed(action.document)}:{rest}"


def decode(data: str) -> Action | None:
    """What a button asks for; ``None`` for anything that is not ours."""
    if match := _BACK.fullmatch(data):
        return Back(language_of_letter(match[1]))
    if match := _SUGGESTION.fullmatch(data):
        return Suggestion(int(match[2]), language_of_letter(match[1]))
    if match := _OPEN.fullmatch(data):
        kind, letter, document, paragraph, part, *place = match.groups()
        quote = None if place[0] is None else QuoteAt(*(int(n, 36) for n in place))
        number = None if part is None else int(part, 36)
        return Open(document, int(paragraph, 36), language_of_letter(letter), number, quote, kind == "p", kind == "n")
    return None


def find_document(library: Library, reference: str) -> Document | None:
    """The document a button names by its id or by the hash of it."""
    return next((each for each in library.documents() if reference in (each.id, hashed(each.id))), None)


def language_of_letter(letter: str) -> Language:
    """The language of the second letter of a button's data."""
    return "zh" if letter == "z" else "en"


def hashed(name: str) -> str:
    """What stands for a name too long for a button: thirteen characters."""
    return "~" + hashlib.blake2b(name.encode(), digest_size=6).hexdigest()


def _check(quote: str) -> int:
    return zlib.crc32(quote.encode("utf-8", "surrogatepass")) % 36**3


def base36(number: int) -> str:
    """A number from 0 on in as few letters as can be."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
