"""Reads files of one JSON object a line into models, and says where a line is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.evaluation.errors import EvaluationError

Row = TypeVar("Row", bound=BaseModel)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, a leading byte order mark left out; raises ``EvaluationError``."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: is not UTF-8 (byte {error.start})") from error


def read_rows(path: Path, model: type[Row]) -> Iterator[tuple[int, Row]]:
    """Every row of the file with its line number, counted from 1; blank lines are passed over.

    Raises ``EvaluationError`` naming file and line for a line that is no JSON or does not fit ``model``.
    """
    # Not splitlines(): U+2028 and its kind may stand inside a JSON string.
    for line_number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            try:
                yield line_number, model.model_validate_json(line)
            except ValidationError as error:
                raise EvaluationError(f"{path}:{line_number}: {describe(error)}") from error


def describe(error: ValidationError) -> str:
    """A validation error on one line: which field, and what is wrong with it."""
    return "; ".join(
        ": ".join(part for part in (".".join(str(step) for step in problem["loc"]), problem["msg"]) if part)
        for problem in error.errors(include_url=False, include_context=False, include_input=False)
    )
