"""Where the home folder cannot be written, one line says so and names the setting."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from three_documents import knowledge, library

from retrieval.index import IndexFolderError
from retrieval.open import IndexAccess, IndexSettings

Ensure = Callable[..., Path]
Mount = Callable[..., Path]


def mounted(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, timeout=10).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Mounts at a folder of the test, where that is allowed; takes it away afterwards."""
    folder = tmp_path / "mounted"
    folder.mkdir()

    def at(*arguments: str) -> Path:
        if not mounted(*arguments, str(folder)):
            pytest.skip("mounting a file system is not allowed here")
        return folder

    yield at
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, timeout=10)


def says_why(caught: pytest.ExceptionInfo[IndexFolderError], home: Path) -> str:
    text = str(caught.value)
    assert "CIRCULAR_HOME" in text
    assert str(home) in text
    assert "\n" not in text
    return text


@pytest.mark.parametrize("below", [False, True])
def test_a_home_that_is_a_file(below: bool, ensure: Ensure, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here first")
    home = tmp_path / "file" / "home" if below else tmp_path / "file"
    with pytest.raises(IndexFolderError) as caught:
        ensure(home)
    says_why(caught, home)
    assert (tmp_path / "file").read_text() == "here first"


def test_a_file_where_the_indexes_would_be(ensure: Ensure, tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    with pytest.raises(IndexFolderError) as caught:
        ensure(tmp_path)
    says_why(caught, tmp_path)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc")
def test_a_place_where_no_folder_can_be_made(ensure: Ensure) -> None:
    with pytest.raises(IndexFolderError) as caught:
        ensure(Path("/proc/circular-home"))
    says_why(caught, Path("/proc/circular-home"))


def test_a_read_only_home_without_an_index(ensure: Ensure, mount: Mount) -> None:
    home = mount("-t", "tmpfs", "-o", "size=1m,ro", "tmpfs")
    with pytest.raises(IndexFolderError, match="read-only") as caught:
        ensure(home)
    says_why(caught, home)


def test_a_read_only_home_with_an_index(small_home: Path, mount: Mount) -> None:
    """Chroma writes even where it only reads."""
    home = mount("--bind", str(small_home))
    if not mounted("-o", "remount,ro,bind", str(home)):
        pytest.skip("remounting is not allowed here")
    with pytest.raises(IndexFolderError) as caught:
        IndexAccess(IndexSettings(home), library(), knowledge()).searcher()
    says_why(caught, home)


@pytest.mark.parametrize("kilobytes", [64, 300, 800])
def test_a_full_disk_leaves_nothing_half_built(kilobytes: int, ensure: Ensure, mount: Mount) -> None:
    """The disk is full at once, while the database is written, or at the arrays."""
    home = mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs")
    with pytest.raises(IndexFolderError) as caught:
        ensure(home)
    says_why(caught, home)
    assert [entry.name for entry in (home / "index").iterdir()] == [".lock"]
