"""The algebra of the spaces questions and passages are compared in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from retrieval.embedding.weights import Floats
from retrieval.spaces import background_means, centred, unit, whitening


def random(*shape: int, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def within_and_between(classes: int, members: int, noisy: Floats, seed: int = 2) -> tuple[Floats, list[str]]:
    """Classes with centres of their own, whose members differ along one direction above all."""
    rng = np.random.default_rng(seed)
    centres = np.repeat(rng.normal(size=(classes, len(noisy))), members, axis=0)
    vectors = centres + 3 * rng.normal(size=(len(centres), 1)) * noisy + 0.1 * rng.normal(size=centres.shape)
    return vectors.astype(np.float32), [str(row // members) for row in range(len(centres))]


def test_unit_vectors_have_length_one_and_a_zero_vector_stays_zero() -> None:
    vectors = np.array([[3, 4], [0, 0], [1e-3, 0]], dtype=np.float32)
    assert unit(vectors) == pytest.approx(np.array([[0.6, 0.8], [0, 0], [1, 0]]))
    assert unit(vectors).dtype == np.float32
    assert unit(vectors[0]) == pytest.approx(np.array([0.6, 0.8]))


def test_centring_takes_the_share_of_ones_own_language_off() -> None:
    vectors, means = random(2, 4), {"en": random(4, seed=5), "zh": random(4, seed=6)}
    expected = vectors - 0.7 * np.stack([means["zh"], means["en"]])
    assert centred(vectors, ["zh", "en"], means, 0.7) == pytest.approx(
        expected / np.linalg.norm(expected, axis=1, keepdims=True), abs=1e-6
    )


def test_centring_by_nothing_only_scales() -> None:
    vectors = random(3, 5)
    assert centred(vectors, ["en"] * 3, {"en": random(5)}, 0.0) == pytest.approx(unit(vectors), abs=1e-6)


def test_a_vector_that_is_the_mean_itself_is_no_reason_to_divide_by_zero() -> None:
    mean = random(4)
    assert not centred(mean[np.newaxis], ["en"], {"en": mean}, 1.0).any()


def test_centring_parts_what_only_the_common_direction_joined() -> None:
    common = np.array([5, 0, 0], dtype=np.float32)
    vectors = unit(np.array([[5, 1, 0], [5, 0, 1]], dtype=np.float32))
    assert vectors[0] @ vectors[1] > 0.9
    apart = centred(vectors, ["en", "en"], {"en": unit(common)}, 0.95)
    assert apart[0] @ apart[1] < 0.2


def test_background_means_are_of_each_language() -> None:
    class Lengths:
        key = "lengths"
        languages: tuple[str, ...] = ()

        def questions(self, texts: Sequence[str]) -> Floats:
            return np.array([[len(text), 1] for text in texts], dtype=np.float32)

        passages = questions

    means = background_means(Lengths().questions, {"en": ["a", "abc"], "zh": ["abcd"]})
    assert {language: mean.tolist() for language, mean in means.items()} == {"en": [2, 1], "zh": [4, 1]}


def test_a_language_without_background_falls_back_on_the_first() -> None:
    means = {"en": np.array([1, 0], dtype=np.float32)}
    assert centred(np.array([[2, 1]], dtype=np.float32), ["fr"], means, 1.0) == pytest.approx(
        np.array([[0.5**0.5, 0.5**0.5]])
    )


def test_whitening_is_the_identity_where_nothing_is_known_of_a_class() -> None:
    assert np.array_equal(whitening(random(4, 6), ["a", "b", "c", "d"], 0.3), np.eye(6, dtype=np.float32))
    assert np.array_equal(whitening(random(0, 6), [], 0.3), np.eye(6, dtype=np.float32))


def test_whitening_is_symmetric_and_positive_definite() -> None:
    noisy = unit(random(12, seed=9))
    matrix = whitening(*within_and_between(7, 4, noisy), 0.3)
    assert matrix.dtype == np.float32
    assert matrix == pytest.approx(matrix.T, abs=1e-5)
    assert np.linalg.eigvalsh(matrix.astype(np.float64)).min() > 0


def test_whitening_shrinks_what_differs_within_classes() -> None:
    noisy = unit(random(12, seed=9))
    matrix = whitening(*within_and_between(7, 6, noisy), 0.3)
    aside = unit(np.where(np.arange(12) == int(np.abs(noisy).argmin()), 1, 0).astype(np.float32))
    assert np.linalg.norm(noisy @ matrix) < 0.4 * np.linalg.norm(aside @ matrix)


def test_whitening_brings_members_of_a_class_together() -> None:
    vectors, classes = within_and_between(40, 4, unit(random(12, seed=9)))
    same = np.array(classes)[:, None] == np.array(classes)
    np.fill_diagonal(same, False)

    def apart(points: Floats) -> float:
        """How much more alike two members of a class are than two vectors of different classes, on average."""
        similar = unit(points) @ unit(points).T
        return float(similar[same].mean() - similar[~same].mean())

    assert apart(vectors @ whitening(vectors, classes, 0.3)) > apart(vectors) + 0.2


def test_endless_shrinkage_leaves_every_direction_alike() -> None:
    matrix = whitening(*within_and_between(5, 4, unit(random(8))), 1e6)
    assert matrix / matrix[0, 0] == pytest.approx(np.eye(8), abs=1e-3)


def test_classes_whose_members_are_all_alike_do_no_harm() -> None:
    vectors = np.repeat(random(3, 5), 2, axis=0)
    matrix = whitening(vectors, ["a", "a", "b", "b", "c", "c"], 0.3)
    assert np.isfinite(matrix).all()
    assert unit(vectors @ matrix) == pytest.approx(unit(vectors), abs=1e-3)
