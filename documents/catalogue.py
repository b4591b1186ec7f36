"""The documents that were added to the library, in one SQL database: the truth that every index is derived from.

SQLite under ``CIRCULAR_HOME`` by default; any database SQLAlchemy knows by its URL. A document and its paragraphs are
written in one transaction, so after a kill at any moment it is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, create_engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from documents.errors import DeskError
from documents.models import Document, Paragraph

_METADATA = MetaData()
_DOCUMENTS = Table(
    "documents",
    _METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("id", String(80), nullable=False, unique=True),
    Column("sha256", String(64), nullable=True, index=True),
    Column("record", Text, nullable=False),
)
_PARAGRAPHS = Table(
    "paragraphs",
    _METADATA,
    Column("document", String(80), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("record", Text, nullable=False),
)


class CatalogueError(DeskError):
    """The database of the library cannot be used, or already holds what is to be added."""


class Catalogue:
    """The added documents, in the order they were added."""

    def __init__(self, url: str) -> None:
        try:
            if url.startswith("sqlite:///"):
                Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            self._engine = create_engine(url)
            _METADATA.create_all(self._engine)
        except (SQLAlchemyError, OSError, ImportError) as error:
            raise CatalogueError(f"{_shown(url)}: the library's database cannot be opened ({_reason(error)})") from None
        self._url = url

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise CatalogueError(f"{_shown(self._url)}: the library's database failed ({_reason(error)})") from None

    def read(self) -> dict[Document, tuple[Paragraph, ...]]:
        """Every added document with its paragraphs."""
        with self._transaction() as connection:
            documents = connection.execute(select(_DOCUMENTS.c.record).order_by(_DOCUMENTS.c.position)).scalars().all()
            rows = connection.execute(
                select(_PARAGRAPHS.c.record).order_by(_PARAGRAPHS.c.document, _PARAGRAPHS.c.number)
            ).scalars()
            paragraphs: dict[str, list[Paragraph]] = {}
            for record in rows:
                paragraph = Paragraph.model_validate_json(record)
                paragraphs.setdefault(paragraph.document, []).append(paragraph)
        held = [Document.model_validate_json(record) for record in documents]
        return {document: tuple(paragraphs.get(document.id, ())) for document in held}

    def add(self, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        """Add a document with its paragraphs; raises ``CatalogueError`` where its id is taken."""
        with self._transaction() as connection:
            if connection.execute(select(_DOCUMENTS.c.id).where(_DOCUMENTS.c.id == document.id)).first():
                raise CatalogueError(f"{document.id} is in the library already; remove it first, or give another --id")
            connection.execute(
                insert(_DOCUMENTS).values(id=document.id, sha256=document.sha256, record=document.model_dump_json())
            )
            if paragraphs:
                rows = [{"document": p.document, "number": p.number, "record": p.model_dump_json()} for p in paragraphs]
                connection.execute(insert(_PARAGRAPHS), rows)

    def remove(self, document_id: str) -> bool:
        """Remove a document with its paragraphs; whether there was one."""
        with self._transaction() as connection:
            connection.execute(delete(_PARAGRAPHS).where(_PARAGRAPHS.c.document == document_id))
            return connection.execute(delete(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id)).rowcount > 0

    def with_content(self, sha256: str) -> str | None:
        """The id of the document made from a file of exactly this content."""
        with self._transaction() as connection:
            found = connection.execute(select(_DOCUMENTS.c.id).where(_DOCUMENTS.c.sha256 == sha256)).first()
        return str(found[0]) if found else None


def _shown(url: str) -> str:
    """A URL without its password."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _reason(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())[:200]
