"""The parts of a document: what comes before its text, its preamble, its text, how it closes, what is attached to it.

They are read from the roles, labels and paths of paragraphs, and so for a document that was added long ago too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from documents import attachments
from documents.lines import is_addressee, is_bullet, is_closing, is_valediction
from documents.models import Role

_ENACTS = re.compile(r"^(?:HAVE|HAS) (?:ADOPTED|DECIDED|AGREED)\b")
_BRACKETED = re.compile(r"^[（(].*[）)]$", re.S)


class Part(StrEnum):
    """A part of a document. ``BACK`` is what follows the signature and is no appendix."""

    FRONT = "front"
    PREAMBLE = "preamble"
    MAIN = "main"
    CLOSING = "closing"
    ATTACHMENTS = "attachments"
    SIGNATURE = "signature"
    BACK = "back"
    ATTACHED = "attached"


class Entry(Protocol):
    """What is looked at of a paragraph."""

    @property
    def role(self) -> Role: ...
    @property
    def label(self) -> str | None: ...
    @property
    def section(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...


_SIGNED = frozenset({Role.ISSUER, Role.DATE})
_HEAD = frozenset({Role.TITLE, Role.NUMBER, Role.ISSUER, Role.DATE})


def _front_end(entries: Sequence[Entry]) -> int:
    titles = [at for at, entry in enumerate(entries) if entry.role is Role.TITLE]
    end = titles[-1] + 1 if titles else 0
    while end < len(entries):
        entry = entries[end]
        around = entry.role is Role.BODY and (is_addressee(entry.text) or _BRACKETED.match(entry.text.strip()))
        if entry.role not in _HEAD and not around:
            break
        end += 1
    return end


def _attached_from(entries: Sequence[Entry], front: int) -> int:
    """Where appendices begin in full: the first heading below a signature, or one that bears a label of theirs."""
    signed = False
    for at in range(front, len(entries)):
        entry = entries[at]
        signed = signed or entry.role in _SIGNED or entry.role is Role.APPENDIX
        outermost = entry.role is Role.HEADING and not entry.section
        labelled = entry.label is not None and attachments.is_label_line(entry.label)
        if outermost and (signed or labelled):
            return at
    return len(entries)


def _foot(entries: Sequence[Entry], first: int, end: int) -> int:
    """Where the foot begins: signature, attachments, and the lines among and below them."""
    foot = [at for at in range(first, end) if entries[at].role in _SIGNED or entries[at].role is Role.APPENDIX]
    start = foot[0] if foot else end
    if start - 1 >= first and is_valediction(entries[start - 1].text):
        start -= 1
    return start


def _closing_from(entries: Sequence[Entry], first: int, foot: int) -> int:
    at = foot
    while at - 1 > first:
        entry, before = entries[at - 1], entries[at - 2]
        below_list = before.label is not None or is_bullet(before.text)
        closes = entry.role is Role.BODY and entry.label is None and not entry.section
        if not closes or not is_closing(entry.text, below_list=below_list):
            break
        at -= 1
    return at


def _main_from(entries: Sequence[Entry], front: int, closing: int) -> int:
    enacted = [at for at in range(front, closing) if _ENACTS.match(entries[at].text)]
    if enacted:
        return enacted[0] + 1
    for at in range(front, closing):
        if entries[at].role is Role.HEADING or entries[at].label is not None:
            return at
    return front


def parts_of(entries: Sequence[Entry]) -> tuple[Part, ...]:
    """The part of each paragraph of a document, which are given in reading order."""
    front = _front_end(entries)
    attached = _attached_from(entries, front)
    foot = _foot(entries, front, attached)
    closing = _closing_from(entries, front, foot)
    main = _main_from(entries, front, closing)

    def part(at: int) -> Part:
        role = entries[at].role
        if at < front:
            return Part.FRONT
        if at >= attached:
            return Part.ATTACHED
        if at < foot:
            return Part.PREAMBLE if at < main else Part.MAIN if at < closing else Part.CLOSING
        if role is Role.APPENDIX:
            return Part.ATTACHMENTS
        return Part.SIGNATURE if role in _SIGNED or is_valediction(entries[at].text) else Part.BACK

    return tuple(part(at) for at in range(len(entries)))
