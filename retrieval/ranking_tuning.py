"""The numbers passages are ranked with, read from ``ranking.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from documents.models import Frozen


class SubjectTuning(Frozen):
    """What the title of a document says of its paragraphs."""

    named: float
    drowned: float


class SharedTuning(Frozen):
    """What words weigh that a question shares with a paragraph, its document, and the document's title."""

    paragraph: float
    document: float
    title: float


class WordTuning(Frozen):
    """How words are counted."""

    saturation: float
    length: float
    smoothing: float
    rarest: float
    many: int


class RankingTuning(Frozen):
    """All of ``ranking.toml``."""

    near: float
    long: float
    temperature: float
    subject: SubjectTuning
    same: SharedTuning
    across: SharedTuning
    words: WordTuning


@cache
def ranking_tuning() -> RankingTuning:
    """The numbers that ship."""
    text = resources.files("retrieval").joinpath("ranking.toml").read_text(encoding="utf-8")
    return RankingTuning.model_validate(tomllib.loads(text))
