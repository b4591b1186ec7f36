"""The bot in a group, where it is sent only what speaks to it: it answers that, in its place, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from bot_api_server import BOT, BotApiServer
from small_desk import LOAN

Json = dict[str, Any]

NAME = f"@{BOT['username']}"
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


def mention(text: str) -> Json:
    """The fields of a message that mentions the bot."""
    at = len(text[: text.index(NAME)].encode("utf-16-le")) // 2
    return {"text": text, "entities": [{"type": "mention", "offset": at, "length": len(NAME)}]}


def said(server: BotApiServer, user: int, fields: Json, **more: Any) -> Json:
    return server.say(user, chat=-user, **{**fields, **more})


def answers(server: BotApiServer, user: int, count: int = 1) -> list[str]:
    """What the bot says in the group of a user, once something it must not hear and a last question are behind it."""
    server.say(user, "loan, anybody?", chat=-user)
    server.say(user, "/ask the end", chat=-user)
    shown = server.wait_sent(-user, count + 1)
    assert shown[-1]["text"].endswith("Echo: the end")
    return [message["text"] for message in shown[:-1]]


@pytest.mark.parametrize(
    "text", [f"{NAME} why?", f"why? {NAME}", f"😀 {NAME}\nwhy?", "/ask why?", f"/ask{NAME} why?", f"/ASK{NAME}\nwhy?"]
)
def test_what_speaks_to_it_is_answered_by_a_reply(live: BotApiServer, user: int, text: str) -> None:
    asked = said(live, user, mention(text)) if "/" not in text else live.say(user, text, chat=-user)
    reply = live.wait_sent(-user)[0]
    assert "why?" in reply["text"].split("Echo: ")[1]
    assert NAME not in reply["text"]
    assert reply["reply_to_message"]["message_id"] == asked["message_id"]


@pytest.mark.parametrize("text", ["why @another_bot?", "/ask@another_bot why?", "/unknown", f"{NAME}s why?"])
def test_what_speaks_to_somebody_else_is_not(live: BotApiServer, user: int, text: str) -> None:
    live.say(user, text, chat=-user)
    assert answers(live, user, 0) == []


@pytest.mark.parametrize("fields", [mention(NAME), {"text": "/ask"}, {"text": f"/ask{NAME}"}])
def test_a_mention_alone_asks_about_the_message_it_replies_to(live: BotApiServer, user: int, fields: Json) -> None:
    other = live.say(user + 20_000, "loan <for> whom?", chat=-user)
    asking = said(live, user, fields, reply_to_message=other)
    reply = live.wait_sent(-user)[0]
    assert reply["text"].startswith("loan <for> whom?")
    assert LOAN in reply["text"]
    assert reply["reply_to_message"]["message_id"] == asking["message_id"]


def test_it_asks_about_the_words_that_are_marked_of_it_or_under_its_picture(live: BotApiServer, user: int) -> None:
    other = live.say(user + 20_000, "Good morning. form please. Thank you.", chat=-user)
    said(
        live,
        user,
        mention(NAME),
        reply_to_message=other,
        quote={"text": "form please", "position": 14, "is_manual": True},
    )
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    picture = live.say(user + 20_000, None, chat=-user, photo=photo, caption="loan please")
    said(live, user, mention(NAME), reply_to_message=picture)
    first, second = answers(live, user, 2)
    assert "Annex I" in first
    assert LOAN in second


def test_its_own_words_are_no_question_and_a_question_of_its_own_goes_first(live: BotApiServer, user: int) -> None:
    other = live.say(user + 20_000, "loan?", chat=-user)
    said(live, user, mention(f"{NAME} form please"), reply_to_message=other)
    own = live.wait_sent(-user)[0]
    assert "Annex I" in own["text"]
    said(live, user, mention(NAME), reply_to_message=own)
    assert "type your question" in live.wait_sent(-user, 2)[1]["text"]


def test_a_picture_that_speaks_to_it_is_met_with_a_polite_line_and_others_are_not(
    live: BotApiServer, user: int
) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    caption = {"caption": f"{NAME} loan?", "caption_entities": mention(NAME)["entities"]}
    live.say(user, None, chat=-user, photo=photo, caption="loan?")
    live.say(user, None, chat=-user, photo=photo, **caption)
    assert ["only read text" in each for each in answers(live, user)] == [True]


def test_a_passage_that_somebody_sent_by_it_is_not_taken_for_a_question(live: BotApiServer, user: int) -> None:
    said(live, user, mention(f"{NAME} why?"), via_bot=BOT)
    live.say(user, "a passage", via_bot=BOT)
    assert answers(live, user, 0) == []
    assert live.sent(user) == []


def test_in_a_forum_it_answers_in_the_topic_and_hears_only_what_speaks_to_it(live: BotApiServer, user: int) -> None:
    topic = live.open_topic(user, -user)
    # Whoever opened the topic, nobody replies to them by writing in it.
    topic["reply_to_message"] = {**topic["reply_to_message"], "from": BOT}
    live.say(user, "form, anybody?", chat=-user, **topic)
    asked = live.say(user, "/ask loan", chat=-user, **topic)
    reply = live.wait_sent(-user)[0]
    assert LOAN in reply["text"]
    assert reply["reply_to_message"]["message_id"] == asked["message_id"]
    assert reply["message_thread_id"] == topic["message_thread_id"]
    said(live, user, mention(NAME), **topic)
    assert "type your question" in live.wait_sent(-user, 2)[1]["text"]


def test_a_button_in_a_topic_answers_in_it(live: BotApiServer, user: int) -> None:
    topic = live.open_topic(user, -user)
    live.say(user, "/ask which", chat=-user, **topic)
    live.press(user, live.wait_sent(-user)[0], "loan for a carrier")
    assert live.wait_sent(-user, 2)[1]["message_thread_id"] == topic["message_thread_id"]


def test_who_speaks_for_a_chat_is_answered_and_has_a_conversation_of_its_own(live: BotApiServer, user: int) -> None:
    group = {"id": -user, "type": "supergroup", "title": "G"}
    channel = {"id": -user - 50_000, "type": "channel", "title": "C"}
    other = {"id": -user - 60_000, "type": "channel", "title": "D"}
    speakers = [(ANONYMOUS, group), (CHANNEL_BOT, channel), (CHANNEL_BOT, other)]
    for number, (sender, chat) in enumerate(speakers):
        said(live, user, {"text": f"/ask question {number}", "from": sender, "sender_chat": chat})
    shown = live.wait_sent(-user, 3)
    assert sorted(m["text"].split("Echo: ")[1] for m in shown) == ["question 0", "question 1", "question 2"]
    for number, (sender, chat) in enumerate(speakers):
        earlier = {"text": "/ask earlier", "from": sender, "sender_chat": chat}
        assert said(live, user, earlier)
        assert live.wait_sent(-user, 4 + number)[-1]["text"].endswith(f"\nquestion {number}")


def test_what_names_nobody_is_no_trouble(live: BotApiServer, user: int) -> None:
    group = {"id": -user, "type": "supergroup", "title": "G"}
    message = {"message_id": 5, "date": 1, "chat": group, "text": "/ask loan"}
    live.say(user, "hello", chat=-user)
    live.push_raw({"message": message})
    assert LOAN in live.wait_sent(-user)[0]["text"]


def test_in_a_group_everybody_has_a_conversation_of_their_own(live: BotApiServer, user: int) -> None:
    other = user + 20_000
    live.say(user, "/ask mine", chat=-user)
    live.wait_sent(-user)
    live.say(other, "/ask theirs", chat=-user)
    live.wait_sent(-user, 2)
    live.say(user, "/ask earlier", chat=-user)
    live.wait_sent(-user, 3)
    live.say(user, "/ask earlier", chat=-user - 1)
    assert live.sent(-user)[2]["text"].endswith("\nmine")
    assert live.wait_sent(-user - 1)[0]["text"].endswith("\nnothing")
    live.say(user, "earlier")
    assert live.wait_sent(user)[0]["text"].endswith("\nnothing")
