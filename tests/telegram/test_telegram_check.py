"""The eligibility check over HTTP: one message from the first question to the outcome, in any order of clicks."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from bot_api_server import BotApiServer
from conftest import Start
from talk import WAIT, Json, answered, asked, data, labels, notice, pressed, quotes

from documents.conditions import FILE
from documents.loading import SHIPPED

ECHOING = [sys.executable, str(Path(__file__).with_name("circular_desk.py"))]


def steps(server: BotApiServer, user: int, message: Json, *choices: str) -> Json:
    """The message once these choices were pressed in turn."""
    for choice in choices:
        message = pressed(server, user, message, choice)
    return message


@pytest.mark.parametrize(
    ("code", "choices", "words"),
    [
        (
            "en",
            ["A graduate", "Training for graduates", "Yes, junior", "A new graduate"],
            ["states (2 of 2)", "Junior college graduates are included by name", "by Appendix I ", "no promise"],
        ),
        (
            "zh",
            ["毕业生", "毕业生培训", "大专", "新近毕业"],
            ["符合该文件写明的条件（2/2）", "文件明确包括大专毕业生", "附件一", "也不是承诺"],
        ),
        ("en", ["A graduate", "job seeking", "Yes, univ"], ["Meets every condition that the documents state (1 of 1)"]),
        (
            "en",
            ["An enterprise", "Reward for", "Yes", "Information technology", "CMMI"],
            ["(3 of 3)", "left to Appendix II: 1.", "○ The requirements for the reward: the documents do not say"],
        ),
        (
            "zh",
            ["企业", "国际认证奖励", "是", "信息技术外包", "ISO27001"],
            ["（3/3）", "留待附件二规定的事项：1项", "○ 奖励的要求：文件没有写明"],
        ),
        ("zh", ["企业", "国际认证奖励", "否"], ["不符合文件写明的条件：中长期服务合同", "未询问"]),
    ],
)  # fmt: skip
def test_a_whole_check_in_one_message(
    product: BotApiServer, user: int, code: str, choices: list[str], words: list[str]
) -> None:
    first = asked(product, user, "/check", language=code)
    outcome = steps(product, user, first, *choices)
    for each in words:
        assert each in outcome["text"]
    assert outcome["message_id"] == first["message_id"]
    assert len(product.sent(user)) == 1
    text = " ".join(p.read_text("utf-8") for p in SHIPPED.glob("*/document.txt"))
    assert len(quotes(outcome)) >= 2
    assert all(quote in text for quote in quotes(outcome))
    opening = [label for label in labels(outcome) if "¶" in label or "段" in label]
    assert opening
    opened = answered(product, user, outcome, opening[0])
    assert "underline" in {e["type"] for e in opened["entities"]}
    assert product.messages[user, first["message_id"]]["text"] == outcome["text"], "the outcome stays"


def test_back_undoes_the_last_answer_from_the_outcome_to_the_beginning(product: BotApiServer, user: int) -> None:
    message = asked(product, user, "/check")
    shown = [message["text"]]
    for choice in ("An enterprise", "Credit insurance", "Yes"):
        message = pressed(product, user, message, choice)
        shown.append(message["text"])
    message = pressed(product, user, message, "Information technology")
    assert "Meets every condition" in message["text"]
    for expected in reversed(shown):
        message = pressed(product, user, message, "Back")
        assert message["text"] == expected
    assert not any("Back" in label for label in labels(message)), "there is nothing before the first question"


def test_stop_ends_it_and_it_can_begin_again_in_the_same_role(product: BotApiServer, user: int) -> None:
    message = steps(product, user, asked(product, user, "/check", language="zh"), "企业", "信用保险")
    stopped = pressed(product, user, message, "结束")
    assert stopped["text"] == "核对已结束，没有保存任何内容。"
    assert len(labels(stopped)) == 1
    again = pressed(product, user, stopped, "重新开始")
    assert "核对哪个项目" in again["text"]
    assert any("信用保险" in label for label in labels(again))


def test_a_page_of_a_programme_begins_the_check_about_it(product: BotApiServer, user: int) -> None:
    topic = asked(product, user, "/start ask-credit_insurance")
    question = pressed(product, user, topic, "Check the conditions")
    assert "Credit insurance" in question["text"]
    assert "1 of 2" in question["text"]
    role = steps(product, user, asked(product, user, "/start"), "Graduate", "Check the conditions")
    assert "Which programme?" in role["text"]
    statistics = asked(product, user, "/start ask-statistics")
    assert not any("Check" in label for label in labels(statistics)), "no conditions are stated for it"


def test_a_button_of_a_question_already_passed_says_so(product: BotApiServer, user: int) -> None:
    message = steps(product, user, asked(product, user, "/check"), "An enterprise", "Credit insurance")
    old = dict(zip(labels(message), data(message), strict=True))["No"]
    now = pressed(product, user, message, "Yes")
    said = notice(product, product.click(user, product.messages[user, now["message_id"]], old))
    assert "passed" in said
    assert product.messages[user, now["message_id"]] == now
    ended = pressed(product, user, now, "Stop")
    said = notice(product, product.click(user, product.messages[user, ended["message_id"]], old))
    assert "passed" in said
    assert product.messages[user, now["message_id"]] == ended


def test_a_check_goes_on_where_its_message_comes_as_it_was_or_without_buttons(product: BotApiServer, user: int) -> None:
    """Servers differ in what they send with a click; no button shown now may be taken for an old one."""
    first = asked(product, user, "/check")
    message = steps(product, user, first, "An enterprise", "Credit insurance")
    yes = dict(zip(labels(message), data(message), strict=True))["Yes"]
    product.click(user, first, yes)
    message = product.wait(lambda: (m := product.sent(user)[0]) and "2 of 2" in m["text"] and m, WAIT)
    bare = {key: value for key, value in message.items() if key not in ("reply_markup", "text", "entities")}
    product.click(user, bare, data(message)[0])
    product.wait(lambda: "(2 of 2)" in product.sent(user)[0]["text"], WAIT)


def test_two_checks_at_once_are_apart(product: BotApiServer, user: int) -> None:
    other, group = user + 50_000, -user
    one = asked(product, user, "/check")
    two = asked(product, other, "/check", language="zh")
    three = asked(product, user, "/check", chat=group)
    one = pressed(product, user, one, "A graduate")
    two = pressed(product, other, two, "企业")
    three = pressed(product, user, three, "A city")
    one = steps(product, user, one, "job seeking", "Yes, univ")
    two = steps(product, other, two, "信用保险", "是", "信息技术外包")
    assert "(1 of 1)" in one["text"]
    assert "（2/2）" in two["text"]
    assert any("base city" in label for label in labels(product.sent(group)[0]))


def test_in_a_group_only_who_began_a_check_answers_it(product: BotApiServer, user: int) -> None:
    group = -user
    page = asked(product, user, "/check", chat=group)
    said = notice(product, product.press(user + 50_000, page, "A graduate"))
    assert "somebody else" in said
    assert product.sent(group)[0]["text"] == page["text"]
    assert "Which programme?" in pressed(product, user, page, "A graduate")["text"]


def test_a_check_whose_message_is_gone_goes_on_in_a_new_one(product: BotApiServer, user: int) -> None:
    message = steps(product, user, asked(product, user, "/check"), "A graduate")
    with product._changed:
        product.press(user, message, "job seeking", late=True, lost=True)
        product.messages.pop((user, message["message_id"]))
    again = product.wait(lambda: product.sent(user), WAIT)[0]
    assert "Have you graduated" in again["text"]
    assert "(1 of 1)" in pressed(product, user, again, "Yes, univ")["text"]


def test_a_restart_in_the_middle_loses_nothing(server: BotApiServer, start: Start) -> None:
    bot = start(server.url, command=ECHOING)
    message = steps(server, 1, asked(server, 1, "/check"), "An enterprise", "Reward for", "Yes")
    assert bot.stop() == 0
    server.press(1, message, "Information technology")  # while nobody is there
    bot = start(server.url, command=ECHOING)
    message = server.wait(lambda: (m := server.sent(1)[0]) and "3 of 3" in m["text"] and m, WAIT)
    outcome = pressed(server, 1, message, "SAS70")
    assert "Your answer: SAS70" in outcome["text"]
    assert "(3 of 3)" in outcome["text"]
    assert bot.stop() == 0
    assert "Traceback" not in bot.log
    assert server.violations == []


def test_a_check_over_conditions_that_have_changed_begins_again_and_says_so(
    server: BotApiServer, start: Start, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(SHIPPED, corpus)
    bot = start(server.url, command=ECHOING, corpus=corpus)
    message = steps(server, 1, asked(server, 1, "/check", language="zh"), "企业", "国际认证奖励", "是")
    assert bot.stop() == 0

    file = corpus / "circular-2006-556" / FILE
    told = file.read_text("utf-8")
    assert told.count('question.zh = "贵企业已取得哪项国际认证？"') == 1
    file.write_text(told.replace('question.zh = "贵企业已取得哪项国际认证？"', 'question.zh = "哪项认证？"'), "utf-8")
    bot = start(server.url, command=ECHOING, corpus=corpus)
    again = pressed(server, 1, message, "信息技术外包")
    assert again["text"].startswith("核对开始以来，文件写明的内容已有变化，因此重新开始。")
    assert "核对哪个项目" in again["text"], "the role is kept"
    outcome = steps(server, 1, again, "国际认证奖励", "是", "信息技术外包", "CMMI")
    assert "（3/3）" in outcome["text"]
    assert bot.stop() == 0


def test_without_prepared_conditions_it_says_so(server: BotApiServer, start: Start, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(SHIPPED, corpus)
    (corpus / "circular-2006-556" / FILE).unlink()
    bot = start(server.url, command=ECHOING, corpus=corpus)
    assert "No conditions have been prepared" in asked(server, 1, "/check")["text"]
    topic = asked(server, 1, "/start ask-credit_insurance")
    assert not any("Check" in label for label in labels(topic))
    assert bot.stop() == 0


def test_prepared_data_that_cannot_be_read_stops_no_question(
    server: BotApiServer, start: Start, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(SHIPPED, corpus)
    (corpus / "circular-2006-556" / FILE).write_text("[role", "utf-8")
    bot = start(server.url, command=ECHOING, corpus=corpus)
    assert "No conditions have been prepared" in asked(server, 1, "/check")["text"]
    assert "Echo: hello" in asked(server, 1, "hello")["text"]
    assert bot.stop() == 0
    assert "there is no eligibility check: circular-2006-556/conditions.toml: cannot be read" in bot.log


def test_the_product_kept_every_rule_of_checks(product: BotApiServer) -> None:
    allowed = ("query is too old", "message is not modified", "message to edit not found")
    assert [each for each in product.violations if not any(part in each for part in allowed)] == []
