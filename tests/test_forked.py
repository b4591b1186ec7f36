"""Processes that are forked behave as those that are started: streams, words, environment, folder, status, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from forked import Popen

SAYS = """
import os, sys
print(sys.argv, os.environ.get("GIVEN"), os.getcwd(), sys.stdin.read(), __name__, flush=True)
print("complains", file=sys.stderr)
sys.exit(3)
"""
PIPE = subprocess.PIPE


@pytest.mark.parametrize("kind", ["-c", "file", "env"])
def test_it_has_what_it_was_given_and_says_how_it_ended(kind: str, tmp_path: Path) -> None:
    """As the same command does that ``subprocess`` starts."""
    file = tmp_path / "says.py"
    file.write_text(SAYS, encoding="utf-8")
    words = [sys.executable, *(["-c", SAYS] if kind == "-c" else [str(file)]), "a", "\udcff b"]
    command, env = (["env", "GIVEN=x", *words], None) if kind == "env" else (words, {**os.environ, "GIVEN": "x"})
    ended = []
    for how in (subprocess.Popen, Popen):
        process = how(command, env=env, cwd=tmp_path, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        ended.append((*process.communicate("银行".encode(), timeout=60), process.returncode))
    assert ended[0] == ended[1]
    assert ended[0][2] == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signals_reach_it(number: signal.Signals) -> None:
    command = [sys.executable, "-c", "import time; print(flush=True); time.sleep(600)"]
    process = Popen(command, stdout=PIPE, stderr=PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.05)
    process.send_signal(number)
    assert process.wait(60) == -number
    process.communicate()
    assert process.poll() == -number


def test_many_at_once_are_told_apart() -> None:
    processes = [Popen([sys.executable, "-c", f"raise SystemExit({code})"]) for code in range(8)]
    assert [process.wait(60) for process in processes] == list(range(8))
    assert len({process.pid for process in processes}) == 8


def test_what_the_libraries_are_is_there_at_once_and_another_command_is_started_as_ever() -> None:
    forked = Popen([sys.executable, "-c", "import sys; print('chromadb' in sys.modules)"], stdout=PIPE)
    started = Popen([sys.executable, "-X", "utf8", "-c", "import sys; print('chromadb' in sys.modules)"], stdout=PIPE)
    assert [process.communicate(timeout=60)[0].strip() for process in (forked, started)] == [b"True", b"False"]


def test_one_that_nobody_waits_for_disturbs_no_other() -> None:
    left = Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    pid = left.pid
    del left
    try:
        for how in (Popen, subprocess.Popen):
            assert how([sys.executable, "-c", "raise SystemExit(4)"]).wait(60) == 4
    finally:
        os.kill(pid, signal.SIGKILL)
