"""The lexical index beside the vectors: BM25 over words, and over pairs of characters in Chinese.

Words say little across languages, so a caller weighs it only where question and paragraph share theirs.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from documents.text import for_search

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_ENDINGS = re.compile(r"(?:(?<=ss)es|(?<!s)s|ing|ed)$")
_PLURAL_OF_Y = re.compile(r"(?<=..)ies$")
_SHORTEST_STEM = 3


def _stem(word: str) -> str:
    stem = _PLURAL_OF_Y.sub("y", word)
    if stem == word:
        stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


def terms(text: str) -> list[str]:
    """What BM25 counts: lower-case words without their commonest endings, and pairs of Chinese characters."""
    folded = for_search(text).casefold()
    found = [_stem(word) for word in _WORD.findall(folded)]
    for run in _HAN_RUN.findall(folded):
        found += [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
    return found


class LexicalIndex:
    """BM25 scores of a fixed list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._size = len(texts)
        tokens = [terms(text) for text in texts]
        self._empty = not any(tokens)
        if not self._empty:
            self._index = bm25s.BM25()
            self._index.index(tokens, show_progress=False)

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """BM25 of each text, in the order they were given; all zero where no word of the question occurs."""
        words = [] if self._empty else [t for t in terms(question) if t in self._index.vocab_dict]
        if not words:
            return np.zeros(self._size, dtype=np.float32)
        scores: npt.NDArray[np.float32] = self._index.get_scores(words)
        return scores


__all__ = ["LexicalIndex", "terms"]
