"""From the blocks of a file to a document with numbered paragraphs: what is said of it, else what it says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from documents.attachments import is_label_line
from documents.blocks import Block
from documents.errors import ReadingError
from documents.front import front_of
from documents.loading import paragraphs_of
from documents.models import Document, DocumentKind, DocumentStatus, Paragraph, Role
from documents.proposal import propose
from documents.readers.source import shown

_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 60


class Facts(NamedTuple):
    """What the person who adds a document says of it; what is absent is proposed from the text."""

    id: str | None = None
    title: str | None = None
    number: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    kind: DocumentKind | None = None


class Intake(NamedTuple):
    """A document ready to be added."""

    document: Document
    paragraphs: tuple[Paragraph, ...]


def propose_id(path: Path, content: str, taken: Container[str]) -> str:
    """An id from a file's name that is not taken: small letters, digits and dashes."""
    stem = _SLUG.sub("-", path.stem.lower()).strip("-")[:_LONGEST_ID] or f"document-{content[:8]}"
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate not in taken)


def title_at(blocks: Sequence[Block]) -> int:
    """Which block is the title, or the first of its title where that stands in several."""
    return min(at for at, role in front_of(blocks).roles.items() if role is Role.TITLE)


def take_in(
    path: Path,
    blocks: Sequence[Block],
    facts: Facts,
    *,
    stands_for: Document | None = None,
    named: Iterable[Document] = (),
    taken: Container[str] = (),
    sha256: str | None = None,
) -> Intake:
    """A document from the blocks of a file.

    ``stands_for`` is the omitted document whose place it takes, id, label and title included, or the one whose next
    edition it is, of which it takes id and label alone; ``named`` are documents its pointers may point to; ``taken``
    the ids that are not free; ``sha256`` the hash of the file's bytes as they were read, without which ``path`` is read
    for it. Raises ``ReadingError`` for a file without text.
    """
    if not blocks:
        raise ReadingError(f"{shown(path)}: holds no text")
    content = sha256 or hashlib.sha256(path.read_bytes()).hexdigest()
    said = propose(blocks)
    omitted = stands_for if stands_for and stands_for.status is DocumentStatus.OMITTED else None
    # A label is no title of its own: the edition before has one.
    titled = stands_for if omitted or is_label_line(said.title) else None
    document = Document(
        id=stands_for.id if stands_for else facts.id or propose_id(path, content, taken),
        title=facts.title or (titled.title if titled else said.title),
        number=facts.number or said.number or (omitted.number if omitted else None),
        kind=facts.kind or (stands_for.kind if stands_for else said.kind),
        issuer=facts.issuer or said.issuer or (omitted.issuer if omitted else None),
        issued_on=facts.issued_on or said.issued_on,
        language=said.language,
        status=DocumentStatus.PRESENT,
        parent=stands_for.parent if stands_for else None,
        label=stands_for.label if stands_for else None,
        sha256=content,
        source=shown(path),
    )
    return Intake(document, paragraphs_of(document, blocks, named, title_at=title_at(blocks)))
