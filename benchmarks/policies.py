"""The circular and 48 other documents in one library; on those nothing is prepared, so the desk meets them new."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.shared import ROOT
from bot.desk import open_desk
from bot.evaluation.gold import read_gold
from bot.evaluation.report import render_text
from bot.evaluation.run import evaluate, sources_of
from bot.settings import Settings
from documents.loading import SHIPPED

POLICIES = ROOT / "tests" / "gold" / "policies"


def main() -> None:
    questions = read_gold(POLICIES / "questions.jsonl")
    with tempfile.TemporaryDirectory() as home:
        corpus = Path(home) / "corpus"
        corpus.mkdir()
        for folder in (*POLICIES.glob("*/"), *SHIPPED.glob("*/")):
            (corpus / folder.name).symlink_to(folder)
        desk = open_desk(Settings(CIRCULAR_HOME=Path(home), CIRCULAR_CORPUS=corpus))
        desk.stay()
        print(render_text(evaluate(desk, questions, sources_of(desk.library), name="policies", by=("pair",))))
        desk.close()


if __name__ == "__main__":
    main()
