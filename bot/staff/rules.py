"""When a case is opened by itself: too many inquiries in a row that the desk did not serve. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.answer import Status
from bot.staff.cases import Reason
from bot.staff.numbers import Rule, Rules

DOWN, NONE, UP = -1, 0, 1
"""Feedback on an answer."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An inquiry as the rules see it; ``with_person`` where a case has come of it already."""

    id: int
    at: float
    status: str
    feedback: int = NONE
    with_person: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """Why a case is to be opened, and of which inquiries, oldest first."""

    reason: Reason
    inquiries: tuple[int, ...]


def due(ended: Sequence[Ended], rules: Rules) -> Due | None:
    """Whether the last inquiries of an asker, oldest first, call for a person.

    What was only conversation neither counts nor interrupts.
    """
    asked = [each for each in ended if each.status != Status.CONVERSATION]
    checks: tuple[tuple[Reason, Rule, Callable[[Ended], bool]], ...] = (
        (Reason.NOT_STATED, rules.not_stated, lambda each: each.status == Status.NOT_STATED),
        (Reason.THUMBS_DOWN, rules.thumbs_down, lambda each: each.feedback == DOWN),
    )
    for reason, rule, counts in checks:
        last = asked[-rule.in_a_row :]
        apart = 60 * rule.within_minutes
        near = all(after.at - before.at <= apart for before, after in pairwise(last))
        if len(last) == rule.in_a_row and near and all(counts(each) and not each.with_person for each in last):
            return Due(reason, tuple(each.id for each in last))
    return None
