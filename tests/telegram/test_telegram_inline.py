"""What is typed after the bot's name in any chat is met with passages to send there, each with its source."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bot_api_server import BotApiServer
from conftest import Start
from small_desk import LOAN, RULES
from talk import WAIT, asked

Json = dict[str, Any]


def call(server: BotApiServer, query: str) -> Json:
    """The call that answered a query."""
    (found,) = server.wait(
        lambda: [c for c in server.done("answerInlineQuery") if c.params["inline_query_id"] == query], WAIT
    )
    return dict(found.params)


def offered(server: BotApiServer, user: int, text: str, **more: Any) -> list[Json]:
    return list(call(server, server.type_inline(user, text, **more))["offered"])


def test_a_question_is_offered_what_is_cited_and_then_what_else_was_found(live: BotApiServer, user: int) -> None:
    offers = offered(live, user, "loan <for> me?")
    assert [each["title"].split(" · ")[0] for each in offers] == ["¶ 2", "¶ 1", "¶ 3", "¶ 4"]
    first = offers[0]
    assert first["title"] == f"¶ 2 · {RULES.title}"
    assert first["description"] == LOAN
    lines = first["shown"].split("\n")
    assert lines == [LOAN, f"¶ 2 · {RULES.title} · {RULES.number} · Money & boats · p. 2"]
    assert [each["type"] for each in first["entities"]] == ["blockquote", "bold"]
    assert live.sent(user) == []


def test_a_long_passage_is_cut_to_what_one_message_holds(live: BotApiServer, user: int) -> None:
    first = offered(live, user, "long")[0]
    assert 2000 < len(first["shown"]) < 4096
    assert " …\n¶ 3" in first["shown"]
    assert len(first["description"]) <= 200


def test_a_chinese_question_is_answered_in_chinese(live: BotApiServer, user: int) -> None:
    assert offered(live, user, "贷款找谁？")[0]["title"].startswith("第 2 段 · ")


@pytest.mark.parametrize("text", ["break", "away", "earlier"])
def test_where_there_is_nothing_to_offer_the_way_to_the_bot_is(live: BotApiServer, user: int, text: str) -> None:
    answered = call(live, live.type_inline(user, text, language="zh"))
    button = json.loads(answered["button"])
    assert answered["offered"] == []
    assert "没有可提供的段落" in button["text"]
    greeting = asked(live, user, f"/start {button['start_parameter']}")["text"]
    assert greeting == asked(live, user, "/start")["text"]


def test_answers_are_kept_for_a_short_time_and_for_whoever_asked(live: BotApiServer, user: int) -> None:
    answered = call(live, live.type_inline(user, "loan"))
    assert int(answered["cache_time"]) <= 60
    assert str(answered["is_personal"]).lower() == "true"


@pytest.mark.parametrize("text", ["  ", "\x00\ud83d <b>&lt;", "😀" * 128, "`*_[x](y)"])
def test_whatever_is_typed_gets_an_answer(live: BotApiServer, user: int, text: str) -> None:
    assert len(offered(live, user, text)) <= 5


def test_a_query_that_is_too_old_is_no_trouble_and_faults_are_gone_through(live: BotApiServer, user: int) -> None:
    live.type_inline(user, "loan", late=True)
    live.fault("answerInlineQuery", "502", 1)
    assert offered(live, user, "loan")


def test_what_is_typed_is_no_part_of_the_conversation(live: BotApiServer, user: int) -> None:
    offered(live, user, "loan")
    assert asked(live, user, "earlier")["text"].endswith("\nnothing")


@pytest.mark.parametrize(
    ("language", "word", "number"), [("en", "Who", "¶"), ("zh-hans", "谁", "第")], ids=["en", "zh"]
)
def test_before_anything_is_typed_questions_are_offered_with_their_passage(
    product: BotApiServer, user: int, language: str, word: str, number: str
) -> None:
    offers = offered(product, user, "", language=language)
    assert 3 <= len(offers) <= 5
    assert len({each["title"] for each in offers}) == len(offers)
    for each in offers:
        question, _, rest = each["shown"].partition("\n\n")
        assert question == each["title"]
        assert "556" in rest
        assert number in rest
        assert {"italic", "bold"} < {entity["type"] for entity in each["entities"]}


def test_the_product_offers_passages_that_answer(product: BotApiServer, user: int) -> None:
    offers = offered(product, user, "Which bank can lend to our company?")
    assert len(offers) == 5
    assert offers[0]["title"].startswith("¶ 15 · Circular of")
    assert "China Development Bank" in offers[0]["shown"]


def test_what_is_typed_is_asked_for_and_does_not_stand_in_the_log(server: BotApiServer, start: Start) -> None:
    bot = start(server.url)
    offered(server, 1, "loan sesame")
    assert bot.stop() == 0
    assert "sesame" not in bot.log
    polls = [each for each in server.calls if each.method == "getUpdates"]
    assert all("inline_query" in each.params["allowed_updates"] for each in polls)
