"""Runs ``circular``: in this process, where nothing depends on a process of its own, or in one."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from forked import Popen

from bot.cli import main

COMMAND = [str(Path(sys.executable).with_name("circular"))]
CORPUS_ID = "circular-2006-556"
BANK = "Which bank can lend to our company?"


@dataclass(frozen=True)
class Ran:
    """What came of a run."""

    code: int
    out: str
    err: str

    @property
    def error_line(self) -> str:
        """The one line on standard error of a run that failed as it should."""
        assert self.code == 1, self
        assert self.err.startswith("circular: "), self
        assert self.err.count("\n") == 1, self
        assert "Traceback" not in self.err
        return self.err.strip()


def run_here(arguments: Sequence[str], stdin: bytes = b"", encoding: str = "utf-8") -> Ran:
    """Run the entry point in this process, with streams of bytes as a process has them."""
    said, complained = io.BytesIO(), io.BytesIO()
    out, err = io.TextIOWrapper(said, encoding=encoding), io.TextIOWrapper(complained, encoding=encoding)
    typed = io.TextIOWrapper(io.BytesIO(stdin), encoding=encoding)
    code: object = 0
    with ExitStack() as stack:
        stack.enter_context(patch.object(sys, "argv", ["circular", *arguments]))
        stack.enter_context(patch.object(sys, "stdin", typed))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        finally:
            # A command may leave the collector as suits a process that ends with it.
            gc.unfreeze()
            gc.enable()
    assert isinstance(code, int)
    for stream in (out, err):
        stream.flush()
    return Ran(code, said.getvalue().decode(out.encoding), complained.getvalue().decode(err.encoding))


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process, with no setting of the desk or of Python's streams but these."""
    ours = ("CIRCULAR_", "TELEGRAM_", "PYTHONIO", "PYTHONUNBUF")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**inherited, "CIRCULAR_HOME": str(home), "COLUMNS": "80", **more}


def started(
    arguments: Sequence[str | bytes], env: Mapping[str, str], folder: Path, terminal: int | None = None
) -> subprocess.Popen[bytes]:
    """A process of its own; its streams are pipes, or all three the terminal."""
    stream = subprocess.PIPE if terminal is None else terminal
    words: list[str | bytes] = [*COMMAND, *arguments]
    # On a terminal from nothing: its line editor goes by what it finds when it is read.
    how = Popen if terminal is None else subprocess.Popen
    return how(words, env=env, cwd=folder, stdin=stream, stdout=stream, stderr=stream)


def ended(process: subprocess.Popen[bytes], stdin: bytes = b"", seconds: float = 120) -> Ran:
    """Wait for a process of ``started`` and collect what it said."""
    try:
        out, err = process.communicate(stdin, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Ran(process.returncode, out.decode("utf-8", "surrogateescape"), err.decode("utf-8", "surrogateescape"))
