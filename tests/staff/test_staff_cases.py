"""A case is opened once, taken by one, answered by whoever has it, and its course is the same for everybody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from pydantic import ValidationError
from staff_words import ADMIN, ANNA, BELA, NOBODY, STAFF_CHAT, Clock, Opens, opening

from bot.staff.cases import Contact, Reason, Side, State, What
from bot.staff.desk import StaffDesk
from bot.staff.errors import Refused
from bot.staff.roles import Actor

pytest_plugins = ["postgres_server", "staff_desks"]

HOUR, DAY = 3600.0, 24 * 3600.0
T = TypeVar("T")


def at_once(desks: Sequence[StaffDesk], act: Callable[[StaffDesk], T]) -> list[T | str]:
    """What each comes to when all act at the same moment; the code where one is refused."""
    together = threading.Barrier(len(desks))

    def run(desk: StaffDesk) -> T | str:
        together.wait()
        try:
            return act(desk)
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(len(desks)) as pool:
        return list(pool.map(run, desks))


def refusal(act: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*arguments)
    return caught.value.code


def letters(staff: StaffDesk) -> list[tuple[int, str]]:
    """Chat and kind of what waits to be sent."""
    mail = staff.mail("9" * 32)
    found = []
    while claimed := mail.claim(50):
        for letter in claimed:
            found.append((letter.chat, str(letter.payload["kind"])))
            mail.sent(letter)
    return found


def test_an_update_that_is_handled_twice_opens_one_case(opens: Opens) -> None:
    desks = [opens() for _ in range(4)]
    came = at_once(desks, lambda desk: desk.asking.wants_person(opening(1)))
    assert len({one.case for one in came if not isinstance(one, str)}) == 1
    assert len(desks[0].cases.cases(ANNA)) == 1
    assert letters(desks[0]) == [(STAFF_CHAT, "new_case")]


def test_of_several_who_take_a_case_at_once_one_has_it(opens: Opens) -> None:
    desks = [opens() for _ in range(4)]
    case = desks[0].asking.wants_person(opening(1)).case
    people = {id(desk): Actor(person=20 + n, role=ANNA.role) for n, desk in enumerate(desks)}
    came = at_once(desks, lambda desk: desk.cases.claim(people[id(desk)], case))
    assert sorted(map(str, came)) == ["None", "held", "held", "held"]
    (found,) = desks[0].cases.cases(ANNA)
    assert (found.state, found.holder) == (State.ASSIGNED, 20 + came.index(None))
    outcomes = [row.outcome for row in desks[0].audit(ADMIN) if row.action == "claim"]
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]


def test_a_case_tells_its_course_in_order_with_who_and_when(staff: StaffDesk, clock: Clock) -> None:
    answer = {"status": "not_stated", "text": "–", "citations": [{"document": "d", "paragraph": 2, "quote": "q"}]}
    case = staff.asking.wants_person(opening(1, conversation=("And before?",), role="enterprise", answer=answer)).case
    began = clock.now
    staff.cases.claim(ANNA, case)
    clock.now += 60
    staff.asking.writes(500, "It is urgent", "u:2")
    assert staff.cases.reply(ANNA, case, "Yes.", "r:1")
    staff.cases.note(ANNA, case, "called back", "n:1")
    staff.cases.close(ANNA, case)
    found = staff.cases.case(ANNA, case)
    assert found.record is not None
    assert found.record.answer is not None
    assert (found.record.conversation, found.record.role) == (("And before?",), "enterprise")
    assert found.record.answer.citations[0].paragraph == 2
    assert [(e.what or e.side, e.who, e.text) for e in found.entries] == [
        (What.OPENED, 500, None),
        (What.ASSIGNED, 11, None),
        (Side.ASKER, 500, "It is urgent"),
        (Side.STAFF, 11, "Yes."),
        (What.ANSWERED, 11, None),
        (Side.NOTE, 11, "called back"),
        (What.CLOSED, 11, None),
    ]
    assert (found.entries[1].at, found.entries[2].at) == (began, began + 60)
    assert (found.state, found.answered_at, found.closed_at) == (State.CLOSED, clock.now, clock.now)


def test_a_reply_goes_out_once_and_only_from_whoever_has_the_case(staff: StaffDesk) -> None:
    case = staff.asking.wants_person(opening(1)).case
    assert staff.cases.reply(ANNA, case, "Yes.", "r:1")
    assert not staff.cases.reply(ANNA, case, "Yes.", "r:1")
    assert refusal(staff.cases.reply, BELA, case, "No.", "r:2") == "held"
    assert [e.text for e in staff.cases.case(ANNA, case).entries if e.side is Side.STAFF] == ["Yes."]
    assert staff.cases.reply(ADMIN, case, "Indeed.", "r:3")
    assert letters(staff) == [(STAFF_CHAT, "new_case"), (500, "reply"), (500, "reply")]
    staff.cases.close(ADMIN, case)
    assert refusal(staff.cases.reply, ADMIN, case, "Late.", "r:4") == "state"


def test_two_who_answer_at_once_do_not_both(opens: Opens) -> None:
    desks = [opens(), opens()]
    case = desks[0].asking.wants_person(opening(1)).case
    people = {id(desks[0]): ANNA, id(desks[1]): BELA}
    came = at_once(desks, lambda desk: desk.cases.reply(people[id(desk)], case, "Yes.", f"r:{people[id(desk)].person}"))
    assert sorted(map(str, came)) == ["True", "held"]
    assert letters(desks[0]).count((500, "reply")) == 1


def test_a_case_that_was_put_off_comes_back_once_to_whoever_had_it(opens: Opens, clock: Clock) -> None:
    desks = [opens() for _ in range(3)]
    staff = desks[0]
    cases = [staff.asking.wants_person(opening(n, 500 + n)).case for n in (1, 2)]
    staff.cases.claim(ANNA, cases[0])
    assert refusal(staff.cases.snooze, ANNA, cases[0], clock.now) == "snooze_past"
    for case in cases:
        staff.cases.snooze(ANNA, case, clock.now + HOUR)
    assert staff.cases.wake() == []
    clock.now += HOUR
    came = at_once(desks, lambda desk: desk.cases.wake())
    assert sorted(case for woken in came if not isinstance(woken, str) for case in woken) == cases
    assert [(c.state, c.holder) for c in staff.cases.cases(ANNA)] == [(State.ASSIGNED, 11), (State.OPEN, None)]
    assert letters(staff).count((STAFF_CHAT, "woken")) == 2


def test_a_case_put_off_anew_at_the_last_moment_is_not_woken(
    staff: StaffDesk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.snooze(ANNA, case, clock.now + DAY)
    monkeypatch.setattr("bot.staff.handling.due_to_wake", lambda session: [case])
    assert staff.cases.wake() == []


def test_an_asker_who_writes_on_brings_the_case_back_for_some_days(staff: StaffDesk, clock: Clock) -> None:
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.snooze(ANNA, case, clock.now + DAY)
    assert staff.asking.writes(500, "Hello?", "u:2") is not None
    assert staff.cases.case(ANNA, case).state is State.OPEN
    staff.cases.reply(ANNA, case, "Yes.", "r:1")
    staff.asking.writes(500, "And in May?", "u:3")
    staff.asking.writes(500, "And in May?", "u:3")
    assert (staff.cases.case(ANNA, case).state, staff.cases.case(ANNA, case).holder) == (State.ASSIGNED, 11)
    staff.cases.close(ANNA, case)
    clock.now += 6 * DAY
    assert staff.asking.writes(500, "Once more", "u:4") is not None
    assert staff.cases.case(ANNA, case).closed_at is None
    staff.cases.close(ANNA, case)
    clock.now += 8 * DAY
    assert staff.asking.writes(500, "Too late", "u:5") is None
    assert staff.asking.writes(501, "Who am I?", "u:6") is None
    said = [e.text for e in staff.cases.case(ANNA, case).entries if e.side is Side.ASKER]
    assert said == ["Hello?", "And in May?", "Once more"]


def test_somebody_whose_case_waits_gets_no_second_one(staff: StaffDesk) -> None:
    first = staff.asking.wants_person(opening(1))
    again = staff.asking.wants_person(opening(2, reason=Reason.NOT_STATED))
    assert (again.case, again.new) == (first.case, False)
    assert staff.cases.case(ANNA, first.case).entries[-1].text == "May a carrier of 2 boats borrow?"
    staff.cases.close(ANNA, first.case)
    assert staff.asking.wants_person(opening(3)).new


def test_cases_go_from_hand_to_hand(staff: StaffDesk) -> None:
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.claim(ANNA, case)
    assert refusal(staff.cases.release, BELA, case) == "held"
    staff.cases.assign(ANNA, case, BELA)
    staff.cases.release(BELA, case)
    assert refusal(staff.cases.release, BELA, case) == "state"
    staff.cases.claim(BELA, case)
    staff.cases.release(ADMIN, case)
    staff.cases.close(ANNA, case)
    staff.cases.reopen(BELA, case)
    assert staff.cases.case(ANNA, case).state is State.OPEN
    assert refusal(staff.cases.claim, ANNA, 999) == "no_case"


def test_a_case_is_given_once_and_the_staffs_chat_is_told(opens: Opens) -> None:
    desks = [opens() for _ in range(3)]
    staff = desks[0]
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.claim(ANNA, case)
    assert refusal(staff.cases.assign, BELA, case, BELA) == "held"
    came = at_once(desks, lambda desk: desk.cases.assign(ADMIN, case, BELA))
    assert sorted(map(str, came)) == ["None", "held", "held"]
    (found,) = staff.cases.cases(ANNA)
    assert (found.state, found.holder) == (State.ASSIGNED, BELA.person)
    assert refusal(staff.cases.reply, ANNA, case, "Yes.", "r:1") == "held"
    staff.cases.reply(BELA, case, "Yes.", "r:2")
    told = [kind for chat, kind in letters(staff) if chat == STAFF_CHAT]
    assert told == ["new_case", "given"]


def test_a_case_that_was_put_off_is_not_any_more_once_it_is_given(staff: StaffDesk, clock: Clock) -> None:
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.snooze(ANNA, case, clock.now + HOUR)
    staff.cases.assign(ANNA, case, BELA)
    clock.now += HOUR
    assert staff.cases.wake() == []
    assert staff.cases.case(ANNA, case).state is State.ASSIGNED


def test_who_is_not_of_the_staff_is_given_no_case_and_that_is_noted(staff: StaffDesk) -> None:
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.claim(ANNA, case)
    assert refusal(staff.cases.assign, ANNA, case, NOBODY) == "not_staff"
    assert refusal(staff.cases.assign, NOBODY, case, ANNA) == "not_allowed"
    assert staff.cases.case(ANNA, case).holder == ANNA.person
    noted = [(row.who, row.outcome, row.detail["to"]) for row in staff.audit(ADMIN) if row.action == "assign"]
    assert noted == [(ANNA.person, "refused", NOBODY.person), (NOBODY.person, "not_allowed", ANNA.person)]
    assert (STAFF_CHAT, "given") not in letters(staff)


def test_colleagues_are_those_of_the_staff_who_did_something_lately_the_last_one_first(
    staff: StaffDesk, clock: Clock
) -> None:
    assert staff.cases.colleagues() == ()
    clara, dora = (Actor(person=person, role=ANNA.role) for person in (13, 14))
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.case(clara, case)
    clock.now += DAY
    for actor in (ANNA, BELA, ADMIN, ANNA):
        staff.cases.case(actor, case)
    assert refusal(staff.cases.case, NOBODY, case) == "not_allowed"
    assert refusal(staff.cases.case, dora, 999) == "no_case"
    clock.now += 89 * DAY
    people = (ANNA.person, ADMIN.person, BELA.person)
    assert staff.cases.colleagues() == (*people, clara.person)
    assert staff.cases.colleagues(ANNA.person) == (ADMIN.person, BELA.person, clara.person)
    clock.now += 1
    assert staff.cases.colleagues() == people


def test_a_phone_number_is_kept_only_of_somebody_who_agreed(staff: StaffDesk) -> None:
    written = "Call 13812345678 or me@harbour.cn, or +49 30 1234567, id 11010519491231002X, on No.556 of 2006"
    case = staff.asking.wants_person(opening(1, question=written, conversation=(written,))).case
    staff.asking.writes(500, written, "u:2")
    told = staff.cases.case(ANNA, case)
    assert told.record is not None
    assert told.record.question == "Call [phone] or [e-mail], or [phone], id [id], on No.556 of 2006"
    assert (told.record.conversation, told.entries[-1].text) == ((told.record.question,), told.record.question)
    with pytest.raises(ValidationError):
        Contact.model_validate({"agreed": False, "phone": "13812345678"})
    contact = {"agreed": True, "phone": "13812345678"}
    agreed = staff.asking.wants_person(opening(3, 501, question=written, contact=contact)).case
    kept = staff.cases.case(ANNA, agreed).record
    assert kept is not None
    assert kept.contact is not None
    assert (kept.question, kept.contact.phone) == (written, "13812345678")


def test_an_asker_who_blocked_the_bot_is_shown_so_until_they_write_again(staff: StaffDesk) -> None:
    case = staff.asking.wants_person(opening(1)).case
    staff.cases.reply(ANNA, case, "Yes.", "r:1")
    mail = staff.mail("1" * 32)
    letter = next(letter for letter in mail.claim(9) if letter.chat == 500)
    assert mail.blocked(letter) == [case]
    mail.release()
    assert not staff.cases.case(ANNA, case).reachable
    assert refusal(staff.cases.reply, ANNA, case, "And?", "r:2") == "blocked"
    staff.asking.reached(500)
    assert staff.cases.case(ANNA, case).reachable
    assert [e.what for e in staff.cases.case(ANNA, case).entries][-2:] == [What.BLOCKED, What.REACHED]
    assert (STAFF_CHAT, "asker_blocked") in letters(staff)


def test_whoever_may_not_is_refused_changes_nothing_and_is_noted(staff: StaffDesk) -> None:
    case = staff.asking.wants_person(opening(1)).case
    assert refusal(staff.cases.reply, NOBODY, case, "Yes.", "r:1") == "not_allowed"
    assert refusal(staff.audit, ANNA) == "not_allowed"
    assert staff.cases.case(ANNA, case).state is State.OPEN
    noted = [(row.who, row.action, row.subject, row.outcome) for row in staff.audit(ADMIN)]
    assert noted[:2] == [(66, "reply", f"case {case}", "not_allowed"), (11, "audit", "", "not_allowed")]
