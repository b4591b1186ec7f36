"""What a document says of itself: title, number, issuer, date of issue, kind, and whose appendix it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from documents import issuers, numbers
from documents.attachments import attached, is_label_line, names_parent
from documents.blocks import Block
from documents.dates import is_date, parse_date
from documents.front import Front, front_of
from documents.kinds import kind_of
from documents.labels import labels_of
from documents.lines import field
from documents.models import DocumentKind, Role
from documents.tail import Tail, signed_and_dated, tail_of
from documents.text import language_of

_BY_DECREE = re.compile(r"([\u3400-\u9fff]{2,30}?)(?:令|公告|通过|公布|发布|發布|批准)")
_BY = re.compile(r"\bby (?:the )?([A-Z][\w' ]+?)(?:\s+(?:on|in)\b|[\s.)）]*$)")
_OF_NUMBER = re.compile(r"\bof (?:the )?([A-Z][\w' ]+?),")
_LABEL_AT_END = re.compile(r"(?:附件|附表|附录|附錄)\s*[\d一二三四五六七八九十]{1,3}$")


class Proposal(NamedTuple):
    """The facts of a document by its text; ``None`` where the text does not tell.

    ``label`` is the one the document bears as an appendix of another, ``head`` the lines at its head that are neither
    letterhead nor date nor addressee.
    """

    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    kind: DocumentKind
    language: str
    label: str | None
    head: tuple[str, ...]


def _value(text: str, kind: str) -> str:
    """The value of a field, or the line itself where it is none."""
    named = field(text)
    return named[1] if named is not None and named[0] == kind else text


def _issuer(front: Front, tail: Tail, blocks: Sequence[Block]) -> str | None:
    letterhead = [_value(line, "issuer") for line in front.lines(blocks, Role.ISSUER)]
    signature = tail.lines(blocks, Role.ISSUER)
    apart = [line for line in signature if not signed_and_dated(line)]
    together = [issuers.undated(line) for line in signature if signed_and_dated(line)]
    found = issuers.proposed([*apart, *together], letterhead) or issuers.in_title(front.title)
    if found:
        return found
    for line in (*front.lines(blocks, Role.NUMBER), *front.lines(blocks, Role.DATE), *tail.lines(blocks, Role.DATE)):
        bare = re.sub(r"^[\d年月日]+", "", line.lstrip("（("))
        for match in (_BY_DECREE.match(bare), _OF_NUMBER.search(line), _BY.search(line)):
            if match and issuers.is_authority(match.group(1)):
                return match.group(1)
    return None


def _dates(front: Front, tail: Tail, blocks: Sequence[Block]) -> Iterator[date | None]:
    """Dates of issue, the surest first: below the text, then at its head."""
    below = tail.lines(blocks, Role.DATE)[::-1]
    yield from (parse_date(line) for line in below if is_date(line))
    yield from (parse_date(line) for line in tail.lines(blocks, Role.ISSUER) if signed_and_dated(line))
    yield from map(parse_date, below)
    yield from (parse_date(line) for line in front.lines(blocks, Role.DATE))
    yield from (parse_date(line) for line in front.lines(blocks, Role.NUMBER))
    yield parse_date(front.title)


def _label(front: Front, blocks: Sequence[Block]) -> str | None:
    if front.label:
        return front.label
    for line in front.lines(blocks, Role.HEADING):
        found = attached(line)
        if found and (is_label_line(line) or names_parent(line)):
            return found.text
        if match := _LABEL_AT_END.search(line):
            return match.group()
    return None


def propose(blocks: Sequence[Block]) -> Proposal:
    """What the blocks of a document say of it."""
    front = front_of(blocks)
    labels = list(labels_of([block.text.strip() for block in blocks]))
    tail = tail_of(blocks, labels, front.end, front.title)
    numbered = [numbers.cleaned(line) for line in front.lines(blocks, Role.NUMBER)]
    label = _label(front, blocks)
    appendix = label is not None or bool(front.lines(blocks, Role.HEADING))
    around = (Role.HEADING, Role.TITLE, Role.NUMBER, Role.BODY)
    return Proposal(
        title=front.title,
        number=numbered[0] if numbered else numbers.in_title(front.title),
        issuer=_issuer(front, tail, blocks),
        issued_on=next((day for day in _dates(front, tail, blocks) if day), None),
        kind=DocumentKind.APPENDIX if appendix else kind_of(front.title),
        language=language_of(" ".join(block.text for block in blocks)),
        label=label,
        head=tuple(blocks[at].text.strip() for at, role in sorted(front.roles.items()) if role in around),
    )
