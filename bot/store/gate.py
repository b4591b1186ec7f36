"""Who writes next, among the threads of one process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets one writer through at a time, the urgent ones first.

    SQLite has one writer, and another one waits by looking again after ever longer pauses, up to a tenth of a second.
    Here the next one goes on at once.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._urgent = 0

    @contextmanager
    def passed(self, *, urgent: bool) -> Iterator[None]:
        """Wait until it is free, and keep it. Not to be passed again by who keeps it."""
        with self._changed:
            self._urgent += urgent
            self._changed.wait_for(lambda: not self._taken and (urgent or not self._urgent))
            self._urgent -= urgent
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()
