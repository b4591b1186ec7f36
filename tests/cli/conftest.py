"""``circular`` on the shared home, in a folder of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import pytest

from .running import Ran, ended, environment, run_here, started


class Here(Protocol):
    """Runs ``circular`` in this process."""

    def __call__(self, *arguments: str, stdin: bytes = b"", encoding: str = "utf-8") -> Ran: ...


class Process(Protocol):
    """Runs ``circular`` as a process."""

    def __call__(self, *arguments: str | bytes, stdin: bytes = b"", **more: str) -> Ran: ...


@pytest.fixture
def circular(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    """``circular`` in this process; settings are set with ``monkeypatch.setenv``."""
    for name in os.environ:
        if name.startswith(("CIRCULAR_", "TELEGRAM_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CIRCULAR_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes = b"", encoding: str = "utf-8") -> Ran:
        return run_here(arguments, stdin, encoding)

    return run


@pytest.fixture
def process(home: Path, tmp_path: Path) -> Process:
    """``circular`` as a process; settings are given by name."""

    def run(*arguments: str | bytes, stdin: bytes = b"", **more: str) -> Ran:
        return ended(started(arguments, environment(home, **more), tmp_path), stdin)

    return run
