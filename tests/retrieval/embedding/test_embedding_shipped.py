"""Vectors that ship are found by the text they were computed from, and are the right ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from three_documents import Counting, NotLoaded

from retrieval.embedding.embedder import PASSAGE, QUERY, E5Embedder
from retrieval.embedding.shipped import FOLDER, ShippedVectors, write
from retrieval.ship import texts_to_ship

SAMPLE = 120
needs_file = pytest.mark.skipif(not list(FOLDER.glob("*.npz")), reason="no vectors ship with this checkout")


@pytest.fixture
def folder(embedder: E5Embedder, tmp_path: Path) -> Path:
    write(embedder, ["one question", "another"], ["a passage", "one question"], tmp_path)
    return tmp_path


def test_what_is_on_file_is_looked_up_and_the_rest_computed_in_its_place(embedder: E5Embedder, folder: Path) -> None:
    counting = Counting(embedder)
    shipped = ShippedVectors(counting, folder)
    texts = ["new first", "another", "new second", "one question", "another"]
    got = shipped.questions(texts)
    assert counting.asked == [(QUERY, "new first"), (QUERY, "new second")]
    assert got.dtype == np.float32
    assert got == pytest.approx(embedder.questions(texts), abs=1e-3)


def test_all_on_file_computes_nothing(embedder: E5Embedder, folder: Path) -> None:
    got = ShippedVectors(NotLoaded(), folder).questions(["another", "one question"])
    assert got == pytest.approx(embedder.questions(["another", "one question"]), abs=1e-3)


def test_a_question_is_not_served_as_a_passage(embedder: E5Embedder, folder: Path) -> None:
    counting = Counting(embedder)
    shipped = ShippedVectors(counting, folder)
    assert (QUERY, "another") in shipped
    assert (PASSAGE, "another") not in shipped
    shipped.passages(["another", "a passage"])
    assert counting.asked == [(PASSAGE, "another")]
    both = np.concatenate([shipped.questions(["one question"]), shipped.passages(["one question"])])
    assert not np.allclose(both[0], both[1], atol=1e-2)


def test_another_embedder_computes_all(embedder: E5Embedder, folder: Path) -> None:
    counting = Counting(embedder, key="some-other-model")
    shipped = ShippedVectors(counting, folder)
    shipped.questions(["one question", "another"])
    assert counting.asked == [(QUERY, "one question"), (QUERY, "another")]
    assert shipped.key == "some-other-model"


def test_a_changed_text_is_computed_afresh(embedder: E5Embedder, folder: Path) -> None:
    counting = Counting(embedder)
    ShippedVectors(counting, folder).questions(["another "])
    assert counting.asked == [(QUERY, "another ")]


def test_no_texts_have_no_vectors(folder: Path) -> None:
    assert len(ShippedVectors(NotLoaded(), folder).questions([])) == 0


@needs_file
def test_an_index_of_the_shipped_corpus_needs_nothing_but_the_file(home: Path, computed: list[tuple[str, str]]) -> None:
    """Every text that building embeds is in the file; where it is not, ``python -m retrieval.ship`` writes it anew."""
    assert computed == []


@needs_file
def test_the_file_holds_the_vectors_that_this_model_computes(embedder: E5Embedder) -> None:
    shipped = ShippedVectors(NotLoaded())
    for texts, held, computed in zip(
        texts_to_ship(),
        (shipped.questions, shipped.passages),
        (embedder.questions, embedder.passages),
        strict=True,
    ):
        distinct = list(dict.fromkeys(texts))
        sample = distinct[:: -(-len(distinct) * 2 // SAMPLE)]
        assert len(sample) >= SAMPLE // 3
        close = (held(sample) * computed(sample)).sum(axis=1)
        assert close.min() >= 0.99
