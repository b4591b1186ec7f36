"""Which kinds of thing a text holds: dates, amounts, bodies, papers …; and where it points to another document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np

from retrieval.embedding.weights import Floats


@cache
def _patterns() -> tuple[Mapping[str, re.Pattern[str]], Mapping[str, re.Pattern[str]]]:
    text = resources.files("retrieval.reading").joinpath("values.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    values, elsewhere = ({name: re.compile(p) for name, p in data[part].items()} for part in ("values", "elsewhere"))
    return values, elsewhere


@cache
def names() -> tuple[str, ...]:
    """The kinds of values, in the order of ``values_in``."""
    return tuple(_patterns()[0])


def values_in(text: str) -> Floats:
    """For each kind of value 1 where the text holds one, else 0; shape (kinds,)."""
    return np.array([pattern.search(text) is not None for pattern in _patterns()[0].values()], dtype=np.float32)


def points_elsewhere(sentence: str) -> bool:
    """Whether a sentence may hand a matter to another document."""
    return _patterns()[1]["any"].search(sentence) is not None


def pointing_words(sentence: str) -> tuple[bool, bool, bool]:
    """Whether it speaks of a later document, of a titled one, of an attached one."""
    patterns = _patterns()[1]
    later, titled, attached = (patterns[name].search(sentence) is not None for name in ("later", "titled", "attached"))
    return later, titled, attached
