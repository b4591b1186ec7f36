"""The real bot over HTTP, as its users meet it: questions, buttons, edits, groups, and what is not text."""

from __future__ import annotations

from typing import Any

import pytest
from bot_api_server import BOT, BotApiServer
from small_desk import LOAN, OPENING, RULES

Json = dict[str, Any]


def kinds(message: Json) -> set[str]:
    return {entity["type"] for entity in message["entities"]}


def labels(message: Json) -> list[str]:
    return [b["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for b in row]


def only(server: BotApiServer, chat: int) -> Json:
    """The one message of the bot in a chat."""
    (message,) = server.wait_sent(chat)
    return message


def settled(server: BotApiServer, user: int) -> None:
    """Wait until everything this user did before is handled: their updates are handled in order."""
    count = len(server.sent(user))
    server.say(user, "done?")
    server.wait(lambda: any("done?" in m["text"] for m in server.sent(user)[count:]))


def test_start_greets_in_the_language_of_the_user_and_names_the_documents(live: BotApiServer, user: int) -> None:
    live.say(user, "/start", language="zh-hans")
    live.say(user + 10_000, "/start", language="fr")
    assert "引用原文" in only(live, user)["text"]
    english = only(live, user + 10_000)["text"]
    assert f"{RULES.title} · Gang [1998] No.7 · 1998-05-04" in english


@pytest.mark.parametrize("command", ["/help", "/unknown", f"/help@{BOT['username']}"])
def test_help_is_shown_for_help_and_for_commands_that_do_not_exist(live: BotApiServer, user: int, command: str) -> None:
    live.say(user, command)
    assert "/ask" in only(live, user)["text"]


def test_commands_are_registered_in_both_languages(live: BotApiServer) -> None:
    commands = live.wait(lambda: {"", "en", "zh"} <= set(live.commands) and live.commands)
    names = "start programmes check ask sources language privacy export forget help"
    for language in ("", "en", "zh"):
        assert [each["command"] for each in commands[language]] == names.split()
    assert commands["zh"] != commands["en"] == commands[""]


def test_an_answer_quotes_in_a_blockquote_and_replies_to_the_question(live: BotApiServer, user: int) -> None:
    question = live.say(user, "loan <for> me & mine?")
    reply = only(live, user)
    assert LOAN in reply["text"]
    assert "blockquote" in kinds(reply)
    assert reply["reply_to_message"]["message_id"] == question["message_id"]
    assert labels(reply) == ["Open ¶ 2", "👍", "👎", "More like this"]


def test_a_chinese_question_is_answered_in_chinese(live: BotApiServer, user: int) -> None:
    live.say(user, "贷款找谁？", language="en")
    reply = only(live, user)
    assert "文件中有规定" in reply["text"]
    assert labels(reply) == ["查看第 2 段", "👍", "👎", "更多类似段落"]


def test_the_button_opens_the_paragraph_reads_on_and_goes_back(live: BotApiServer, user: int) -> None:
    live.say(user, "loan")
    answer = only(live, user)
    query = live.press(user, answer, "Open ¶ 2")
    opened = live.wait(lambda: (m := only(live, user)) and OPENING in m["text"] and m)
    assert {"bold", "underline"} <= kinds(opened)
    assert live.wait(lambda: [c for c in live.done("answerCallbackQuery") if c.params["callback_query_id"] == query])
    live.press(user, opened, "¶ 1")
    first = live.wait(lambda: (m := only(live, user)) and "¶ 1 of 4" in m["text"] and m)
    live.press(user, first, "¶ 2")
    again = live.wait(lambda: (m := only(live, user)) and "¶ 2 of 4" in m["text"] and m)
    assert "underline" in kinds(again)
    live.press(user, again, "Back")
    back = live.wait(lambda: (m := only(live, user)) and "¶ 2 of 4" not in m["text"] and m)
    assert (back["text"], labels(back)) == (answer["text"], labels(answer))


def test_a_second_click_on_the_same_button_changes_nothing_and_fails_nothing(live: BotApiServer, user: int) -> None:
    live.say(user, "loan")
    answer = only(live, user)
    for _ in range(2):
        live.press(user, answer, "Open ¶ 2")
    settled(live, user)
    assert len(live.sent(user)) == 2


@pytest.mark.parametrize("data", ["x", "pe:", "pe:harbour-rules:zz:1-2-3-4", "pe:gone:1", "se9", "\u0000☃", "p" * 64])
def test_garbled_and_outdated_buttons_are_answered_with_a_notice(live: BotApiServer, user: int, data: str) -> None:
    live.say(user, "loan")
    query = live.click(user, only(live, user), data)
    (call,) = live.wait(lambda: [c for c in live.done("answerCallbackQuery") if c.params["callback_query_id"] == query])
    assert call.params["text"]


def test_a_late_click_still_opens_the_paragraph(live: BotApiServer, user: int) -> None:
    live.say(user, "loan")
    live.press(user, only(live, user), "Open ¶ 2", late=True)
    live.wait(lambda: OPENING in only(live, user)["text"])


def test_a_click_under_a_message_that_is_gone_opens_the_paragraph_anew(live: BotApiServer, user: int) -> None:
    live.say(user, "loan")
    answer = only(live, user)
    with live._changed:
        live.press(user, answer, "Open ¶ 2", lost=True)
        live.messages.pop((user, answer["message_id"]))
    live.wait(lambda: any(OPENING in m["text"] for m in live.sent(user)))


def test_a_suggestion_is_asked_when_clicked(live: BotApiServer, user: int) -> None:
    live.say(user, "which")
    live.press(user, only(live, user), "loan for a carrier")
    assert LOAN in live.wait_sent(user, 2)[1]["text"]


def test_a_deep_link_opens_a_paragraph_of_the_first_document(live: BotApiServer, user: int) -> None:
    live.say(user, "/start p-2")
    assert OPENING in only(live, user)["text"]
    live.say(user, "/start p-99")
    assert live.wait_sent(user, 2)[1]["text"] == "There is no such paragraph."
    live.say(user, "/start <b>")
    assert "I quote" in live.wait_sent(user, 3)[2]["text"]


def test_a_long_answer_comes_in_pages_with_its_buttons_on_the_last(live: BotApiServer, user: int) -> None:
    live.say(user, "long")
    last = live.wait(lambda: [m for m in live.sent(user) if labels(m)], 10)[0]
    pages = live.sent(user)
    assert last == pages[-1]
    assert all("expandable_blockquote" in kinds(page) for page in pages)
    assert [page["text"].rsplit("\n", 1)[1] for page in pages] == [
        f"{n}/{len(pages)}" for n in range(1, len(pages) + 1)
    ]


def test_the_last_questions_of_a_conversation_are_handed_on(live: BotApiServer, user: int) -> None:
    for n in range(7):
        live.say(user, f"question {n}")
    live.say(user, "earlier")
    text = live.wait_sent(user, 8)[-1]["text"]
    assert text.endswith("question 2 | question 3 | question 4 | question 5 | question 6")


def test_one_users_questions_are_answered_in_order_while_others_do_not_wait(live: BotApiServer, user: int) -> None:
    other = user + 20_000
    live.say(user, "slow first")
    live.say(user, "second")
    live.say(other, "quick")
    live.wait_sent(other)
    assert not live.sent(user)
    assert [m["text"].split("Echo: ")[1] for m in live.wait_sent(user, 2)] == ["slow first", "second"]
    assert live.done("sendChatAction", user)
    assert not live.done("sendChatAction", other)


def test_an_edited_question_changes_its_answer(live: BotApiServer, user: int) -> None:
    question = live.say(user, "loann")
    only(live, user)
    live.edit(question, "loan")
    live.wait(lambda: LOAN in only(live, user)["text"])
    edits = len(live.done("editMessageText", user))
    live.edit(question, "loan")
    settled(live, user)
    tried = [c for c in live.calls if c.method == "editMessageText" and str(c.params["chat_id"]) == str(user)]
    assert len(tried) == edits


def test_an_edit_to_a_longer_and_a_shorter_answer_leaves_exactly_that_answer(live: BotApiServer, user: int) -> None:
    question = live.say(user, "loan")
    only(live, user)
    live.edit(question, "long")
    live.wait(lambda: len(live.sent(user)) > 3 and labels(live.sent(user)[-1]))
    live.edit(question, "form")
    live.wait(lambda: len(live.sent(user)) == 1)
    assert "Annex I" in only(live, user)["text"]


def test_an_edited_question_whose_answer_is_gone_is_answered_by_a_new_reply(live: BotApiServer, user: int) -> None:
    question = live.say(user, "loann")
    answer = only(live, user)
    with live._changed:
        live.messages.pop((user, answer["message_id"]))
        live.edit(question, "loan")
    again = live.wait(lambda: (all_ := live.sent(user)) and all_[0])
    assert LOAN in again["text"]
    assert again["reply_to_message"]["message_id"] == question["message_id"]
    live.edit(question, "form")
    live.wait(lambda: "Annex I" in only(live, user)["text"])


def test_a_question_edited_while_its_paragraph_is_open_shows_its_new_answer(live: BotApiServer, user: int) -> None:
    question = live.say(user, "loan")
    live.press(user, only(live, user), "Open ¶ 2")
    live.wait(lambda: OPENING in only(live, user)["text"])
    live.edit(question, "form")
    live.wait(lambda: "Annex I governs it" in only(live, user)["text"])


def test_a_question_deleted_before_it_is_answered_is_answered(live: BotApiServer, user: int) -> None:
    question = live.say(user, "slow question")
    live.wait(lambda: live.done("sendChatAction", user))
    with live._changed:
        live.messages.pop((user, question["message_id"]))
    assert "reply_to_message" not in only(live, user)


def test_typing_is_shown_before_a_slow_answer_to_an_edit_in_its_topic(live: BotApiServer, user: int) -> None:
    topic = live.open_topic(user, -user)
    question = live.say(user, "/ask loan", chat=-user, **topic)
    only(live, -user)
    live.edit(question, "/ask slow loan")
    (action,) = live.wait(lambda: live.done("sendChatAction", -user))
    assert int(action.params["message_thread_id"]) == topic["message_thread_id"]
    live.wait(lambda: "Echo: slow loan" in only(live, -user)["text"])


def test_a_typing_mark_that_hangs_does_not_hold_up_the_answer(live: BotApiServer, user: int) -> None:
    live.fault("sendChatAction", "hang", retry_after=15, chat=user)
    live.say(user, "slow question")
    live.wait_sent(user)


def test_an_edit_of_a_message_nobody_remembers_gets_a_reply_of_its_own(live: BotApiServer, user: int) -> None:
    live.say(user, "loan")
    only(live, user)
    old = {**live.say(user, None, location={"latitude": 1.0, "longitude": 1.0}), "message_id": 3}
    old.pop("location")
    live.edit(old, "form")
    live.wait(lambda: any("Annex I" in m["text"] for m in live.sent(user)))


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}], "caption": "loan"},
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
    ],
)
def test_what_is_not_text_is_met_with_a_polite_line(live: BotApiServer, user: int, content: Json) -> None:
    live.say(user, None, language="zh", **content)
    assert only(live, user)["text"] == "我只能阅读文字，请输入您的问题。"


