"""``circular eval``: asks the desk every question of a gold file, prints and writes the score."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.cli.session import opened_desk, read_settings
from bot.cli.voice import Voice
from bot.evaluation.baseline import compare, load_baseline, save_baseline
from bot.evaluation.gold import read_gold
from bot.evaluation.report import check_report_path, render_comparison, render_text, write_json, write_report
from bot.evaluation.run import evaluate, sources_of


def run_evaluation(
    gold: Path,
    *,
    report_file: Path | None,
    baseline: Path | None,
    by: str,
    worst: int,
    json_file: Path | None,
    without: Sequence[Voice],
) -> None:
    """Score the desk on ``gold``; compare with ``baseline`` where it exists, else write it."""
    if report_file is not None:
        check_report_path(report_file)
    questions = read_gold(gold)
    settings = read_settings()
    settings = settings.model_copy(update={voice.value: False for voice in without})
    groups = tuple(field for field in by.split(",") if field)
    with opened_desk(stay=True, settings=settings) as desk:
        result = evaluate(desk, questions, sources_of(desk.library), name=gold.name, by=groups or None)
    print(render_text(result, worst=worst))
    comparison = None
    if baseline is not None and baseline.exists():
        comparison = compare(result, load_baseline(baseline))
        print(render_comparison(comparison))
    elif baseline is not None:
        save_baseline(result, baseline)
    if report_file is not None:
        for written in write_report(result, report_file, comparison):
            print(f"wrote {written}", file=sys.stderr)
    if json_file is not None:
        write_json(result, json_file)
