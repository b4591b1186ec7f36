"""The structure of official documents: what each block is, which number it carries, and what it belongs to.

Head and foot are read first (``documents.front``, ``documents.tail``), then the numbers of all blocks together
(``documents.labels``), then which blocks are headings (``documents.headings``), and then each block is put under what
it belongs to (``documents.outline``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from documents import attachments
from documents.blocks import Block, Style
from documents.dates import is_date
from documents.front import Front, front_of
from documents.headings import headings
from documents.labels import Label, label_of, labels_of
from documents.lines import is_bullet, is_closing, leads_in
from documents.models import Role
from documents.outline import ATTACHED, RANKS, Outline
from documents.tail import Tail, tail_of
from documents.text import is_chinese
from documents.words import any_of

_LONGEST_SUBJECT_HAN = 16
_LONGEST_SUBJECT = 60
_SUBJECT = re.compile(r"([^。.；;，,:：]{2,60}?)(?:。|\.\s*[—–]|\.(?=\s+[A-Z])|[：:](?=.))")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]$")
_IN_BRACKETS = re.compile(r"[（(][^（）()]{2,20}[）)]")
_ASSERTS = re.compile(any_of("asserts_zh") + r"|\b" + any_of("asserts_en") + r"\b", re.I)


__all__ = ["Placed", "is_date", "label_of", "name_of", "place"]


class Placed(NamedTuple):
    """A block with its place in the document.

    ``section`` names what it belongs to, outermost first: headings by their words, numbered paragraphs by their
    label, with the subject they begin with where there is one.
    """

    text: str
    page: int | None
    role: Role
    label: str | None
    section: tuple[str, ...]


def name_of(text: str, label: Label | None, *, heading: bool, holds: bool = False) -> str:
    """What the paragraphs that belong to a heading or a numbered paragraph call it.

    "（一）人才培训" of "（一）人才培训。每年…", "第三条" of "第三条 申请人应当…". Where it ``holds`` a list, it may be
    a subject and nothing else, though it ends in a stop.
    """
    line = " ".join(part.strip() for part in text.strip().splitlines() if part.strip())
    if heading or label is None:
        return line.rstrip(":：")
    if label.form == "article":
        bracketed = _IN_BRACKETS.match(line, len(label.text))
        return label.text + bracketed.group() if bracketed else label.text
    match = _SUBJECT.match(line, label.end)
    if match is None or label.form == "step":
        return label.text
    subject = match.group(1)
    longest = _LONGEST_SUBJECT_HAN if is_chinese(subject) else _LONGEST_SUBJECT
    begins = subject[0].isupper() or is_chinese(subject[:1])
    if match.end() >= len(line) and not holds:
        return label.text
    return line[: match.end(1)] if begins and len(subject) <= longest and not _ASSERTS.search(subject) else label.text


class _Reading(NamedTuple):
    """Everything known of the blocks before they are put under what they belong to."""

    texts: tuple[str, ...]
    front: Front
    tail: Tail
    labels: tuple[Label | None, ...]
    heads: tuple[bool, ...]

    def closings(self) -> frozenset[int]:
        """The paragraphs that close the text."""
        found: set[int] = set()
        at = self.tail.start - 1
        while at > self.front.end and self.labels[at] is None and not self.heads[at] and not self.heads[at - 1]:
            below_list = self.labels[at - 1] is not None or is_bullet(self.texts[at - 1])
            if not is_closing(self.texts[at], below_list=below_list):
                break
            found.add(at)
            at -= 1
        return frozenset(found)

    def bare_number(self, at: int) -> bool:
        """Whether a block is a heading that is a number alone, so that the next one says its subject."""
        label = self.labels[at] if at >= 0 else None
        return label is not None and self.heads[at] and label.end >= len(self.texts[at])


def _read(blocks: Sequence[Block], title_at: int | None) -> _Reading:
    texts = tuple(block.text.strip() for block in blocks)
    front = front_of(blocks, title_at)
    labels = list(labels_of(texts))
    labels[: front.end] = [None] * min(front.end, len(labels))
    tail = tail_of(blocks, labels, front.end, front.title)
    for at in tail.attached:
        found = attachments.attached(texts[at])
        labels[at] = Label(ATTACHED, found.text, (0,), found.end) if found else None
    fixed = {**front.roles, **tail.roles, **dict.fromkeys(tail.attached, Role.HEADING)}
    return _Reading(texts, front, tail, tuple(labels), headings(blocks, labels, fixed, RANKS))


def _label(reading: _Reading, at: int, role: Role) -> str | None:
    text, label = reading.texts[at], reading.labels[at]
    if role in (Role.ISSUER, Role.DATE, Role.NUMBER):
        return None
    if at in reading.front.roles:
        found = attachments.attached(text)
        labelled = role is Role.HEADING or (role is Role.TITLE and reading.front.label)
        return found.text if found and labelled else None
    if role is Role.APPENDIX and attachments.is_entry(text) and (entry := attachments.attached(text)):
        return entry.text
    return label.text if label else None


def place(blocks: Sequence[Block], title_at: int | None = None) -> tuple[Placed, ...]:
    """Give each block its role, its label and the path of what it belongs to.

    ``title_at`` says which block is the title; without it the title is looked for at the head.
    """
    reading = _read(blocks, title_at)
    fixed = {**reading.front.roles, **reading.tail.roles, **dict.fromkeys(reading.closings(), Role.BODY)}
    outline = Outline()
    placed: list[Placed] = []
    for at, block in enumerate(blocks):
        role = fixed.get(at) or (Role.HEADING if reading.heads[at] else Role.BODY)
        section = () if at in fixed else _path(outline, reading, at, block)
        placed.append(Placed(block.text, block.page, role, _label(reading, at, role), section))
    return tuple(placed)


def _path(outline: Outline, reading: _Reading, at: int, block: Block) -> tuple[str, ...]:
    """The path of a block; from then on, what it may hold is held by it."""
    label, heading = reading.labels[at], reading.heads[at]
    following = reading.labels[at + 1] if at + 1 < len(reading.labels) else None
    holds = label is not None and following is not None and following.value == 1 and following.form != label.form
    name = name_of(block.text, label, heading=heading, holds=holds)
    if at in reading.tail.attached:
        outline.attached(at, name)
        return ()
    if label is not None:
        led_in = at > 0 and not reading.heads[at - 1] and leads_in(reading.texts[at - 1])
        return outline.numbered(at, label, name, heading=heading, led_in=led_in, level=block.level)
    if not heading:
        in_list = is_bullet(reading.texts[at]) or block.style is Style.TABLE_ROW
        return outline.path() if in_list else outline.text(aside=bool(_ASIDE.match(reading.texts[at])))
    if reading.bare_number(at - 1):
        return outline.subject(at, name, block.level)
    return outline.heading(at, name, block.level)
