"""The numbers the search is tuned with, read from ``tuning.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionTuning(_Section):
    """How a question's vector is prepared."""

    centring: float
    shrinkage: float
    parts: int
    moving_on: float


class PassageTuning(_Section):
    """How passages are found and scored."""

    centring: float
    nearest: int
    lexical: float
    lexical_nearest: int
    temperature: float


class KnownTuning(_Section):
    """How known questions are weighed."""

    nearest: int
    temperature: float


class FusionTuning(_Section):
    """How passages and known questions are weighed together."""

    passages: float
    memory_half: float
    memory_slope: float


class Tuning(_Section):
    """All sections of ``tuning.toml``."""

    resident_limit: int
    question: QuestionTuning
    passages: PassageTuning
    known: KnownTuning
    fusion: FusionTuning


@cache
def tuning() -> Tuning:
    """The numbers that ship."""
    text = resources.files("retrieval").joinpath("tuning.toml").read_text(encoding="utf-8")
    return Tuning.model_validate(tomllib.loads(text))
