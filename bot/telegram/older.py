"""What an older version kept in files of the home folder, taken over into the store."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from bot.store import Store

log = logging.getLogger(__name__)

_LANGUAGES_FILE = "telegram-languages.json"
_KNOWN = ("en", "zh")


def take_over(home: Path, store: Store) -> None:
    """Take the languages users chose, and remove their file; a choice made since goes before. Raises ``StoreError``."""
    file = home / _LANGUAGES_FILE
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        chosen = {int(user): language for user, language in kept.items() if language in _KNOWN}
    except FileNotFoundError:
        return
    except (OSError, ValueError, AttributeError, TypeError) as error:
        log.error("%s cannot be read and is left as it is (%s)", file.name, type(error).__name__)
        return
    for user, language in chosen.items():
        if store.language(user) is None:
            store.set_language(user, language)
    file.unlink(missing_ok=True)
    log.info("languages taken over from %s: %s", file.name, len(chosen))
