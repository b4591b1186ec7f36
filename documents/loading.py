"""Reads a corpus: folders that each hold a document's text, what is known of it, and its prepared knowledge.

A folder holds ``document.txt`` (blocks separated by blank lines) and ``document.toml`` (title, number, issuer, date,
lines that are not part of it, documents it names), and may hold ``map.jsonl``, ``known.jsonl``
(see ``documents.knowledge``) and ``measures.toml`` (see ``documents.measures``).
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from documents.blocks import Block
from documents.errors import DeskError
from documents.knowledge import Knowledge, load_knowledge
from documents.library import Library
from documents.models import Document, DocumentKind, DocumentStatus, Paragraph, Pointer, Role
from documents.pointers import find_pointers, resolve
from documents.structure import place

SHIPPED = Path(__file__).parent / "corpus"
"""The corpus that comes with the desk."""
GENERAL = SHIPPED / "general"
"""Known questions on no document: off topic for any desk, or conversation. They go with every corpus."""

_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n\s*")


class CorpusError(DeskError, ValueError):
    """A folder of the corpus cannot be read; the message names the file and what to do."""


def blocks_of(text: str, furniture: Iterable[str] = ()) -> tuple[Block, ...]:
    """Split plain text at blank lines and leave out the lines of ``furniture``."""
    dropped = {line.strip() for line in furniture}
    pieces = (piece.strip() for piece in _BLANK_LINE.split(text.replace("\r\n", "\n").lstrip("\ufeff")))
    return tuple(Block(piece) for piece in pieces if piece and piece not in dropped)


def paragraphs_of(
    document: Document, blocks: Sequence[Block], named: Iterable[Document] = (), *, title_at: int | None = None
) -> tuple[Paragraph, ...]:
    """Number the blocks of a document in reading order and find their pointers.

    ``title_at`` is the block that is its title; found by its place and words where that is not said.
    """
    targets = tuple(named)

    def pointers(text: str, role: Role) -> tuple[Pointer, ...]:
        if role in {Role.TITLE, Role.NUMBER, Role.HEADING}:
            return ()
        return resolve(find_pointers(text, own_title=document.title), targets, of=document)

    return tuple(
        Paragraph(
            document=document.id,
            number=number,
            role=placed.role,
            label=placed.label,
            section=placed.section,
            page=placed.page,
            text=placed.text,
            pointers=pointers(placed.text, placed.role),
        )
        for number, placed in enumerate(place(blocks, title_at), 1)
    )


def _document(fields: dict[str, Any], path: Path, **more: Any) -> Document:
    try:
        return Document(**fields, **more)
    except TypeError as error:  # not a table, or a field that only the reader sets
        raise CorpusError(f"{path}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise CorpusError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def load_folder(folder: Path) -> tuple[dict[Document, tuple[Paragraph, ...]], Knowledge]:
    """Read one folder: its document with paragraphs, the documents it names, its prepared knowledge.

    Raises ``CorpusError`` for a missing or malformed file.
    """
    facts, text_file = folder / "document.toml", folder / "document.txt"
    read = facts
    try:
        fields = tomllib.loads(facts.read_bytes().decode("utf-8"))
        read = text_file
        raw = text_file.read_bytes()
        text = raw.decode("utf-8")
    except FileNotFoundError as error:
        raise CorpusError(
            f"{error.filename}: missing; a document's folder needs document.toml and document.txt"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{read}: cannot be read: {error}") from None
    furniture = fields.pop("furniture", [])
    named_fields = fields.pop("named", [])
    document = _document(fields, facts, sha256=hashlib.sha256(raw).hexdigest())
    named = tuple(
        _document(entry, facts, parent=document.id, status=DocumentStatus.OMITTED, language=document.language)
        for entry in named_fields
    )
    paragraphs = paragraphs_of(document, blocks_of(text, furniture), named)
    texts: dict[Document, tuple[Paragraph, ...]] = {document: paragraphs}
    texts |= dict.fromkeys(named, ())
    return texts, load_knowledge(folder, document.id, paragraphs)


def load_corpus(folder: Path = SHIPPED) -> tuple[Library, Knowledge]:
    """Read every document folder below ``folder``, in the order of their names, and the general known questions."""
    folders = sorted({path.parent for name in ("document.toml", "document.txt") for path in folder.glob(f"*/{name}")})
    if not folders:
        raise CorpusError(f"{folder}: no documents; a corpus holds folders with document.toml and document.txt")
    texts: dict[Document, tuple[Paragraph, ...]] = {}
    knowledge = load_knowledge(GENERAL, "", ())
    for entry in folders:
        more, known = load_folder(entry)
        texts |= more
        knowledge = knowledge.joined(known)
    try:
        return Library(texts), knowledge
    except ValueError as error:
        raise CorpusError(f"{folder}: {error}") from None


def is_absent(url: str) -> bool:
    """Whether it is a SQLite file that does not exist yet, so that there is nothing to read and no need to connect."""
    prefix = "sqlite:///"
    return url.startswith(prefix) and not Path(url.removeprefix(prefix)).exists()


class Loaded(NamedTuple):
    """A library with its prepared knowledge, and the identity of the database of added documents, if there is one."""

    library: Library
    knowledge: Knowledge
    identity: str = ""


def load_library(folder: Path, database: str) -> Loaded:
    """The corpus in ``folder``, and the documents that were added to the database of this URL."""
    library, knowledge = load_corpus(folder)
    if is_absent(database):
        return Loaded(library, knowledge)
    # Only who has added documents waits for SQLAlchemy to be imported.
    from documents.catalogue import Catalogue

    # Left open: paragraphs are read when they are asked for.
    catalogue = Catalogue(database)
    library = library.joined(catalogue.texts())
    knowledge = knowledge.joined(catalogue.knowledge())
    return Loaded(library, knowledge.held_to(library), catalogue.identity())


__all__ = [
    "SHIPPED",
    "CorpusError",
    "DocumentKind",
    "Loaded",
    "blocks_of",
    "is_absent",
    "load_corpus",
    "load_folder",
    "load_library",
    "paragraphs_of",
]
