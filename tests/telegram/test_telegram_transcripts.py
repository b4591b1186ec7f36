"""A conversation of each kind of asker in both languages, all of it as they see it, held to ``transcripts/*.md``.

One process of the product serves all of them. ``transcripts/README.md`` says how they are written anew.
"""

from __future__ import annotations

import pytest
from bot_api_server import BotApiServer
from transcript import STORED, Transcript, holds


def graduate_en(talk: Transcript) -> None:
    talk.turn_to(talk.say("/start"), "Graduate")
    trained = talk.say("I finished a three-year college last summer and have no job. Can I be trained?")
    opened = talk.turn_to(trained, "Open ¶ 10")
    paid = talk.say("How much is paid for each trainee?")
    talk.turn_to(opened, "Back")
    talk.vote(paid, "👍")


def graduate_zh(talk: Transcript) -> None:
    talk.turn_to(talk.say("/start"), "毕业生")
    talk.say("我大专毕业还没找到工作，能参加培训吗？")
    many = talk.say("五年要培训多少人？")
    talk.say("/check")
    talk.vote(many, "👍")
    talk.turn_to(many, "查看第 10 段")


def enterprise_en(talk: Transcript) -> None:
    talk.turn_to(talk.say("/start"), "Enterprise")
    bank = talk.say("Which bank can lend to our company?")
    rate = talk.say("What interest rate applies?")
    talk.say("/check")
    talk.vote(rate, "👎")
    talk.turn_to(bank, "Open ¶ 15")


def enterprise_zh(talk: Transcript) -> None:
    menu = talk.turn_to(talk.say("/start"), "企业")
    topic = talk.turn_to(menu, "国际认证奖励")
    talk.lead_to(topic, "查看第 14 段")
    talk.say("哪家银行可以给我们公司贷款？")
    rate = talk.say("利率是多少？")
    talk.vote(rate, "👎")


def staff_en(talk: Transcript) -> None:
    talk.turn_to(talk.say("/start"), "Staff")
    talk.say("How do base cities get their money?")
    decides = talk.say("and who decides which cities?")
    talk.vote(decides, "👍")
    talk.turn_to(decides, "Open ¶ 18")
    talk.say("/sources")


def staff_zh(talk: Transcript) -> None:
    talk.turn_to(talk.say("/start"), "工作人员")
    support = talk.say("基地城市有什么支持？")
    talk.turn_to(support, "查看第 18 段")
    papers = talk.say("申请材料交给谁？")
    talk.say("/programmes")
    talk.vote(papers, "👍")


CONVERSATIONS = {
    "graduate-en": (graduate_en, "A graduate, in English"),
    "graduate-zh": (graduate_zh, "A graduate, in Chinese"),
    "enterprise-en": (enterprise_en, "An enterprise, in English"),
    "enterprise-zh": (enterprise_zh, "An enterprise, in Chinese"),
    "staff-en": (staff_en, "Somebody on the staff of a bureau, in English"),
    "staff-zh": (staff_zh, "Somebody on the staff of a bureau, in Chinese"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_conversation_is_what_is_stored(product: BotApiServer, user: int, name: str) -> None:
    hold, title = CONVERSATIONS[name]
    talk = Transcript(product, user, name[-2:], title)
    hold(talk)
    holds(name, talk.written())


def test_no_stored_conversation_is_left_over() -> None:
    assert {file.stem for file in STORED.glob("*.md")} == {*CONVERSATIONS, "README"}
