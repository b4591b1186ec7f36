"""Learns how all that may be said of a question is weighed, writes ``bot/answering/weights.toml``, prints its worth.

A conditional logit over the offers of each case of ``benchmarks.asked``. The figures are of cross-validation where
the case was learned from (split by document, or by pair of questions), and of all where nothing was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from benchmarks.asked import OWN, Case, cases
from benchmarks.fitting import conditional
from benchmarks.shared import ROOT, table
from bot.answering import weighing
from bot.answering.answer import Status
from retrieval.embedding.weights import Floats

_FOLDS = 5
_RIDGE = 1e-4
_WEIGHTS = {"appendix, dev": 5.0, "policies": 1.0, "neither": 0.2}
"""Weight of a case by its group."""
_OWN_ALONE, _OWN_BESIDE = 4.0, 0.5
_KNOWN = {Status.ANSWERED: 0.96, Status.REFERRED: 0.54, Status.NOT_STATED: 0.3}
"""Of known questions: the map has more cells that are left open than askers ask about."""
_LEFT_ALONE = 0.45
"""Of known questions asked beside an appendix that leaves them as they were."""
_PATTERN = 0.15
"""Of what is wanted and no document says, asked in the patterns that tell wishes apart."""


def weight(case: Case) -> float:
    """How much a case counts."""
    if case.group in OWN:
        return _OWN_ALONE if case.library == "circular" else _OWN_BESIDE
    if case.group == "known":
        return _KNOWN[case.expect] if case.library == "circular" else _LEFT_ALONE
    return _PATTERN if case.group.startswith("pattern") else _WEIGHTS[case.group]


def learn(asked: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    """The weights of all that is heard, inputs being scaled by their spread while they are learned."""
    place = {name: number for number, name in enumerate(names)}
    rows = []
    for case in asked:
        inputs = np.zeros((len(case.offers), len(names)))
        for row, offer in enumerate(case.offers):
            for name, value in offer.heard.items():
                inputs[row, place[name]] = value
        rows.append(inputs)
    spread: Floats = np.concatenate(rows).std(axis=0) + 1e-6
    found = conditional(
        [inputs / spread for inputs in rows],
        [np.array(case.right) for case in asked],
        np.array([weight(case) for case in asked]),
        _RIDGE,
    )
    return {name: float(value) for name, value in zip(names, found / spread, strict=True)}


def decided(case: Case, weights: Mapping[str, float]) -> Status:
    """The likeliest status."""
    shares: dict[Status, float] = defaultdict(float)
    for offer, share in zip(case.offers, weighing.weigh(case.offers, weights), strict=True):
        shares[offer.status] += share
    return max(shares, key=lambda status: shares[status])


def report(asked: Sequence[Case], made: Sequence[Status]) -> None:
    """Fair statuses by library and group, and how many of each status are found."""
    rows = []
    groups = sorted({(case.library, case.group, case.learn) for case in asked})
    statuses = (Status.ANSWERED, Status.REFERRED, Status.NOT_STATED, Status.CLARIFY, Status.OFF_TOPIC)
    for group in groups:
        mine = [
            (case, status)
            for case, status in zip(asked, made, strict=True)
            if (case.library, case.group, case.learn) == group
        ]
        found = []
        for status in statuses:
            wanted = [got is status for case, got in mine if case.expect is status]
            found.append(f"{100 * sum(wanted) / len(wanted):.0f}" if wanted else "")
        fair = sum(got in case.fair for case, got in mine) / len(mine)
        rows.append(
            (group[0], group[1] + ("" if group[2] else ", never learned from"), len(mine), f"{100 * fair:.1f}", *found)
        )
    table(("library", "questions", "asked", "fair status, %", *(f"{status.value} found" for status in statuses)), rows)


def main() -> None:
    asked = list(cases())
    names = sorted({name for case in asked for offer in case.offers for name in offer.heard})
    useful = [case for case in asked if case.learn and any(case.right)]
    folds = {id(case): crc32(case.source.encode()) % _FOLDS for case in useful}
    weights = learn(useful, names)
    by_fold = [learn([case for case in useful if folds[id(case)] != fold], names) for fold in range(_FOLDS)]
    made = [decided(case, by_fold[folds[id(case)]] if id(case) in folds else weights) for case in asked]
    report(asked, made)
    lines = [
        "# How much each thing heard speaks for an offer (bot.answering.offers).",
        "# Learned: python -m benchmarks voices",
        *(f'"{name}" = {value:.4f}' for name, value in weights.items()),
        "",
    ]
    (ROOT / "bot" / "answering" / weighing.FILE).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
