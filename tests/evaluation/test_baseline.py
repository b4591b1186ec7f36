"""A run is kept and a later one compared with it, question by question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.baseline import Comparison, baseline_of, compare, load_baseline, save_baseline
from bot.evaluation.errors import EvaluationError
from bot.evaluation.report import render_comparison

from .rows import evaluation, gold, said

NAMES = ("kept", "lost", "won", "changed", "gone")
BEFORE = evaluation(
    [gold(id=name) for name in NAMES],
    [said(id=name, status="off_topic" if name == "won" else "answered") for name in NAMES],
)
NOW = evaluation(
    [
        gold(id="kept", persona="staff"),
        gold(id="lost"),
        gold(id="won"),
        gold(id="changed", facts=[["45"]]),
        gold(id="new"),
    ],
    [
        said(id="kept"),
        said(id="lost", status="referred"),
        said(id="won"),
        said(id="changed"),
        said(id="new"),
    ],
)


def test_a_saved_baseline_is_read_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "baseline.json"
    save_baseline(BEFORE, path)
    assert load_baseline(path) == baseline_of(BEFORE)
    assert load_baseline(path).total == BEFORE.total
    assert not load_baseline(path).rows["won"].passed


def test_what_got_better_and_worse_and_what_cannot_be_compared() -> None:
    found = compare(NOW, baseline_of(BEFORE))
    assert [(change.id, change.before, change.now) for change in found.better] == [("won", "off_topic", "answered")]
    assert [(change.id, change.before, change.now) for change in found.worse] == [("lost", "answered", "referred")]
    assert found.worse[0].why == ("status referred instead of answered",)
    assert (found.relabelled, found.added, found.removed) == (("changed",), ("new",), ("gone",))
    assert found.compared == 3
    assert (found.before, found.now) == (BEFORE.total, NOW.total)


def test_a_run_compared_with_itself_changes_nothing() -> None:
    found = compare(NOW, baseline_of(NOW))
    assert (found.better, found.worse, found.compared, found.chance) == ((), (), 5, None)


@pytest.mark.parametrize(("better", "worse", "chance"), [(1, 1, 1.0), (5, 0, 0.0625), (8, 2, 0.109375), (3, 2, 1.0)])
def test_the_sign_test_is_exact(better: int, worse: int, chance: float) -> None:
    change = compare(NOW, baseline_of(BEFORE)).better[0]
    found = Comparison(
        before=BEFORE.total,
        now=NOW.total,
        compared=20,
        better=(change,) * better,
        worse=(change,) * worse,
        relabelled=(),
        added=(),
        removed=(),
    )
    assert found.chance == pytest.approx(chance)


@pytest.mark.parametrize("content", ["", "{}", '{"format": 2}', "[1]"])
def test_a_file_that_is_no_baseline_is_a_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    with pytest.raises(EvaluationError, match=r"baseline\.json: is no baseline: ") as caught:
        load_baseline(path)
    assert "\n" not in str(caught.value)


def test_a_baseline_that_cannot_be_read_or_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read"):
        load_baseline(tmp_path / "nowhere.json")
    with pytest.raises(EvaluationError, match="cannot be written"):
        save_baseline(NOW, tmp_path)


def test_the_comparison_as_text() -> None:
    lines = render_comparison(compare(NOW, baseline_of(BEFORE))).splitlines()
    assert lines[0] == "against the baseline: 1 better, 1 worse of 3 questions compared"
    assert "worse: lost (answered → referred) How much is it?" in lines
    assert "better: won (off_topic → answered) How much is it?" in lines
    assert "label changed, not compared: 1 (changed)" in lines
