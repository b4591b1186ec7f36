"""Loads what the desk says. Every word shown to an asker stands in a TOML file of this folder.

``prompts/<language>/<area>.toml`` holds the phrases of one area as ``key = "text with {fields}"``.

>>> phrases("en")("telegram.help", name="Circular Desk")  # doctest: +SKIP
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

LANGUAGES = ("en", "zh")


class Phrases:
    """The phrases of one language; call it with ``area.key`` and the fields of the phrase."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = MappingProxyType(dict(texts))

    def __call__(self, key: str, /, **fields: object) -> str:
        """Return the phrase with its fields filled in.

        Raises ``KeyError`` for a phrase, or a field of one, that does not exist: both are mistakes
        of the program, never of an asker.
        """
        return self._texts[key].format(**fields)

    def keys(self) -> frozenset[str]:
        """All keys, as ``area.key``."""
        return frozenset(self._texts)

    def raw(self, key: str) -> str:
        """The phrase with its fields unfilled."""
        return self._texts[key]


@cache
def phrases(language: str) -> Phrases:
    """The phrases of ``language``; an unknown language gets English."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    folder = resources.files("prompts").joinpath(chosen)
    texts: dict[str, str] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            area = entry.name.removesuffix(".toml")
            for key, text in tomllib.loads(entry.read_text(encoding="utf-8")).items():
                texts[f"{area}.{key}"] = str(text)
    return Phrases(chosen, texts)
