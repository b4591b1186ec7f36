"""The product over HTTP, as people meet it first: the greeting, links, menus, language, what is stored of them."""

from __future__ import annotations

import pytest
from bot_api_server import BotApiServer
from conftest import Start
from talk import WAIT, answered, asked, data, labels, notice, pressed, quotes

NUMBER = "Shang Zi Fa [2006] No.556"
LANGUAGES = {
    "en": ("en", "Who may?", "How to apply?", "Open ¶ 14", "Rewards for international certification"),
    "zh": ("zh-hans", "面向谁？", "怎么申请？", "查看第 14 段", "国际认证奖励"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_start_says_what_it_is_what_it_knows_and_that_it_quotes(
    product: BotApiServer, user: int, language: str
) -> None:
    code = LANGUAGES[language][0]
    greeting = asked(product, user, "/start", language=code)
    lines = greeting["text"].split("\n")
    assert ("quote" in lines[1] and "not advise" in lines[1]) or ("引用原文" in lines[1] and "不提供建议" in lines[1])
    assert f"{NUMBER} · 2006-10-16" in greeting["text"]
    expected = {"en": ["Graduate", "Enterprise", "Staff"], "zh": ["毕业生", "企业", "工作人员"]}[language]
    assert [label.split()[1] for label in labels(greeting)] == expected


@pytest.mark.parametrize(
    ("code", "role", "programme", "other"),
    [
        ("en", "Graduate", "Talent training plan", "Policy-based loans for enterprises"),
        ("en", "Enterprise", "Policy-based loans for enterprises", "China Base Cities"),
        ("en", "Staff", "China Base Cities", "Rewards for"),
        ("zh", "毕业生", "人才培训计划", "企业政策性贷款"),
        ("zh-TW", "企业", "企业政策性贷款", "基地城市"),
        ("zh", "工作人员", "中国服务外包基地城市", "国际认证奖励"),
    ],
)
def test_each_person_is_shown_what_concerns_them_in_place(
    product: BotApiServer, user: int, code: str, role: str, programme: str, other: str
) -> None:
    greeting = asked(product, user, "/start", language=code)
    page = pressed(product, user, greeting, role)
    shown = labels(page)
    assert any(programme in label for label in shown)
    assert not any(other in label for label in shown)
    assert page["text"].count("• ") >= 2, "questions such a person asks"
    topic = pressed(product, user, page, programme)
    assert quotes(topic)
    back = pressed(product, user, topic, role)
    assert (back["text"], labels(back)) == (page["text"], shown)
    again = pressed(product, user, back, "⌂")
    assert (again["text"], labels(again)) == (greeting["text"], labels(greeting))
    assert len(product.sent(user)) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_programme_says_what_it_gives_and_its_buttons_ask(product: BotApiServer, user: int, language: str) -> None:
    code, who, how, opening, name = LANGUAGES[language]
    menu = asked(product, user, "/programmes", language=code)
    assert len(labels(menu)) == 13
    topic = pressed(product, user, menu, name)
    assert NUMBER in topic["text"]
    (quote,) = quotes(topic)
    assert quote.startswith("service outsourcing enterprises which have met the requirements")

    applying = answered(product, user, topic, how)
    assert {"en": "Governed by another document", "zh": "由其他文件规定"}[language] in applying["text"]
    assert "Appendix II" in applying["text"]
    assert {"en": "How do we apply for the reward?", "zh": "认证奖励怎么申请"}[language] in applying["text"]
    who_may = answered(product, user, topic, who)
    assert {"en": "Stated in the documents", "zh": "文件中有规定"}[language] in who_may["text"]

    opened = answered(product, user, topic, opening)
    assert "Encourage the service outsourcing enterprises to be authenticated" in opened["text"]
    assert "underline" in {e["type"] for e in opened["entities"]}
    assert product.messages[user, topic["message_id"]]["text"] == topic["text"], "the programme stays"


def test_an_answer_to_a_button_opens_its_paragraphs_and_can_be_asked_on(product: BotApiServer, user: int) -> None:
    menu = asked(product, user, "/programmes")
    topic = pressed(product, user, menu, "Policy-based loans for enterprises")
    answer = answered(product, user, topic, "Who may?")
    opened = answered(product, user, answer, "Open ¶ 15")
    assert "¶ 15 of 35" in opened["text"]
    read_on = pressed(product, user, opened, "¶ 16")
    assert "¶ 16 of 35" in read_on["text"]
    product.say(user, "and for cities?")
    follow_up = product.wait_sent(user, 4, WAIT)[3]
    assert "base cities" in follow_up["text"]


def test_more_like_an_answer_shows_other_paragraphs(product: BotApiServer, user: int) -> None:
    answer = asked(product, user, "Which bank can lend to our company?")
    further = answered(product, user, answer, "More like this")
    opening = {each for each in labels(further) if "¶" in each}
    assert len(quotes(further)) == len(opening) == 3
    assert not opening & set(labels(answer))
    last = answered(product, user, further, "More like this")
    assert not opening & {each for each in labels(last) if "¶" in each}


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("ask-credit_insurance", "China Export & Credit Insurance Corporation will"),
        ("p-14", "¶ 14 of 35"),
        ("p-circular-2006-556-6", "¶ 6 of 35"),
        ("p-99", "There is no such paragraph."),
    ],
)
def test_links_lead_to_programmes_and_paragraphs(product: BotApiServer, user: int, payload: str, words: str) -> None:
    assert words in asked(product, user, f"/start {payload}")["text"]


