"""By what it is recognised what a sentence answers, read from ``cues.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from documents.measures import Asks
from documents.models import Frozen

Language = Literal["en", "zh"]


def _compiled(pattern: object) -> object:
    return re.compile(pattern, re.I) if isinstance(pattern, str) else pattern


def _any(patterns: object) -> object:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I) if isinstance(patterns, list) else None


_Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
_Patterns = Annotated[re.Pattern[str], BeforeValidator(_any)]


class Numbers(Frozen):
    """Lengths in characters, words or sentences; ``cues.toml`` says of what."""

    longest_clause_en: int
    longest_clause_zh: int
    shortest_clause_en: int
    shortest_clause_zh: int
    longest_topic_en: int
    longest_topic_zh: int
    longest_rest: int
    longest_verb: int
    most_evidence: int
    most_entries: int


class Usual(Frozen):
    """What is asked of whatever can be applied for, and by what such a matter is known."""

    asks: tuple[Asks, ...]
    signs: frozenset[Asks]


class Cue(Frozen):
    """What shows that a sentence answers something, and how its question is made.

    ``find`` may have a group ``value``, the words that answer, and a group ``topic``, what is asked about.
    """

    asks: Asks
    form: Literal["about", "in place", "inverted"]
    find: _Pattern
    word: str = ""
    cell: str = ""
    about: _Pattern | None = None
    alone: bool = False

    def asks_by_topic(self, sentence: str) -> bool:
        """Whether a question that names nothing but the topic is answered by this sentence."""
        return self.form == "about" or (self.about is not None and bool(self.about.search(sentence)))


class LanguageCues(Frozen):
    """The cues of one language."""

    aspects: _Patterns
    title_inner: _Pattern
    title_head: _Pattern
    title_tail: _Pattern
    topic_tail: _Pattern
    gives: _Pattern
    leans: _Pattern
    handed: _Pattern
    opening: _Pattern
    clause: _Pattern
    no_referral: _Patterns
    hands_over: _Patterns
    to_be_made: _Patterns
    table: _Pattern
    leads_list: _Pattern
    matters: dict[Asks, _Pattern]
    cue: tuple[Cue, ...]


class English(Frozen):
    """Words by which an English sentence is turned round."""

    inverts: frozenset[str]
    bare: frozenset[str]
    dangling: frozenset[str]
    goes_on: frozenset[str]
    no_subject: frozenset[str]


class Cues(Frozen):
    """All of ``cues.toml``."""

    numbers: Numbers
    cells: dict[Asks, str]
    usual: Usual
    en: LanguageCues
    zh: LanguageCues
    english: English

    def of(self, language: Language) -> LanguageCues:
        """Those of a language."""
        return self.zh if language == "zh" else self.en


@cache
def shipped_cues() -> Cues:
    """The cues that ship."""
    text = resources.files("bot.drafting").joinpath("cues.toml").read_text(encoding="utf-8")
    fields: dict[str, Any] = tomllib.loads(text)
    return Cues.model_validate(fields)
