"""Two at once on an empty home: one builds, the other waits, both answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .running import ended, environment, started


@pytest.mark.slow
def test_two_questions_at_once_on_an_empty_home_are_both_answered(tmp_path: Path, small_corpus: Path) -> None:
    home = tmp_path / "home"
    env = environment(home, CIRCULAR_CORPUS=str(small_corpus))
    both = [started(["ask", "Who grants loans to carriers?", "--json"], env, tmp_path) for _ in range(2)]
    ran = [ended(process) for process in both]
    assert [each.code for each in ran] == [0, 0], ran
    answers = [json.loads(each.out) for each in ran]
    assert answers[0]["answer"] == answers[1]["answer"]
    assert not any("Traceback" in each.err for each in ran)
    indexes = [folder for folder in (home / "index").iterdir() if folder.is_dir()]
    assert [(folder / "COMPLETE").is_file() for folder in indexes] == [True]
