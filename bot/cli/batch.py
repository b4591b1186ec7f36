"""Reads the rows of ``ask --batch``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.cli.errors import UserError

if TYPE_CHECKING:
    from bot.answering.answer import Question


def _refuse(constant: str) -> Any:
    # Python would read NaN and Infinity, and print an id of them as what no other reader takes for JSON.
    raise ValueError(constant)


def question_of(line: str, where: str) -> tuple[Question, Any]:
    """One row ``{"id", "question", "history"}`` and its id, of whatever type, which the answer carries unchanged.

    Raises ``UserError`` that names the place and what is wrong.
    """
    from bot.answering.answer import Question

    try:
        row = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        why = getattr(error, "msg", str(error))
        raise UserError(f'{where}: not JSON ({why}); a row is {{"id", "question", "history"}}') from None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise UserError(f'{where}: a row needs a text "question"')
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(entry, str) for entry in history):
        raise UserError(f'{where}: "history" must be a list of texts')
    identifier = row.get("id")
    named = None if identifier is None else str(identifier)
    return Question(text=row["question"], history=tuple(history), id=named), identifier


def rows(path: str) -> Iterator[tuple[str, str]]:
    """The non-empty lines of a file, or of standard input for ``-``, each with its place for messages.

    Bytes that are not UTF-8 are replaced, so one damaged row does not take the others with it. The file is opened at
    once, the lines are read as they are asked for. Raises ``UserError`` where it cannot be opened.
    """
    if path == "-":
        return _lines("standard input", sys.stdin.buffer)
    try:
        return _lines(Path(path).name, Path(path).open("rb"))
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from None


def _lines(name: str, stream: IO[bytes]) -> Iterator[tuple[str, str]]:
    with stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield f"{name}:{number}", line.decode("utf-8", "replace").lstrip("\ufeff")
