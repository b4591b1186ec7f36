"""A file is read in a process of its own: what goes wrong there is one line here."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.blocks import Style
from documents.errors import ReadingError
from documents.readers import apart
from documents.readers.apart import read_apart


def test_what_the_child_reads_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "规定.md"
    path.write_text("# 标题 “一”\n\n第一条\u3000企业可以申请。\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8")
    reading = read_apart(path)
    assert [block.text for block in reading.blocks] == ["标题 “一”", "第一条\u3000企业可以申请。", "a | b", "1 | 2"]
    assert reading.blocks[-1].style is Style.TABLE_ROW


def test_the_line_the_reader_says_comes_back(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"^none\.pdf: "):
        read_apart(tmp_path / "none.pdf")


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "slow.txt"
    path.write_text("text", encoding="utf-8")
    with pytest.raises(ReadingError, match="longer than 0 seconds"):
        read_apart(path, seconds=0.001)


def test_a_reader_that_dies_or_runs_out_of_memory_is_told_as_a_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.txt"
    path.write_text("text", encoding="utf-8")
    monkeypatch.setattr(apart, "MEMORY_BYTES", 10_000_000)
    with pytest.raises(ReadingError, match=r"^huge\.txt: .*memory"):
        read_apart(path)
