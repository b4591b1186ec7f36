"""What is too large, no ordinary file, out of reach or oddly named gives one printable line at once; nothing hangs."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from documents.blocks import Block
from documents.errors import ReadingError
from documents.readers import source
from documents.readers.apart import read_apart
from documents.readers.detect import detect, read
from documents.readers.source import LARGEST_ACCEPTED, LONGEST_NAME, Snapshot, held, load, shown, snapshot

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files or names")
_LOOKS: tuple[Callable[[Path], object], ...] = (snapshot, load, detect, read, read_apart)


@pytest.fixture(autouse=True)
def in_a_moment() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 20


def refused(path: Path, looks: tuple[Callable[[Path], object], ...] = _LOOKS) -> str:
    """The line that every way in refuses a file with; it is the same one."""
    lines = set()
    for look in looks:
        with pytest.raises(ReadingError) as caught:
            look(path)
        lines.add(str(caught.value))
    (line,) = lines
    assert line.isprintable()
    assert len(line) < LONGEST_NAME + 130
    assert "; " in line or ": cannot be opened" in line, "says what to do"
    return line


# Sizes


def test_half_a_gigabyte_is_refused_before_any_of_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500 * 1024 * 1024)
    tracemalloc.start()
    try:
        line = refused(path, (snapshot, detect, read, read_apart))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "larger than 100 MB" in line
    assert LARGEST_ACCEPTED == 100 * 1024 * 1024
    assert peak < 5_000_000


def test_a_file_that_says_it_is_small_and_is_not() -> None:
    """Files of the kernel have no size, and are read no further than the limit."""
    path = Path("/proc/kallsyms")
    if not path.exists() or path.stat().st_size:
        pytest.skip("this system has no such file")
    with pytest.raises(ReadingError, match="larger than 0 KB"):
        load(path, 1000)


def test_the_largest_file_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1000)
    assert len(load(path, 1000)) == 1000
    with pytest.raises(ReadingError, match="larger than"):
        load(path, 999)


def test_a_text_of_one_line_of_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"word " * ((1024 * 1024) // 5))
    assert "larger than 10 MB" in refused(path, (read, read_apart))


def test_a_text_of_one_line_as_long_as_a_text_may_be(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"w" * (10 * 1024 * 1024))
    assert read_apart(path).blocks == (Block("w" * (10 * 1024 * 1024)),)


@pytest.mark.parametrize(
    "data", [bytes(1000), b"Grants\x00are\x00paid to\x00every firm.\x00" * 200, bytes(range(256)) * 40]
)
def test_binary_data_that_is_called_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert "binary" in refused(path, (read, read_apart))


def test_a_few_zeros_in_a_text_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"A grant is \x00paid.\n\n" + b"The office decides on it. " * 40)
    assert read_apart(path).blocks[0] == Block("A grant is paid.")


# What is no ordinary file


@on_posix
def test_folders_pipes_devices_and_sockets(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket must be short
        try:
            listening.bind("socket.pdf")
        finally:
            os.chdir(here)
        assert "is a folder" in refused(tmp_path / "folder.pdf")
        for path in (tmp_path / "pipe.pdf", tmp_path / "socket.pdf", Path("/dev/zero"), Path("/dev/tty")):
            if path.exists():
                assert "not an ordinary file" in refused(path)


@on_posix
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exchange happens after the first look at the file, and before it is opened."""
    path = tmp_path / "a.txt"
    path.write_text("text")
    look = source._check

    def exchanged(path: Path, status: os.stat_result, largest: int) -> None:
        look(path, status, largest)
        if path.is_file():
            path.unlink()
            os.mkfifo(path)

    monkeypatch.setattr(source, "_check", exchanged)
    with pytest.raises(ReadingError, match="not an ordinary file"):
        load(path)


@on_posix
def test_links(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("text")
    (tmp_path / "folder").mkdir()
    for name, target in (
        ("file", "real.txt"),
        ("folder-link", "folder"),
        ("nowhere", "none.txt"),
        ("self", "self"),
        ("device", "/dev/zero"),
    ):
        (tmp_path / name).symlink_to(target)
    assert read_apart(tmp_path / "file").blocks == (Block("text"),)
    assert "folder" in refused(tmp_path / "folder-link")
    assert "no such file" in refused(tmp_path / "nowhere")
    assert "cannot be opened" in refused(tmp_path / "self")
    assert "not an ordinary file" in refused(tmp_path / "device")


@on_posix
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("text")
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        tmp_path.chmod(0o755)
        os.seteuid(65534)  # root may read everything
    try:
        assert "may not be opened" in refused(path, (snapshot, load))
    finally:
        if root:
            os.seteuid(0)


# Names


@on_posix
@pytest.mark.parametrize(
    "name",
    [
        b"a\nb.txt",
        b"a\r\x1b[2Jb.txt",
        "a\u202ecod.txt".encode(),
        "a\u2028b.txt".encode(),
        b"\xff\xfe\x80.txt",
        b"-rf.txt",
        b"--version",
        b"x" * 251 + b".txt",
        "规".encode() * 83 + b".txt",
        b" .txt",
        b"%s%n{path}.txt",
    ],
)
def test_odd_names(tmp_path: Path, name: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line stays one printable line of a sensible length, and the file itself is read whatever its name."""
    monkeypatch.chdir(tmp_path)
    path = Path(os.fsdecode(name))
    path.write_bytes(b"")
    line = refused(path)
    assert line.endswith("is empty; save the document again")
    line.encode("utf-8")
    path.write_bytes(b"A grant is paid.")
    assert read_apart(path).blocks == (Block("A grant is paid."),)
    (tmp_path / path).unlink()
    assert "no such file" in refused(path)


def test_a_long_name_keeps_its_ending() -> None:
    name = shown(Path("x" * 500 + ".docx"))
    assert len(name) == LONGEST_NAME
    assert name.endswith("x.docx")


def test_paths_that_lead_elsewhere_are_no_more_than_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operator names is read; the line shows only the last part of it."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text("text")
    monkeypatch.chdir(tmp_path / "inner")
    assert read_apart(Path("../a.txt")).blocks == (Block("text"),)
    assert refused(Path("../../none/../b.txt")).startswith("b.txt: ")
    for path in (Path("a\x00b.txt"), Path("x" * 5000)):
        assert "cannot be opened" in refused(path)


# Changes


def test_a_file_is_read_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("text")
    taken = snapshot(path)
    assert taken == Snapshot(path, b"text", hashlib.sha256(b"text").hexdigest())
    path.write_text("something else")
    with held(path, taken.data):
        assert load(path) == b"text"
        assert read(path).blocks == (Block("text"),)
        path.unlink()
        assert read(path).blocks == (Block("text"),)
        with pytest.raises(ReadingError, match="no such file"):
            load(tmp_path / "b.txt")
        with pytest.raises(ReadingError, match="larger than"):
            load(path, 3)
    with pytest.raises(ReadingError, match="no such file"):
        load(path)


def test_a_file_that_is_being_written_is_not_taken_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read in small parts here, so that the other thread certainly has its turn meanwhile."""
    monkeypatch.setattr(source, "_AT_ONCE", 1000)
    path = tmp_path / "growing.txt"
    path.write_bytes(b"x" * 20_000_000)
    stop, begun = threading.Event(), threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"more")
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    try:
        assert "being written" in refused(path, (snapshot, read_apart))
    finally:
        stop.set()
        writer.join()
