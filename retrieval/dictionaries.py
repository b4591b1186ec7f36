"""The dictionary there is: the glossary, and CC-CEDICT where it is installed; made once, then kept in the home folder.

Making it takes half a second, reading it back a hundredth. The file is derived and disposable: it is named after what
it was made from and begins with a digest of the rest.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from retrieval.cedict import cedict_file, read_cedict
from retrieval.dictionary import Dictionary
from retrieval.glossary import glossary, source

_FORMAT = b"1"
_DIGEST_BYTES = 32
_NAME = "dictionary-"
_MAKING_SECONDS = 60


def made() -> Dictionary:
    """The dictionary, made from its sources."""
    path = cedict_file()
    senses: dict[str, str] = {}
    sounds: dict[str, str] = {}
    folded: dict[str, str] = {}
    if path is not None:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            senses, sounds, folded = read_cedict(lines)
    for word, meaning in glossary().items():
        senses[word] = f"{senses[word]}/{meaning}" if word in senses else meaning
    return Dictionary(senses, sounds, folded)


@cache
def dictionary(home: Path | None = None) -> Dictionary:
    """The dictionary, once a process; read from a home folder where it is kept there, else made and kept."""
    if home is None:
        return made()
    path = home / f"{_NAME}{_sources()}"
    found = _read(path)
    if found is None:
        # Made in a process of its own: the fifty megabytes it takes for a moment would stay with this one.
        with suppress(OSError, subprocess.TimeoutExpired):
            command = [sys.executable, "-m", __name__, str(path)]
            subprocess.run(command, capture_output=True, timeout=_MAKING_SECONDS, check=False)
        found = _read(path)
    return found or made()


def _read(path: Path) -> Dictionary | None:
    with suppress(OSError, RuntimeError):
        held = path.read_bytes()
        if hashlib.sha256(held[_DIGEST_BYTES:]).digest() == held[:_DIGEST_BYTES]:
            return Dictionary.from_bytes(held[_DIGEST_BYTES:])
    return None


def _sources() -> str:
    path = cedict_file()
    digest = hashlib.sha256(_FORMAT + source())
    if path is not None:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _keep(path: Path, held: bytes) -> None:
    # Under a name of its own first, so that no other process reads half a file.
    work = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        work.write_bytes(hashlib.sha256(held).digest() + held)
        work.replace(path)
    finally:
        work.unlink(missing_ok=True)
    for old in path.parent.glob(f"{_NAME}*"):
        if old != path:
            with suppress(OSError):
                old.unlink()


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), made().to_bytes())
