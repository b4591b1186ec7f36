"""``circular docs add``, ``replace`` and ``remove``: files into the library, and out of it again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.cli.errors import UserError, report
from bot.cli.reading import reading_bar
from bot.cli.session import notice, progress_bar, read_settings
from bot.files import Files, files_in
from bot.shelf import Added, Failed, Shelf
from documents.errors import ReadingError
from documents.intake import Facts
from documents.loading import is_absent
from documents.models import edition_id
from documents.readers.source import shown
from prompts.phrases import phrases

_NAMED = 5
"""Files named in a line on what was left aside, at most."""
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


def facts_of(
    identifier: str | None, title: str | None, number: str | None, issued_on: str | None, issuer: str | None
) -> Facts:
    """What the options say of a document; raises ``UserError`` for an id or a date that is none."""
    if identifier is not None and not _ID.fullmatch(identifier):
        raise UserError(f"--id {identifier}: an id is of small letters, digits, dots and dashes, such as notice-2024-3")
    try:
        day = date.fromisoformat(issued_on) if issued_on else None
    except ValueError:
        raise UserError(f"--issued-on {issued_on}: must be a date such as 2006-10-16") from None
    return Facts(identifier, title, number, day, issuer)


def _line(added: Added) -> str:
    said = phrases("en")
    document = added.document
    if added.already:
        return said("cli.docs_already", file=shown(added.path), id=document.id)
    parts = (document.number, document.issued_on and document.issued_on.isoformat(), document.language)
    facts = ", ".join(str(part) for part in parts if part)
    told = {"file": shown(added.path), "id": document.id, "title": document.title, "facts": facts}
    if added.changes is not None:
        counts = {name: len(numbers) for name, numbers in added.changes._asdict().items()}
        old = edition_id(document.id, document.edition - 1)
        return said("cli.docs_replaced", edition=document.edition, old=old, **told, **counts)
    if added.was is not None:
        return said("cli.docs_moved", old=added.was, count=added.paragraphs, **told)
    line = "cli.docs_recognised" if added.recognised else "cli.docs_added"
    return said(line, count=added.paragraphs, **told)


def _tell(added: Added) -> None:
    print(_line(added), flush=True)
    for warning in added.warnings:
        report(ReadingError(f"{shown(added.path)}: {warning}"))


def _update(shelf: Shelf) -> None:
    with progress_bar() as progress:
        shelf.bring_index_up_to_date(progress=progress, notice=notice)


def _tell_left_aside(found: Files) -> None:
    for name, left in (("cli.docs_outside", found.outside), ("cli.docs_unread", found.unread)):
        if left:
            more = phrases("en")("cli.docs_more", count=len(left) - _NAMED) if len(left) > _NAMED else ""
            names = ", ".join(shown(path) for path in left[:_NAMED])
            notice(phrases("en")(name, count=len(left), names=names + more))


def add_documents(paths: list[Path], facts: Facts, stands_for: str | None) -> None:
    """Add files, those of folders and patterns too, then bring the index up to date; the last line sums up."""
    found = files_in(paths)
    files = found.named
    if len(files) > 1 and (stands_for or any(facts)):
        raise UserError("options that describe one document were given, but several files; add it alone")
    added: list[Added] = []
    failed: list[Failed] = []
    with Shelf(read_settings()) as shelf:
        with reading_bar(len(files)) as bar:
            for result in shelf.add(files, facts, stands_for, pages=bar.page):
                bar.done(result.path)
                if isinstance(result, Failed):
                    if len(files) == 1:
                        raise result.error
                    report(result.error)
                    failed.append(result)
                else:
                    _tell(result)
                    added.append(result)
        _update(shelf)
    if len(files) > 1:
        new = [each for each in added if not each.already]
        counts = {"new": len(new), "paragraphs": sum(a.paragraphs for a in new), "already": len(added) - len(new)}
        print(phrases("en")("cli.docs_sum", failed=len(failed), **counts))
    _tell_left_aside(found)
    if failed:
        raise UserError(f"{len(failed)} of {len(files)} files were not added")


def replace_document(document_id: str, path: Path, facts: Facts, *, force: bool) -> None:
    """Put a new edition of a document in force."""
    with Shelf(read_settings()) as shelf:
        with reading_bar(1) as bar:
            replaced = shelf.replace(document_id, path, facts, force=force, pages=bar.page)
        _tell(replaced)
        _update(shelf)


def remove_document(document_id: str) -> None:
    """Remove an added document; raises ``UserError`` where none of this id was added."""
    settings = read_settings()
    if is_absent(settings.database):
        raise UserError(f"{document_id}: no document of this id was added; `circular docs list` shows what there is")
    with Shelf(settings) as shelf:
        removed = shelf.remove(document_id)
        _update(shelf)
        back = {d.id: d for d in shelf.library.documents()}.get(document_id)
    restored = back is not None and back.present
    print(phrases("en")("cli.docs_restored" if restored else "cli.docs_removed", id=document_id, title=removed.title))
