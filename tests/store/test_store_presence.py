"""Processes of one home know at once which of them are gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.store.presence import Presence

_STAY = """
import sys, pathlib
from bot.store.presence import Presence
here = Presence(pathlib.Path(sys.argv[1]))
print(here.name, flush=True)
sys.stdin.read()
"""


def test_a_killed_process_is_gone_and_a_living_one_is_not(tmp_path: Path) -> None:
    here = Presence(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _STAY, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        name = other.stdout.readline().strip()
        assert not here.is_gone(name)
        other.kill()
        other.wait()
    assert here.is_gone(name)
    assert not here.is_gone(here.name)
    here.close()
    assert list((tmp_path / "bot-replicas").iterdir()) == []


def test_of_processes_of_other_homes_nothing_is_known(tmp_path: Path) -> None:
    here, elsewhere = Presence(tmp_path / "a"), Presence(tmp_path / "b")
    assert not here.is_gone(elsewhere.name)
    elsewhere.close()
    assert not here.is_gone(elsewhere.name)
    for name in ("", "../x", "0" * 32, "a" * 33):
        assert not here.is_gone(name)
    here.close()
