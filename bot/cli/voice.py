"""The voices that can be left out of an evaluation, each by the setting that silences it."""

from __future__ import annotations

from enum import StrEnum


class Voice(StrEnum):
    """A field of ``bot.settings.Settings``."""

    MEMORY = "memory"
    READING = "reading"
