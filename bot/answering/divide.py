"""A question that asks two things, divided into its parts. Pure; the words stand in ``compound.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_MOST = 3
_LEAST = {"en": 3, "zh": 4}
"""Words (Chinese: characters) that a part has at least."""
_EDGE = " \t\n,，;；.。"
_JOINING = re.compile(r"[\s,;]+(?:and|or|but)[\s,;]*$", re.IGNORECASE)
_WORD = {"en": re.compile(r"\w+"), "zh": re.compile(r"[\u4e00-\u9fff]")}


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where a question is divided, and what a part must hold."""
    text = resources.files("bot.answering").joinpath("compound.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)[language]
    joins = words["joins"].replace("{asks}", words["asks"])
    return re.compile(joins, re.IGNORECASE), re.compile(
        rf"\b{words['asks']}\b" if language == "en" else words["asks"], re.IGNORECASE
    )


def parts(text: str, language: str) -> tuple[str, ...]:
    """The two or three questions that a text asks; empty where it asks one, or more than can be told apart.

    A piece that asks nothing stays with the one after it: it tells what that is about.
    """
    joins, asks = _patterns(language)
    found: list[str] = []
    told = ""
    for piece in _pieces(text, joins):
        told = f"{told}{piece}"
        if asks.search(told) and len(_WORD[language].findall(told)) >= _LEAST[language]:
            found.append(told)
            told = ""
    if told and found:
        found[-1] += told
    cleaned = tuple(_JOINING.sub("", part).strip(_EDGE) for part in found)
    return cleaned if 2 <= len(cleaned) <= _MOST else ()


def _pieces(text: str, joins: re.Pattern[str]) -> list[str]:
    """The text cut after each join; nothing is left out."""
    ends = [match.end() for match in joins.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if text[a:b].strip()]
