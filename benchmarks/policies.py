"""The circular and 48 other documents in one library; on those nothing is prepared, so the desk meets them new."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.shared import ROOT, table
from bot.desk import open_desk
from bot.evaluation.gold import read_gold
from bot.evaluation.report import render_text
from bot.evaluation.result import Evaluation, Outcome
from bot.evaluation.run import evaluate, sources_of
from bot.settings import Settings
from documents.loading import SHIPPED

POLICIES = ROOT / "tests" / "gold" / "policies"


ASIDE = ("p18", "p28", "p34", "p38", "p44", "p48", "p54", "p68")
"""Documents whose questions nothing was ever fitted on."""


def joint_corpus(folder: Path) -> Path:
    """A corpus of the circular, with what is known of it, and the policies."""
    for source in (*POLICIES.glob("*/"), *SHIPPED.glob("*/")):
        (folder / source.name).symlink_to(source)
    return folder


def _evidence(found: Evaluation) -> None:
    """All evidence among the first five citations, and of the misses those that cite nothing of the right document."""
    print("evidence of the questions that are answered or referred, in %")
    rows = []
    pairs = sorted({str(outcome.gold.model_extra["pair"]) for outcome in found.outcomes if outcome.gold.model_extra})
    same, across = ([pair for pair in pairs if (pair[:2] == pair[-2:]) is equal] for equal in (True, False))
    named = [*((pair, [pair]) for pair in pairs), ("same language", same), ("across languages", across)]
    for which, aside in (("all", None), ("fitted on", False), ("set aside", True)):
        for name, members in named:
            judged = [
                outcome
                for outcome in found.outcomes
                if outcome.score.evidence.of
                and (outcome.gold.model_extra or {})["pair"] in members
                and (aside is None or (outcome.gold.id.split("-")[0] in ASIDE) is aside)
            ]
            missed = [outcome for outcome in judged if not outcome.score.evidence.complete]
            wrong = [o for o in missed if o.gold.id.split("-")[0] not in _documents(o)]
            rows.append(
                (
                    f"{which}: {name}",
                    len(judged),
                    f"{100 * (1 - len(missed) / len(judged)):.1f}",
                    f"{100 * len(wrong) / max(1, len(missed)):.0f} of {len(missed)}",
                )
            )
    table(("documents and languages", "questions", "found", "misses in the wrong document, %"), rows)


def _documents(outcome: Outcome) -> set[str | None]:
    return {cited.document for cited in outcome.prediction.citations} if outcome.prediction else set()


def main() -> None:
    questions = read_gold(POLICIES / "questions.jsonl")
    with tempfile.TemporaryDirectory() as home:
        corpus = Path(home) / "corpus"
        corpus.mkdir()
        desk = open_desk(Settings(CIRCULAR_HOME=Path(home), CIRCULAR_CORPUS=joint_corpus(corpus)))
        desk.stay()
        found = evaluate(desk, questions, sources_of(desk.library), name="policies", by=("pair",))
        desk.close()
    print(render_text(found))
    _evidence(found)


if __name__ == "__main__":
    main()
