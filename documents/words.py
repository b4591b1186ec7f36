"""The words by which official documents are recognised, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files("documents").joinpath("words.toml").read_text(encoding="utf-8"))


def listed(name: str) -> tuple[str, ...]:
    """The entries of a list; ``table.list`` for one of a table."""
    held: Any = _tables()
    for part in name.split("."):
        held = held[part]
    return tuple(held)


def any_of(*names: str) -> str:
    """A regular expression, in a group of its own, that matches any entry of these lists, longer ones first."""
    entries = (entry for name in names for entry in listed(name))
    return "(?:" + "|".join(sorted(entries, key=lambda entry: (-len(entry), entry))) + ")"
