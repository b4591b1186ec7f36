"""What a reader tells while it is at work: how much time it needs, and how far it is."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Whoever waits for a reader."""

    def needs(self, seconds: float) -> None:
        """The reader has found work that takes up to this many seconds more."""

    def at(self, page: int, of: int) -> None:
        """The reader is about to begin the ``page``-th of so many slow pages."""


class Unwatched:
    """Nobody waits."""

    def needs(self, seconds: float) -> None:
        """Nothing is done."""

    def at(self, page: int, of: int) -> None:
        """Nothing is done."""
