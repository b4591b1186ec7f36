"""What is remembered of a user beyond a conversation: the language they chose."""

from __future__ import annotations

from typing import Protocol

from bot.telegram.callback import Language


class Preferences(Protocol):
    """Keeps the language each user chose; ``Memory`` does. Safe for threads; never raises."""

    def language(self, user: int) -> Language | None:
        """The language this user chose, if any."""

    def set_language(self, user: int, language: Language | None) -> None:
        """Keep it; ``None`` removes it."""
