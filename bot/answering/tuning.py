"""The numbers the answering steps are tuned with, read from ``tuning.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from documents.models import Frozen


class FollowUpTuning(Frozen):
    """Whether a question continues an earlier one. Lengths are in words, of Chinese in pairs of characters."""

    longest: int
    longest_going_on: int
    least_words: int
    longest_history: int


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
    score: float
    elsewhere: float
    least: float


class WhoseTuning(Frozen):
    """Whether a question is about documents that the memory knows, or about others."""

    bias: float
    share: float
    known: float


class ClarifyTuning(Frozen):
    """How many choices are offered where a question fits several measures."""

    most: int


class VoicesTuning(Frozen):
    """How the memory of questions and the reading of documents are weighed together."""

    answered: float
    stated_twice: float
    nearness: float
    reading: float
    doubt: float
    clarify: float


class CitationTuning(Frozen):
    """How many paragraphs are cited, and how much of each is quoted."""

    most: int
    ratio: float
    ratio_elsewhere: float
    most_further: int
    most_items: int
    least_further: float
    most_related: int
    ratio_related: float
    whole_below: int
    sentence_sharpness: float
    sentence_ratio: float
    longest_quote: int
    least_brief: int
    reading: float


class AnsweringTuning(Frozen):
    """All of ``tuning.toml``."""

    longest_question: int
    talk_margin: float
    talk_alone: float
    follow_up: FollowUpTuning
    about: AboutTuning
    whose: WhoseTuning
    alone: AloneTuning
    voices: VoicesTuning
    clarify: ClarifyTuning
    citations: CitationTuning


@cache
def answering_tuning() -> AnsweringTuning:
    """The numbers that ship."""
    text = resources.files("bot.answering").joinpath("tuning.toml").read_text(encoding="utf-8")
    return AnsweringTuning.model_validate(tomllib.loads(text))
