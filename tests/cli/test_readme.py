"""Every command the README shows is run as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .running import environment, run_here

ROOT = Path(__file__).parents[2]
EXEMPT = {
    "bot": "needs a token, and never ends",
    "chat": "never ends while somebody types",
}
"""Commands that are not run, with the reason."""

_FENCE = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
_SHELL = re.compile(r"[|<>;&$`*]")


def commands_of(text: str) -> list[str]:
    """The lines of ``sh`` fences that begin with ``circular``, a line continued with a backslash being one."""
    lines = "\n".join(_FENCE.findall(text)).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.startswith("circular ")]


COMMANDS = commands_of((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with everything of the checkout in it, where what a command writes does no harm."""
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (tmp_path / entry.name).symlink_to(entry)
    return tmp_path


@pytest.mark.parametrize("command", [c for c in COMMANDS if shlex.split(c, comments=True)[1] not in EXEMPT])
def test_a_command_of_the_readme_works(
    command: str, checkout: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = environment(home)
    words = shlex.split(command, comments=True)
    if any(_SHELL.search(word) for word in words):
        env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
        ran = subprocess.run(["bash", "-c", command], cwd=checkout, env=env, capture_output=True, timeout=120)
        assert ran.returncode == 0, ran.stderr.decode()
        return
    for name in set(os.environ) - set(env):
        monkeypatch.delenv(name)
    monkeypatch.setenv("CIRCULAR_HOME", str(home))
    monkeypatch.chdir(checkout)
    here = run_here(words[1:])
    assert here.code == 0, here.err
    assert here.out.strip()


def test_commands_are_found_in_fences_only() -> None:
    text = (
        "circular no\n```sh\ncircular ask 'a  b'   # why\nmake x\ncircular eval \\\n  gold.jsonl\n```\n"
        "```\ncircular no\n```\n"
    )
    assert commands_of(text) == ["circular ask 'a  b'   # why", "circular eval    gold.jsonl"]


def test_only_commands_that_exist_are_exempt() -> None:
    out = run_here(["--help"]).out
    assert all(f" {command} " in out for command in EXEMPT)
