"""Test equipment: a real PostgreSQL server of its own, that can be stopped, cut off and started again.

A module whose tests need it names this one in ``pytest_plugins``. Where no server program is found they are skipped,
or fail where ``CIRCULAR_TEST_POSTGRES=required`` says that they must run.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Literal

import psycopg
import pytest

REQUIRED = "CIRCULAR_TEST_POSTGRES"
DEBIAN = Path("/usr/lib/postgresql")
_MISSING = (
    "no initdb on PATH or in /usr/lib/postgresql/*/bin; install a PostgreSQL server, such as by "
    "`apt-get install postgresql` or `brew install postgresql`"
)
_STARTING_SECONDS = 60
# Ends the server when told how, and when nobody is left to tell: the pipe it reads from closes with the tests' process,
# however that ends. Then the data goes too.
_KEEPER = """
"$@" >>log 2>&1 </dev/null &
if read -r how; then kill -s "$how" $!; wait $!; else kill -s QUIT $!; wait $!; cd / && rm -rf "$OLDPWD"; fi
"""


def server_programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, the newest that Debian keeps; ``None`` where there is none."""
    found = shutil.which("initdb")
    if found is not None:
        folder = Path(found).resolve().parent
        if (folder / "postgres").exists():
            return folder
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def _other_user() -> dict[str, Any]:
    """Arguments of ``Popen`` by which the server does not run as root, which it refuses."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("the tests run as root, and there is neither a user postgres nor nobody for the server")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class PostgresServer:
    """A server on a port of this machine that believes anybody but ``guarded``. To be closed at the end."""

    owner = "desk"
    """Who owns every database."""
    guarded, password = "guarded", "s3cr3t-w0rd"
    """Who needs a password, and this one."""

    def __init__(self, programs: Path) -> None:
        """Make its data, in a folder that goes away with it."""
        self._programs, self._as, self._names = programs, _other_user(), count(1)
        self._keeper: subprocess.Popen[bytes] | None = None
        # Not below the folder of pytest, which only this user may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="circular-postgres-"))
        self.port = _free_port()
        try:
            if self._as:
                os.chown(self._folder, self._as["user"], self._as["group"])
            words = ["--no-sync", "--encoding=UTF8", "--locale=C", "--auth=trust", f"--username={self.owner}", "data"]
            made = subprocess.run(
                [str(programs / "initdb"), *words],
                cwd=self._folder,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                **self._as,
            )
            assert made.returncode == 0, f"initdb: {made.stdout}{made.stderr}"
            access = self._folder / "data" / "pg_hba.conf"
            guarded = f"host all {self.guarded} 127.0.0.1/32 scram-sha-256\n"
            access.write_text(f"{guarded}{access.read_text(encoding='utf-8')}", encoding="utf-8")
            self.start()
            self.run(f"CREATE ROLE {self.guarded} LOGIN PASSWORD '{self.password}'")
        except BaseException:
            self.close()
            raise

    def url(self, database: str, user: str = owner, password: str = "", scheme: str = "postgresql") -> str:
        """The URL of one of its databases."""
        secret = f":{password}" if password else ""
        return f"{scheme}://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def new_database(self, encoding: str = "UTF8") -> str:
        """The URL of a new and empty database."""
        name = f"library_{next(self._names)}"
        template = "" if encoding == "UTF8" else f" ENCODING '{encoding}' TEMPLATE template0"
        self.run(f"CREATE DATABASE {name}{template}")
        return self.url(name)

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement with a client of its own; the rows it gives."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        """Start it over the data it has, and wait until it answers."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "off",
            "shared_buffers": "16MB",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "keeper", str(self._programs / "postgres"), "-D", "data", *words],
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the tests alone
            **self._as,
        )
        until = time.monotonic() + _STARTING_SECONDS
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                self.run("SELECT 1")
                return
            assert time.monotonic() < until, f"the server does not start: {self._log()}"
            time.sleep(0.05)

    def stop(self, how: Literal["INT", "QUIT"] = "INT") -> None:
        """End it and keep the data: ``INT`` as on a shutdown, ``QUIT`` as on a crash. Nothing where it does not run."""
        if self._keeper is not None:
            assert self._keeper.stdin is not None
            with contextlib.suppress(OSError):
                self._keeper.stdin.write(f"{how}\n".encode())
                self._keeper.stdin.close()
            self._keeper.wait(_STARTING_SECONDS)
            self._keeper = None

    def close(self) -> None:
        """End it, with its data."""
        self.stop("QUIT")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _log(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]


def needed_programs() -> Path:
    """``server_programs``; skips or fails a test where there are none."""
    programs = server_programs()
    if programs is not None:
        return programs
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(_MISSING)
    pytest.skip(_MISSING)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the run."""
    server = PostgresServer(needed_programs())
    try:
        yield server
    finally:
        server.close()
