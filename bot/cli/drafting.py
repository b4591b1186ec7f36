"""``circular docs draft-questions`` and ``confirm``: what is proposed for a document, and what a person makes of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.cli.errors import UserError
from bot.cli.session import notice, progress_bar, read_settings
from bot.drafting.confirm import confirmed_of, rows_of, with_confirmed
from bot.drafting.proposer import Proposer
from bot.drafting.review import read, written
from bot.drafting.rules import RuleProposer
from bot.settings import Settings
from bot.shelf import Shelf
from documents.knowledge import CellStatus
from documents.loading import is_absent
from documents.readers.source import printable
from prompts.phrases import phrases

DRAFTS = "drafts"
"""The folder of proposals below ``CIRCULAR_HOME``."""


def _shelf(settings: Settings, document_id: str) -> Shelf:
    if is_absent(settings.database):
        raise UserError(f"{document_id}: no document of this id was added; `circular docs list` shows what there is")
    return Shelf(settings)


def draft_questions(document_id: str, out: Path | None, *, force: bool, proposer: Proposer | None = None) -> None:
    """Write the proposals for a document to a file, whole or not at all.

    Raises ``UserError`` where another file is there and ``force`` does not say to write over it.
    """
    settings = read_settings()
    with _shelf(settings, document_id) as shelf:
        document = shelf.to_prepare(document_id)
        paragraphs = shelf.library.paragraphs(document_id)
        confirmed = rows_of(shelf.knowledge, document_id)
    rows = with_confirmed((proposer or RuleProposer()).propose(document, paragraphs), confirmed)
    content = written(document, paragraphs, rows).encode("utf-8", "replace")
    path = out or settings.home / DRAFTS / f"{document_id}.toml"
    if path.exists() and not force:
        if path.read_bytes() != content:
            raise UserError(
                f"{printable(str(path))}: is there already and may hold a review; --force writes over it, or say --out"
            )
        print(phrases("en")("cli.drafted_same", file=printable(str(path))))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)
    proposed = [row for row in rows if not row.confirmed]
    statuses = Counter(row.status for row in proposed)
    print(
        phrases("en")(
            "cli.drafted",
            file=printable(str(path)),
            id=document_id,
            cells=len(proposed),
            questions=sum(len(row.questions_en) + len(row.questions_zh) for row in proposed),
            confirmed=len(rows) - len(proposed),
            **{status.value: statuses[status] for status in CellStatus},
        )
    )


def confirm_draft(document_id: str, file: Path, *, everything: bool) -> None:
    """Keep the confirmed rows of a reviewed file beside the document, and bring the index up to date.

    Raises ``DraftError`` naming file and line, and then nothing has changed.
    """
    said = phrases("en")
    with _shelf(read_settings(), document_id) as shelf:
        shelf.to_prepare(document_id)
        library = shelf.library
        entries = read(file.read_bytes(), printable(str(file)), document_id)
        records = confirmed_of(
            entries,
            document_id,
            library.paragraphs(document_id),
            {document.id for document in library.documents()},
            everything=everything,
        )
        before = {(c.measure, c.cell) for c in shelf.knowledge.cells if c.document == document_id}
        if not records and not before:
            raise UserError(
                f"{printable(str(file))}: no row is confirmed; set confirmed = true where one is right, or say --all"
            )
        changed = shelf.keep_knowledge(document_id, library.digest(document_id), records)
        with progress_bar() as progress:
            shelf.bring_index_up_to_date(progress=progress, notice=notice)
    cells = [cell for record in records for cell in record.cells]
    statuses = Counter(cell.status for cell in cells)
    print(
        said(
            "cli.confirmed",
            id=document_id,
            cells=len(cells),
            questions=sum(len(record.questions) for record in records),
            left=len(entries) - len(records),
            **{status.value: statuses[status] for status in CellStatus},
        )
    )
    kept = {(cell.measure, cell.cell) for cell in cells}
    rows = [entry.fields for entry in entries if (entry.fields.get("measure"), entry.fields.get("cell")) not in kept]
    stated = sum(fields.get("status") == CellStatus.STATED for fields in rows)
    if stated and cells:
        print(said("cli.confirmed_thin", id=document_id, count=stated))
    withdrawn = before - kept
    if withdrawn:
        print(said("cli.confirmed_withdrawn", id=document_id, count=len(withdrawn)))
    elif not changed:
        print(said("cli.confirmed_same", id=document_id))
