"""A question is handed over, answered by a person and followed up, in a chat with topics and in one without."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from staff_talk import ADMIN, ANNA, BELA, StaffRoom, staff_room

Json = dict[str, Any]


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
