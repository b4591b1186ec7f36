"""How bad an answer is, and why, for looking at the worst ones first."""

from __future__ import annotations

from bot.evaluation.gold import GoldQuestion
from bot.evaluation.scoring import RowScore

# A wrong status misleads most; a useless citation beside the right ones hardly at all.
_WRONG_STATUS = 3.0
_FORBIDDEN = 2.0
_NO_EVIDENCE = 2.0
_NO_FACTS = 1.0
_STRAY = 1.0
_USELESS_CITATIONS = 0.5

_SNIPPET_CHARACTERS = 60


def badness(row: RowScore) -> float:
    """How far the answer is from a good one; 0 where nothing is amiss."""
    return (
        _WRONG_STATUS * (not row.fair)
        + _FORBIDDEN * bool(row.forbidden)
        + _NO_EVIDENCE * row.evidence.missing
        + _NO_FACTS * row.facts.missing
        + _STRAY * row.stray
        + _USELESS_CITATIONS * row.citations.missing
    )


def reasons(gold: GoldQuestion, row: RowScore) -> tuple[str, ...]:
    """What is amiss with the answer, one phrase each, the gravest first."""
    found: list[str] = []
    if not row.fair:
        found.append(f"status {row.got} instead of {' or '.join([gold.expect, *gold.expect_also])}")
    if row.forbidden:
        found.append(f"says what it must not: {', '.join(row.forbidden)}")
    if not row.evidence.complete:
        wanted = " + ".join(_shortened(item[0]) for item in gold.evidence)
        found.append(f"cites {row.evidence.hit} of {row.evidence.of} required passages: {wanted}")
    if row.facts_missing:
        found.append(f"does not say: {', '.join(row.facts_missing)}")
    if row.stray:
        found.append("cites where there is nothing to cite for")
    if not row.citations.complete:
        found.append(f"{row.citations.hit} of {row.citations.of} citations useful")
    return tuple(found)


def _shortened(snippet: str) -> str:
    return snippet if len(snippet) <= _SNIPPET_CHARACTERS else snippet[: _SNIPPET_CHARACTERS - 1] + "…"
