"""multilingual-e5-small once more, in plain numpy and with another tokenizer: what the shipped one is held against.

Nothing of the desk computes here but the reader of the weight file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, models, pre_tokenizers

from retrieval.embedding.weights import WeightFile

Array = npt.NDArray[np.float64]

_erf = np.vectorize(math.erf)


class OtherTokenizer:
    """The pieces of the file in the Unigram model of the ``tokenizers`` library."""

    def __init__(self, weights: WeightFile) -> None:
        pieces = weights.pieces
        starts = pieces.offsets.tolist()
        words = [pieces.blob[a:b].decode("utf-8", "replace") for a, b in pairwise(starts)]
        vocabulary = list(zip(words, pieces.scores.tolist(), strict=True))
        self._unigram = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
        self._unigram.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
        self._table = weights.normalisation()
        self._begin, self._end = pieces.begin, pieces.end

    def ids(self, text: str) -> list[int]:
        """Token ids with begin and end; lone surrogates cannot be handed over."""
        folded = re.sub(" +", " ", "".join(self._table.get(ord(character), character) for character in text))
        return [self._begin, *self._unigram.encode(folded, add_special_tokens=False).ids, self._end]


class ByHand:
    """The network, layer by layer, in double precision."""

    def __init__(self, weights: WeightFile) -> None:
        self._weights, self._shape = weights, weights.shape
        self._matrices: dict[str, Array] = {}

    def _matrix(self, name: str, rows: int, columns: int) -> Array:
        if name not in self._matrices:
            self._matrices[name] = self._dequantised(self._weights.blocks(name, rows, columns)).reshape(rows, columns)
        return self._matrices[name]

    @staticmethod
    def _dequantised(blocks: npt.NDArray[np.uint8]) -> Array:
        """(…, 18 bytes) to (…, 32): a half-precision scale, then 16 low nibbles, then the 16 high ones."""
        out = np.empty((*blocks.shape[:-1], 32))
        scale = blocks[..., :2].copy().view(np.float16).astype(np.float64)
        out[..., :16] = (blocks[..., 2:] % 16).astype(np.float64) - 8
        out[..., 16:] = (blocks[..., 2:] // 16).astype(np.float64) - 8
        return out * scale

    def _vector(self, name: str) -> Array:
        return self._weights.floats(name).astype(np.float64)

    def _linear(self, x: Array, layer: int, name: str, rows: int, columns: int) -> Array:
        result: Array = x @ self._matrix(f"l{layer}.{name}.w", rows, columns).T + self._vector(f"l{layer}.{name}.b")
        return result

    def _norm(self, x: Array, name: str) -> Array:
        centre = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centre**2).mean(axis=-1, keepdims=True) + self._shape.epsilon)
        result: Array = centre / spread * self._vector(f"{name}.w") + self._vector(f"{name}.b")
        return result

    def _attention(self, x: Array, layer: int) -> Array:
        size, heads = self._shape.hidden, self._shape.heads
        width = size // heads
        query, key, value = (self._linear(x, layer, name, size, size) for name in "qkv")
        mixed = np.empty_like(x)
        for head in range(heads):
            part = slice(head * width, (head + 1) * width)
            weights = np.exp(query[:, part] @ key[:, part].T / math.sqrt(width))
            mixed[:, part] = weights / weights.sum(axis=-1, keepdims=True) @ value[:, part]
        return self._linear(mixed, layer, "ao", size, size)

    def vector(self, ids: Sequence[int]) -> Array:
        """The unit vector of a text of these tokens."""
        shape, size = self._shape, self._shape.hidden
        words: Any = self._weights.blocks("emb.word", shape.vocabulary, size)[list(ids)]
        x = self._dequantised(words).reshape(len(ids), size)
        x = x + self._vector("emb.pos").reshape(-1, size)[: len(ids)] + self._vector("emb.type").reshape(-1, size)[0]
        x = self._norm(x, "emb.ln")
        for layer in range(shape.layers):
            x = self._norm(x + self._attention(x, layer), f"l{layer}.aln")
            wide = self._linear(x, layer, "fi", shape.feed_forward, size)
            wide = wide * (1 + _erf(wide / math.sqrt(2))) / 2
            x = self._norm(x + self._linear(wide, layer, "fo", size, shape.feed_forward), f"l{layer}.oln")
        mean: Array = x.mean(axis=0)
        unit: Array = mean / float(np.linalg.norm(mean))
        return unit
