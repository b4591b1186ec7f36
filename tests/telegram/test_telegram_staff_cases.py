"""A question is handed over, answered by a person and followed up, in a chat with topics and in one without."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from staff_talk import ADMIN, ANNA, BELA, BOT, WAIT, StaffRoom, data, labels, staff_room
from talk import notice

Json = dict[str, Any]
LEFT = 70_004
"""Somebody who acted at the desk once and is not in the staff's chat."""


@pytest.fixture(scope="module", params=["forum", "group"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffRoom]:
    with staff_room(tmp_path_factory.mktemp("cases"), forum=request.param == "forum") as room:
        yield room
        assert not room.server.violations


def test_a_question_is_handed_over_answered_and_followed_up(room: StaffRoom, user: int) -> None:
    room.ask(user, "Something before")
    answer = room.ask(user, "loan for a <b>carrier</b> & crew, call 13800138000")
    case, card = room.hand_over(user, answer)
    assert f"Case {case} · open" in card["text"]
    assert "<b>carrier</b> & crew, call [phone]" in card["text"]
    assert "Something before" in card["text"]
    assert "¶ 2 · Rules for the Carriers" in card["text"]
    told = room.wait_told(user, "passed on to a person")
    assert "cannot be said yet" in told["text"]
    assert f"User {user}" not in card["text"]
    room.press(user, told, "Graduate")
    assert "Graduate" in room.wait_card(case, "Graduate")["text"]

    room.press(ANNA, card, "Take")
    assert f"taken, with User {ANNA}" in room.wait_card(case, "taken")["text"]
    assert "Somebody else" in room.press(BELA, card, "Give back")
    room.write(ANNA, case, "Ask at <counter> 3 & bring your licence.")
    reply = room.wait_told(user, "counter")
    assert reply["text"].startswith("👤 An answer from the staff:\nAsk at <counter> 3 & bring your licence.")
    assert reply["reply_to_message"]["message_id"] == told["message_id"]
    room.wait_card(case, "answered")

    room.server.say(user, "And on Sundays?", reply_to_message=reply)
    room.wait_told(user, "Passed on to the staff")
    room.wait_here(lambda m: "And on Sundays?" in m["text"] and "the asker writes" in m["text"])
    room.wait_card(case, f"taken, with User {ANNA}")
    room.press(ADMIN, card, "Close")
    room.wait_card(case, "closed")
    room.settled()


def taken_by_anna(room: StaffRoom, case: int) -> None:
    """Anna has a case that Bela had taken and given back before."""
    card = room.card(case)
    room.press(BELA, card, "Take")
    room.wait_card(case, f"taken, with User {BELA}")
    room.press(BELA, card, "Give back")
    room.wait_card(case, f"Case {case} · open")
    room.press(ANNA, card, "Take")
    room.wait_card(case, f"taken, with User {ANNA}")


def acted(room: StaffRoom, *people: int) -> None:
    """Each of these has done something at the desk, one after the other."""
    columns = "(at, who, role, action, subject, outcome, detail)"
    for person in people:
        row = f"({time.time()}, {person}, 'staff', 'claim', 'case 1', 'done', '{{}}')"
        room.set(f"INSERT INTO staff_audit {columns} VALUES {row}")


def choices(room: StaffRoom, who: int, case: int) -> list[str]:
    """The names that a case may be given to, as the card shows them once somebody presses for them."""
    assert room.press(who, room.card(case), "Give to") == ""
    shown = room.server.wait(lambda: (now := labels(room.card(case))) and now[-1] == "◀ Back" and now, WAIT)
    return list(shown[:-1])


def clicks(room: StaffRoom, who: int, case: int, person: int) -> str:
    """The notice of a click that gives a case to somebody, whether there is such a button or not."""
    return notice(room.server, room.server.click(who, room.card(case), f"st:give:{case}:{person}"))


def test_a_case_is_given_to_a_colleague_who_is_named_in_its_thread(room: StaffRoom, user: int) -> None:
    case, card = room.hand_over(user, room.ask(user, "loan for a lighter"))
    assert "Give to …" in labels(card)
    taken_by_anna(room, case)
    names = choices(room, ANNA, case)
    assert f"User {BELA}" in names
    assert f"User {ANNA}" not in names
    assert all(len(each.encode()) <= 64 for each in data(room.card(case)))
    room.press(ANNA, card, "◀ Back")
    room.server.wait(lambda: "Give back" in labels(room.card(case)), WAIT)
    choices(room, ANNA, case)
    assert room.press(ANNA, card, f"User {BELA}") == ""
    shown = room.wait_card(case, f"taken, with User {BELA}")
    assert "Give back" in labels(shown)
    line = room.wait_here(lambda m: m["text"] == f"Case {case} was given to User {BELA} by User {ANNA}.")
    if "message_thread_id" in card:
        assert line["message_thread_id"] == card["message_thread_id"]
    else:
        assert line["reply_to_message"]["message_id"] == card["message_id"]
    assert ("assign", f"case {case}", "done") in room.audit(ANNA)

    assert f"Somebody else has case {case}: User {BELA}" in clicks(room, ANNA, case, ADMIN)
    room.write(ANNA, case, "From Anna, too late.")
    room.wait_here(lambda m: f"Somebody else has case {case}: User {BELA}" in m["text"])
    room.write(BELA, case, "From Bela.")
    room.wait_told(user, "From Bela.")
    room.settled()
    assert not [m for m in room.server.sent(user) if "too late" in m.get("text", "")]


def test_who_may_take_over_answers_a_case_that_they_gave_away(room: StaffRoom, user: int) -> None:
    case, card = room.hand_over(user, room.ask(user, "loan for a wherry"))
    taken_by_anna(room, case)
    choices(room, ADMIN, case)
    room.press(ADMIN, card, f"User {BELA}")
    room.wait_card(case, f"taken, with User {BELA}")
    room.write(ADMIN, case, "From the admin.")
    room.wait_told(user, "From the admin.")
    room.settled()


def test_who_has_left_or_never_acted_is_given_nothing_and_that_is_noted(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for a punt"))
    taken_by_anna(room, case)
    acted(room, LEFT)
    names = choices(room, ANNA, case)
    assert f"User {BELA}" in names
    assert f"User {LEFT}" not in names
    assert "not one of the staff" in clicks(room, ANNA, case, LEFT)
    assert room.audit(ANNA)[-1] == ("assign", f"case {case}", "refused")
    room.server.members[room.chat][BOT["id"]] = "member"
    for forged in (user, BOT["id"], 2**52 - 1):
        assert "none of mine" in clicks(room, ANNA, case, forged)
        assert room.audit(ANNA)[-1] == ("button", f"st:give:{case}:{forged}", "refused")
    room.settled()
    assert room.rows("SELECT holder FROM staff_cases WHERE id = :case", case=case) == [(ANNA,)]
    assert not [m for m in room.here() if f"Case {case} was given" in m["text"]]


def test_of_many_colleagues_those_who_acted_last_are_offered(room: StaffRoom, user: int) -> None:
    case, card = room.hand_over(user, room.ask(user, "loan for a cutter"))
    room.press(ANNA, card, "Take")
    room.wait_card(case, f"with User {ANNA}")
    many = range(81_001, 81_009)
    room.server.members[room.chat].update(dict.fromkeys(many, "member"))
    acted(room, *many)
    assert choices(room, ANNA, case) == [f"User {person}" for person in reversed(many)][:6]
    room.settled()


def test_where_nobody_else_acted_lately_that_is_said(room: StaffRoom, user: int) -> None:
    case, card = room.hand_over(user, room.ask(user, "loan for a sloop"))
    room.settled()
    room.set(f"UPDATE staff_audit SET at = at - {91 * 24 * 3600}")
    room.press(ANNA, card, "Take")
    room.wait_card(case, f"with User {ANNA}")
    assert "nobody to give it to" in room.press(ANNA, card, "Give to")
    assert "Give to …" in labels(room.card(case))
    room.settled()
