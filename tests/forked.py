"""Test equipment: Python processes that begin with the libraries of the desk already read.

``Popen`` is that of ``subprocess``, for the commands of these tests: a process of its own, with streams, environment,
folder and signals of its own, but forked from one that has imported what takes seconds to import. Any other command,
and a Python whose environment says how its streams are to be encoded, is started as ever. That a start from nothing
works too is what the tests of whole processes prove that use ``subprocess`` itself.
"""

from __future__ import annotations

import atexit
import inspect
import json
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("forked_template.py")
SCRIPTS = tuple(str(Path(sys.executable).with_name(name)) for name in ("circular", "chroma"))
NUMBER = struct.Struct("i")
_AS_IT_STARTS = ("PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL")
"""What Python reads once, before anything is run."""
_INHERITED = {name: os.environ.get(name) for name in _AS_IT_STARTS}


def _runs(command: Sequence[str], env: Mapping[str, str]) -> tuple[list[str], dict[str, str]] | None:
    """Words and environment of the Python program this command runs; ``None`` where it is no such command."""
    words, env = list(command), dict(env)
    if words[0] == "env":
        del words[0]
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            env[name] = value
    if any(env.get(name) != value for name, value in _INHERITED.items()):
        return None
    if words[0] in SCRIPTS:
        return ["script", *words], env
    if words[0] == sys.executable and len(words) > 1:
        if words[1] in ("-m", "-c") and len(words) > 2:
            return [words[1], *words[2:]], env
        if not words[1].startswith("-"):
            return ["script", *words[1:]], env
    return None


class _Template:
    """The process others are forked from, as long as this one runs."""

    def __init__(self) -> None:
        self._asks, theirs = socket.socketpair()
        command = [sys.executable, str(TEMPLATE), str(theirs.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        atexit.register(self._end)

    def _end(self) -> None:
        self._asks.close()
        self._process.wait()

    def fork(self, asked: bytes, streams: Sequence[int]) -> socket.socket:
        """Begin a process; what comes back tells its number, and later how it has ended."""
        tells, theirs = socket.socketpair()
        socket.send_fds(self._asks, [NUMBER.pack(len(asked))], [*streams, theirs.fileno()])
        self._asks.sendall(asked)
        theirs.close()
        return tells


_templates: list[_Template] = []


def _template() -> _Template:
    if not _templates:
        _templates.append(_Template())
    return _templates[0]


class Popen(subprocess.Popen):  # type: ignore[type-arg]
    """A process, as ``subprocess`` would have started it."""

    _tells: socket.socket | None = None

    def _execute_child(self, *given: Any) -> None:
        named = inspect.signature(subprocess.Popen._execute_child).bind(self, *given).arguments  # type: ignore[attr-defined]
        env = os.environ if named["env"] is None else named["env"]
        runs = None
        if os.name == "posix" and not named["shell"]:
            words = [named["args"]] if isinstance(named["args"], str | bytes) else named["args"]
            runs = _runs([os.fsdecode(word) for word in words], {os.fsdecode(k): os.fsdecode(env[k]) for k in env})
        if runs is None:
            super()._execute_child(*given)  # type: ignore[misc]
            return
        wanted = [named[name] for name in ("p2cread", "c2pwrite", "errwrite")]
        streams = [own if fd == -1 else fd for own, fd in enumerate(wanted)]
        folder = os.fsdecode(named["cwd"] or Path.cwd())
        self._tells = _template().fork(json.dumps([*runs, folder, named["start_new_session"]]).encode(), streams)
        (self.pid,) = NUMBER.unpack(self._tells.recv(NUMBER.size))
        self._child_created = True
        pipes = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
        self._close_pipe_fds(*(named[name] for name in pipes))  # type: ignore[attr-defined]

    def _try_wait(self, flags: int) -> tuple[int, int]:
        if self._tells is None:
            return super()._try_wait(flags)  # type: ignore[misc,no-any-return]
        try:
            told = self._tells.recv(NUMBER.size, socket.MSG_DONTWAIT if flags == os.WNOHANG else 0)
        except BlockingIOError:
            return 0, 0
        # Nothing is told where the template itself was ended.
        return self.pid, NUMBER.unpack(told)[0] if told else 9

    def _internal_poll(self, *given: Any, **named: Any) -> int | None:
        if self._tells is None:
            return super()._internal_poll(*given, **named)  # type: ignore[misc,no-any-return]
        if self.returncode is None:
            pid, status = self._try_wait(os.WNOHANG)
            if pid:
                self._handle_exitstatus(status)  # type: ignore[attr-defined]
        if self.returncode is not None:
            with suppress(OSError):
                self._tells.close()
        return self.returncode

    def __del__(self, *given: Any, **named: Any) -> None:
        """One that nobody waited for is no child of this process, which would wait for it from then on."""
        if self._tells is None:
            super().__del__(*given, **named)  # type: ignore[misc]
        else:
            self._tells.close()
