"""What a paragraph tells by itself, whatever is asked: read once, then remembered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from documents.text import sentences
from retrieval.embedding.pieces import PieceReader
from retrieval.embedding.weights import Floats
from retrieval.reading.coverage import PieceSpace
from retrieval.reading.values import points_elsewhere, values_in
from retrieval.reading.view import SeenParagraph

_SHARP = 3.0
"""Vectors of sentences differ little; this brings what they differ in to the size of the values beside it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph's sentences.

    ``values`` (sentences, kinds of values) says which hold a date, an amount …, ``whole`` (kinds of values,) the same
    of the paragraph; ``points`` (sentences,) which may point elsewhere; ``pieces`` are its word pieces in their space.
    """

    texts: tuple[str, ...]
    values: Floats
    whole: Floats
    points: tuple[bool, ...]
    pieces: Floats


def told(seen: SeenParagraph, reader: PieceReader, space: PieceSpace) -> Told:
    """Read a paragraph."""
    text = seen.paragraph.text
    count = len(seen.sentences)
    texts = tuple(span.of(text) for span in sentences(text))
    if len(texts) != count:
        # One item for the whole paragraph, however many sentences a reader finds in it.
        texts = (text,) * count
    return Told(
        texts,
        np.stack([values_in(sentence) for sentence in texts]),
        values_in(text),
        tuple(points_elsewhere(sentence) for sentence in texts),
        space.of(reader.pieces(f"{seen.context}\n{text}" if seen.context else text).vectors),
    )


def sentence_inputs(seen: SeenParagraph, mean: Floats, told: Told) -> Floats:
    """What a sentence is judged by when it is asked which kinds of question it answers: (sentences, inputs)."""
    return np.concatenate([(seen.vectors - mean) * np.float32(_SHARP), told.values], axis=1)
