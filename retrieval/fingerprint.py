"""What the vectors of an index were made with, in one hash: other known questions, splitting or embedder give another.

Which documents it holds is not part of it: they come and go in an index (``retrieval.groups``).
"""

from __future__ import annotations

import hashlib
import json

from documents.knowledge import Knowledge
from retrieval.background import background, background_passages
from retrieval.items import SPLITTING
from retrieval.known import class_of, texts_of
from retrieval.tuning import Tuning

FORMAT = 2
"""The layout of an index folder: change it when that changes."""


def _written(tuning: Tuning) -> list[float]:
    """The numbers that what is written depends on; the others only change how it is read."""
    return [tuning.question.centring, tuning.question.shrinkage, tuning.passages.centring]


def fingerprint(knowledge: Knowledge, embedder_key: str, tuning: Tuning, library: str = "") -> str:
    """Twenty hexadecimal digits that change when, and only when, the index must be made anew.

    ``library`` tells libraries apart that share a home folder or a Chroma server.
    """
    told = [FORMAT, SPLITTING, embedder_key, background(), background_passages(), *_written(tuning), library]
    digest = hashlib.sha256(json.dumps(told).encode())
    for known, text in zip(knowledge.questions, texts_of(knowledge), strict=True):
        digest.update(f"\x1d{class_of(known)}\x1f{known.language}\x1f{text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:20]
