"""Which errors are the user's to mend, and how they are told: one line on standard error, exit status 1."""

from __future__ import annotations

import sys

from pydantic import ValidationError

from documents.corpus import CorpusError
from documents.knowledge import KnowledgeError
from documents.library import UnknownDocument, UnknownParagraph
from retrieval.embedding.weights import WeightsError
from retrieval.index import IndexFolderError


class UserError(Exception):
    """Something the user can mend; the message says what, in one line."""


class ReaderLeft(Exception):
    """Nobody reads standard output any more; nothing has failed, and there is nothing left to do."""


EXPECTED = (
    UserError,
    CorpusError,
    KnowledgeError,
    UnknownDocument,
    UnknownParagraph,
    WeightsError,
    IndexFolderError,
    OSError,
)


def one_line(error: BaseException) -> str:
    """An error as one line without its class."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    if isinstance(error, LookupError) and error.args:
        return str(error.args[0])
    return " ".join(str(error).split()) or type(error).__name__


def report(error: BaseException) -> None:
    """Print the one line."""
    expected = isinstance(error, (*EXPECTED, ValidationError))
    # The channels' and the evaluation's own errors are told by name, so that their packages need not be imported here.
    expected = expected or type(error).__name__ in {"BotError", "EvaluationError"}
    hint = "" if expected else f" (unexpected {type(error).__name__}; run again with --debug to see where)"
    print(f"circular: {one_line(error)}{hint}", file=sys.stderr)
