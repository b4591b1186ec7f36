"""Where an index is kept: in a folder, or, but for its arrays, on a Chroma server."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from documents.errors import DeskError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from chromadb.api.client import Client

CHROMA, ARRAYS = "chroma", "spaces.npz"
"""Where in an index folder the database is, and the arrays that questions are prepared with."""
_PORTS = {"http": 80, "https": 443}


class ChromaServerError(DeskError, RuntimeError):
    """The Chroma server cannot be used; the message says which and what to do."""


@dataclass(frozen=True)
class Place:
    """A folder, and the Chroma server that holds its collections where there is one.

    On a server collections are named after ``key``, so that several libraries can share it.
    """

    folder: Path
    url: str | None = None
    key: str = ""

    def collection(self, name: str) -> str:
        """The name of a collection of this index."""
        return f"circular-{self.key}-{name}" if self.url else name

    def client(self) -> Client:
        """A client of the database. It sends no telemetry; raises ``ChromaServerError``."""
        import chromadb
        from chromadb.config import Settings

        quiet = Settings(anonymized_telemetry=False)
        if self.url is None:
            return cast("Client", chromadb.PersistentClient(path=str(self.folder / CHROMA), settings=quiet))
        parts = urlsplit(self.url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ChromaServerError(f"CIRCULAR_CHROMA_URL={self.url}: must be such as http://localhost:8000")
        try:
            return cast(
                "Client",
                chromadb.HttpClient(
                    host=parts.hostname,
                    port=parts.port or _PORTS[parts.scheme],
                    ssl=parts.scheme == "https",
                    settings=quiet,
                ),
            )
        except Exception as error:  # of the HTTP library and of Chroma, each their own
            raise self._absent(error) from None

    @contextmanager
    def reached(self) -> Iterator[None]:
        """While the database is used: a server that has gone away is a ``ChromaServerError``, not a damaged index."""
        try:
            yield
        except Exception as error:
            if self.url is None or not _of_connection(error):
                raise
            raise self._absent(error) from None

    @contextmanager
    def held(self) -> Iterator[None]:
        """While it is read, in whatever process: it is not removed meanwhile.

        Raises ``OSError`` where it is not there, or is being removed at this moment.
        """
        with _claimed(self.folder, alone=False):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While nobody reads it; raises ``OSError`` where somebody does, or where that cannot be told."""
        with _claimed(self.folder, alone=True):
            yield

    def _absent(self, error: Exception) -> ChromaServerError:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        return ChromaServerError(
            f"{self.url}: no Chroma server answers there ({reason}); start one, or unset CIRCULAR_CHROMA_URL"
        )


@contextmanager
def _claimed(folder: Path, *, alone: bool) -> Iterator[None]:
    """A lock on the folder itself, which needs no file to be written and ends with the process that has it."""
    if sys.platform == "win32":
        # There a folder in which a file is open cannot be renamed, which is how a removal begins.
        yield
    else:
        opened = os.open(folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(opened, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError:
                raise
            except OSError:  # a file system without such locks: nothing there is ever removed, so all can be read
                if alone:
                    raise
            yield
        finally:
            os.close(opened)


def _of_connection(error: Exception) -> bool:
    import httpx  # what Chroma's client speaks with

    return isinstance(error, (httpx.TransportError, ConnectionError))
