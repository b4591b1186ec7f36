"""The English model that stands in: right vectors for any text."""

from __future__ import annotations

import numpy as np
import pytest
from hostile_texts import HOSTILE

from retrieval.embedding.minilm import MiniLMEmbedder


@pytest.fixture(scope="module")
def english() -> MiniLMEmbedder:
    return MiniLMEmbedder()


def test_a_paraphrase_is_nearest(english: MiniLMEmbedder) -> None:
    told = english.passages(
        [
            "China Development Bank grants policy-based loans to enterprises.",
            "Base cities establish complaint centres for intellectual property.",
            "Graduates are trained before they begin their jobs.",
        ]
    )
    asked = english.questions(
        ["Who lends money to companies?", "Where do I report a stolen patent?", "Is there training for newcomers?"]
    )
    assert (asked @ told.T).argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_have_a_vector(name: str, english: MiniLMEmbedder) -> None:
    vector = english.questions([HOSTILE[name]])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_a_vector_does_not_depend_on_its_neighbours(english: MiniLMEmbedder) -> None:
    alone = english.questions(["a loan"])[0]
    assert np.array_equal(alone, english.questions(["word " * 300, "a loan"])[1])
    assert english.questions([]).shape == (0, 384)
