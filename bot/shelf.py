"""Files into the library, and out of it again: the one service behind every channel that adds documents.

What is added is written to the database in one transaction; the index is derived from it and brought up to date after
it. A process killed between the two leaves an index that lacks something, which the next one that opens it adds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from bot.desk import index_settings
from bot.settings import Settings
from documents.catalogue import Catalogue, InUse
from documents.editions import Changes, carry_numbers, compare
from documents.errors import DeskError, ReadingError
from documents.intake import Facts, Intake, propose_id, take_in
from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import SHIPPED, load_corpus
from documents.models import Document, DocumentStatus, edition_id
from documents.proposal import propose
from documents.readers.apart import FileReading, give_up, read_apart
from documents.readers.source import shown
from documents.stand_in import propose_stand_in
from documents.succession import is_unrelated
from documents.titles import titles_of
from retrieval.embedding.embedder import Embedder
from retrieval.open import IndexAccess

_READERS = 2
"""Files read at the same time, each in a process of its own."""
Pages = Callable[[Path, int, int], None]
"""Is told a file, the page of it that is begun and of how many, where pages take seconds each; in any thread."""


def _untold(path: Path, page: int, of: int) -> None:
    """Nobody waits."""


class ShelfError(DeskError):
    """A document cannot be added, replaced or removed as asked; the message says why and what to do."""


class Added(NamedTuple):
    """What became of a file. ``already`` where the library holds the very content under the document's id.

    ``changes`` tells what a new edition changed; ``recognised`` that it took an omitted document's place by its title;
    ``was`` is the id of the document it was until it was put in that place.
    """

    path: Path
    document: Document
    paragraphs: int
    warnings: tuple[str, ...] = ()
    already: bool = False
    recognised: bool = False
    changes: Changes | None = None
    was: str | None = None


class Seen(NamedTuple):
    """What a file was read as, before anybody has decided what becomes of it.

    ``held`` is the document of the library that was made from the very same file; ``omitted`` are those whose place it
    may take, and ``recognised`` is the one of them that it takes by its title.
    """

    document: Document
    paragraphs: int
    warnings: tuple[str, ...] = ()
    held: Document | None = None
    omitted: tuple[Document, ...] = ()
    recognised: Document | None = None


class Failed(NamedTuple):
    """A file that was not added, and why."""

    path: Path
    error: DeskError


class Shelf:
    """The library to be changed. To be closed, or used in a ``with`` block."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._catalogue = Catalogue(settings.database)
        self._shipped, self._knowledge = load_corpus(settings.corpus or SHIPPED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._catalogue.close()

    @property
    def library(self) -> Library:
        """The library as it is now; of added documents nothing is read but what is asked for."""
        return self._shipped.joined(self._catalogue.texts())

    def add(
        self, paths: Collection[Path], facts: Facts, stands_for: str | None = None, *, pages: Pages = _untold
    ) -> Iterator[Added | Failed]:
        """Add files, telling of each as it is done; the next ones are read meanwhile.

        One that cannot be added does not stop the others.
        """
        with ThreadPoolExecutor(max_workers=_READERS) as pool:
            waiting = [(path, pool.submit(read_apart, path, progress=partial(pages, path))) for path in paths]
            try:
                for path, reading in waiting:
                    try:
                        yield self._add(path, reading.result(), facts, stands_for)
                    except DeskError as error:
                        yield Failed(path, error)
            except BaseException:
                # Whoever gives up does not wait for files that are being read.
                give_up()
                raise
            finally:
                pool.shutdown(cancel_futures=True)

    def look(self, path: Path, reading: FileReading) -> Seen:
        """What a file that was read would be added as; raises ``ReadingError`` for one without text."""
        library = self.library
        held = self._catalogue.with_content(reading.sha256)
        intake = _intake(path, reading, Facts(), library, None)
        return Seen(
            intake.document,
            len(intake.paragraphs),
            tuple(reading.warnings),
            held=None if held is None else library.document(held),
            omitted=tuple(each for each in library.documents() if each.status is DocumentStatus.OMITTED),
            recognised=propose_stand_in(propose(reading.blocks), library.documents()),
        )

    def take(self, path: Path, reading: FileReading, stands_for: str | None = None) -> Added:
        """Add a file that was read: in the place of an omitted document, else as a new one, whatever its title is.

        Raises ``ShelfError``, ``ReadingError``, ``UnknownDocument`` and ``CatalogueError``.
        """
        facts = Facts()
        if stands_for is None:
            facts = Facts(id=propose_id(path, reading.sha256, {each.id for each in self.library.documents()}))
        try:
            return self._add(path, reading, facts, stands_for)
        except DeskError:
            # Of two who add the same file at once, the second is told of what the first has added.
            held = self._catalogue.with_content(reading.sha256)
            if held is None:
                raise
            return Added(path, self.library.document(held), len(self.library.paragraphs(held)), already=True)

    def _add(self, path: Path, reading: FileReading, facts: Facts, stands_for: str | None) -> Added:
        held = self._catalogue.with_content(reading.sha256)
        library = self.library
        if held is not None and stands_for in {None, held}:
            return Added(path, library.document(held), len(library.paragraphs(held)), already=True)
        omitted = _omitted(library, stands_for) if stands_for else None
        if held is not None and omitted is not None:
            return self._move(path, reading, facts, library.document(held), omitted)
        intake = _intake(path, reading, facts, library, omitted)
        recognised = False
        if omitted is None and facts.id is None:
            omitted = propose_stand_in(propose(reading.blocks), library.documents())
            recognised = omitted is not None
            intake = _intake(path, reading, facts, library, omitted) if recognised else intake
        taken = {document.id for document in library.documents()}
        if omitted is None and intake.document.id in taken:
            raise ShelfError(_taken(path, library.document(intake.document.id)))
        self._catalogue.add(intake.document, intake.paragraphs)
        return Added(path, intake.document, len(intake.paragraphs), tuple(reading.warnings), recognised=recognised)

    def _move(self, path: Path, reading: FileReading, facts: Facts, held: Document, omitted: Document) -> Added:
        """Put a document that was added for itself in the place of an omitted one."""
        others = self._shipped.joined(text for text in self._catalogue.texts() if text.document.id != held.id)
        intake = _intake(path, reading, facts, others, omitted)
        try:
            self._catalogue.move(held.id, intake.document, intake.paragraphs)
        except InUse as error:
            raise ShelfError(
                f"{shown(path)}: is in the library as {held.id}, and {error}; `circular docs remove {held.id}`, then "
                f"add it again with --as {omitted.id}"
            ) from None
        return Added(path, intake.document, len(intake.paragraphs), tuple(reading.warnings), was=held.id)

    def replace(
        self, document_id: str, path: Path, facts: Facts, *, force: bool = False, pages: Pages = _untold
    ) -> Added:
        """Put a new edition of a document in force; the old one stays citable under an id of its own.

        A paragraph whose text did not change keeps its number. A text that has nothing of the old one, its title and
        number neither, is taken with ``force`` alone. Raises ``ShelfError``, ``ReadingError`` and ``UnknownDocument``.
        """
        library = self.library
        before = library.document(document_id)
        if before.status is DocumentStatus.OMITTED:
            raise ShelfError(f"{document_id}: its text is not in the library; `docs add FILE --as {document_id}`")
        if before.status is DocumentStatus.SUPERSEDED:
            raise ShelfError(f"{document_id}: is superseded already; replace {before.superseded_by}, which is in force")
        reading = read_apart(path, progress=partial(pages, path))
        if reading.sha256 == before.sha256:
            return Added(path, before, len(library.paragraphs(document_id)), already=True)
        intake = _intake(path, reading, facts, library, before)
        editions = [document_id, *(edition_id(document_id, number) for number in range(1, before.edition))]
        held = {document.id for document in library.documents()}
        used = max((p.number for e in editions if e in held for p in library.paragraphs(e)), default=0)
        old = library.paragraphs(document_id)
        document = intake.document.model_copy(update={"edition": before.edition + 1})
        paragraphs = carry_numbers(old, intake.paragraphs, used_up_to=used)
        changes = compare(old, intake.paragraphs, used_up_to=used)
        known_as = [t for each in self._shipped.documents() if each.id == document_id for t in titles_of(each)]
        if not force and is_unrelated(before, old, document, paragraphs, changes, known_as=known_as):
            raise ShelfError(
                f"{shown(path)}: has neither the title nor a paragraph of {document_id}, which it would replace; "
                "`circular docs add` adds it as a document of its own, --force replaces all the same"
            )
        self._catalogue.replace(document, paragraphs)
        return Added(path, document, len(paragraphs), tuple(reading.warnings), changes=changes)

    def to_prepare(self, document_id: str) -> Document:
        """An added document in force, whose knowledge is kept here; raises ``ShelfError`` or ``UnknownDocument``."""
        document = self.library.document(document_id)
        if document.status is DocumentStatus.OMITTED:
            raise ShelfError(f"{document_id}: its text is not in the library; `docs add FILE --as {document_id}`")
        if document.status is DocumentStatus.SUPERSEDED:
            raise ShelfError(f"{document_id}: is superseded; {document.superseded_by} is in force")
        added = any(text.document.id == document_id for text in self._catalogue.texts())
        if not added or any(cell.document == document_id for cell in self._knowledge.cells):
            raise ShelfError(f"{document_id}: comes with the corpus; its coverage map stands in its folder there")
        return document

    @property
    def knowledge(self) -> Knowledge:
        """Of every document what has been prepared or confirmed, as far as the editions in force say it."""
        return self._knowledge.joined(self._catalogue.knowledge()).held_to(self.library)

    def keep_knowledge(self, document_id: str, digest: str, records: Sequence[Knowledge]) -> bool:
        """Let this be all that is confirmed of an added document; whether that changed anything.

        ``digest`` is that of the text it was held against (``Library.digest``). Raises ``ShelfError``,
        ``UnknownDocument``, and ``CatalogueError`` where another process has changed the document.
        """
        self.to_prepare(document_id)
        return self._catalogue.keep_knowledge(document_id, digest, records)

    def remove(self, document_id: str) -> Document:
        """Remove an added document; an edition before it is in force again. Raises ``ShelfError`` where none is."""
        removed = self._catalogue.remove(document_id)
        if removed is None:
            ships = any(document.id == document_id for document in self._shipped.documents())
            raise ShelfError(
                f"{document_id}: "
                + ("comes with the desk and stays" if ships else "no document of this id was added")
                + "; `circular docs list` shows what there is"
            )
        return removed

    def bring_index_up_to_date(
        self,
        *,
        embedder: Embedder | None = None,
        progress: Callable[[int, int], None] = lambda done, total: None,
        notice: Callable[[str], None] = lambda text: None,
    ) -> None:
        """Write into the index what was added, and take out of it what was removed."""
        library = self.library
        IndexAccess(
            index_settings(self._settings, self._catalogue.identity()),
            library,
            self.knowledge,
            embedder=embedder,
            progress=progress,
            notice=notice,
        ).update()


def _taken(path: Path, document: Document) -> str:
    if document.status is DocumentStatus.OMITTED:
        return f"{shown(path)}: {document.id} is named by another document and omitted; say --as {document.id}"
    return (
        f"{shown(path)}: {document.id} is in the library; `docs replace {document.id}` makes it a new edition, or give "
        "another --id"
    )


def _intake(path: Path, reading: FileReading, facts: Facts, library: Library, stands_for: Document | None) -> Intake:
    return take_in(
        path,
        reading.blocks,
        facts,
        stands_for=stands_for,
        named=library.documents(),
        taken={document.id for document in library.documents()},
        sha256=reading.sha256,
    )


def _omitted(library: Library, document_id: str) -> Document:
    document = library.document(document_id)
    if document.status is not DocumentStatus.OMITTED:
        raise ShelfError(
            f"{document_id}: its text is in the library already; `docs replace {document_id}` makes it a new edition"
        )
    return document


__all__ = ["Added", "Failed", "ReadingError", "Seen", "Shelf", "ShelfError"]
