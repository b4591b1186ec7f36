"""The fingerprint changes with all that an index is built from, and with nothing else."""

from __future__ import annotations

import re

import pytest
from three_documents import knowledge

from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import load_corpus
from retrieval import fingerprint as module
from retrieval.fingerprint import fingerprint
from retrieval.tuning import tuning

BASE = fingerprint(knowledge(), "some-model", tuning())


def of(asked: Knowledge | None = None, key: str = "some-model", name: str = "", **sections: object) -> str:
    numbers = tuning().model_copy(update=sections)
    return fingerprint(knowledge() if asked is None else asked, key, numbers, name)


def with_question(number: int, **fields: object) -> Knowledge:
    questions = list(knowledge().questions)
    questions[number] = questions[number].model_copy(update=fields)
    return Knowledge(questions=tuple(questions))


def test_it_is_a_name_for_a_folder() -> None:
    assert re.fullmatch(r"[0-9a-f]{20}", BASE)


def test_reading_the_same_corpus_again_changes_nothing(corpus: tuple[Library, Knowledge]) -> None:
    assert fingerprint(corpus[1], "m", tuning()) == fingerprint(load_corpus()[1], "m", tuning())
    assert of(knowledge()) == BASE


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


def test_another_library_changes_it() -> None:
    """Several may share a home folder, or a Chroma server."""
    assert of(name="another") != BASE


def test_another_embedder_changes_it() -> None:
    assert of(key="another-model") != BASE


@pytest.mark.parametrize(
    ("section", "number"),
    [("question", "centring"), ("question", "shrinkage"), ("passages", "centring")],
)
def test_numbers_that_are_built_in_change_it(section: str, number: str) -> None:
    old = getattr(tuning(), section)
    assert of(**{section: old.model_copy(update={number: getattr(old, number) + 1})}) != BASE


@pytest.mark.parametrize(
    ("section", "number"),
    [("passages", "nearest"), ("known", "temperature"), ("fusion", "memory_half")],
)
def test_numbers_that_only_weigh_do_not_change_it(section: str, number: str) -> None:
    old = getattr(tuning(), section)
    assert of(**{section: old.model_copy(update={number: getattr(old, number) + 1})}) == BASE


def test_other_background_questions_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"en": ["Something else?"], "zh": ["别的什么？"]}
    monkeypatch.setattr(module, "background", lambda: other)
    assert of() != BASE
