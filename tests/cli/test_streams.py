"""Pipes, terminals and encodings: what needs a process of its own."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import Here, Process
from .running import BANK, COMMAND, CORPUS_ID, ended, environment, started

pytestmark = pytest.mark.slow

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\]8;.*?\x1b\\")
"""A colour, or the beginning or end of a link."""


class Terminal:
    """The user's side of a pseudo terminal."""

    def __init__(self, arguments: list[str], home: Path, folder: Path) -> None:
        self._side, theirs = pty.openpty()
        env = environment(home, TERM="xterm-256color", COLUMNS="400")
        env.pop("NO_COLOR", None)
        self.process = started(arguments, env, folder, theirs)
        os.close(theirs)
        self.shown = ""

    @property
    def words(self) -> str:
        """What was shown, without colours."""
        return ESCAPE.sub("", self.shown).replace("\r\n", "\n")

    def read(self, until: str = "\0", seconds: float = 120) -> None:
        """Read until new words end in these, or the process has ended."""
        last, seen = time.monotonic() + seconds, len(self.words)
        while not self.words[seen:].endswith(until):
            assert time.monotonic() < last, self.words
            ready, _, _ = select.select([self._side], [], [], 0.1)
            if ready:
                try:
                    part = os.read(self._side, 65536)
                except OSError:  # Linux says so when the other side is closed
                    break
                self.shown += part.decode("utf-8", "replace")
            elif self.process.poll() is not None:
                break

    def type(self, typed: bytes) -> None:
        os.write(self._side, typed)

    def ended(self) -> int:
        """The status of the process, after everything it has shown."""
        self.read()
        os.close(self._side)
        return self.process.wait(60)


def test_a_row_is_answered_before_the_next_is_read_and_an_interrupt_is_quiet(home: Path, tmp_path: Path) -> None:
    process = started(["ask", "--batch", "-"], environment(home), tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None
    for number in (1, 2):
        process.stdin.write(json.dumps({"id": number, "question": BANK}).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], 120)
        assert ready, "the row was not answered while the pipe was open"
        assert json.loads(process.stdout.readline())["id"] == number
    process.send_signal(signal.SIGINT)
    ran = ended(process)
    assert ran.code == 130
    assert ran.err == ""


def test_after_a_kill_the_next_call_works(home: Path, tmp_path: Path, process: Process) -> None:
    killed = started(["ask", "--batch", "-"], environment(home), tmp_path)
    time.sleep(1.0)
    killed.kill()
    killed.communicate()
    ran = process("ask", BANK)
    assert ran.code == 0
    assert ran.out.startswith("✓ answered")
    assert ran.err == ""
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("arguments", [["docs", "show", CORPUS_ID], ["docs", "list", "--json"]])
def test_a_reader_that_has_left_is_no_failure(home: Path, tmp_path: Path, arguments: list[str]) -> None:
    process = started(arguments, environment(home), tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    ran_err = process.stderr
    assert ran_err is not None
    assert ran_err.read() == b""
    assert process.wait(120) == 0
    for stream in (process.stdin, ran_err):
        assert stream is not None
        stream.close()


def test_a_batch_whose_reader_has_left_ends_quietly(home: Path, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"question": BANK}) + "\n" for _ in range(200))
    (tmp_path / "q.jsonl").write_text(rows, encoding="utf-8")
    env = environment(home)
    shell = ["bash", "-o", "pipefail", "-c", f'"{COMMAND[0]}" ask --batch q.jsonl | head -1']
    ran = subprocess.run(shell, env=env, cwd=tmp_path, capture_output=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["status"] == "answered"


def test_an_ascii_terminal_gets_utf_8(process: Process) -> None:
    ran = process("ask", "你好", PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert "您好" in ran.out
    assert ran.err == ""


def test_what_an_encoding_cannot_show_is_escaped(circular: Here) -> None:
    ran = circular("ask", "你好", encoding="latin-1")
    assert (ran.code, ran.err) == (0, "")
    assert r"\u60a8\u597d" in ran.out
    ran = circular("docs", "show", CORPUS_ID, "-p", "7", encoding="cp1252")
    assert (ran.code, ran.err) == (0, "")
    assert "¶7" in ran.out


@pytest.mark.parametrize("arguments", [["docs", "list"], ["docs", "show", CORPUS_ID, "-p", "3"]])
def test_without_a_terminal_there_are_no_escape_codes(circular: Here, arguments: list[str]) -> None:
    assert "\x1b" not in circular(*arguments).out


def test_a_terminal_gets_colours_and_the_same_words(home: Path, tmp_path: Path, circular: Here) -> None:
    terminal = Terminal(["docs", "list"], home, tmp_path)
    assert terminal.ended() == 0
    assert ESCAPE.search(terminal.shown)
    shown = [line.rstrip() for line in terminal.words.splitlines()]
    assert shown == circular("docs", "list").out.splitlines()


def test_a_conversation_in_a_terminal_prompts_and_ends_at_end_of_file(home: Path, tmp_path: Path) -> None:
    terminal = Terminal(["chat"], home, tmp_path)
    terminal.read("\n? ")
    terminal.type(b"hello\n")
    terminal.read("\n? ")
    assert "Hello! I answer questions" in terminal.words
    terminal.type(b"\x04")
    assert terminal.ended() == 0
    assert terminal.words.rstrip().endswith("Goodbye.")
    assert ESCAPE.search(terminal.shown)
