"""The passages of a library as one question sees them: by paragraph, by sentence, by document."""

from __future__ import annotations

import numpy as np
import pytest

from documents.library import Library
from documents.models import Document, DocumentStatus, Paragraph, Role
from retrieval.dictionary import Dictionary
from retrieval.embedding.weights import Floats
from retrieval.glossary import glossary
from retrieval.items import items_of
from retrieval.passages import LibraryPassages

WORDS = Dictionary(glossary())
APPLES = Document(id="apples", title="Rules of the orchard", language="en", status=DocumentStatus.PRESENT)
BRIDGES = Document(id="bridges", title="Rules of the bridge", language="en", status=DocumentStatus.PRESENT)


def _paragraph(document: Document, number: int, text: str, role: Role = Role.BODY) -> Paragraph:
    return Paragraph(document=document.id, number=number, text=text, role=role)


LIBRARY = Library(
    {
        APPLES: (
            _paragraph(APPLES, 1, "Rules of the orchard", Role.TITLE),
            _paragraph(APPLES, 2, "Apples may be picked in autumn. Pears may be picked in summer."),
        ),
        BRIDGES: (_paragraph(BRIDGES, 1, "Carts may cross at walking speed."),),
    }
)
IDS = [item.id for item in items_of(LIBRARY)]


def vectors() -> Floats:
    """A direction of its own for every item."""
    return np.eye(len(IDS), 8, dtype=np.float32)


def held(order: list[int] | None = None) -> LibraryPassages:
    order = order or list(range(len(IDS)))
    return LibraryPassages(LIBRARY, [IDS[i] for i in order], vectors()[order], {}, look_up=lambda: WORDS)


def asking(item: str) -> Floats:
    return vectors()[IDS.index(item)][np.newaxis]


def test_the_paragraph_of_the_nearest_sentence_comes_first_with_its_sentences() -> None:
    found = held().rank(asking("apples#2#1"), "", "en", 2)
    key, near = next(iter(found.near.items()))
    assert key == ("apples", 2)
    assert near.sentences == {0: pytest.approx(0), 1: pytest.approx(1)}
    assert near.similarity == pytest.approx(1)
    assert len(found.near) == 2


def test_a_paragraph_of_one_sentence_has_no_sentences_of_its_own() -> None:
    near = held().rank(asking("bridges#1#-1"), "", "en", 1).near["bridges", 1]
    assert (near.similarity, near.sentences) == (pytest.approx(1), {})


def test_those_asked_for_come_whatever_their_rank_and_none_twice() -> None:
    found = held().rank(asking("bridges#1#-1"), "", "en", 1, also=[("apples", 1), ("bridges", 1)])
    assert list(found.near) == [("bridges", 1), ("apples", 1)]
    assert found.near["apples", 1].share < found.near["bridges", 1].share


def test_shares_are_of_all_passages_and_documents_have_theirs_together() -> None:
    found = held().rank(asking("apples#2#0"), "", "en", 9)
    assert sum(near.share for near in found.near.values()) == pytest.approx(1)
    shares = {name: hit.share for name, hit in found.documents.items()}
    assert sum(shares.values()) == pytest.approx(1)
    apples = sum(near.share for (document, _), near in found.near.items() if document == "apples")
    assert shares["apples"] == pytest.approx(apples)


def test_a_document_is_as_near_as_its_nearest_item_and_scores_as_its_best_paragraph() -> None:
    found = held().rank(asking("apples#2#1"), "", "en", 9)
    assert found.documents["apples"].similarity == pytest.approx(1)
    assert found.documents["bridges"].similarity == pytest.approx(0)
    assert found.documents["apples"].score > found.documents["bridges"].score


def test_the_order_of_the_items_does_not_matter() -> None:
    straight = held().rank(asking("apples#2#1"), "pears in summer", "en", 9)
    turned = held(list(reversed(range(len(IDS))))).rank(asking("apples#2#1"), "pears in summer", "en", 9)
    assert list(straight.near) == list(turned.near)
    for key, near in straight.near.items():
        assert turned.near[key].share == pytest.approx(near.share, abs=1e-6)
        assert turned.near[key].sentences == pytest.approx(near.sentences)


def test_words_decide_where_vectors_are_silent() -> None:
    nothing = np.zeros((1, 8), dtype=np.float32)
    assert next(iter(held().rank(nothing, "How fast may carts cross?", "en", 1).near)) == ("bridges", 1)
    assert next(iter(held().rank(nothing, "When are pears picked?", "en", 1).near)) == ("apples", 2)


def test_documents_without_a_passage_are_no_fault() -> None:
    titles = {APPLES.id: np.ones(8, dtype=np.float32)}
    bare = LibraryPassages(Library({APPLES: ()}), [], np.zeros((0, 0), dtype=np.float32), titles, look_up=lambda: WORDS)
    bare.warm()
    assert bare.rank(np.zeros((1, 8), dtype=np.float32), "carts", "en", 5).near == {}


def test_a_library_of_nothing_has_nothing_near() -> None:
    empty = LibraryPassages(Library({}), [], np.zeros((0, 0), dtype=np.float32), {}, look_up=lambda: WORDS)
    empty.warm()
    found = empty.rank(np.zeros((1, 8), dtype=np.float32), "carts", "en", 5)
    assert (found.near, found.documents) == ({}, {})
