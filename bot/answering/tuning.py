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


class ClarifyTuning(Frozen):
    """How many choices are offered where a question fits several measures."""

    most: int


class VoicesTuning(Frozen):
    """What the model that weighs all voices sees. ``sharp`` and ``blunt`` are temperatures of known questions."""

    sharp: float
    blunt: float
    least: float
    unread: float
    least_unread: float
    elsewhere: float
    left_to_another: float


class CitationTuning(Frozen):
    """How many paragraphs are cited, and how much of each is quoted."""

    most: int
    ratio: float
    counted: int
    single: float
    ratio_single: float
    ratio_elsewhere: float
    most_further: int
    most_found: int
    most_items: int
    least_further: float
    most_related: int
    least_remembered: float
    least_unprepared: float
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
    least_part: float
    least_force: float
    follow_up: FollowUpTuning
    voices: VoicesTuning
    clarify: ClarifyTuning
    citations: CitationTuning


@cache
def answering_tuning() -> AnsweringTuning:
    """The numbers that ship."""
    text = resources.files("bot.answering").joinpath("tuning.toml").read_text(encoding="utf-8")
    return AnsweringTuning.model_validate(tomllib.loads(text))
