"""What an index was built from, in one hash: another corpus, splitting or embedder gives another."""

from __future__ import annotations

import hashlib
import json

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.background import background
from retrieval.items import SPLITTING, items_of
from retrieval.known import class_of, texts_of
from retrieval.tuning import Tuning

FORMAT = 1
"""The layout of an index folder: change it when that changes."""


def _written(tuning: Tuning) -> list[float]:
    """The numbers that what is written depends on; the others only change how it is read."""
    question, passages = tuning.question, tuning.passages
    return [question.centring, question.shrinkage, passages.centring, passages.prior]


def fingerprint(library: Library, knowledge: Knowledge, embedder_key: str, tuning: Tuning) -> str:
    """Twenty hexadecimal digits that change when, and only when, the index must be built anew."""
    digest = hashlib.sha256(json.dumps([FORMAT, SPLITTING, embedder_key, background(), *_written(tuning)]).encode())
    for item in items_of(library):
        language = library.document(item.document).language
        digest.update(f"\x1e{item.id}\x1f{language}\x1f{item.text}".encode("utf-8", "surrogatepass"))
    for known, text in zip(knowledge.questions, texts_of(knowledge), strict=True):
        digest.update(f"\x1d{class_of(known)}\x1f{known.language}\x1f{text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:20]
