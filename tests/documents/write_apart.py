"""Adds or replaces documents in a process of its own, which may be killed at a moment of its transaction.

    write_apart.py URL add|replace COUNT PARAGRAPHS [MOMENT]

It says ``ready``, waits for a line, and only then opens the database. At the moment it dies by SIGKILL, or the server
cuts it off. For every document it prints a line: ``done``, or what it was refused with.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

import psycopg
from sqlalchemy import Engine, event

from documents.catalogue import Catalogue, CatalogueError
from documents.models import Document, Paragraph

MOMENTS = ("document", "paragraphs", "among paragraphs", "commit", "told")
"""Before the document is written, before and while its paragraphs are, before the commit, and after the line."""
CUT_OFF = "cut off"
"""The server ends the connection before the paragraphs are written."""
_SOON = 0.03  # seconds from the first paragraph, of the tenths of a second that thousands of them take


def document(number: int, paragraphs: int, edition: int = 1) -> tuple[Document, list[Paragraph]]:
    """A document of so many paragraphs."""
    name = f"d{number}"
    texts = [
        Paragraph(document=name, number=at, text=f"{name} {edition} 第{at}条 💰") for at in range(1, paragraphs + 1)
    ]
    return Document(id=name, title=name, sha256=f"{name}-{edition}", edition=edition), texts


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _watch(url: str, moment: str) -> None:
    def executed(_1: object, _2: object, statement: str, *_3: object) -> None:
        if statement.startswith("INSERT INTO documents") and moment == "document":
            _die()
        if statement.startswith("INSERT INTO paragraphs"):
            if moment == "paragraphs":
                _die()
            if moment == "among paragraphs":
                threading.Timer(_SOON, _die).start()
            if moment == CUT_OFF:
                with psycopg.connect(url) as other:
                    other.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )

    def committed(connection: object) -> None:
        if wrote and moment == "commit":
            _die()

    wrote: list[str] = []
    event.listen(Engine, "before_cursor_execute", executed)
    event.listen(Engine, "after_cursor_execute", lambda *told: wrote.append(told[2]) if "paragraphs" in told[2] else 0)
    event.listen(Engine, "commit", committed)


def main(url: str, command: str, count: str, paragraphs: str, moment: str = "") -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    catalogue = Catalogue(url)
    _watch(url, moment)
    for number in range(int(count)):
        try:
            if command == "add":
                catalogue.add(*document(number, int(paragraphs)))
            else:
                catalogue.replace(*document(number, int(paragraphs), edition=2))
        except CatalogueError as error:
            print(error, flush=True)
        else:
            print("done", flush=True)
            if moment == "told":
                _die()


if __name__ == "__main__":
    main(*sys.argv[1:])
