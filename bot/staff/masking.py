"""Takes telephone numbers, e-mail addresses and identity numbers out of texts that are kept (``masking.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from documents.models import Frozen


class _Kind(Frozen):
    mark: str
    pattern: str


class _Kinds(Frozen):
    kind: tuple[_Kind, ...]


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("bot.staff").joinpath("masking.toml").read_text(encoding="utf-8")
    return tuple((kind.mark, re.compile(kind.pattern)) for kind in _Kinds.model_validate(tomllib.loads(text)).kind)


def masked(text: str) -> str:
    """The text with a mark in the place of what would tell who wrote it; names cannot be told and stay."""
    for mark, pattern in _kinds():
        text = pattern.sub(mark, text)
    return text
