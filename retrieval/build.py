"""Brings an index to what it should hold, group by group, and prepares the arrays questions are compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from documents.knowledge import Knowledge
from retrieval.background import background, background_passages
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.weights import Floats
from retrieval.groups import KNOWN, Passages, Wanted, title_of
from retrieval.known import class_of, texts_of
from retrieval.place import ARRAYS, Place
from retrieval.spaces import Spaces, background_means, centred, unit, whitening
from retrieval.store import PASSAGES, QUESTIONS
from retrieval.tuning import Tuning
from retrieval.write import Writer

Progress = Callable[[int, int], None]
"""Called with how many texts are done, and of how many."""

_AT_ONCE = 64


def _embedded(embed: Callable[[Sequence[str]], Floats], texts: Sequence[str], report: Callable[[int], None]) -> Floats:
    parts = []
    for start in range(0, len(texts), _AT_ONCE):
        parts.append(embed(texts[start : start + _AT_ONCE]))
        report(len(parts[-1]))
    return np.concatenate(parts) if parts else np.zeros((0, 0), dtype=np.float32)


def write_arrays(folder: Path, knowledge: Knowledge, embedder: Embedder, tuning: Tuning) -> None:
    """Write what questions and passages are prepared with; it depends on the known questions and the model alone."""
    means = background_means(embedder.questions, background())
    told_means = background_means(embedder.passages, background_passages())
    dimensions = next(iter(means.values())).shape[0]
    matrix: Floats = np.eye(dimensions, dtype=np.float32)
    on_topic = [known for known in knowledge.questions if known.document is not None]
    if on_topic:
        vectors = _embedded(embedder.questions, texts_of(Knowledge(questions=tuple(on_topic))), lambda more: None)
        known = centred(vectors, [k.language for k in on_topic], means, tuning.question.centring)
        matrix = whitening(known, [class_of(k) for k in on_topic], tuning.question.shrinkage)
    arrays: dict[str, Any] = {f"mean_{language}": mean for language, mean in means.items()}
    arrays |= {f"told_{language}": mean for language, mean in told_means.items()}
    np.savez(folder / ARRAYS, whitening=matrix, **arrays)


def bring_up_to_date(
    place: Place,
    wanted: Wanted,
    knowledge: Knowledge,
    embedder: Embedder,
    tuning: Tuning,
    progress: Progress = lambda done, total: None,
) -> None:
    """Write the groups that an index lacks or holds in another form, and take out those that it should not hold.

    The arrays must be there. What it costs depends on what changed, not on what the index holds.
    """
    spaces = Spaces.read(place.folder / ARRAYS)
    writer = Writer(place)
    try:
        held = {name: entry.digest for name, entry in writer.held().items()}
        digests = wanted.digests()
        for name in held.keys() - digests.keys():
            writer.drop(PASSAGES, name)
        lacking = [name for name, digest in digests.items() if held.get(name) != digest]
        groups = [(wanted.passages[name], wanted.passages[name].items()) for name in lacking if name != KNOWN]
        asked = wanted.questions if KNOWN in lacking else ()
        total = sum(len(items) for _, items in groups) + len(asked)
        done = 0

        def report(more: int) -> None:
            nonlocal done
            done += more
            progress(done, total)

        if lacking:
            progress(0, total)
        if KNOWN in lacking:
            _put_questions(writer, asked, knowledge, spaces, embedder, tuning, report)
        for group, items in groups:
            texts = {item.id: item.text for item in items}
            _put_passages(writer, group, texts, spaces, embedder, tuning, report)
    finally:
        writer.close()


def _put_questions(
    writer: Writer,
    asked: Sequence[str],
    knowledge: Knowledge,
    spaces: Spaces,
    embedder: Embedder,
    tuning: Tuning,
    report: Callable[[int], None],
) -> None:
    vectors = _embedded(embedder.questions, asked, report)
    if len(asked):
        languages = [known.language for known in knowledge.questions]
        vectors = unit(centred(vectors, languages, spaces.asked, tuning.question.centring) @ spaces.whitening)
    texts = {str(row): text for row, text in enumerate(asked)}
    writer.put(QUESTIONS, KNOWN, str(len(asked)), texts, vectors, spaces.whitening[0])


def _put_passages(
    writer: Writer,
    group: Passages,
    texts: dict[str, str],
    spaces: Spaces,
    embedder: Embedder,
    tuning: Tuning,
    report: Callable[[int], None],
) -> None:
    vectors = _embedded(embedder.passages, list(texts.values()), report)
    # The title is embedded with the passages' prefix; computed last, so that progress counts passages alone.
    title = embedder.passages([title_of(group.document)])
    language, share = group.document.language, tuning.passages.centring
    if len(vectors):
        vectors = centred(vectors, [language] * len(vectors), spaces.told, share)
    writer.put(
        PASSAGES, group.document.id, group.digest, texts, vectors, centred(title, [language], spaces.told, share)[0]
    )
