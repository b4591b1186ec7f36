"""Questions that ask the same, put together: average linkage (Sokal and Michener 1958) over the cosine, by SciPy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from bot.staff.numbers import StatsNumbers
from bot.staff.space import ComparesQuestions
from documents.text import for_search


def folded(question: str) -> str:
    """A question as it is compared with others for being the same."""
    return for_search(question).casefold().strip("?？。.!！ ")


def matters_of(questions: Sequence[str], space: ComparesQuestions, numbers: StatsNumbers) -> list[list[int]]:
    """Which of these questions ask the same, as lists of their places; the largest first.

    Those beyond what is compared, the earliest of them, are put together only where they are word for word the same.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(questions):
        places[folded(question)].append(place)
    latest = sorted(places, key=lambda text: -places[text][-1])
    compared, rest = latest[: numbers.most_clustered], latest[numbers.most_clustered :]
    labels: list[Hashable] = list(_labels(compared, space, numbers.cluster_distance))
    together: dict[Hashable, list[int]] = defaultdict(list)
    for label, text in zip([*labels, *rest], [*compared, *rest], strict=True):
        together[label] += places[text]
    return sorted((sorted(found) for found in together.values()), key=lambda found: (-len(found), found[0]))


def _labels(texts: Sequence[str], space: ComparesQuestions, distance: float) -> Iterable[int]:
    if len(texts) < 2:
        return range(len(texts))
    # SciPy takes a moment to import, and only who clusters needs it.
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    vectors = space.vectors(texts)
    apart = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0).astype(np.float64)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), method="average")
    return [int(label) for label in fcluster(tree, t=distance, criterion="distance")]
