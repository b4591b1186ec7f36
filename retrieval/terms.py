"""What is counted of a text where words are compared: words, and pairs of characters in Chinese."""

from __future__ import annotations

import re

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
