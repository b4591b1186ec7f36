"""Generic questions and passages of each language, whose mean vectors are taken off before vectors are compared."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def _texts(name: str) -> dict[str, list[str]]:
    text = resources.files("retrieval").joinpath(name).read_text(encoding="utf-8")
    return {language: list(texts) for language, texts in tomllib.loads(text).items()}


@cache
def background() -> dict[str, list[str]]:
    """The generic questions by language, from ``background.toml``."""
    return _texts("background.toml")


@cache
def background_passages() -> dict[str, list[str]]:
    """The generic passages of official documents by language, from ``passages.toml``."""
    return _texts("passages.toml")
