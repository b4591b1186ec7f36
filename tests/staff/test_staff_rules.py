"""Who may do what stands in one table, and a case is opened by itself when the desk fails somebody again and again."""

from __future__ import annotations

import pytest
from staff_words import ANNA, STAFF_CHAT, Clock, Opens, asked, opening

from bot.staff.cases import Reason
from bot.staff.errors import Refused
from bot.staff.numbers import Rules
from bot.staff.roles import Action, Role, may, role_of
from bot.staff.rules import Due, Ended, due

pytest_plugins = ["postgres_server", "staff_desks"]

RULES = Rules.model_validate(
    {
        "not_stated": {"in_a_row": 2, "within_minutes": 60},
        "thumbs_down": {"in_a_row": 3, "within_minutes": 10},
    }
)


def row(*ended: tuple[str, int], minutes: float = 1, case_at: int | None = None) -> list[Ended]:
    return [Ended(n, 60 * minutes * n, status, feedback, n == case_at) for n, (status, feedback) in enumerate(ended, 1)]


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (row(("not_stated", 0)), None),
        (row(("answered", 0), ("not_stated", 0), ("not_stated", 0)), Due(Reason.NOT_STATED, (2, 3))),
        (row(("not_stated", 0), ("answered", 0), ("not_stated", 0)), None),
        (row(("not_stated", 0), ("conversation", 0), ("not_stated", 0)), Due(Reason.NOT_STATED, (1, 3))),
        (row(("not_stated", 0), ("not_stated", 0), minutes=61), None),
        (row(("not_stated", 0), ("not_stated", 0), case_at=1), None),
        (row(("answered", -1), ("answered", -1)), None),
        (row(("answered", -1), ("referred", -1), ("answered", -1)), Due(Reason.THUMBS_DOWN, (1, 2, 3))),
        (row(("answered", -1), ("answered", 1), ("answered", -1), ("answered", -1)), None),
    ],
)
def test_too_many_in_a_row_call_for_a_person(ended: list[Ended], expected: Due | None) -> None:
    assert due(ended, RULES) == expected


def test_the_log_calls_for_a_person_and_knows_whom_it_ended_with(opens: Opens, clock: Clock) -> None:
    staff = opens()
    assert staff.asking.asked(asked(1, "not_stated"), 500).due is None
    assert staff.asking.asked(asked(2, "not_stated"), 501).due is None
    logged = staff.asking.asked(asked(3, "not_stated"), 500)
    assert staff.asking.asked(asked(3, "not_stated"), 500) == logged  # the update came again
    assert logged.due is not None
    due_now = opening(3, reason=logged.due.reason).model_copy(update={"inquiries": logged.due.inquiries})
    case = staff.asking.wants_person(due_now)
    assert case.new
    assert [inquiry.case for inquiry in staff.inquiries(1)] == [case.case, None, case.case]
    assert staff.asking.asked(asked(4, "not_stated"), 500).due is None
    letter = staff.mail("1" * 32).claim(9)[0]
    assert (letter.chat, "not stated" in letter.payload["text"]) == (STAFF_CHAT, True)
    assert staff.cases.case(ANNA, case.case).reason is Reason.NOT_STATED


def test_only_who_asked_may_judge_and_the_last_word_counts(opens: Opens) -> None:
    staff = opens()
    one, two = (staff.asking.asked(asked(n), 500).inquiry for n in (1, 2))
    with pytest.raises(Refused):
        staff.asking.judged(one, -1, 501)
    assert staff.asking.judged(one, -1, 500).due is None
    assert staff.asking.judged(two, -1, 500).due == Due(Reason.THUMBS_DOWN, (one, two))
    assert staff.asking.judged(one, 1, 500).due is None
    assert [inquiry.feedback for inquiry in staff.inquiries(1)] == [1, -1]


def test_roles() -> None:
    assert role_of(1, (1, 2), lambda person: person < 1 / 0) is Role.ADMIN
    assert role_of(3, (1, 2), lambda person: person == 3) is Role.STAFF
    assert role_of(4, (1, 2), lambda person: person == 3) is Role.NOBODY
    assert not any(may(Role.NOBODY, action) for action in Action)
    assert all(may(Role.ADMIN, action) for action in Action)
    refused = {Action.TAKE_OVER, Action.ADD_DOCUMENT, Action.EXPORT, Action.FORGET, Action.AUDIT}
    assert {action for action in Action if not may(Role.STAFF, action)} == refused
