"""Tells from a question's vector whether it asks what a document can say, or wants something else.

A question how to forge the papers of a matter stands beside the paragraph on that matter, as nearest neighbours see it.
What is wanted shows in other directions of the vector than what it is about: a multinomial logistic model finds them,
learned from sentence patterns that are filled with many matters (``patterns.toml``), so that no matter tells anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from retrieval.embedding.embedder import Embedder
from retrieval.embedding.weights import Floats
from retrieval.shares import softmax

FILE = Path(__file__).with_name("model.npz")
PLAIN, VAGUE = "plain", "vague"
"""What a document may answer, once it is known what is meant; every other kind none may."""


@dataclass(frozen=True)
class IntentModel:
    """What was learned, and the embedder it was learned with; ``weights`` are (dimensions + 1, kinds)."""

    embedder: str
    kinds: tuple[str, ...]
    weights: Floats

    def of(self, vector: Floats) -> dict[str, float]:
        """How likely each kind is for a question, by its centred vector; they sum to 1."""
        return dict(zip(self.kinds, softmax(vector, self.weights).tolist(), strict=True))

    def save(self, path: Path = FILE) -> None:
        """Write it in half precision."""
        np.savez_compressed(
            path,
            embedder=np.array(self.embedder),
            kinds=np.array(self.kinds),
            weights=self.weights.astype(np.float16),
        )


@cache
def load(path: Path = FILE) -> IntentModel:
    """The model of a file."""
    with np.load(path) as held:
        return IntentModel(
            str(held["embedder"]), tuple(str(kind) for kind in held["kinds"]), held["weights"].astype(np.float32)
        )


def intent_for(embedder: Embedder) -> IntentModel | None:
    """The model for an embedder; ``None`` for one it was not learned with."""
    model = load()
    return model if model.embedder == embedder.key else None
