"""The fingerprint changes with all that an index is built from, and with nothing else."""

from __future__ import annotations

import re

import pytest
from three_documents import ORCHARD, TEXTS, knowledge, library

from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import load_corpus
from documents.models import DocumentStatus
from retrieval import fingerprint as module
from retrieval.fingerprint import fingerprint
from retrieval.tuning import tuning

BASE = fingerprint(library(), knowledge(), "some-model", tuning())


def of(
    texts: Library | None = None, asked: Knowledge | None = None, key: str = "some-model", **sections: object
) -> str:
    numbers = tuning().model_copy(update=sections)
    return fingerprint(texts or library(), knowledge() if asked is None else asked, key, numbers)


def with_document(**fields: object) -> Library:
    """The library with one field of the orchard's document changed."""
    old = library()
    return Library(
        {(d.model_copy(update=fields) if d == ORCHARD else d): old.paragraphs(d.id) for d in old.documents()}
    )


def with_question(number: int, **fields: object) -> Knowledge:
    questions = list(knowledge().questions)
    questions[number] = questions[number].model_copy(update=fields)
    return Knowledge(questions=tuple(questions))


def test_it_is_a_name_for_a_folder() -> None:
    assert re.fullmatch(r"[0-9a-f]{20}", BASE)


def test_reading_the_same_corpus_again_changes_nothing(corpus: tuple[Library, Knowledge]) -> None:
    assert fingerprint(*corpus, "m", tuning()) == fingerprint(*load_corpus(), "m", tuning())
    assert of(library(), knowledge()) == BASE


def test_a_changed_paragraph_changes_it() -> None:
    assert of(library(orchard=TEXTS[ORCHARD].replace("two baskets", "four baskets"))) != BASE


def test_a_changed_heading_changes_it() -> None:
    assert of(library(orchard=TEXTS[ORCHARD].replace("Picking of fruit", "Picking of apples"))) != BASE


def test_a_document_that_goes_out_of_force_changes_it() -> None:
    assert of(with_document(status=DocumentStatus.SUPERSEDED)) != BASE


def test_the_language_of_a_document_changes_it() -> None:
    """Passages are centred by their language."""
    assert of(with_document(language="zh")) != BASE


def test_what_is_only_shown_does_not_change_it() -> None:
    assert of(with_document(issuer="The Board", source="a letter")) == BASE


@pytest.mark.parametrize(
    "change",
    [
        {"question": "How many baskets of pears may I take home?"},
        {"history": ("I am a member.",)},
        {"language": "zh"},
        {"cell": "another"},
        {"measure": "another"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_known_question_changes_it(change: dict[str, object]) -> None:
    assert of(asked=with_question(0, **change)) != BASE


def test_one_question_more_or_two_in_another_order_change_it() -> None:
    questions = knowledge().questions
    assert of(asked=Knowledge(questions=questions[:-1])) != BASE
    assert of(asked=Knowledge(questions=(questions[1], questions[0], *questions[2:]))) != BASE
    assert of(asked=Knowledge()) != BASE


def test_evidence_is_read_from_the_corpus_and_does_not_change_it() -> None:
    assert of(asked=with_question(0, evidence=())) == BASE


def test_another_embedder_changes_it() -> None:
    assert of(key="another-model") != BASE


@pytest.mark.parametrize(
    ("section", "number"),
    [("question", "centring"), ("question", "shrinkage"), ("passages", "centring"), ("passages", "prior")],
)
def test_numbers_that_are_built_in_change_it(section: str, number: str) -> None:
    old = getattr(tuning(), section)
    assert of(**{section: old.model_copy(update={number: getattr(old, number) + 1})}) != BASE


@pytest.mark.parametrize(
    ("section", "number"),
    [("passages", "nearest"), ("passages", "temperature"), ("known", "temperature"), ("fusion", "memory_half")],
)
def test_numbers_that_only_weigh_do_not_change_it(section: str, number: str) -> None:
    old = getattr(tuning(), section)
    assert of(**{section: old.model_copy(update={number: getattr(old, number) + 1})}) == BASE


def test_other_background_questions_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"en": ["Something else?"], "zh": ["别的什么？"]}
    monkeypatch.setattr(module, "background", lambda: other)
    assert of() != BASE
