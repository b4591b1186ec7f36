"""What the buttons under a file that was sent carry, and those under the cases it answers, in at most 64 bytes.

``sd:`` and the language, then what is to be done: ``sde:a:0123456789ab:appendix-2`` adds the file of this key as this
document, ``n`` as a new one, ``x`` not at all; ``sde:c:appendix-2:0`` shows the first of the cases that the document
answers, ``o`` sends its answer to one case, and ``l`` to all of those whose check sum it names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.telegram.callback import Language, hashed, language_of_letter

PREFIX = "sd"
_LONGEST_ID = 32
_KEY = "([0-9a-f]{12})"
_DOCUMENT = "(~[0-9a-f]{12}|[a-z0-9][a-z0-9._-]{0,31})"
_NUMBER = "([0-9]{1,18})"
_ADD = re.compile(rf"sd([ez]):a:{_KEY}:{_DOCUMENT}")
_NEW = re.compile(rf"sd([ez]):n:{_KEY}")
_CANCEL = re.compile(rf"sd([ez]):x:{_KEY}")
_CASES = re.compile(rf"sd([ez]):c:{_DOCUMENT}:([0-9]{{1,4}})")
_ONE = re.compile(rf"sd([ez]):o:{_DOCUMENT}:{_NUMBER}")
_ALL = re.compile(rf"sd([ez]):l:{_DOCUMENT}:(~[0-9a-f]{{12}})")


@dataclass(frozen=True, slots=True)
class Add:
    """Add a file: in the place of an omitted document, or as a new one where none is named."""

    key: str
    document: str | None
    language: Language


@dataclass(frozen=True, slots=True)
class Cancel:
    """Do not add a file."""

    key: str
    language: Language


@dataclass(frozen=True, slots=True)
class ShowCases:
    """Show the cases that a document answers, from a page of them on, counted from 0."""

    document: str
    page: int
    language: Language


@dataclass(frozen=True, slots=True)
class SendOne:
    """Send a document's answer to the asker of one case."""

    document: str
    case: int
    language: Language


@dataclass(frozen=True, slots=True)
class SendAll:
    """Send a document's answers to the askers of all cases it answers, if they are still those of the check sum."""

    document: str
    check: str
    language: Language


DocumentAction = Add | Cancel | ShowCases | SendOne | SendAll


def reference(document: str) -> str:
    """What names a document in a button: its id, or a hash where that is long."""
    return document if len(document) <= _LONGEST_ID else hashed(document)


def check_of_cases(cases: tuple[int, ...]) -> str:
    """The check sum of the numbers of cases."""
    return hashed(" ".join(map(str, cases)))


def encode_document(action: DocumentAction) -> str:
    """The button's data."""
    head = f"{PREFIX}{action.language[0]}"
    match action:
        case Add(key, None):
            return f"{head}:n:{key}"
        case Add(key, document):
            return f"{head}:a:{key}:{document}"
        case Cancel(key):
            return f"{head}:x:{key}"
        case ShowCases(document, page):
            return f"{head}:c:{document}:{page}"
        case SendOne(document, case):
            return f"{head}:o:{document}:{case}"
        case SendAll(document, check):
            return f"{head}:l:{document}:{check}"


def decode_document(data: str) -> DocumentAction | None:
    """What a button asks for; ``None`` for anything that is none of these."""
    if match := _ADD.fullmatch(data):
        return Add(match[2], match[3], language_of_letter(match[1]))
    if match := _NEW.fullmatch(data):
        return Add(match[2], None, language_of_letter(match[1]))
    if match := _CANCEL.fullmatch(data):
        return Cancel(match[2], language_of_letter(match[1]))
    if match := _CASES.fullmatch(data):
        return ShowCases(match[2], int(match[3]), language_of_letter(match[1]))
    if match := _ONE.fullmatch(data):
        return SendOne(match[2], int(match[3]), language_of_letter(match[1]))
    if match := _ALL.fullmatch(data):
        return SendAll(match[2], match[3], language_of_letter(match[1]))
    return None
