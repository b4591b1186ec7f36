"""The numbers the search is tuned with, read from ``tuning.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from documents.models import Frozen


class QuestionTuning(Frozen):
    """How a question's vector is prepared."""

    centring: float
    shrinkage: float
    parts: int
    moving_on: float


class PassageTuning(Frozen):
    """How passages are found and scored."""

    centring: float
    nearest: int


class KnownTuning(Frozen):
    """How known questions are weighed."""

    nearest: int
    looked_at: int
    off_topic: int
    temperature: float
    double: float
    least: int


class FusionTuning(Frozen):
    """How passages and known questions are weighed together."""

    passages: float
    memory_half: float
    memory_slope: float


class ReadingTuning(Frozen):
    """Which documents are read for what they make of a question."""

    documents: int
    least_share: float
    least_paragraphs: int


class Tuning(Frozen):
    """All sections of ``tuning.toml``."""

    resident_limit: int
    question: QuestionTuning
    passages: PassageTuning
    known: KnownTuning
    fusion: FusionTuning
    reading: ReadingTuning


@cache
def tuning() -> Tuning:
    """The numbers that ship."""
    text = resources.files("retrieval").joinpath("tuning.toml").read_text(encoding="utf-8")
    return Tuning.model_validate(tomllib.loads(text))
