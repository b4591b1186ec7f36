"""Nearest neighbours in the index of the shipped corpus: in order, and the same from Chroma and from memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.embedding.weights import Floats
from retrieval.items import items_of
from retrieval.place import Place
from retrieval.spaces import unit
from retrieval.store import Store


@pytest.fixture(scope="module")
def asked(index: Place) -> Iterator[Store]:
    store = Store(index)
    yield store
    store.close()


@pytest.fixture(scope="module")
def held(index: Place) -> Iterator[Store]:
    store = Store(index)
    store.make_resident(10**6)
    yield store
    store.close()


@pytest.fixture
def vectors() -> Floats:
    return unit(np.random.default_rng(3).normal(size=(5, 384)).astype(np.float32))


def test_every_item_and_known_question_is_there(asked: Store, corpus: tuple[Library, Knowledge]) -> None:
    items, questions = len(items_of(corpus[0])), len(corpus[1].questions)
    assert asked.counts() == (items, questions)
    ids, held = asked.passages()
    assert sorted(ids) == sorted(item.id for item in items_of(corpus[0]))
    assert held.shape == (items, 384)
    assert np.allclose(np.linalg.norm(held, axis=1), 1, atol=1e-3)


def test_every_document_has_the_vector_of_its_title(asked: Store, corpus: tuple[Library, Knowledge]) -> None:
    titles = asked.titles()
    for document in corpus[0].in_force():
        assert np.linalg.norm(titles[document.id]) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("count", [1, 10, 1000])
def test_neighbours_come_nearest_first(count: int, asked: Store, held: Store, vectors: Floats) -> None:
    for store in (asked, held):
        for vector in vectors:
            found = store.questions(vector, count)
            similarities = [similarity for _, similarity in found]
            assert len(found) == len({row for row, _ in found}) == count
            assert similarities == sorted(similarities, reverse=True)


def test_chroma_gives_the_similarities_that_memory_gives(asked: Store, held: Store, vectors: Floats) -> None:
    for vector in vectors:
        exact = dict(held.questions(vector, 200))
        found = dict(asked.questions(vector, 100))
        assert len(found.keys() & exact.keys()) >= 95
        assert all(found[row] == pytest.approx(exact[row], abs=1e-4) for row in found.keys() & exact.keys())


def test_more_than_there_are_is_all_there_are(asked: Store, held: Store, vectors: Floats) -> None:
    _, questions = asked.counts()
    more = questions + 50
    assert len(asked.questions(vectors[0], more)) == len(held.questions(vectors[0], more)) == questions


def test_known_questions_above_the_limit_stay_with_chroma(index: Place, vectors: Floats) -> None:
    store = Store(index)
    store.make_resident(store.counts()[1] - 1)
    assert store._questions._vectors is None
    assert store.questions(vectors[0], 3)
    store.close()
