"""The glossary that ships: words of official documents and what they mean, and English words that say nothing."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from retrieval.terms import terms


def source() -> bytes:
    """The file, as it is."""
    return resources.files("retrieval").joinpath("glossary.toml").read_bytes()


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(source().decode("utf-8"))


@cache
def stop_terms() -> frozenset[str]:
    """Terms that no question is about."""
    return frozenset(term for word in _tables()["stop"] for term in (word, *terms(word)))


def glossary() -> dict[str, str]:
    """Chinese word to English meanings, separated by ``;``."""
    return {str(word): str(senses) for word, senses in _tables()["words"].items()}
