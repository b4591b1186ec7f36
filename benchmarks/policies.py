"""48 other documents in one library, none with prepared knowledge: the base line on what the desk was not shown."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.shared import ROOT
from bot.desk import open_desk
from bot.evaluation.gold import read_gold
from bot.evaluation.report import render_text
from bot.evaluation.run import evaluate, sources_of
from bot.settings import Settings

POLICIES = ROOT / "tests" / "gold" / "policies"


def main() -> None:
    questions = read_gold(POLICIES / "questions.jsonl")
    with tempfile.TemporaryDirectory() as home:
        desk = open_desk(Settings(CIRCULAR_HOME=Path(home), CIRCULAR_CORPUS=POLICIES))
        desk.stay()
        print(render_text(evaluate(desk, questions, sources_of(desk.library), name="policies", by=("pair",))))
        desk.close()


if __name__ == "__main__":
    main()
