"""A question answered in a running process, beside the bare embedding of the same questions in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.shared import gold_rows, machine, memory_mb, percentile, table
from bot.answering.answer import Question
from bot.desk import open_desk
from bot.settings import Settings

_ROUNDS = 5


def main() -> None:
    rows = gold_rows()
    questions = [Question(text=row["question"], history=tuple(row.get("history", []))) for row in rows]
    with tempfile.TemporaryDirectory() as home:
        # Built by a process of its own, as a process that serves finds it.
        environment = {**os.environ, "CIRCULAR_HOME": home}
        subprocess.run([sys.executable, "-m", "bot.cli", "index"], env=environment, check=True, capture_output=True)
        desk = open_desk(Settings(CIRCULAR_HOME=Path(home)))
        desk.stay()
        embed = desk._room.searcher._embedder.questions
        answered: list[float] = []
        embedded: list[float] = []
        for question in questions:  # warm up
            desk.ask(question)
        for _ in range(_ROUNDS):
            for question in questions:
                started = time.perf_counter()
                embed([question.text])
                between = time.perf_counter()
                desk.ask(question)
                embedded.append(1000 * (between - started))
                answered.append(1000 * (time.perf_counter() - between))
        now, peak = memory_mb()
        desk.close()
    print(machine(), f"{len(questions)} questions, {_ROUNDS} rounds")
    head = ["ms", "p50", "p95", "slowest"]
    lines = [
        [name, *(f"{value:.1f}" for value in (percentile(s, 50), percentile(s, 95), max(s)))]
        for name, s in (("bare embedding", embedded), ("question answered", answered))
    ]
    ratio = ["ratio", *(f"{percentile(answered, p) / percentile(embedded, p):.2f}" for p in (50, 95)), ""]
    table(head, [*lines, ratio])
    print(f"memory of the process: {now:.0f} MB now, {peak:.0f} MB at its highest")


if __name__ == "__main__":
    main()
