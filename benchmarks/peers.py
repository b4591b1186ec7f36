"""The desk beside what else could answer from the circular, offline, on the development questions.

* *desk*: as it ships. *desk, no memory*: passages alone, without the known questions.
* *tutorial*: chunks, Chroma and four neighbours (``benchmarks.tutorial``), with the English model such tutorials take,
  and with the desk's own model.
* *cairn-assistant*: an installed package (``benchmarks.cairn``), as it comes, and tuned on these very questions.

Each runs in a process of its own and in an empty folder. Shares are of the English and of the Chinese questions, judged
as ``circular eval`` does, citations to their precision; *answers or withholds* takes answered and referred together,
and all else together, which is as far as a peer with two outcomes can be right. *First start* is seconds from importing
to being ready to answer, *MB* the highest resident memory. A question in a language that a peer lacks is not passed.

The desk's numbers were chosen with an eye on these questions, and only the desk has known questions to lean on.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from benchmarks.engines import in_own_process, memory_mb
from benchmarks.shared import GOLD, machine, percentile, table
from bot.answering.answer import Status
from bot.evaluation.gold import GoldQuestion, read_gold
from bot.evaluation.prediction import Prediction
from bot.evaluation.result import Evaluation
from bot.evaluation.run import evaluate_predictions, sources_of
from bot.evaluation.shares import Share, share_of

_HEAD = (
    "",
    "passed",
    "passed %",
    "status %",
    "answers or withholds %",
    "all evidence %",
    "precision %",
    "faithful quotes %",
    "ms p50/p95",
    "first start s",
    "MB",
)
_ANSWERS = {Status.ANSWERED.value, Status.REFERRED.value, Status.CLARIFY.value}
_LANGUAGES = ("en", "zh")


class Peer(Protocol):
    """Something that answers; a question in none of its languages is not put to it."""

    languages: tuple[str, ...]

    def ask(self, gold: GoldQuestion) -> Prediction: ...

    def close(self) -> None: ...


class ThisDesk:
    languages = _LANGUAGES

    def __init__(self, folder: Path, *, memory: bool) -> None:
        from bot.desk import open_desk
        from bot.settings import Settings

        settings = Settings().model_copy(update={"home": folder, "corpus": None, "embedder": "auto", "memory": memory})
        self._desk = open_desk(settings)
        self._desk.stay()

    def ask(self, gold: GoldQuestion) -> Prediction:
        from bot.answering.answer import Question

        return Prediction.from_answer(
            gold.id, self._desk.ask(Question(text=gold.question, history=gold.history, id=gold.id))
        )

    def close(self) -> None:
        self._desk.close()


def _tutorial(folder: Path, model: str) -> Peer:
    from benchmarks.tutorial import Tutorial

    return Tutorial(folder, model)


def _cairn(folder: Path, settings: dict[str, Any]) -> Peer:
    from benchmarks.cairn import Cairn

    return Cairn(folder, **settings)


def _openers(settings: dict[str, Any]) -> dict[str, Callable[[Path], Peer]]:
    return {
        "desk": lambda folder: ThisDesk(folder, memory=True),
        "desk, no memory": lambda folder: ThisDesk(folder, memory=False),
        "tutorial, MiniLM": lambda folder: _tutorial(folder, "minilm"),
        "tutorial, e5": lambda folder: _tutorial(folder, "e5"),
        "cairn-assistant": lambda folder: _cairn(folder, {}),
        "cairn-assistant, tuned": lambda folder: _cairn(folder, settings),
    }


def measure(name: str, folder: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """Ask one peer every question in its languages."""
    questions = read_gold(GOLD)
    began = time.perf_counter()
    peer = _openers(settings)[name](folder)
    start_s = time.perf_counter() - began
    said, samples = [], []
    for gold in questions:
        if gold.lang not in peer.languages:
            continue
        began = time.perf_counter()
        said.append(peer.ask(gold))
        samples.append(1000 * (time.perf_counter() - began))
    peer.close()
    return {
        "name": name,
        "languages": peer.languages,
        "start_s": start_s,
        "highest_mb": memory_mb()[1],
        "samples_ms": samples,
        "said": [prediction.model_dump() for prediction in said],
    }


def _sources() -> str:
    """What quotes are held against: the paragraphs, and the file itself for those who cut it up as it stands."""
    from benchmarks.tutorial import DOCUMENT
    from documents.loading import load_corpus

    library, _ = load_corpus()
    return f"{sources_of(library)}\0{DOCUMENT.read_text(encoding='utf-8')}"


def answers_or_withholds(evaluation: Evaluation) -> Share:
    """The questions that were answered where some answer was due, or withheld where none was."""

    def right(outcome: Any) -> bool:
        got = outcome.score.got
        return outcome.prediction is not None and (got in _ANSWERS) in {
            status in _ANSWERS for status in outcome.gold.fair_statuses
        }

    return share_of(right(outcome) for outcome in evaluation.outcomes)


def _row(run: dict[str, Any], questions: Sequence[GoldQuestion], sources: str) -> list[str]:
    said = [Prediction.model_validate(prediction) for prediction in run["said"]]
    judged: dict[str, Evaluation | None] = {}
    for language in _LANGUAGES:
        asked = [gold for gold in questions if gold.lang == language]
        ids = {gold.id for gold in asked}
        answers = [prediction for prediction in said if prediction.id in ids]
        judged[language] = evaluate_predictions(answers, asked, sources) if language in run["languages"] else None

    def both(measure_of: Callable[[Evaluation], Share]) -> str:
        cells = []
        for evaluation in judged.values():
            value = measure_of(evaluation).value if evaluation else None
            cells.append("-" if value is None else f"{100 * value:.1f}")
        return "/".join(cells)

    passed = sum(evaluation.total.passed.hit for evaluation in judged.values() if evaluation)
    samples = run["samples_ms"]
    return [
        run["name"],
        f"{passed} of {len(questions)}",
        both(lambda e: e.total.passed),
        both(lambda e: e.total.status),
        both(answers_or_withholds),
        both(lambda e: e.total.evidence_all),
        both(lambda e: e.total.citation_precision),
        both(lambda e: e.total.faithful),
        f"{percentile(samples, 50):.1f}/{percentile(samples, 95):.1f}",
        f"{run['start_s']:.1f}",
        f"{run['highest_mb']:.0f}",
    ]


def main() -> None:
    """Ask every peer everything and print one table."""
    from benchmarks.cairn import best_settings

    questions, sources = read_gold(GOLD), _sources()
    with tempfile.TemporaryDirectory() as name:
        print("peers: tuning cairn-assistant ...", file=sys.stderr, flush=True)
        settings = best_settings(Path(name), GOLD)
    runs = []
    for peer in _openers({}):
        print(f"peers: {peer} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as name:
            arguments = ["--peer", peer, "--folder", name, "--settings", json.dumps(settings)]
            runs.append(in_own_process("benchmarks.peers", *arguments))
    counts = ", ".join(f"{sum(gold.lang == language for gold in questions)} {language}" for language in _LANGUAGES)
    print(f"{machine()}; {len(questions)} questions, {counts}; per cent in English/Chinese")
    table(_HEAD, [_row(run, questions, sources) for run in runs])
    print(f"cairn-assistant, tuned: {', '.join(f'{key} {value}' for key, value in settings.items())}")


def _measure_one() -> None:
    parser = argparse.ArgumentParser(description="Measure one peer; print JSON.")
    parser.add_argument("--peer", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--settings", type=json.loads, required=True)
    given = parser.parse_args()
    print(json.dumps(measure(given.peer, given.folder, given.settings)))


if __name__ == "__main__":
    if "--peer" in sys.argv:
        _measure_one()
    else:
        main()
