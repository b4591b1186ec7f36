"""Writes an index into an empty folder: the Chroma collections, and the arrays questions are prepared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.background import background
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.weights import Floats
from retrieval.items import items_of
from retrieval.known import class_of, texts_of
from retrieval.spaces import background_means, centred, passage_means, unit, whitening
from retrieval.store import ARRAYS, CHROMA
from retrieval.tuning import Tuning

Progress = Callable[[int, int], None]
"""Called with how many texts are done, and of how many."""

_AT_ONCE = 64
_WRITE_AT_ONCE = 1000


def _embedded(embed: Callable[[Sequence[str]], Floats], texts: Sequence[str], report: Callable[[int], None]) -> Floats:
    parts = []
    for start in range(0, len(texts), _AT_ONCE):
        parts.append(embed(texts[start : start + _AT_ONCE]))
        report(len(parts[-1]))
    return np.concatenate(parts) if parts else np.zeros((0, 0), dtype=np.float32)


def _write(client: Any, name: str, ids: Sequence[str], texts: Sequence[str], vectors: Floats) -> None:
    from langchain_chroma import Chroma

    from retrieval.langchain import ReadyVectors
    from retrieval.store import COLLECTION

    store = Chroma(
        collection_name=name,
        embedding_function=ReadyVectors(vectors),
        client=client,
        collection_configuration=COLLECTION,  # type: ignore[arg-type]
    )
    for start in range(0, len(ids), _WRITE_AT_ONCE):
        part = slice(start, start + _WRITE_AT_ONCE)
        store.add_texts(texts=texts[part], ids=list(ids[part]))


def build(
    folder: Path,
    library: Library,
    knowledge: Knowledge,
    embedder: Embedder,
    tuning: Tuning,
    progress: Progress = lambda done, total: None,
) -> None:
    """Write the index of a library and its prepared knowledge into ``folder``, which must not hold one yet."""
    from retrieval.store import PASSAGES, QUESTIONS, client_at

    items, asked = items_of(library), texts_of(knowledge)
    total, done = len(items) + len(asked), 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        progress(done, total)

    progress(0, total)
    means = background_means(embedder, background())
    told = _embedded(embedder.passages, [item.text for item in items], report)
    spoken = [library.document(item.document).language for item in items]
    backdrop = {language: embedder.passages(texts).mean(axis=0) for language, texts in background().items()}
    if len(told):
        told_means = passage_means(told, spoken, backdrop, tuning.passages.prior)
        told = centred(told, spoken, told_means, tuning.passages.centring)
    known = _embedded(embedder.questions, asked, report)
    dimensions = next(iter(means.values())).shape[0]
    matrix: Floats = np.eye(dimensions, dtype=np.float32)
    if len(known):
        known = centred(known, [k.language for k in knowledge.questions], means, tuning.question.centring)
        on_topic = [row for row, k in enumerate(knowledge.questions) if k.document is not None]
        classes = [class_of(knowledge.questions[row]) for row in on_topic]
        matrix = whitening(known[on_topic], classes, tuning.question.shrinkage)
        known = unit(known @ matrix)
    client = client_at(folder / CHROMA)
    try:
        _write(client, PASSAGES, [item.id for item in items], [item.text for item in items], told)
        _write(client, QUESTIONS, [str(row) for row in range(len(asked))], asked, known)
    finally:
        client.close()
    arrays: dict[str, Any] = {f"mean_{language}": mean for language, mean in means.items()}
    np.savez(folder / ARRAYS, whitening=matrix, **arrays)
