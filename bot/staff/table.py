"""The log of inquiries as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, tzinfo

from bot.staff.inquiries import Inquiry

COLUMNS = (
    "id",
    "at",
    "asker",
    "channel",
    "language",
    "status",
    "milliseconds",
    "feedback",
    "official_answer",
    "case",
    "question",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Iterable[Inquiry], zone: tzinfo) -> str:
    """A line for each inquiry below a line of names; times by the clock of the zone.

    A question that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        question = row.question or ""
        writer.writerow(
            (
                row.id,
                datetime.fromtimestamp(row.at, zone).isoformat(timespec="seconds"),
                row.asker or "",
                row.channel,
                row.language,
                row.status,
                f"{row.milliseconds:.1f}",
                row.feedback,
                "" if row.curated is None else row.curated,
                "" if row.case is None else row.case,
                f"'{question}" if question.startswith(_FORMULA) else question,
            )
        )
    return out.getvalue()
