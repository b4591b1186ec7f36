"""A thousand questions to the bot while the server fails and a kill comes in the middle: whether each is answered once.

The real bot before a desk that echoes, and the strict server of the tests. ``--quick`` asks a hundred.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.live_bot import BotProcess, Outcome, StormServer, storm
from benchmarks.shared import machine

QUESTIONS, USERS, A_SECOND, SEED = 1_000, 120, 25.0, 20261124
HANG_SECONDS = 30
"""Longer than the bot waits for an answer."""


def main() -> None:
    questions = 100 if "--quick" in sys.argv else QUESTIONS
    print(f"{machine()}; {questions} questions of {USERS} users, {A_SECOND:g} a second")
    server = StormServer(SEED, HANG_SECONDS)
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        outcome = storm(server, lambda: BotProcess(server.url, Path(folder)), questions, USERS, A_SECOND)
    server.stop()
    _print(outcome)
    if outcome.answered < outcome.asked or outcome.twice or outcome.violations:
        sys.exit(1)


def _print(outcome: Outcome) -> None:
    print("what happened: killed in the middle; " + ", ".join(f"{kind} {n}" for kind, n in outcome.struck.items()))
    once = outcome.answered - len(outcome.twice) - len(outcome.twice_in_flight)
    print(f"answered exactly once: {once} of {outcome.asked}, the last after {outcome.seconds:.0f} s")
    print(f"never: {outcome.asked - outcome.answered}; twice: {len(outcome.twice)}")
    if outcome.twice_in_flight:
        print(f"twice, as the answer was on its way at the moment of the kill: {len(outcome.twice_in_flight)}")
    if outcome.violations:
        print("rules broken: " + "; ".join(outcome.violations[:5]))
    tracebacks = outcome.log.count("Traceback")
    print(f"tracebacks in the log: {tracebacks}")


if __name__ == "__main__":
    main()