@pytest.mark.parametrize("text", ["", "   \n ", "/ask", "/ask  "])
def test_an_empty_question_is_met_with_a_polite_line(live: BotApiServer, user: int, text: str) -> None:
    live.say(user, text)
    assert "type your question" in only(live, user)["text"]


@pytest.mark.parametrize("text", ["\x00\x07 \ud83d <b>&lt;", "`*_[x](y)", "😀" * 2000, "&amp;" * 800])
def test_any_text_gets_an_answer(live: BotApiServer, user: int, text: str) -> None:
    live.say(user, text)
    live.wait_sent(user)


def test_a_failing_desk_is_said_and_the_next_question_answered(live: BotApiServer, user: int) -> None:
    live.say(user, "break")
    assert "went wrong" in only(live, user)["text"]
    live.say(user, "loan")
    assert LOAN in live.wait_sent(user, 2)[1]["text"]


def test_in_a_group_only_what_is_said_to_the_bot_is_answered(live: BotApiServer, user: int) -> None:
    group, name = -user, f"@{BOT['username']}"
    mention = [{"type": "mention", "offset": 0, "length": len(name)}]
    live.say(user, "loan, anybody?", chat=group)
    live.say(user, "/start@another_bot", chat=group)
    live.say(user, None, chat=group, voice={"file_id": "a", "file_unique_id": "b", "duration": 1})
    live.say(user, f"{name} first", chat=group, entities=mention)
    first = live.wait_sent(group)[0]
    assert first["text"].endswith("Echo: first")
    live.say(user, "second", chat=group, reply_to_message=first)
    live.say(user, "/ask third", chat=group)
    texts = [m["text"].split("Echo: ")[1] for m in live.wait_sent(group, 3)]
    assert texts == ["first", "second", "third"]


