"""The process of ``forked``: reads the libraries once, and is then forked for every process that is asked for.

    forked_template.py FD

Each request on the socket brings the three streams of the new process and a socket that is told its number and, once it
has ended, its status. It ends with the socket.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import select
import signal
import socket
import struct
import sys
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple

NUMBER = struct.Struct("i")
# Not langchain_chroma: some tests end a process at the moment it imports that. Not onnxruntime, which begins a thread.
LIBRARIES = (
    "numpy",
    "pydantic",
    "sqlalchemy",
    "alembic",
    "sentencepiece",
    "chromadb",
    "langchain_core.vectorstores",
    "typer",
    "rich.console",
    "aiohttp",
    "telegram.ext",
    "prometheus_client",
    "bot.desk",
    "bot.cli.app",
    "bot.telegram.app",
)


class Request(NamedTuple):
    """What to run, and how."""

    words: list[str]
    env: dict[str, str]
    folder: str
    new_session: bool
    fds: list[int]


def received(asks: socket.socket) -> Request | None:
    """The next request; ``None`` at the end."""
    head, fds, _, _ = socket.recv_fds(asks, NUMBER.size, 4)
    if not head:
        return None
    (left,) = NUMBER.unpack(head)
    asked = b""
    while len(asked) < left:
        asked += asks.recv(left - len(asked))
    return Request(*json.loads(asked), list(fds))


def forked(asks: socket.socket) -> Request:
    """Serve requests; returns in each new process, and never in this one."""
    woken, wakes = os.pipe()
    for end in (woken, wakes):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([asks, woken], [], [])
        if woken in ready:
            with suppress(BlockingIOError):
                os.read(woken, 65536)
            with suppress(ChildProcessError):
                while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
                    with suppress(OSError), running.pop(ended[0]) as tells:
                        tells.sendall(NUMBER.pack(ended[1]))
        if asks not in ready:
            continue
        request = received(asks)
        if request is None:
            os._exit(0)
        *streams, told = request.fds
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
            for fd in {*streams, told, woken, wakes} - {0, 1, 2}:
                os.close(fd)
            for other in (asks, *running.values()):
                other.close()
            return request
        for fd in streams:
            os.close(fd)
        running[pid] = socket.socket(fileno=told)
        running[pid].sendall(NUMBER.pack(pid))


def dressed(env: dict[str, str], folder: str, new_session: bool) -> None:
    """Take over environment, folder and streams, as Python does when it starts."""
    if new_session:
        os.setsid()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    unbuffered = bool(env.get("PYTHONUNBUFFERED"))
    for name, fd, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        old = getattr(sys, f"__{name}__")
        stream = open(  # noqa: SIM115
            fd, mode, encoding=old.encoding, errors=old.errors, newline=None if fd == 0 else "\n", closefd=False
        )
        if fd:
            stream.reconfigure(line_buffering=fd == 2 or stream.isatty(), write_through=unbuffered)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def run(words: list[str]) -> None:
    """Run the program."""
    kind, program, *_ = words
    sys.argv[:] = words[1:]
    if kind == "script":
        sys.path[0] = os.path.dirname(program)  # noqa: PTH120
        runpy.run_path(program, run_name="__main__")
    elif kind == "-m":
        sys.path[0] = os.getcwd()  # noqa: PTH109
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    else:
        sys.argv[0], sys.path[0] = "-c", ""
        exec(program, {"__name__": "__main__"})


if __name__ == "__main__":
    control = socket.socket(fileno=int(sys.argv[1]))
    for library in LIBRARIES:
        with suppress(ImportError):
            import_module(library)
    gc.collect()
    gc.freeze()
    job = forked(control)
    del control
    dressed(job.env, job.folder, job.new_session)
    run(job.words)
