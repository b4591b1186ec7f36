"""The bot as a process before the strict server of the tests, for whoever measures it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.shared import ROOT

# The tests of the bot are no package: one named ``telegram`` would hide the library of that name.
sys.path.insert(0, str(ROOT / "tests"))
sys.path.insert(0, str(ROOT / "tests" / "telegram"))

import conftest
from bot_api_server import BOT, TOKEN, BotApiServer
from conftest import SMALL_DESK, BotProcess
from storm import Outcome, StormServer, storm

conftest.Popen = subprocess.Popen  # type: ignore[attr-defined]  # started as users start it, from nothing

PRODUCT = [sys.executable, "-m", "bot.cli", "bot"]


def resident_mb(pid: int) -> float:
    """Resident memory of a process, in megabytes; not a number where the system does not say."""
    try:
        lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        return int(lines["VmRSS"].split()[0]) / 1024
    except (OSError, KeyError):
        return float("nan")


def processor_seconds(pid: int) -> float:
    """What a process has used of the processors; not a number where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return float("nan")


__all__ = [
    "BOT",
    "PRODUCT",
    "SMALL_DESK",
    "TOKEN",
    "BotApiServer",
    "BotProcess",
    "Outcome",
    "StormServer",
    "processor_seconds",
    "resident_mb",
    "storm",
]