def test_a_user_who_blocked_the_bot_stops_nobody_else(live: BotApiServer, user: int) -> None:
    live.blocked.add(user)
    live.say(user, "loan")
    live.say(user + 30_000, "loan")
    live.wait_sent(user + 30_000)
    assert not live.sent(user)


def test_an_update_that_cannot_be_read_does_not_hold_up_the_next(live: BotApiServer, user: int) -> None:
    live.push_raw({"message": {"message_id": "not a number", "chat": 5}})
    live.push_raw({"callback_query": {"id": "1"}})
    live.say(user, "loan")
    live.wait_sent(user)


def test_sending_goes_on_through_faults_and_sends_once(live: BotApiServer, user: int) -> None:
    faults = [("429", 1), ("500", 2), ("502", 2), ("drop", 2)]
    users = [user + 40_000 + n for n in range(len(faults))]
    for each, (kind, times) in zip(users, faults, strict=True):
        live.fault("sendMessage", kind, times, chat=each)
        live.say(each, "loan")
    for each in users:
        settled(live, each)
        assert [LOAN in m["text"] for m in live.sent(each)] == [True, False]


def test_opening_a_paragraph_goes_on_through_faults(live: BotApiServer, user: int) -> None:
    live.say(user, "loan")
    answer = only(live, user)
    live.fault("editMessageText", "502", 1, chat=user)
    live.fault("editMessageText", "drop_after", 1, chat=user)  # then the repeated edit "is not modified"
    live.press(user, answer, "Open ¶ 2")
    live.wait(lambda: OPENING in only(live, user)["text"])
    settled(live, user)
    assert len(live.sent(user)) == 2


def test_the_bot_kept_every_rule(live: BotApiServer) -> None:
    allowed = ("query is too old", "message is not modified", "message to edit not found")
    assert [each for each in live.violations if not any(part in each for part in allowed)] == []
