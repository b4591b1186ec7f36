"""When a desk looks for a changed library: not too often, one look at a time, and never at an asker's cost."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bot.looking import Looking
from bot.pace import Pace, shipped_pace

PACE = Pace(look_seconds=0.05, wait_seconds=5, longest_pause_seconds=0.2)


class Counted:
    """What is done at each look, counted."""

    def __init__(self) -> None:
        self.looks = 0
        self.at_once = 0
        self.fails: BaseException | None = None
        self.waits = threading.Event()
        self.waits.set()

    def look(self) -> None:
        self.looks += 1
        self.at_once += 1
        assert self.at_once == 1
        try:
            self.waits.wait(10)
            if self.fails is not None:
                raise self.fails
        finally:
            self.at_once -= 1


@contextmanager
def looking(counted: Counted, pace: Pace = PACE) -> Iterator[Looking]:
    made = Looking(counted.look, pace)
    try:
        yield made
    finally:
        counted.waits.set()
        made.close()


def test_the_pace_that_ships_keeps_what_is_promised() -> None:
    assert shipped_pace().look_seconds <= 2
    assert shipped_pace().wait_seconds < 10


def test_it_looks_when_a_look_is_due_and_is_asked_for_and_is_over_when_it_returns() -> None:
    counted = Counted()
    with looking(counted) as it:
        it.fresh()
        assert counted.looks == 0, "what has just been opened is looked at"
        for wanted in (1, 2, 3):
            time.sleep(0.06)
            assert counted.looks == wanted - 1, "looks though nobody asks"
            for _ in range(3):
                it.fresh()
            assert counted.looks == wanted


def test_many_at_once_wait_for_one_look() -> None:
    counted = Counted()
    with looking(counted) as it, ThreadPoolExecutor(8) as pool:
        time.sleep(0.06)
        counted.waits.clear()
        waiting = [pool.submit(it.fresh) for _ in range(8)]
        time.sleep(0.1)
        assert not any(each.done() for each in waiting)
        counted.waits.set()
        for each in waiting:
            each.result(5)
        assert counted.looks == 1


def test_a_look_that_hangs_is_waited_for_once() -> None:
    counted = Counted()
    with looking(counted, PACE.model_copy(update={"wait_seconds": 0.2})) as it:
        time.sleep(0.06)
        counted.waits.clear()
        began = time.monotonic()
        it.fresh()
        assert 0.15 < time.monotonic() - began < 5
        began = time.monotonic()
        for _ in range(20):
            it.fresh()
        assert time.monotonic() - began < 2, "every question waits for it"
        assert counted.looks == 1


@pytest.mark.parametrize("error", [RuntimeError("the server\nis away"), BaseException("a panic")])
def test_a_look_that_fails_is_told_once_and_made_again_after_longer_pauses(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    counted = Counted()
    counted.fails = error
    with caplog.at_level(logging.INFO), looking(counted) as it:
        until = time.monotonic() + 0.8
        while time.monotonic() < until:
            it.fresh()
            time.sleep(0.005)
        # At 0.05 and 0.15, and from then on every 0.2; every 0.05 would be sixteen.
        assert 2 <= counted.looks <= 5
        assert len(caplog.records) == 1
        assert "\n" not in caplog.records[0].getMessage()
        counted.fails = None
        before = counted.looks
        time.sleep(0.21)
        it.fresh()
        time.sleep(0.06)
        it.fresh()
        assert counted.looks == before + 2, "the pause stays long once it is over"
        counted.fails = error
        time.sleep(0.06)
        it.fresh()
        assert len(caplog.records) == 2, "a second failure is not told"


def test_once_closed_it_looks_no_more() -> None:
    counted = Counted()
    with looking(counted) as it:
        pass
    time.sleep(0.06)
    it.fresh()
    assert counted.looks == 0
