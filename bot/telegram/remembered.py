"""What is remembered of a user beyond a conversation: the language they chose.

``Preferences`` is all the bot asks of whatever keeps it. ``PreferencesFile`` keeps it in a file of the home folder,
which is enough for the one process that polls a token.
"""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import Protocol

from bot.telegram.callback import Language

log = logging.getLogger(__name__)

FILE = "telegram-languages.json"


class Preferences(Protocol):
    """Keeps the language each user chose. Safe for threads; may block for a moment, and never raises."""

    def language(self, user: int) -> Language | None:
        """The language this user chose, if any."""

    def set_language(self, user: int, language: Language | None) -> None:
        """Keep it; ``None`` removes it."""


class PreferencesFile:
    """A JSON object of user ids and languages, read once and written whole on every change."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._lock = threading.Lock()
        self._languages: dict[int, Language] | None = None

    def language(self, user: int) -> Language | None:
        """The language this user chose, if any."""
        with self._lock:
            return self._read().get(user)

    def set_language(self, user: int, language: Language | None) -> None:
        """Keep it; ``None`` removes it. Where the file cannot be written, it holds until the process ends."""
        with self._lock:
            languages = self._read()
            if languages.get(user) == language:
                return
            if language is None:
                del languages[user]
            else:
                languages[user] = language
            try:
                self._write(languages)
            except OSError as error:
                log.error("a chosen language could not be written: %s", error)

    def forget(self, user: int, chat: int) -> None:
        """Remove the language of this user."""
        self.set_language(user, None)

    def _read(self) -> dict[int, Language]:
        if self._languages is None:
            self._languages = {}
            try:
                kept = json.loads(self._path.read_text(encoding="utf-8"))
                self._languages = {int(user): _known(name) for user, name in kept.items()}
            except FileNotFoundError:
                pass
            except (OSError, ValueError, AttributeError) as error:
                log.error("the chosen languages cannot be read and are chosen anew: %s", error)
        return self._languages

    def _write(self, languages: dict[int, Language]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_name(f".{FILE}.new")
        new.touch(mode=0o600)  # other users of the machine have no business with it
        new.write_text(json.dumps({str(user): language for user, language in languages.items()}), encoding="utf-8")
        new.replace(self._path)


def _known(name: object) -> Language:
    if name == "en" or name == "zh":
        return name
    raise ValueError(f"{name!r} is no language of the desk")
