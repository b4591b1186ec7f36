"""``circular docs add`` and ``remove``: files into the library, and out of it again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.cli.errors import UserError, report
from bot.cli.session import opened_desk, read_settings
from bot.settings import Settings
from documents.catalogue import Catalogue
from documents.errors import ReadingError
from documents.intake import Facts, take_in
from documents.library import Library
from documents.loading import SHIPPED, is_absent, load_corpus
from documents.models import Document, DocumentStatus
from documents.readers.apart import read_apart

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


def facts_of(identifier: str | None, title: str | None, number: str | None, issued_on: str | None) -> Facts:
    """What the options say of a document; raises ``UserError`` for an id or a date that is none."""
    if identifier is not None and not _ID.fullmatch(identifier):
        raise UserError(f"--id {identifier}: an id is of small letters, digits, dots and dashes, such as notice-2024-3")
    try:
        day = date.fromisoformat(issued_on) if issued_on else None
    except ValueError:
        raise UserError(f"--issued-on {issued_on}: must be a date such as 2006-10-16") from None
    return Facts(identifier, title, number, day)


def _omitted(library: Library, document_id: str) -> Document:
    document = library.document(document_id)
    if document.status is not DocumentStatus.OMITTED:
        raise UserError(f"{document_id}: its text is in the library already; remove it first, or add without --as")
    return document


def _add(path: Path, facts: Facts, stands_for: str | None, settings: Settings, catalogue: Catalogue) -> str:
    """Add one file; returns the line that says what was added."""
    shipped, _ = load_corpus(settings.corpus or SHIPPED)
    library = shipped.joined(catalogue.read())
    reading = read_apart(path)
    intake = take_in(
        path,
        reading.blocks,
        facts,
        stands_for=_omitted(library, stands_for) if stands_for else None,
        named=library.documents(),
        taken={document.id for document in library.documents()},
    )
    held = catalogue.with_content(intake.document.sha256 or "")
    if held is not None:
        return f"{path.name}: is in the library already, as {held}"
    if stands_for is None and intake.document.id in {document.id for document in library.documents()}:
        raise UserError(
            f"{intake.document.id} is an id of the library; give another --id, or say --as {intake.document.id}"
        )
    catalogue.add(intake.document, intake.paragraphs)
    for warning in reading.warnings:
        report(ReadingError(f"{path.name}: {warning}"))
    document = intake.document
    parts = (document.number, document.issued_on and document.issued_on.isoformat(), document.language)
    known = ", ".join(str(part) for part in parts if part)
    return f"{path.name}: added as {document.id}, {len(intake.paragraphs)} paragraphs: {document.title} ({known})"


def add_documents(files: list[Path], facts: Facts, stands_for: str | None) -> None:
    """Add each file, one that cannot be read not stopping the others, then bring the index up to date."""
    settings = read_settings()
    catalogue = Catalogue(settings.database)
    failed = 0
    try:
        for path in files:
            try:
                print(_add(path, facts, stands_for, settings, catalogue), flush=True)
            except (ReadingError, UserError) as error:
                if len(files) == 1:
                    raise
                report(error)
                failed += 1
    finally:
        catalogue.close()
    with opened_desk(settings=settings):
        pass
    if failed:
        raise UserError(f"{failed} of {len(files)} files were not added")


def remove_document(document_id: str) -> None:
    """Remove an added document; raises ``UserError`` where none of this id was added."""
    settings = read_settings()
    removed = False
    if not is_absent(settings.database):
        catalogue = Catalogue(settings.database)
        try:
            removed = catalogue.remove(document_id)
        finally:
            catalogue.close()
    if not removed:
        raise UserError(f"{document_id}: no document of this id was added; `circular docs list` shows what there is")
    print(f"{document_id}: removed")
