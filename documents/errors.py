"""The kind of error that a user can mend."""

from __future__ import annotations


class DeskError(Exception):
    """Something outside of the program is wrong; the message says in one line what, and what to do about it.

    Every package raises its own kinds of it. A channel shows the line and nothing else.
    """


class ReadingError(DeskError):
    """A file cannot be read as a document."""
