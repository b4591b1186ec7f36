"""A command that changes the library is killed with SIGKILL: the next opening has all that was told, once, in an index
that is right.

Real processes, real files; the moments come from a seed. ``python -m benchmarks killed`` kills more often.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from forked import Popen

from benchmarks import killed
from benchmarks.killed import Plan, Prepared, kill, plans, prepared_folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system"),
]


@pytest.fixture(scope="module")
def prepared(home: Path) -> Iterator[Prepared]:
    """A home with the index of the shipped corpus and one added document, copied for each kill."""
    started = SimpleNamespace(Popen=Popen, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(killed, "subprocess", started)
        with prepared_folder(home) as (_, ready):
            yield ready


@pytest.mark.parametrize("plan", plans(6), ids=lambda plan: f"{plan.command}-{plan.stage}-{plan.far:.2f}")
def test_what_a_killed_command_told_is_there_once_and_found(plan: Plan, prepared: Prepared, tmp_path: Path) -> None:
    outcome = kill(prepared, plan, tmp_path / "home")
    assert (outcome.lost, outcome.doubled, outcome.wrong) == ((), (), ()), outcome
