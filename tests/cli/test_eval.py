"""``circular eval``: a handful of labelled questions, a report, and a baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Here
from .running import BANK

ROWS = [
    {"id": "g1", "lang": "en", "persona": "firm", "question": BANK, "expect": "answered",
     "evidence": [["China Development Bank will, in cooperation with Ministry of Commerce"]]},
    {"id": "g2", "lang": "zh", "persona": "firm", "question": "认证奖励怎么申请？", "expect": "referred",
     "evidence": [["(Appendix II)"]]},
    {"id": "g3", "lang": "en", "persona": "firm", "question": "What interest rate applies to the loans?",
     "expect": "not_stated"},
    {"id": "g4", "lang": "zh", "persona": "visitor", "question": "你好", "expect": "conversation"},
    {"id": "g5", "lang": "en", "persona": "visitor", "question": "What is the weather in Paris?", "expect": "answered"},
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """Five questions, of which the last expects what no desk should say."""
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return "gold.jsonl"


def test_a_run_is_scored_reported_and_compared_with_the_one_before(circular: Here, gold: str, tmp_path: Path) -> None:
    arguments = ("eval", gold, "--report", "report.html", "--baseline", "base.json")
    first = circular(*arguments, "--worst", "1", "--json", "figures.json")
    assert first.code == 0
    assert first.out.startswith("4 of 5 questions passed (80.0%)")
    assert "persona" in first.out
    assert "language" in first.out
    assert "against the baseline" not in first.out
    assert "g5" in first.out
    assert "wrote report.html" in first.err
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in html or "data:image" in html
    assert "认证奖励怎么申请" in html or "80" in html
    assert json.loads((tmp_path / "base.json").read_text(encoding="utf-8"))
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    baseline = (tmp_path / "base.json").read_bytes()
    second = circular(*arguments)
    assert second.code == 0
    assert "against the baseline: 0 better, 0 worse of 5 questions compared" in second.out
    assert (tmp_path / "base.json").read_bytes() == baseline


def test_the_memory_can_be_left_out(circular: Here, gold: str) -> None:
    ran = circular("eval", gold, "--without", "memory", "--by", "lang")
    assert ran.code == 0
    assert "of 5 questions passed" in ran.out
    assert "persona" not in ran.out
    assert not ran.out.startswith("4 of 5")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing.jsonl"], "missing.jsonl: cannot be read: No such file or directory"),
        (["."], "cannot be read"),
        (["empty.jsonl"], "empty.jsonl: holds no questions"),
        (["bad.jsonl"], "bad.jsonl:1: "),
    ],
)
def test_a_file_that_is_no_gold_is_told(circular: Here, tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "bad.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    assert told in circular("eval", *arguments).error_line


def test_a_baseline_that_is_none_and_a_field_nobody_has_are_told(circular: Here, gold: str, tmp_path: Path) -> None:
    assert "no question has a field 'shoe' to group by" in circular("eval", gold, "--by", "shoe").error_line
    (tmp_path / "base.json").write_bytes(b"\xff")
    assert "base.json: is not UTF-8" in circular("eval", gold, "--baseline", "base.json").error_line
