"""When to look whether something has changed: when somebody asks, not too often, and never at an asker's cost."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from bot.pace import Pace

log = logging.getLogger(__name__)


class _Look:
    """One look that is under way."""

    def __init__(self, started: float) -> None:
        self.started, self.over = started, threading.Event()


class Looking:
    """Runs ``look`` in a thread of its own, one at a time, at the pace it is given. Safe for several threads.

    A look that fails is told in one line of the log, once for each reason, and made again later, after longer and
    longer pauses.
    """

    def __init__(self, look: Callable[[], None], pace: Pace) -> None:
        self._look, self._pace = look, pace
        self._lock = threading.Lock()
        self._running: _Look | None = None
        self._pause = pace.look_seconds
        self._due = time.monotonic() + self._pause
        self._told = ""
        self._closed = False

    def fresh(self) -> None:
        """Return once a look that is due is over, or has taken as long as anybody waits for one. Never raises."""
        now = time.monotonic()
        with self._lock:
            if self._running is None and now >= self._due and not self._closed:
                self._running = self._begun(now)
            running = self._running
        if running is not None:
            # From its beginning, not from now: where a look hangs, only the first question waits for it.
            running.over.wait(max(0.0, running.started + self._pace.wait_seconds - now))

    def close(self) -> None:
        """Look no more; waits a little for a look that is under way, which may be in the middle of native code."""
        with self._lock:
            self._closed = True
            running = self._running
        if running is not None:
            running.over.wait(self._pace.wait_seconds)

    def _begun(self, now: float) -> _Look | None:
        look = _Look(now)
        try:
            # A daemon, as one that waits for a lock or a server must not keep the process from ending.
            threading.Thread(target=self._run, args=(look,), name="look", daemon=True).start()
        except RuntimeError as error:  # no thread can be had
            self._failed(error)
            return None
        return look

    def _run(self, look: _Look) -> None:
        try:
            self._look()
        except BaseException as error:  # panics of native code included: the next look must come
            with self._lock:
                self._failed(error)
        else:
            with self._lock:
                self._told, self._pause = "", self._pace.look_seconds
                self._due = time.monotonic() + self._pause
        finally:
            with self._lock:
                self._running = None
            look.over.set()

    def _failed(self, error: BaseException) -> None:
        self._pause = min(2 * self._pause, self._pace.longest_pause_seconds)
        self._due = time.monotonic() + self._pause
        reason = " ".join(str(error).split()) or type(error).__name__
        if reason != self._told and not self._closed:
            log.warning("answers come from the library as it was when last opened, until this is over: %s", reason)
        self._told = reason
