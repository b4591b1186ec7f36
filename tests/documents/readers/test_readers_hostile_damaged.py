"""A small share of the benchmark of damaged files: each is read or refused with one line, whatever its damage."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks import damaged
from benchmarks.damaged import HARMS, SAMPLES, Outcome, Sample, Worker, in_child, in_worker

FILES = 20


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_damaged_files_of_every_kind(sample: Sample) -> None:
    result = in_worker(sample, FILES)
    assert result.wrong == ()
    assert result.outcomes["read"] + result.outcomes["refused"] == FILES
    assert result.outcomes["read"], "some damage is read over"
    assert result.outcomes["refused"], "some damage is not"


def test_damaged_files_in_a_process_of_their_own() -> None:
    """The way the desk reads them; not PDFs here, whose pages text recognition would look at for minutes."""
    for sample in SAMPLES[2:]:
        assert in_child(sample, range(2)).wrong == ()


def test_the_damage_is_the_same_on_every_run_and_does_something() -> None:
    sample = SAMPLES[-1]
    data = sample.make()
    for number in range(2 * len(HARMS)):
        harmed = damaged.damaged(sample, data, number)
        assert harmed == damaged.damaged(sample, data, number)
    assert sum(damaged.damaged(sample, data, number) != data for number in range(60)) > 55


def test_what_breaks_the_worker_is_counted_and_the_next_file_is_read() -> None:
    """A worker whose process is killed, and one that is too slow."""
    worker = Worker()
    try:
        worker._process.kill()
        worker._process.join()
        assert worker.read(Path("a.txt"), b"text").what == "crash"
        assert worker.read(Path("a.txt"), b"text") == Outcome("read")
        worker._limit = 0.0
        assert worker.read(Path("a.txt"), b"one paragraph of many\n\n" * 200_000).what == "hang"
        worker._limit = 30.0
        began = time.monotonic()
        assert worker.read(Path("a.txt"), b"text") == Outcome("read")
        assert time.monotonic() - began < 30
    finally:
        worker.stop()
