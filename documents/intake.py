"""From the blocks of a file to a document with numbered paragraphs: what its title, number, issuer and date are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from documents.blocks import Block, Style
from documents.errors import ReadingError
from documents.loading import paragraphs_of
from documents.models import Document, DocumentKind, DocumentStatus, Paragraph, Role
from documents.structure import place
from documents.text import for_search, language_of

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_WESTERN = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]+)\s+(?:(\d{1,2}),?\s+)?(\d{4})")
_EASTERN = re.compile(r"(.{4})年(.{1,3})月(.{1,3})日")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LABEL_LINE = re.compile(
    r"^(?:附件|附表|附录|Appendix|Annex|Attachment|Schedule)\s*[\dIVXA-Z一二三四五六七八九十]{0,4}[:：.]?$", re.I
)
_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 60
_TITLE_CHARACTERS = 300
_HEAD = 6
"""Blocks from the beginning among which the title is looked for."""


class Facts(NamedTuple):
    """What the person who adds a document says of it; what is absent is proposed from the text."""

    id: str | None = None
    title: str | None = None
    number: str | None = None
    issued_on: date | None = None


class Intake(NamedTuple):
    """A document ready to be added."""

    document: Document
    paragraphs: tuple[Paragraph, ...]


def _han_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.partition("十")
    if "十" in text:
        return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS.get(c, c) for c in text))


def parse_date(text: str) -> date | None:
    """A calendar date as official documents write it, in English, Chinese or digits; ``None`` where it is none."""
    try:
        if match := _ISO.search(text):
            return date(*(int(group) for group in match.groups()))
        if match := _EASTERN.search(text.replace(" ", "")):
            year, month, day = match.groups()
            return date(int("".join(_DIGITS.get(c, c) for c in year)), _han_number(month), _han_number(day))
        if match := _WESTERN.search(text):
            before, month, after, year = match.groups()
            return date(int(year), _MONTHS.index(month.lower()) + 1, int(before or after or 1))
    except ValueError:
        return None
    return None


def propose_id(path: Path, content: str, taken: Container[str]) -> str:
    """An id from a file's name that is not taken: small letters, digits and dashes."""
    stem = _SLUG.sub("-", path.stem.lower()).strip("-")[:_LONGEST_ID] or f"document-{content[:8]}"
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate not in taken)


def title_at(blocks: Sequence[Block]) -> int:
    """Which block is the title: the one whose style says so, else the first that is not just "Appendix 1"."""
    styled = next((at for at, block in enumerate(blocks[:_HEAD]) if block.style is Style.TITLE), None)
    if styled is not None:
        return styled
    return 1 if len(blocks) > 1 and _LABEL_LINE.match(blocks[0].text.strip()) else 0


def take_in(
    path: Path,
    blocks: Sequence[Block],
    facts: Facts,
    *,
    stands_for: Document | None = None,
    named: Iterable[Document] = (),
    taken: Container[str] = (),
) -> Intake:
    """A document from the blocks of a file.

    ``stands_for`` is the omitted document whose place it takes, id, label and title included; ``named`` are documents
    its pointers may point to; ``taken`` the ids that are not free. Raises ``ReadingError`` for a file without text.
    """
    if not blocks:
        raise ReadingError(f"{path.name}: holds no text")
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    titled = title_at(blocks)
    placed = place(blocks, titled)
    by_role = {entry.role: entry.text for entry in placed if entry.role in (Role.NUMBER, Role.ISSUER, Role.DATE)}
    own_title = for_search(blocks[titled].text)[:_TITLE_CHARACTERS]
    document = Document(
        id=stands_for.id if stands_for else facts.id or propose_id(path, content, taken),
        title=facts.title or (stands_for.title if stands_for else own_title),
        number=facts.number or by_role.get(Role.NUMBER),
        kind=stands_for.kind if stands_for else DocumentKind.OTHER,
        issuer=by_role.get(Role.ISSUER) or (stands_for.issuer if stands_for else None),
        issued_on=facts.issued_on or parse_date(by_role.get(Role.DATE, "")),
        language=language_of(" ".join(block.text for block in blocks)),
        status=DocumentStatus.PRESENT,
        parent=stands_for.parent if stands_for else None,
        label=stands_for.label if stands_for else None,
        sha256=content,
        source=path.name,
    )
    return Intake(document, paragraphs_of(document, blocks, named, title_at=titled))
