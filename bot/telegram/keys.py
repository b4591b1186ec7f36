"""Secrets of this bot that nobody has to think of: made once, kept in the home folder, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from filelock import FileLock

_BYTES = 32
_HASH_BYTES = 6
_ANSWER_BYTES = 12


def kept_secret(home: Path, name: str) -> str:
    """The secret in this file of the home folder, made at random where there is none. Raises ``OSError``."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / name
    with FileLock(home / f"{name}.lock"):
        known = file.read_text(encoding="ascii").strip() if file.exists() else ""
        if known:
            return known
        made = secrets.token_urlsafe(_BYTES)
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
            out.write(made)
        fresh.replace(file)
        return made


class Pseudonyms:
    """What people are called in logs and beside votes: the same name each time, no way back to them without the key."""

    def __init__(self, key: str) -> None:
        self._key = hashlib.blake2b(key.encode()).digest()

    def of(self, person: int) -> str:
        """The name of a person: 12 hexadecimal digits."""
        return hashlib.blake2b(str(person).encode(), key=self._key, digest_size=_HASH_BYTES).hexdigest()

    def of_answer(self, chat: int, message: int, check: str) -> str:
        """The name of an answer: 24 hexadecimal digits; in a private chat its place would name the person."""
        place = f"{chat}:{message}:{check}".encode()
        return hashlib.blake2b(place, key=self._key, digest_size=_ANSWER_BYTES).hexdigest()
