"""Learns from the known questions whether a question is about the documents; prints the numbers of ``[about]``.

Each known question is judged by the others (``benchmarks.known``). The model is a logistic regression, both sides
weighed alike, over what ``bot.answering.judge.about_prepared`` looks at. Nothing of tests/gold is used.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from benchmarks.known import judged_by_others
from benchmarks.shared import table
from documents.loading import load_corpus
from retrieval.embedding.embedder import load_embedder
from retrieval.embedding.shipped import ShippedVectors
from retrieval.open import IndexAccess, IndexSettings

_STEPS = 60
_PENALTY = 1e-2


def regression(inputs: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights and, last, the bias of a logistic regression by Newton's method, both labels weighing the same."""
    design = np.hstack([inputs, np.ones((len(inputs), 1))])
    weight = np.where(labels, 0.5 / labels.sum(), 0.5 / (~labels).sum()) * len(labels)
    theta = np.zeros(design.shape[1])
    penalty = np.diag([_PENALTY] * inputs.shape[1] + [0.0])
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-design @ theta))
        gradient = design.T @ (weight * (share - labels)) + penalty @ theta
        curvature = (design * (weight * share * (1 - share))[:, None]).T @ design + penalty + 1e-9 * np.eye(len(theta))
        theta -= np.linalg.solve(curvature, gradient)
    return theta


def main() -> None:
    library, knowledge = load_corpus()
    embedder, _ = load_embedder()
    embedder = ShippedVectors(embedder)
    random = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as home:
        access = IndexAccess(IndexSettings(Path(home)), library, knowledge, embedder=embedder)
        searcher = access.searcher()
        searcher.stay()
        features, labels = [], []
        for judged in judged_by_others(searcher, knowledge, random):
            features.append([searcher.search(judged.text).best_similarity(), judged.on, -judged.off])
            labels.append(judged.known.document is not None)
        searcher.close()
    inputs, truth = np.array(features), np.array(labels)
    folds = random.integers(0, 5, len(truth))
    right = np.zeros(len(truth), dtype=bool)
    for fold in range(5):
        theta = regression(inputs[folds != fold], truth[folds != fold])
        right[folds == fold] = (inputs[folds == fold] @ theta[:-1] + theta[-1] > 0) == truth[folds == fold]
    passage, known, elsewhere, bias = regression(inputs, truth)
    table(
        ["number", "learned"],
        [
            [n, f"{v:.1f}"]
            for n, v in (("bias", bias), ("passage", passage), ("known", known), ("elsewhere", elsewhere))
        ],
    )
    print(f"right in cross-validation: {right[truth].mean():.3f} of {truth.sum()} on documents, ", end="")
    print(f"{right[~truth].mean():.3f} of {(~truth).sum()} on none")


if __name__ == "__main__":
    main()
