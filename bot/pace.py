"""How often a desk that stays looks for a changed library, and how long a question waits for it (``pace.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pydantic import Field

from documents.models import Frozen


class Pace(Frozen):
    """All of ``pace.toml``, in seconds."""

    look_seconds: float = Field(gt=0)
    wait_seconds: float = Field(ge=0)
    longest_pause_seconds: float = Field(gt=0)


@cache
def shipped_pace() -> Pace:
    """The pace that ships."""
    return Pace.model_validate(tomllib.loads(resources.files("bot").joinpath("pace.toml").read_text(encoding="utf-8")))
