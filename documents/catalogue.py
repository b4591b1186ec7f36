"""The documents that were added to the library, in one SQL database: the truth that every index is derived from.

SQLite under ``CIRCULAR_HOME`` by default; PostgreSQL by its URL. A document and its paragraphs are written in one
transaction, so after a kill at any moment it is there whole or not at all; a new edition and the renaming of the one
before it are one transaction too.

Beside a document stands the knowledge of it that a person has confirmed: its coverage map and known questions.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from documents.database import WRITING, fault, open_engine
from documents.digest import content_digest
from documents.errors import DeskError
from documents.knowledge import Knowledge
from documents.library import HeldText, superseded
from documents.models import Document, DocumentStatus, Paragraph

_METADATA = MetaData()
_DOCUMENTS = Table(
    "documents",
    _METADATA,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("id", String(120), nullable=False, unique=True),
    Column("sha256", String(64), nullable=True, index=True),
    Column("digest", String(64), nullable=False),
    Column("record", Text, nullable=False),
)
_PARAGRAPHS = Table(
    "paragraphs",
    _METADATA,
    Column("document", String(120), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("record", Text, nullable=False),
    UniqueConstraint("document", "number"),
)
_KNOWLEDGE = Table(
    "knowledge",
    _METADATA,
    Column("document", String(120), primary_key=True),
    Column("position", Integer, primary_key=True),
    # A cell of the coverage map with its known questions.
    Column("record", Text, nullable=False),
)
_STATE = Table(
    "library_state",
    _METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", String(80), nullable=False),
)
_REVISION = select(_STATE.c.value).where(_STATE.c.name == "revision")
_CANNOT_BE_OPENED = "the library's database cannot be opened"


class CatalogueError(DeskError):
    """The database of the library cannot be used, or already holds what is to be added."""


class InUse(CatalogueError):
    """A document has what would be lost with its id; the message says what."""


class Catalogue:
    """The added documents, in the order they were added. Safe to use from several threads and processes."""

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            self._engine = open_engine(url)
        except (SQLAlchemyError, OSError, ImportError, ValueError, TypeError) as error:
            raise CatalogueError(fault(url, error, _CANNOT_BE_OPENED)) from None
        try:
            self._make()
        except (SQLAlchemyError, OSError, ImportError, ValueError, TypeError) as error:
            self.close()
            raise CatalogueError(fault(url, error, _CANNOT_BE_OPENED)) from None

    def _make(self) -> None:
        with self._engine.connect():
            pass  # nothing is tried twice where the database cannot be reached
        try:
            _METADATA.create_all(self._engine)
        except SQLAlchemyError:
            # Another process has just made the same tables; where it has not, this fails again and says why.
            _METADATA.create_all(self._engine)
        with self._engine.begin() as connection:
            if connection.execute(select(_STATE.c.value).where(_STATE.c.name == "id")).first():
                return
        try:
            with self._engine.begin() as connection:
                rows = [{"name": "id", "value": uuid.uuid4().hex}, {"name": "revision", "value": "0"}]
                connection.execute(insert(_STATE), rows)
        except IntegrityError:
            return  # another process was first

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, writing: bool = False) -> Iterator[Connection]:
        try:
            with self._engine.execution_options(**{WRITING: writing}).begin() as connection:
                if writing:
                    # On a server every writer waits here for the one before it, and sees all that it did.
                    connection.execute(_REVISION.with_for_update())
                yield connection
        except SQLAlchemyError as error:
            raise CatalogueError(fault(self._url, error, "the library's database failed")) from None

    def _state(self, name: str) -> str:
        with self._transaction() as connection:
            return str(connection.execute(select(_STATE.c.value).where(_STATE.c.name == name)).scalar_one())

    def identity(self) -> str:
        """What tells this database from every other one."""
        return self._state("id")

    def revision(self) -> int:
        """A number that grows with every change, so that a running process knows when to look again."""
        return int(self._state("revision"))

    def texts(self) -> tuple[HeldText, ...]:
        """Every added document in the order they were added; its paragraphs are read when they are asked for."""
        with self._transaction() as connection:
            columns = select(_DOCUMENTS.c.record, _DOCUMENTS.c.digest).order_by(_DOCUMENTS.c.position)
            rows = connection.execute(columns).all()
        documents = [(Document.model_validate_json(record), digest) for record, digest in rows]
        return tuple(HeldText(d, partial(self.paragraphs, d.id), digest) for d, digest in documents)

    def paragraphs(self, document_id: str) -> tuple[Paragraph, ...]:
        """The paragraphs of an added document in reading order; none where there is no such document."""
        if not _can_be_held(document_id):
            return ()
        with self._transaction() as connection:
            return _paragraphs(connection, document_id)

    def add(self, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        """Add a document with its paragraphs; raises ``CatalogueError`` where its id is taken, or its file is held."""
        with self._transaction(writing=True) as connection:
            if connection.execute(select(_DOCUMENTS.c.id).where(_DOCUMENTS.c.id == document.id)).first():
                raise CatalogueError(
                    f"{document.id} is in the library already; `docs replace` it, or give another --id"
                )
            # Looked at here as well: another process may have added the same file since it was looked at before.
            held = _of_content(connection, document.sha256) if document.sha256 else None
            if held is not None:
                raise CatalogueError(f"{document.id}: the same file is in the library as {held}")
            _insert(connection, document, paragraphs)
            _changed(connection)

    def move(self, document_id: str, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        """Let a document go on as ``document``, which was made of the same file and has another id.

        Raises ``InUse`` where it has editions before it or something confirmed stands on it, and ``CatalogueError``
        where another process has changed it meanwhile, or taken the id.
        """
        with self._transaction(writing=True) as connection:
            held = select(_DOCUMENTS.c.record).where(_DOCUMENTS.c.id == document_id)
            record = connection.execute(held).scalar()
            before = None if record is None else Document.model_validate_json(record)
            taken = connection.execute(select(_DOCUMENTS.c.id).where(_DOCUMENTS.c.id == document.id)).first()
            if before is None or before.sha256 != document.sha256 or taken:
                raise CatalogueError(f"{document_id}: has been changed by another process; try again")
            if before.edition > 1:
                raise InUse("is a later edition there")
            if any(known.names(document_id) for known in _records(connection)):
                raise InUse("confirmed questions or official answers stand on it, which would be lost")
            _delete(connection, document_id)
            _insert(connection, document, paragraphs)
            _changed(connection)

    def replace(self, document: Document, paragraphs: Sequence[Paragraph]) -> None:
        """Put a new edition in force; the one that is, if it is in this database, goes on under its edition's id.

        ``document`` has the id of the one it replaces, and the next edition number. Raises ``CatalogueError`` where
        another process has replaced it meanwhile.
        """
        with self._transaction(writing=True) as connection:
            record = connection.execute(select(_DOCUMENTS.c.record).where(_DOCUMENTS.c.id == document.id)).scalar()
            if record is not None:
                before = Document.model_validate_json(record)
                if before.edition != document.edition - 1:
                    raise CatalogueError(f"{document.id}: has been replaced by another process; try again")
                old = superseded(before)
                rows = _paragraphs(connection, before.id)
                _delete(connection, before.id)
                _insert(connection, old, [p.model_copy(update={"document": old.id}) for p in rows])
            _insert(connection, document, paragraphs)
            _changed(connection)

    def remove(self, document_id: str) -> Document | None:
        """Remove a document with its paragraphs; returns it, or ``None`` where there was none.

        Where an edition of this database came before it, that one is in force again.
        """
        if not _can_be_held(document_id):
            return None
        with self._transaction(writing=True) as connection:
            record = connection.execute(select(_DOCUMENTS.c.record).where(_DOCUMENTS.c.id == document_id)).scalar()
            if record is None:
                return None
            removed = Document.model_validate_json(record)
            _delete(connection, document_id)
            restored = _restore_before(connection, removed) if removed.superseded_by is None else ()
            # Of the knowledge that was confirmed stays what the edition that is in force again says too.
            _keep(connection, document_id, [r for r in _records(connection, document_id) if r.stands_in(restored)])
            _changed(connection)
            return removed

    def knowledge(self) -> Knowledge:
        """What has been confirmed of the added documents: maps and known questions, in order."""
        with self._transaction() as connection:
            return _together(_records(connection))

    def keep_knowledge(self, document_id: str, digest: str | None, records: Sequence[Knowledge]) -> bool:
        """Let this be all that is confirmed of a document, a cell with its questions each; whether it changed anything.

        ``digest`` is that of the text it was held against, ``None`` where the owner is no document. Raises
        ``CatalogueError`` where the document in force is another one by now, or none.
        """
        with self._transaction(writing=True) as connection:
            held = select(_DOCUMENTS.c.digest).where(_DOCUMENTS.c.id == document_id)
            if connection.execute(held).scalar() != digest:
                raise CatalogueError(f"{document_id}: has been changed by another process; try again")
            if _records(connection, document_id) == list(records):
                return False
            _keep(connection, document_id, records)
            _changed(connection)
            return True

    def with_content(self, sha256: str) -> str | None:
        """The id of the document in force that was made from a file of exactly this content."""
        with self._transaction() as connection:
            return _of_content(connection, sha256)


def _of_content(connection: Connection, sha256: str) -> str | None:
    rows = connection.execute(select(_DOCUMENTS.c.record).where(_DOCUMENTS.c.sha256 == sha256)).scalars()
    found = [Document.model_validate_json(record) for record in rows]
    return next((document.id for document in found if document.status is DocumentStatus.PRESENT), None)


def _records(connection: Connection, document_id: str | None = None) -> list[Knowledge]:
    query = select(_KNOWLEDGE.c.record).order_by(_KNOWLEDGE.c.document, _KNOWLEDGE.c.position)
    if document_id is not None:
        query = query.where(_KNOWLEDGE.c.document == document_id)
    return [Knowledge.model_validate_json(record) for record in connection.execute(query).scalars()]


def _keep(connection: Connection, document_id: str, records: Sequence[Knowledge]) -> None:
    connection.execute(delete(_KNOWLEDGE).where(_KNOWLEDGE.c.document == document_id))
    if records:
        rows = [
            {"document": document_id, "position": at, "record": r.model_dump_json()} for at, r in enumerate(records)
        ]
        connection.execute(insert(_KNOWLEDGE), rows)


def _together(records: Sequence[Knowledge]) -> Knowledge:
    return Knowledge(
        cells=tuple(cell for record in records for cell in record.cells),
        questions=tuple(question for record in records for question in record.questions),
    )


def _restore_before(connection: Connection, removed: Document) -> tuple[Paragraph, ...]:
    """Put the edition before in force again; its paragraphs, none where there is no such edition."""
    records = connection.execute(select(_DOCUMENTS.c.record)).scalars().all()
    documents = [Document.model_validate_json(record) for record in records]
    before = max((d for d in documents if d.superseded_by == removed.id), key=lambda d: d.edition, default=None)
    if before is None:
        return ()
    rows = _paragraphs(connection, before.id)
    _delete(connection, before.id)
    again = before.model_copy(update={"id": removed.id, "status": DocumentStatus.PRESENT, "superseded_by": None})
    paragraphs = tuple(p.model_copy(update={"document": again.id}) for p in rows)
    _insert(connection, again, paragraphs)
    return paragraphs


def _can_be_held(document_id: str) -> bool:
    # Drivers refuse a NUL or half a character rather than say that there is no such row.
    return document_id.isascii() and document_id.isprintable()


def _paragraphs(connection: Connection, document_id: str) -> tuple[Paragraph, ...]:
    rows = connection.execute(
        select(_PARAGRAPHS.c.record).where(_PARAGRAPHS.c.document == document_id).order_by(_PARAGRAPHS.c.position)
    ).scalars()
    return tuple(Paragraph.model_validate_json(record) for record in rows)


def _insert(connection: Connection, document: Document, paragraphs: Sequence[Paragraph]) -> None:
    connection.execute(
        insert(_DOCUMENTS).values(
            id=document.id,
            sha256=document.sha256,
            digest=content_digest(document, paragraphs),
            record=document.model_dump_json(),
        )
    )
    if paragraphs:
        rows = [
            {"document": document.id, "position": at, "number": p.number, "record": p.model_dump_json()}
            for at, p in enumerate(paragraphs)
        ]
        connection.execute(insert(_PARAGRAPHS), rows)


def _delete(connection: Connection, document_id: str) -> None:
    connection.execute(delete(_PARAGRAPHS).where(_PARAGRAPHS.c.document == document_id))
    connection.execute(delete(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id))


def _changed(connection: Connection) -> None:
    number = connection.execute(_REVISION).scalar_one()
    connection.execute(update(_STATE).where(_STATE.c.name == "revision").values(value=str(int(number) + 1)))


__all__ = ["Catalogue", "CatalogueError", "InUse"]
