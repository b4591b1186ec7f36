"""``circular stats``: the numbers of the staff desk, in the terminal, as JSON, as a table, as pictures."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.session import notice, read_settings
from bot.settings import Settings
from bot.staff.desk import open_staff
from bot.staff.digest import stats_lines
from bot.staff.space import ComparesQuestions, space_of
from bot.staff.table import csv_of
from documents.library import Library
from documents.loading import SHIPPED, is_absent, load_corpus
from documents.readers.source import printable
from prompts.phrases import phrases


def _nobody(person: int) -> str:
    raise AssertionError("numbers are of no single person")


def _space(settings: Settings) -> ComparesQuestions:
    """The space of the shipped known questions; confirmed ones change it too little to read them."""
    from retrieval.open import embedder_of, remembering

    embedder, missing = embedder_of(settings.embedder, settings.weights, settings.threads)
    if missing:
        notice(missing)
    knowledge = load_corpus(settings.corpus or SHIPPED)[1]
    return space_of(embedder, knowledge, remembering(embedder, settings.home))


def show_stats(
    days: int, *, csv_file: Path | None, plots: Path | None, as_json: bool, digest: bool, language: str
) -> None:
    """Print the numbers of the last days and write what else is wanted.

    Nothing is made where there is no database yet: there were no questions then. Raises ``StoreError``, ``OSError``.
    """
    settings = read_settings()
    if is_absent(settings.bot_database):
        settings.home.mkdir(parents=True, exist_ok=True)
    staff = open_staff(settings, bot=0, library=lambda: Library(()), pseudonym=_nobody)
    try:
        rows = staff.inquiries(days)
        space = _space(settings) if any(row.question for row in rows) else None
        stats = staff.stats(days, rows, space)
        if csv_file is not None:
            # A byte order mark, by which spreadsheets know that it is UTF-8.
            csv_file.write_text(csv_of(rows, staff.office.zone), encoding="utf-8-sig")
            _wrote(csv_file)
        if plots is not None:
            from bot.staff.plots import stats_plots

            plots.mkdir(parents=True, exist_ok=True)
            for plot in stats_plots(stats, [row.milliseconds for row in rows]):
                file = plots / f"{plot.slug}.png"
                file.write_bytes(plot.render("png"))
                _wrote(file)
        if as_json:
            print(stats.model_dump_json(indent=1))
        elif digest:
            print(printable_lines(staff.digest_of(stats, language)))
        else:
            print(printable_lines("\n".join(stats_lines(stats, language))))
    finally:
        staff.close()


def printable_lines(text: str) -> str:
    """A text that holds what askers typed, without what a terminal would act on."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _wrote(file: Path) -> None:
    print(phrases("en")("staff.wrote", file=printable(str(file))), file=sys.stderr)
