"""The numbers the answering steps are tuned with, read from ``tuning.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from documents.models import Frozen


class AboutTuning(Frozen):
    """Whether a question is about the documents: a logistic model over what the search found."""

    bias: float
    passage: float
    known: float
    elsewhere: float
    least: float


class AloneTuning(Frozen):
    """The same for documents that the memory holds no questions on."""

    bias: float
    passage: float
    elsewhere: float
    least: float


class CitationTuning(Frozen):
    """How many paragraphs are cited, and how much of each is quoted."""

    most: int
    ratio: float
    most_related: int
    ratio_related: float
    whole_below: int
    sentence_sharpness: float
    sentence_ratio: float
    longest_quote: int


class AnsweringTuning(Frozen):
    """All of ``tuning.toml``."""

    longest_question: int
    longest_follow_up: int
    least_words: int
    longest_history: int
    talk_margin: float
    answered_weight: float
    about: AboutTuning
    alone: AloneTuning
    citations: CitationTuning


@cache
def answering_tuning() -> AnsweringTuning:
    """The numbers that ship."""
    text = resources.files("bot.answering").joinpath("tuning.toml").read_text(encoding="utf-8")
    return AnsweringTuning.model_validate(tomllib.loads(text))
