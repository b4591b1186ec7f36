"""Vectors computed before, by their text: what is written anew need not be computed anew.

One SQLite file in the home folder, derived and disposable. It holds vectors of documents and known questions, never of
what askers type, and each under a digest of its text and model, so it cannot be stale.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from retrieval.embedding.embedder import PASSAGE, QUERY, Embedder
from retrieval.embedding.shipped import digest_of
from retrieval.embedding.weights import Floats

FILE = "vectors.sqlite"
_WAIT_SECONDS = 30


class CachedVectors:
    """An embedder that looks a text up in a file before it computes, and remembers what it computed.

    Without the file, or where it cannot be used, it computes.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder, self._path = embedder, path

    @property
    def key(self) -> str:
        return self._embedder.key

    @property
    def languages(self) -> tuple[str, ...]:
        return self._embedder.languages

    def questions(self, texts: Sequence[str]) -> Floats:
        return self._get(QUERY, texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        return self._get(PASSAGE, texts)

    def _get(self, prefix: str, texts: Sequence[str]) -> Floats:
        digests = [digest_of(f"{self.key}\x1f{prefix}", text) for text in texts]
        held = self._read(digests)
        missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in held}
        if missing:
            compute = self._embedder.questions if prefix == QUERY else self._embedder.passages
            # Rounded as they are kept: the same text has the same vector, found or computed.
            computed = compute(list(missing.values())).astype(np.float16)
            new = dict(zip(missing, computed, strict=True))
            self._write(new)
            held |= new
        return np.stack([held[digest] for digest in digests]).astype(np.float32)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        return connection

    def _read(self, digests: Sequence[bytes]) -> dict[bytes, Floats]:
        found: dict[bytes, Floats] = {}
        try:
            with closing(self._open()) as connection:
                for digest in digests:
                    row = connection.execute("SELECT vector FROM vectors WHERE digest = ?", (digest,)).fetchone()
                    if row is not None:
                        found[digest] = np.frombuffer(row[0], dtype=np.float16)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):  # not a database, or a damaged one
                with suppress(OSError):
                    self._path.unlink()
            return {}
        return found

    def _write(self, vectors: dict[bytes, Floats]) -> None:
        with suppress(sqlite3.DatabaseError), closing(self._open()) as connection, connection:
            rows = [(digest, vector.tobytes()) for digest, vector in vectors.items()]
            connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
