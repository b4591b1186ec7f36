"""The background questions of each language, from ``background.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def background() -> dict[str, list[str]]:
    """Language to questions."""
    text = resources.files("retrieval").joinpath("background.toml").read_text(encoding="utf-8")
    return {str(language): [str(q) for q in questions] for language, questions in tomllib.loads(text).items()}
