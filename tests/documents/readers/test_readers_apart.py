"""A file is read in a process of its own: what goes wrong there is one line here, and nothing of it stays behind."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from documents.blocks import Block, Style
from documents.errors import ReadingError
from documents.readers import apart
from documents.readers.apart import FileReading, read_apart
from documents.readers.source import Snapshot, snapshot

_START = "import json, os, sys, time\nasked = json.loads(sys.stdin.buffer.readline())\n"
_ANSWER = "print(json.dumps({'blocks': [['read', None, 'body', None]], 'warnings': []}), flush=True)\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text("text", encoding="utf-8")
    return path


def _refused(path: Path, seconds: float = 30.0) -> str:
    with pytest.raises(ReadingError) as caught:
        read_apart(path, seconds=seconds)
    line = str(caught.value)
    assert line.startswith(f"{path.name}: ")
    assert line.isprintable()
    return line


def _child(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let another program stand in the place of the reader."""
    monkeypatch.setattr(apart, "_CODE", _START + code)


def _gone(pid: int, within: float = 5.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True  # dead, and only not yet asked after
        time.sleep(0.05)
    return False


def test_what_the_child_reads_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "规定.md"
    path.write_text("# 标题 “一”\n\n第一条\u3000企业可以申请。\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8")
    reading = read_apart(path)
    assert [block.text for block in reading.blocks] == ["标题 “一”", "第一条\u3000企业可以申请。", "a | b", "1 | 2"]
    assert reading.blocks[-1].style is Style.TABLE_ROW
    assert reading.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_larger_than_any_pipe_comes_through(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Paragraph {number} of many." for number in range(100_000)), encoding="utf-8")
    assert len(read_apart(path).blocks) == 100_000


def test_hash_and_text_are_of_the_same_moment(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file changes, and is gone, between the moment it is taken and the moment it is read."""

    def taken(path: Path) -> Snapshot:
        found = snapshot(path)
        path.write_text("changed", encoding="utf-8")
        path.unlink()
        return found

    monkeypatch.setattr(apart, "snapshot", taken)
    assert read_apart(text) == FileReading((Block("text"),), (), hashlib.sha256(b"text").hexdigest())


def test_the_line_the_reader_says_comes_back(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"^none\.pdf: there is no such file"):
        read_apart(tmp_path / "none.pdf")
    path = tmp_path / "program.docx"
    path.write_bytes(b"\x7fELF" + bytes(100))
    assert "is a program" in _refused(path)


def test_a_file_that_takes_too_long_is_given_up(text: Path) -> None:
    assert "longer than 0 seconds" in _refused(text, seconds=0.001)


def test_a_reader_that_finds_more_to_do_is_given_more_time(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "print('{\"more\": 20}', flush=True)\ntime.sleep(2.5)\n" + _ANSWER)
    assert read_apart(text, seconds=2).blocks == (Block("read"),)
    _child(monkeypatch, "time.sleep(2.5)\n" + _ANSWER)
    assert "longer than 2 seconds" in _refused(text, seconds=2)


def test_no_reader_is_given_time_without_end(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "print('{\"more\": 1e9}', flush=True)\ntime.sleep(600)")
    monkeypatch.setattr(apart, "MOST_SECONDS", 2)
    assert "longer than 2 seconds" in _refused(text, seconds=1)


def test_how_far_it_is_is_told(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "print('{\"at\": [1, 2]}')\nprint('{\"at\": [2, 2]}')\n" + _ANSWER)
    told: list[tuple[int, int]] = []
    read_apart(text, progress=lambda page, of: told.append((page, of)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(0)",
        "sys.exit(7)",
        "os.abort()",
        "print('nonsense')",
        "print('')",
        "print('[]')",
        "print('{}')",
        'print(\'{"more": "x"}\')',
        "print('{\"at\": 3}')",
        'print(\'{"blocks": [[1]], "warnings": []}\')',
        'print(\'{"blocks": [["x", null, "no style", null]], "warnings": []}\')',
        "print('{\"blocks\": []}')",
        "print('[' * 100000)",
        "os.write(1, bytes(range(256)) * 1000)",
        "raise SystemError",
    ],
)
def test_a_reader_that_dies_or_says_nonsense(text: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, code)
    assert "breaks the reader" in _refused(text)


def test_an_error_of_many_lines_becomes_one(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "text.txt: one\\ntwo\\u001b[31m" + "x" * 5000
    _child(monkeypatch, f"print(json.dumps({{'error': '{said}'}}))")
    assert len(_refused(text)) <= 1000


def test_a_flood_is_cut_off(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "while True: os.write(1, b'x' * 65536)")
    monkeypatch.setattr(apart, "LARGEST_REPLY", 1_000_000)
    began = time.monotonic()
    assert "breaks the reader" in _refused(text, seconds=60)
    assert time.monotonic() - began < 20


def test_what_libraries_print_is_not_taken_for_an_answer(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import os, sys\nsys.path.append(sys.argv[1])\nfrom documents.readers import child, detect\n"
        "read = detect.read\ndef noisy(*a):\n print('noise'); os.write(1, b'noise'); os.write(2, b'noise')\n"
        " return read(*a)\n"
        "detect.read = noisy\nchild.main()"
    )
    monkeypatch.setattr(apart, "_CODE", code)
    assert read_apart(text).blocks == (Block("text"),)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals on Windows")
def test_a_reader_that_the_system_kills_is_told_as_want_of_memory(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(monkeypatch, "os.kill(os.getpid(), 9)")
    assert "memory" in _refused(text)


def test_a_reader_that_runs_out_of_memory_is_told_as_a_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.txt"
    path.write_text("text", encoding="utf-8")
    monkeypatch.setattr(apart, "MEMORY_BYTES", 10_000_000)
    assert "memory" in _refused(path)


def test_memory_is_limited(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that asks for twice the limit at once is refused it by the system, and says so."""
    pytest.importorskip("resource", reason="this system has no limits of memory")
    code = (
        "import sys\nsys.path.append(sys.argv[1])\nfrom documents.readers import child, detect\n"
        f"detect.read = lambda *a: bytearray({2 * apart.MEMORY_BYTES})\nchild.main()"
    )
    monkeypatch.setattr(apart, "_CODE", code)
    assert "needs too much memory" in _refused(text)


def test_a_machine_without_limits_reads_all_the_same(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CODE", "import sys; sys.modules['resource'] = None\n" + apart._CODE)
    assert read_apart(text).blocks == (Block("text"),)


def test_files_of_the_folder_one_works_in_are_not_run(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "threading", "lxml", "documents"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    assert read_apart(text).blocks == (Block("text"),)
    assert read_apart(Path("text.txt")).blocks == (Block("text"),)


def test_passwords_are_not_handed_on(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345")
    monkeypatch.setenv("PLAIN_WORD", "67890")
    _child(monkeypatch, "print(json.dumps({'error': 'text.txt: ' + ' '.join(os.environ.values())}))")
    line = _refused(text)
    assert "12345" not in line
    assert "67890" in line


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no groups of processes on this system")
def test_a_reader_that_hangs_is_killed_with_all_it_started(
    text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    _child(
        monkeypatch,
        "import subprocess\nother = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(pids)!r}, 'w').write(json.dumps([os.getpid(), other.pid]))\ntime.sleep(600)",
    )
    began = time.monotonic()
    assert "longer than 3 seconds" in _refused(text, seconds=3)
    assert time.monotonic() - began < 20
    assert all(_gone(pid) for pid in json.loads(pids.read_text()))


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no groups of processes on this system")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_reader_outlives_the_one_who_asked(text: Path, tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, an ordinary end from outside, and the hardest: the reader, which would sleep for minutes, is gone too."""
    pid = tmp_path / "pid"
    reader = (
        "import os, sys, time\nsys.path.append(sys.argv[1])\nfrom documents.readers import child, detect\n"
        f"def read(*a):\n open({str(pid)!r}, 'w').write(str(os.getpid())); time.sleep(600)\n"
        "detect.read = read\nchild.main()"
    )
    asking = (
        "import sys; from pathlib import Path; from documents.readers import apart\n"
        f"apart._CODE = {reader!r}\napart.read_apart(Path({str(text)!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", asking], stderr=subprocess.DEVNULL, cwd=apart._FOLDER) as parent:
        until = time.monotonic() + 30
        while not (pid.exists() and pid.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        started = int(pid.read_text())
        assert not _gone(started, within=0.2), "it is at work"
        parent.send_signal(number)
        parent.wait(timeout=20)
    assert _gone(started)


def test_readings_in_other_threads_can_be_given_up(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C reaches the main thread alone, which would wait for the others until they are done."""
    begun = tmp_path / "begun"
    _child(monkeypatch, f"open({str(begun)!r} + str(os.getpid()), 'w').close()\ntime.sleep(600)")
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(_refused, text, 60.0) for _ in range(2)]
        until = time.monotonic() + 30
        while len(list(tmp_path.glob("begun*"))) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        began = time.monotonic()
        apart.give_up()
        assert [line.result() for line in waiting] == ["text.txt: was given up while it was read; add it again"] * 2
        assert time.monotonic() - began < 10
    assert not apart._AT_WORK
