"""The learned arrays of the reader, read from ``model.npz`` (written by ``python -m benchmarks reader``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from retrieval.embedding.weights import Floats
from retrieval.reading.coverage import PieceSpace

FILE = Path(__file__).with_name("model.npz")


@dataclass(frozen=True)
class ReaderModel:
    """Everything that was learned, and the embedder it was learned with.

    ``kinds`` names what questions ask for; ``asking`` (dimensions + 1, kinds) tells it from a question's vector,
    ``telling`` (inputs + 1, kinds) from a sentence, ``usual`` (kinds,) how often each is asked. ``leaving``
    (dimensions + 1, 3) is the habit of documents: whether such a question is answered, referred or left open, told
    from the question alone. ``likely`` and ``unlikely`` (kinds, kinds of values) are what the presence and the absence
    of a value say for each kind of question. Of the options of the reader: ``answer`` and ``referral`` weigh what is
    seen of a paragraph, ``question`` (inputs, 2) what is seen of the question for referrals and for none, ``bias``
    (2,) likewise; ``scales`` are the mean and spread of every input.
    """

    embedder: str
    kinds: tuple[str, ...]
    asking: Floats
    telling: Floats
    usual: Floats
    leaving: Floats
    likely: Floats
    unlikely: Floats
    pieces: PieceSpace
    answer: Floats
    referral: Floats
    question: Floats
    bias: Floats
    scales: Mapping[str, Floats]

    def save(self, path: Path = FILE) -> None:
        """Write it; half precision is enough for what was learned from some thousand questions."""
        arrays = {
            name: getattr(self, name).astype(np.float16)
            for name in ("asking", "telling", "leaving", "answer", "referral", "question")
        }
        arrays |= {name: getattr(self, name).astype(np.float32) for name in ("usual", "likely", "unlikely", "bias")}
        arrays |= {f"scale_{name}": value.astype(np.float32) for name, value in self.scales.items()}
        np.savez_compressed(
            path,
            embedder=np.array(self.embedder),
            kinds=np.array(self.kinds),
            piece_mean=self.pieces.mean.astype(np.float32),
            piece_directions=self.pieces.directions.astype(np.float16),
            **arrays,
        )


@cache
def load(path: Path = FILE) -> ReaderModel:
    """The model of a file."""
    with np.load(path) as held:
        arrays = {name: held[name] for name in held.files}

    def floats(name: str) -> Floats:
        array: Floats = arrays[name].astype(np.float32)
        return array

    return ReaderModel(
        embedder=str(arrays["embedder"]),
        kinds=tuple(str(kind) for kind in arrays["kinds"]),
        pieces=PieceSpace(floats("piece_mean"), floats("piece_directions")),
        scales={name.removeprefix("scale_"): floats(name) for name in arrays if name.startswith("scale_")},
        **{
            name: floats(name)
            for name in (
                "asking", "telling", "usual", "leaving", "likely", "unlikely", "answer", "referral", "question", "bias",
            )
        },
    )  # fmt: skip