@pytest.mark.parametrize("payload", ["ask-nothing", "p-no-such-document-3", "hello", "<b>&", "x" * 64])
def test_a_link_to_nothing_is_said_in_a_line_above_the_greeting(product: BotApiServer, user: int, payload: str) -> None:
    plain = asked(product, user, "/start", language="zh")
    lost = asked(product, user, f"/start {payload}", language="zh")
    first, _, rest = lost["text"].partition("\n\n")
    assert first == "您点击的链接所指的内容这里没有。以下是我的介绍："
    assert rest == plain["text"]
    assert labels(lost) == labels(plain)


@pytest.mark.parametrize(
    ("code", "named", "count"), [("en", "not in the library", "35 paragraphs"), ("zh", "没有正文", "35 段")]
)
def test_sources_lists_what_is_there_and_what_is_only_named(
    product: BotApiServer, user: int, code: str, named: str, count: str
) -> None:
    page = asked(product, user, "/sources", language=code)
    before, _, after = page["text"].partition(named)
    assert f"{NUMBER} · 2006-10-16 · " in before
    assert count in before
    for label in ("Appendix I:", "Appendix II:", "Appendix III:", "Measures for the Administration of Funds"):
        assert label in after
        assert label not in before
    assert len(labels(page)) == 1
    assert NUMBER in labels(page)[0]
    opened = answered(product, user, page, NUMBER)
    assert "Thousand-Hundred-Ten" in opened["text"]


def test_the_language_is_chosen_in_place_and_kept(product: BotApiServer, user: int) -> None:
    page = asked(product, user, "/language")
    assert labels(page) == ["English", "中文", "✓ Follow my messages"]
    chosen = pressed(product, user, page, "中文")
    assert labels(chosen) == ["English", "✓ 中文", "跟随我的消息"]
    assert "引用原文" in asked(product, user, "/start")["text"]
    product.say(user, "Who can get the China Development Bank loans for enterprises?")
    assert "文件中有规定" in product.wait_sent(user, 3, WAIT)[2]["text"]
    followed = pressed(product, user, chosen, "跟随")
    assert labels(followed) == ["English", "中文", "✓ Follow my messages"]
    product.say(user, "认证奖励怎么申请？")
    assert "由其他文件规定" in product.wait_sent(user, 4, WAIT)[3]["text"]
    assert "I quote" in asked(product, user, "/start")["text"]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_privacy_says_what_is_stored_for_how_long_and_how_to_remove_it(
    product: BotApiServer, user: int, code: str
) -> None:
    text = asked(product, user, "/privacy", language=code)["text"]
    assert "/language" in text
    assert "/forget" in text
    assert "90" in text


