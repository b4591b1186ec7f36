"""The desk writes to its own folder and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Process


@pytest.mark.slow
def test_nothing_is_written_beside_the_home_folder(process: Process, tmp_path: Path) -> None:
    """No cache, no device id, no log, neither in the user's folder nor in the working one."""
    user = tmp_path / "user"
    user.mkdir()
    folders = {name: str(user / name) for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    ran = process("ask", "Which bank can lend to our company?", HOME=str(user), **folders)
    assert ran.code == 0, ran.err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
