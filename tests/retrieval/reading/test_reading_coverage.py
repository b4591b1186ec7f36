"""Pieces of a question are met by the nearest piece of a text; what is not met shows."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.reading.coverage import MET, PieceSpace, met, missed, nearest, weights_of

AXES = np.eye(3, dtype=np.float32)


def test_each_piece_finds_its_nearest() -> None:
    assert nearest(AXES[:2], [AXES[1:], AXES[:1]]).tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_nothing_is_met_by_an_empty_text() -> None:
    empty = np.zeros((0, 3), dtype=np.float32)
    assert nearest(AXES, [empty, AXES, empty]).tolist() == [[0.0] * 3, [1.0] * 3, [0.0] * 3]
    assert nearest(empty, [AXES]).shape == (1, 0)


def test_rare_pieces_count_more_than_common_ones() -> None:
    common, rare, rarest = weights_of(np.array([1.0, 9.0, 40.0], dtype=np.float32))
    assert common < rare < rarest <= 10


def test_a_gap_is_seen_and_where_it_is_met_does_not_matter() -> None:
    weights = np.array([1.0, 4.0], dtype=np.float32)
    mean, worst, few, total = met(np.array([1.0, 0.0], dtype=np.float32), weights)
    assert mean == pytest.approx(0.2)
    assert worst == pytest.approx(4.0)
    assert few == pytest.approx(2.0)
    assert total == pytest.approx(4 / np.sqrt(2))
    assert met(np.array([0.0, 1.0], dtype=np.float32), weights)[0] == pytest.approx(0.8)


def test_a_question_without_pieces_has_nothing_met() -> None:
    nothing = np.zeros(0, dtype=np.float32)
    assert met(nothing, nothing).tolist() == [0.0] * MET
    assert met(np.zeros((2, 0), dtype=np.float32), nothing).tolist() == [[0.0] * MET] * 2
    assert missed(nothing, nothing, nothing) == 0.0


def test_missed_is_what_another_text_meets() -> None:
    here, there = np.array([0.2, 0.9], dtype=np.float32), np.array([0.7, 0.5], dtype=np.float32)
    assert missed(here, there, np.array([1.0, 1.0], dtype=np.float32)) == pytest.approx(0.25)


def test_pieces_are_compared_without_their_mean() -> None:
    space = PieceSpace(np.array([0.5, 0.5, 0.0], dtype=np.float32), AXES)
    near, far = space.of(AXES[:1]), space.of(AXES[1:2])
    assert float((near @ near.T).item()) == pytest.approx(1.0)
    assert float((near @ far.T).item()) < 0