@pytest.mark.parametrize(("code", "no", "yes"), [("en", "No", "Yes"), ("zh", "否", "是")])
def test_forget_asks_first_and_then_forgets_questions_in_every_chat(
    live: BotApiServer, user: int, code: str, no: str, yes: str
) -> None:
    """On the desk of the tests, which tells what it was handed of the conversation."""
    group = -user
    asked(live, user, "a <first> question", language=code)
    asked(live, user, "/ask one in a group", chat=group)
    asked(live, user + 1, "/ask of somebody else", chat=group)

    kept = pressed(live, user, asked(live, user, "/forget", language=code), no)
    assert kept["text"] == {"en": "Nothing was removed.", "zh": "没有删除任何内容。"}[code]
    assert "a <first> question" in asked(live, user, "earlier")["text"]

    done = pressed(live, user, asked(live, user, "/forget", language=code), yes)
    assert (
        done["text"]
        == {
            "en": "Removed. Nothing is stored of you any more.",
            "zh": "已删除，不再保存您的任何信息。",
        }[code]
    )
    assert labels(done) == []
    assert asked(live, user, "earlier")["text"].endswith("nothing")
    assert asked(live, user, "/ask earlier", chat=group)["text"].endswith("nothing")
    assert "of somebody else" in asked(live, user + 1, "/ask earlier", chat=group)["text"]


def test_forget_forgets_the_language(product: BotApiServer, user: int) -> None:
    pressed(product, user, asked(product, user, "/language", language="zh"), "English")
    page = asked(product, user, "/forget", language="zh")
    assert labels(page) == ["Yes, remove it", "No, keep it"]
    pressed(product, user, page, "Yes", language="zh")
    assert "引用原文" in asked(product, user, "/start", language="zh")["text"]


def test_in_a_group_choices_of_one_person_are_not_made_by_another(product: BotApiServer, user: int) -> None:
    group, other = -user, user + 60_000
    page = asked(product, user, "/forget", chat=group)
    assert notice(product, product.press(other, page, "Yes")) == "These buttons are for somebody else."
    assert product.sent(group)[0]["text"] == page["text"]
    menu = asked(product, user, "/programmes", chat=group)
    assert quotes(pressed(product, other, menu, "Talent training plan")), "a menu is for everybody"


@pytest.mark.parametrize("old", ["he0", "te1::circular-2006-556/gone", "te1:", "ae1:who_may:~0123456789ab", "ce9s:"])
def test_buttons_that_no_longer_lead_anywhere_say_why(product: BotApiServer, user: int, old: str) -> None:
    page = asked(product, user, "/programmes")
    said = notice(product, product.click(user, page, old))
    assert ("/programmes" in said) == ("~" in old or "gone" in old)
    assert ("no longer works" in said) != ("/programmes" in said)
    assert product.sent(user) == [page]


def test_late_double_and_lost_clicks_are_no_errors(product: BotApiServer, user: int) -> None:
    menu = asked(product, user, "/programmes")
    for _ in range(2):
        product.press(user, menu, "Statistics", late=True)
    product.wait(lambda: "Statistics" in product.sent(user)[0]["text"], WAIT)
    with product._changed:
        topic = product.sent(user)[0]
        product.press(user, topic, "All programmes", lost=True)
        product.messages.pop((user, topic["message_id"]))
    again = product.wait(lambda: (m := product.sent(user)) and m[-1]["text"] == menu["text"] and m[-1], WAIT)
    assert data(again) == data(menu)


def test_help_names_every_command_in_both_languages(product: BotApiServer, user: int) -> None:
    for at, code in enumerate(("en", "zh")):
        text = asked(product, user + at * 70_000, "/help", language=code)["text"]
        assert [f"/{each['command']}" in text for each in product.commands[code]] == [True] * 10


@pytest.mark.slow
def test_language_and_menus_outlive_a_restart(server: BotApiServer, start: Start) -> None:
    first = start(server.url)
    menu = asked(server, 1, "/sources", language="en")
    pressed(server, 1, asked(server, 1, "/language"), "中文")
    assert first.stop() == 0
    start(server.url)
    assert "引用原文" in asked(server, 1, "/start", language="en")["text"]
    opened = answered(server, 1, menu, "Read")
    assert "¶ 1 of 4" in opened["text"], "an old button speaks the language it was made in"


def test_the_product_kept_every_rule(product: BotApiServer) -> None:
    allowed = ("query is too old", "message is not modified", "message to edit not found")
    assert [each for each in product.violations if not any(part in each for part in allowed)] == []
