"""Writers of one process go one at a time, and what is urgent goes before what waits."""

from __future__ import annotations

import threading
import time

from bot.store.gate import Gate


def test_writers_go_one_at_a_time_and_the_urgent_ones_first() -> None:
    gate, went, within = Gate(), list[str](), list[int]()

    def write(name: str) -> None:
        with gate.passed(urgent=name.startswith("urgent")):
            within.append(1)
            assert len(within) == 1
            went.append(name)
            time.sleep(0.01)
            within.pop()

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c", "urgent 1", "urgent 2")]
    with gate.passed(urgent=False):
        for thread in threads:
            thread.start()
        while sum(thread.is_alive() for thread in threads) < 5 or gate._urgent < 2:
            time.sleep(0.005)
    for thread in threads:
        thread.join(5)
    assert sorted(went[:2]) == ["urgent 1", "urgent 2"]
    assert sorted(went[2:]) == ["a", "b", "c"]


def test_a_writer_that_fails_lets_the_next_one_go_on() -> None:
    gate = Gate()
    try:
        with gate.passed(urgent=True):
            raise ValueError("it fails")
    except ValueError:
        pass
    with gate.passed(urgent=False):
        pass
