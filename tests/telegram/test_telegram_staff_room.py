"""The staff's chat through what goes wrong: rules, blocked askers, deleted topics, kills, restarts, removed data."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bot_api_server import BotApiServer
from conftest import SMALL_DESK, BotProcess
from sqlalchemy import text
from staff_talk import ADMIN, ANNA, BELA, WAIT, StaffRoom, data, labels, staff_room

from documents.database import open_engine

Json = dict[str, Any]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffRoom]:
    with staff_room(tmp_path_factory.mktemp("room"), forum=True) as room:
        yield room


def cases_of(room: StaffRoom, person: int) -> list[tuple[int, str]]:
    query = (
        'SELECT id, reason FROM staff_cases JOIN staff_addresses ON staff_addresses."case" = id '
        "WHERE person = :person ORDER BY id"
    )
    return [(number, reason) for number, reason in room.rows(query, person=person)]


def test_two_questions_in_a_row_that_are_not_stated_open_a_case(room: StaffRoom, user: int) -> None:
    room.ask(user, "Rats in the hold?")
    assert cases_of(room, user) == []
    room.ask(user, "Mice in the hold?")
    room.wait_told(user, "passed on to a person")
    room.settled()
    ((case, reason),) = cases_of(room, user)
    assert reason == "not_stated"
    card = room.card(case)
    assert "not stated, again and again" in card["text"]
    assert "Rats in the hold?" in card["text"]
    room.ask(user, "Cats in the hold?")
    room.settled()
    assert len(cases_of(room, user)) == 1
    assert room.rows('SELECT count(*) FROM staff_inquiries WHERE "case" = :case', case=case) == [(2,)]


def test_two_answers_in_a_row_that_are_found_wanting_open_a_case(room: StaffRoom, user: int) -> None:
    for question in ("loan one", "loan two"):
        answer = room.ask(user, question)
        room.press(user, answer, "👎")
    room.wait_told(user, "passed on to a person")
    room.settled()
    ((case, reason),) = cases_of(room, user)
    assert (reason, "loan two" in room.card(case)["text"]) == ("thumbs_down", True)


def test_a_question_of_somebody_whose_case_waits_is_added_to_it(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for the first boat"))
    room.wait_told(user, "passed on to a person")
    room.server.press(user, room.ask(user, "loan for the second boat"), "👤")
    room.wait_told(user, "this one is with it")
    room.wait_here(lambda m: f"Case {case}, the asker writes: loan for the second boat" in m["text"])
    assert len(cases_of(room, user)) == 1


def test_a_question_with_half_a_character_is_handed_over_too(room: StaffRoom, user: int) -> None:
    answer = room.ask(user, "where \ud83d is <the> pier?")
    _, card = room.hand_over(user, answer)
    assert "where \ufffd is <the> pier?" in card["text"]


def test_pressed_twice_it_is_one_case_and_in_a_group_only_the_asker_may(room: StaffRoom, user: int) -> None:
    group = -user
    answer = room.ask(user, "/ask loan for the ferry", chat=group)
    room.settled()
    assert "somebody else" in room.press(user + 20_000, answer, "👤")
    case, _ = room.hand_over(user, answer)
    room.press(user, answer, "👤")
    room.settled()
    assert len(cases_of(room, user)) == 1
    room.write(ANNA, case, "Ask the ferryman.")
    told = room.wait_told(group, "Ask the ferryman.")
    assert "passed on" in told["reply_to_message"]["text"]


def test_an_asker_who_blocked_the_bot_is_shown_so_until_they_write(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for a barge"))
    room.settled()
    room.server.blocked.add(user)
    room.write(ANNA, case, "Come on Monday.")
    room.wait_here(lambda m: "has blocked the bot" in m["text"] and f"Case {case}" in m["text"])
    assert room.wait_card(case, "⛔")
    room.write(ANNA, case, "Come on Tuesday.")
    room.wait_here(lambda m: f"The asker of case {case} has blocked the bot" in m["text"])
    room.server.blocked.discard(user)
    room.ask(user, "/start")
    room.server.say(user, "loan again")
    room.server.wait(lambda: "⛔" not in room.card(case)["text"], WAIT)
    room.write(ANNA, case, "Come on Friday.")
    room.wait_told(user, "Come on Friday.")


def test_a_deleted_topic_is_opened_anew_and_what_was_to_be_said_is_said_there(room: StaffRoom, user: int) -> None:
    case, card = room.hand_over(user, room.ask(user, "loan for a raft"))
    told = room.wait_told(user, "passed on")
    room.settled()
    before = card["message_thread_id"]
    room.server.delete_topic(room.chat, before)
    room.server.say(user, "And for two?", reply_to_message=told)
    said = room.wait_here(lambda m: "And for two?" in m["text"] and m.get("message_thread_id") != before)
    assert said["message_thread_id"] != before
    assert room.card(case)["message_thread_id"] == said["message_thread_id"]


def test_notes_and_words_to_a_colleague_stay_among_staff(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for a dinghy"))
    room.settled()
    sent = len(room.server.sent(user))
    room.write(ANNA, case, "/note Looks like last year's.")
    room.wait_here(lambda m: "stays among staff" in m["text"])
    hint = room.server.say(BELA, "Who takes it?", chat=room.chat)
    room.write(ANNA, case, "I do, Bela.", reply_to_message=hint)
    room.settled()
    notes = room.rows("SELECT text FROM staff_messages WHERE side = 'note' AND \"case\" = :case", case=case)
    assert len(notes) == 2
    assert len(room.server.sent(user)) == sent


def test_an_edited_reply_changes_nothing_and_asks_nothing(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for a canoe"))
    reply = room.write(ANNA, case, "On Wednesdays.")
    room.wait_told(user, "On Wednesdays.")
    room.settled()
    before = len(room.here())
    room.server.edit(reply, "On Thursdays.")
    room.settled()
    assert len(room.here()) == before


def test_what_an_asker_edits_is_added_and_a_mention_of_the_bot_asks_the_desk(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for a skiff"))
    told = room.wait_told(user, "passed on")
    more = room.server.say(user, "Two skiffs.", reply_to_message=told)
    room.wait_here(lambda m: "Two skiffs." in m["text"])
    room.server.edit(more, "Three skiffs.")
    room.wait_here(lambda m: "Three skiffs." in m["text"])
    mention = [{"type": "mention", "offset": 0, "length": 14}]
    room.write(ANNA, case, "@desk_test_bot form of a skiff", entities=mention)
    answer = room.wait_here(lambda m: "Annex I governs it" in m["text"])
    assert "👤" not in str(labels(answer))
    room.settled()
    assert "form of a skiff" not in str(room.server.sent(user))


def test_a_staffs_chat_that_is_closed_to_the_bot_loses_nothing(room: StaffRoom, user: int) -> None:
    room.settled()
    room.server.blocked.add(room.chat)
    answer = room.ask(user, "loan for a tug")
    room.server.press(user, answer, "👤")
    room.wait_told(user, "passed on")
    waiting = "SELECT id FROM staff_outbox WHERE done_at IS NULL AND tries > 0 AND holder IS NULL"
    room.server.wait(lambda: room.rows(waiting), WAIT)
    room.server.blocked.discard(room.chat)
    room.set("UPDATE staff_outbox SET due_at = 1 WHERE done_at IS NULL")
    room.wait_here(lambda m: "loan for a tug" in m["text"])


def test_data_that_is_to_go_goes_from_the_staffs_chat_too(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for a gondola"))
    told = room.wait_told(user, "passed on")
    room.server.say(user, "It is a black gondola.", reply_to_message=told)
    room.wait_here(lambda m: "black gondola" in m["text"])
    room.settled()
    asked = room.ask(user, "/forget")
    room.press(user, asked, "Yes")
    room.wait_card(case, "What it was about has been removed")
    room.settled()
    assert not [m for m in room.here() if "gondola" in m["text"]]
    assert cases_of(room, user) == []
    assert not room.rows("SELECT 1 FROM staff_inquiries WHERE question LIKE '%gondola%'")
    assert not room.rows("SELECT 1 FROM staff_shown WHERE chat = :user", user=user)


def test_answers_are_listed_edited_and_withdrawn(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan for a pontoon"))
    room.write(ANNA, case, "/official Pontoons are no boats.")
    draft = room.wait_here(lambda m: "Pontoons are no boats." in m["text"])
    assert (
        "cannot be read"
        in room.ask(ANNA, "until tomorrow", chat=room.chat, **{**room.thread(case), "reply_to_message": draft})["text"]
    )
    room.press(ANNA, draft, "No end")
    room.wait_here(lambda m: "without an end" in m["text"])
    room.press(BELA, draft, "Approve")
    room.wait_here(lambda m: "Official answer" in m["text"] and "Pontoons" in m["text"])
    listed = room.ask(ANNA, "/answers")
    assert "loan for a pontoon" in listed["text"]
    number = labels(listed)[-1]
    room.press(ANNA, listed, number)
    shown = room.server.wait(lambda: (m := room.server.sent(ANNA)[-1]) and "Withdraw" in labels(m) and m, WAIT)
    before = len(room.server.sent(ANNA))
    room.press(ANNA, shown, "Edit")
    edit = room.server.wait_sent(ANNA, before + 1, WAIT)[-1]
    room.server.say(ANNA, "Pontoons are boats by now.", reply_to_message=edit)
    room.wait_told(ANNA, "has been changed")
    room.press(ANNA, edit, "Approve")
    room.server.wait(lambda: "Official answer" in room.server.messages[ANNA, edit["message_id"]]["text"], WAIT)
    assert "Pontoons are boats by now." in room.ask(user, "Loan for a pontoon?")["text"]
    room.press(ANNA, shown, "Withdraw")
    room.server.wait(lambda: "withdrawn" in room.server.messages[ANNA, shown["message_id"]]["text"], WAIT)
    assert "office" not in room.ask(user, "Loan for a pontoon?")["text"]


def test_every_button_is_within_its_bound(room: StaffRoom) -> None:
    assert all(len(each.encode()) <= 64 for message in room.here() for each in data(message))
    expected = ("message thread not found",)
    assert not [each for each in room.server.violations if not any(part in each for part in expected)]


def test_a_case_survives_kill_and_restart_and_what_was_to_be_sent_comes_once(tmp_path: Path, user: int) -> None:
    with staff_room(tmp_path, forum=True) as room:
        case, _ = room.hand_over(user, room.ask(user, "loan for a schooner"))
        room.settled()
        room.server.fault("sendMessage", "hang", 1, retry_after=60, chat=user)
        room.write(ANNA, case, "Ask at the lock.")
        room.server.wait(room.server.struck, WAIT)
        room.bot.signal(signal.SIGKILL)
        room.bot.ended()
        room.set("UPDATE staff_outbox SET until = 1 WHERE done_at IS NULL")
        room.start_again()
        room.wait_told(user, "Ask at the lock.")
        room.settled()
        assert len([m for m in room.server.sent(user) if "Ask at the lock." in m["text"]]) == 1
        room.press(ANNA, room.card(case), "Open again")
        room.wait_card(case, "taken")
        room.press(ANNA, room.card(case), "Put off")
        room.wait_here(lambda m: "2 h" in labels(m))
        room.press(ANNA, room.card(case), "2 h")
        room.wait_card(case, "put off")
        room.set("UPDATE staff_cases SET wake_at = 1")
        room.start_again()
        room.wait_here(lambda m: f"Case {case} is back" in m["text"])
        room.wait_card(case, "taken")


def test_office_hours_that_cannot_be_read_are_one_line(server: BotApiServer, tmp_path: Path) -> None:
    bot = BotProcess(server.url, tmp_path, command=["env", "CIRCULAR_OFFICE_HOURS=whenever", *SMALL_DESK])
    assert bot.ended(WAIT) == 1
    assert "CIRCULAR_OFFICE_HOURS" in bot.log
    assert "Traceback" not in bot.log


def test_an_admin_without_a_staffs_chat_corrects_and_lists_and_nothing_is_handed_over(tmp_path: Path) -> None:
    with staff_room(tmp_path, staff_chat=False) as room:
        assert "👤 Ask a person" not in labels(room.ask(1, "Rats?"))
        room.press(ADMIN, room.ask(ADMIN, "/wrong Rats?"), "off topic")
        sure = room.wait_told(ADMIN, "Correct it to")
        room.press(ADMIN, sure, "Yes")
        room.wait_told(ADMIN, "Correction 1 · in force")
        assert room.ask(1, "Rats?")["text"].startswith("✕")
        assert "may not" in room.ask(ANNA, "/answers")["text"]


def test_without_a_staffs_chat_nothing_is_handed_over_and_inquiries_are_logged(
    server: BotApiServer, tmp_path: Path, user: int
) -> None:
    bot = BotProcess(server.url, tmp_path)
    for question in ("Rats?", "Mice?"):
        server.say(user, question)
    answers = server.wait_sent(user, 2, WAIT)
    assert labels(answers[1]) == ["👍", "👎", "More like this"]
    server.click(user, answers[1], "qe1")
    server.wait(lambda: [c for c in server.done("answerCallbackQuery") if "no longer works" in c.params["text"]], WAIT)
    assert bot.stop() == 0
    engine = open_engine(f"sqlite:///{tmp_path / 'bot.sqlite'}")
    with engine.connect() as connection:
        logged = connection.execute(text("SELECT status, question FROM staff_inquiries")).all()
        cases = connection.execute(text("SELECT * FROM staff_cases")).all()
    engine.dispose()
    assert ([status for status, _ in logged], cases) == (["not_stated", "not_stated"], [])
