"""/stats as text, pictures and a table; /export of one's own and of somebody else; the buttons of the weekly report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from staff_talk import ADMIN, ANNA, StaffRoom, staff_room
from talk import WAIT, labels

Json = dict[str, Any]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffRoom]:
    with staff_room(tmp_path_factory.mktemp("numbers")) as room:
        for asker, question in ((71, "loan for boats"), (71, "=1+1 boats"), (72, "贷款 & <b>"), (73, "near the pier")):
            room.ask(asker, question)
        room.settled()
        yield room
        assert not room.server.violations


def files(room: StaffRoom, chat: int, kind: str, count: int = 1) -> list[Json]:
    """The bot's messages in a chat that hold files or pictures, once there are so many."""

    def found() -> list[Json] | None:
        held = [each for each in room.server.sent(chat) if kind in each]
        return held if len(held) >= count else None

    return list(room.server.wait(found, WAIT))


def content(room: StaffRoom, message: Json) -> bytes:
    return bytes(room.server.files[message["document"]["file_id"]].content)


def test_stats_are_told_in_the_chat_of_the_staff_with_their_pictures(room: StaffRoom) -> None:
    room.server.say(ANNA, "/stats", chat=room.chat)
    text = room.wait_here(lambda m: "of 2 askers" in m["text"] or "of 3 askers" in m["text"])
    for part in ("Ended without a person: 100%", "Languages:", "Asked most", "贷款 & <b>", "=1+1 boats"):
        assert part in text["text"]
    pictures = files(room, room.chat, "photo", 4)
    assert len({each["media_group_id"] for each in pictures}) == 1
    assert all(each["photo"][0]["width"] > 400 for each in pictures)
    assert [each["caption"] for each in pictures][3].startswith("Milliseconds")


def test_stats_of_some_days_as_a_table_to_one_of_the_staff_alone(room: StaffRoom) -> None:
    room.server.say(ANNA, "/stats csv 7")
    (sent,) = files(room, ANNA, "document")
    assert sent["document"]["file_name"] == "questions-7-days.csv"
    assert content(room, sent).startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content(room, sent).decode("utf-8-sig"))))
    assert [row["question"] for row in rows[:3]] == ["loan for boats", "'=1+1 boats", "贷款 & <b>"]
    assert room.audit(ANNA)[-1] == ("stats", "csv", "done")


@pytest.mark.parametrize("rest", ["csv csv", "0", "99999", "7 8", "; DROP TABLE", "<b>", "-1", "٣"])
def test_what_is_no_number_of_days_is_told_how_to_write_it(room: StaffRoom, rest: str) -> None:
    before = len(room.server.sent(ANNA))
    room.server.say(ANNA, f"/stats {rest}")
    assert "Write /stats" in room.server.wait_sent(ANNA, before + 1, WAIT)[-1]["text"]


def test_numbers_are_refused_to_askers_and_in_other_groups(room: StaffRoom, user: int) -> None:
    room.server.say(user, "/stats")
    assert "may not" in room.server.wait_sent(user, 1, WAIT)[-1]["text"]
    group = -100_777
    room.server.found_group(group, ANNA, user)
    room.server.say(ANNA, "/stats", chat=group)
    assert "Not in this chat" in room.server.wait_sent(group, 1, WAIT)[-1]["text"]
    passed_on = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
    room.server.say(ANNA, "/stats csv", chat=room.chat, forward_origin=passed_on)
    room.wait_here(lambda m: "not acted upon" in m["text"])
    assert room.audit(user)[-1] == ("stats", "", "not_allowed")
    outcomes = [row for row in room.audit(ANNA) if row[2] == "refused"]
    assert [action for action, _, _ in outcomes[-2:]] == ["stats", "stats"]


def test_anybody_gets_what_is_held_of_them_and_nobody_elses(room: StaffRoom) -> None:
    room.server.say(71, "/export")
    (sent,) = files(room, 71, "document")
    assert not [each for each in room.server.calls if each.method == "getChatMember" and each.params["user_id"] == "71"]
    held = json.loads(content(room, sent))
    assert (held["format"], held["person"]) == ("circular-desk/person/1", 71)
    assert [each["question"] for each in held["inquiries"]] == ["loan for boats", "=1+1 boats"]
    group = -100_778
    room.server.found_group(group, 71)
    room.server.say(71, "/export@desk_test_bot", chat=group)
    assert "chat with me alone" in room.server.wait_sent(group, 1, WAIT)[-1]["text"]
    before = len(room.server.sent(71))
    room.server.say(71, "/export 72")
    assert "may not" in room.server.wait_sent(71, before + 1, WAIT)[-1]["text"]
    assert room.audit(71)[-1][2] == "not_allowed"
    room.server.say(ADMIN, "/export 72")
    (sent,) = files(room, ADMIN, "document")
    assert json.loads(content(room, sent))["inquiries"][0]["question"] == "贷款 & <b>"
    room.server.say(ADMIN, "/export 72", chat=room.chat)
    room.wait_here(lambda m: "chat with me alone" in m["text"])
    room.server.say(ADMIN, "/export 1' OR '1'='1")
    room.wait_told(ADMIN, "Write /export")


def test_the_weekly_report_has_buttons_for_its_pictures_and_its_table(room: StaffRoom) -> None:
    report = room.wait_here(lambda m: m["text"].startswith("Questions from") and bool(labels(m)))
    assert labels(report) == ["Pictures", "Table"]
    assert room.press(72, report, "Table") != ""
    before = len([each for each in room.server.sent(room.chat) if "document" in each])
    assert room.press(ANNA, report, "Table") == ""
    table = files(room, room.chat, "document", before + 1)[-1]
    assert table["document"]["file_name"] == "questions-7-days.csv"
    for forged in ("sne:c:0", "snx:c:7", "sne:p:99999"):
        room.server.click(72, report, forged)
    room.settled()
    assert [outcome for action, _, outcome in room.audit(72)[-3:]] == ["not_allowed"] * 3
