"""The two spaces questions are compared in.

*Passages.* Questions share a direction that has nothing to do with what they ask; a share of the mean of generic
questions is taken off (centring), then the vector is compared with those of paragraphs and sentences.

*Known questions.* Question is compared with question. Wordings of one matter differ along directions that do not
matter; within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006) shrinks these, with the cells of
the coverage map as classes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.embedding.weights import Floats

_TINY = 1e-12


def unit(vectors: Floats) -> Floats:
    """Vectors of length one, along the last axis; a zero vector stays zero."""
    scaled: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _TINY)
    return scaled.astype(np.float32)


def background_means(
    embed: Callable[[list[str]], Floats], background: Mapping[str, Sequence[str]]
) -> dict[str, Floats]:
    """The mean vector of each language's background texts."""
    return {language: embed(list(texts)).mean(axis=0) for language, texts in background.items()}


@dataclass(frozen=True)
class Spaces:
    """The arrays of one index: the means of questions (``asked``) and of passages (``told``) by language, and the
    matrix of known questions.

    Vectors of one language lie together whatever they say, and a question's own language nearest; without the mean of
    its language a passage is compared by what it says. The means are those of background texts that are not of the
    library, so the vector of a passage does not depend on what else the library holds.
    """

    asked: Mapping[str, Floats]
    told: Mapping[str, Floats]
    whitening: Floats

    @classmethod
    def read(cls, path: Path) -> Spaces:
        """From a file of ``retrieval.build.write_arrays``."""
        with np.load(path) as arrays:
            means = {
                kind: {name.removeprefix(f"{kind}_"): arrays[name] for name in arrays.files if name.startswith(kind)}
                for kind in ("mean", "told")
            }
            return cls(means["mean"], means["told"], arrays["whitening"])


def centred(vectors: Floats, languages: Sequence[str], means: Mapping[str, Floats], share: float) -> Floats:
    """Vectors without ``share`` of their language's mean, of length one."""
    # A language without background texts has the first one's to fall back on.
    fallback = next(iter(means.values()))
    return unit(vectors - np.float32(share) * np.stack([means.get(language, fallback) for language in languages]))


def whitening(vectors: Floats, classes: Sequence[str], shrinkage: float) -> Floats:
    """The square matrix that shrinks what differs within classes.

    The inverse square root of the within-class covariance, to which ``shrinkage`` times its mean eigenvalue is added
    on the diagonal. The identity where no class has two members, so nothing is known of what differs within one.
    """
    dimensions = vectors.shape[1] if vectors.ndim == 2 else 0
    names, index = np.unique(np.asarray(classes, dtype=object).astype(str), return_inverse=True)
    if not len(vectors) or len(names) == len(vectors):
        return np.eye(dimensions, dtype=np.float32)
    sums = np.zeros((len(names), dimensions))
    np.add.at(sums, index, vectors)
    residuals = vectors - (sums / np.bincount(index)[:, None])[index]
    values, directions = np.linalg.eigh(residuals.T @ residuals / len(vectors))
    values = np.maximum(values, 0)
    scale = (values + shrinkage * max(float(values.mean()), _TINY)) ** -0.5
    matrix: Floats = (directions * scale @ directions.T).astype(np.float32)
    return matrix
