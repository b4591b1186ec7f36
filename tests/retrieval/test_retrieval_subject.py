"""What titles say for a document and against the paragraphs that only repeat it."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.ranking_tuning import SubjectTuning
from retrieval.subject import Subjects

LIFT, BUS, RATE = np.eye(3, dtype=np.float32)
NUMBERS = SubjectTuning(named=2.0, drowned=1.0)


def unit(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


PARAGRAPHS = np.stack([LIFT, unit(LIFT + RATE), BUS])
OWNERS = np.array([0, 0, 1])
SUBJECTS = Subjects(np.stack([LIFT, BUS]), PARAGRAPHS, OWNERS, NUMBERS)


def test_a_question_holds_as_much_of_a_title_as_it_is_like_it() -> None:
    assert SUBJECTS.held(unit(LIFT + RATE)) == pytest.approx([0.5**0.5, 0], abs=1e-6)
    assert SUBJECTS.held(-LIFT).tolist() == [0, 0]


def test_the_document_a_question_names_is_ahead_of_others() -> None:
    named, other = SUBJECTS.scores(unit(LIFT + RATE))[1:]
    assert named > other == 0


def test_half_a_title_says_much_less_than_the_whole() -> None:
    half = unit(LIFT + 3**0.5 * RATE)
    said = Subjects(np.stack([LIFT]), np.stack([BUS]), np.array([0]), NUMBERS)
    assert said.scores(half)[0] == pytest.approx(said.scores(LIFT)[0] / 4, abs=1e-6)


def test_a_paragraph_that_only_repeats_the_title_falls_behind_the_one_that_says_more() -> None:
    question = unit(LIFT + RATE)
    repeats, says = SUBJECTS.scores(question)[:2]
    assert says - repeats == pytest.approx(NUMBERS.drowned * 0.5**0.5 * (1 - 0.5**0.5), abs=1e-6)


def test_a_question_that_names_nothing_is_left_to_the_paragraphs() -> None:
    assert SUBJECTS.scores(RATE).tolist() == [0, 0, 0]


def test_a_document_without_a_title_is_neither_helped_nor_hindered() -> None:
    nameless = Subjects(np.zeros((2, 3), np.float32), PARAGRAPHS, OWNERS, NUMBERS)
    assert nameless.scores(LIFT).tolist() == [0, 0, 0]
