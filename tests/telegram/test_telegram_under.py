"""What stands under an answer: a vote of each person that can be changed and forgotten, and more like it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bot_api_server import BotApiServer
from conftest import BotProcess
from small_desk import LOAN
from talk import answered, asked, data, labels, notice, pressed, quotes

Json = dict[str, Any]


class Voting:
    """A server with a bot whose database can be looked into."""

    def __init__(self, server: BotApiServer, folder: Path) -> None:
        self.server, self._folder = server, folder

    def rows(self, query: str) -> list[Any]:
        connection = sqlite3.connect(self._folder / "bot.sqlite")
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def votes(self) -> list[int]:
        return [vote for (vote,) in self.rows("SELECT vote FROM bot_votes ORDER BY used_at")]

    def settled(self) -> None:
        """Wait until everything that was done is handled and written."""
        end = time.monotonic() + 8
        while self.rows("SELECT number FROM bot_updates WHERE done_at IS NULL"):
            assert time.monotonic() < end
            time.sleep(0.01)  # the server is told nothing when something is written

    def forget_pages(self) -> None:
        self.settled()
        self._empty("bot_pages")

    def _empty(self, table: str) -> None:
        connection = sqlite3.connect(self._folder / "bot.sqlite", timeout=10)
        with connection:
            connection.execute(f"DELETE FROM {table}")
        connection.close()

    def press(self, user: int, message: Json, label: str, **more: Any) -> str:
        """The notice that a vote is answered with, once it is written."""
        said = notice(self.server, self.server.press(user, message, label, **more))
        self.settled()
        return said


@pytest.fixture(scope="module")
def voting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voting]:
    folder = tmp_path_factory.mktemp("voting")
    server = BotApiServer().start()
    bot = BotProcess(server.url, folder)
    server.wait(lambda: len(server.done("setMyCommands")) == 3, 15)
    yield Voting(server, folder)
    code = bot.stop()
    server.stop()
    assert code == 0, bot.log
    assert "Traceback" not in bot.log


@pytest.fixture(autouse=True)
def emptied(voting: Voting) -> None:
    """Each test begins without votes."""
    voting.settled()
    voting._empty("bot_votes")


def test_a_person_has_one_vote_on_an_answer_and_can_change_it(voting: Voting, user: int) -> None:
    answer = asked(voting.server, user, "loan")
    assert voting.press(user, answer, "👍").startswith("👍")
    assert voting.press(user, answer, "👍").startswith("👍")
    assert voting.votes() == [1]
    assert voting.press(user, answer, "👎").startswith("👎")
    assert voting.votes() == [-1]


def test_votes_are_kept_by_code_and_not_by_the_number_of_anybody(voting: Voting, user: int) -> None:
    answer = asked(voting.server, user, "loan")
    voting.press(user, answer, "👍")
    (row,) = voting.rows("SELECT * FROM bot_votes")
    assert str(user) not in " ".join(str(each) for each in row[:-1])
    assert len(row[1]) == 24
    assert len(row[2]) == 12


def test_in_a_group_everybody_has_a_vote_and_a_notice_of_their_own(voting: Voting, user: int) -> None:
    other = user + 20_000
    answer = asked(voting.server, user, "/ask 贷款 …", chat=-user)
    assert voting.press(user, answer, "👍").startswith("👍 已记录")
    assert voting.press(other, answer, "👎").startswith("👎 已记录")
    assert voting.votes() == [1, -1]
    assert voting.rows("SELECT count(DISTINCT answer), count(DISTINCT asker) FROM bot_votes") == [(1, 2)]


def test_the_answer_to_an_edited_question_has_votes_of_its_own(voting: Voting, user: int) -> None:
    server = voting.server
    question = server.say(user, "loan")
    before = server.wait_sent(user)[0]
    voting.press(user, before, "👍")
    server.edit(question, "form")
    after = server.wait(lambda: (m := server.sent(user)[0])["text"] != before["text"] and m)
    voting.press(user, after, "👎")
    assert voting.votes() == [1, -1]


def test_a_paragraph_opened_meanwhile_does_not_make_it_another_answer(voting: Voting, user: int) -> None:
    answer = asked(voting.server, user, "loan")
    voting.press(user, answer, "👍")
    back = pressed(voting.server, user, pressed(voting.server, user, answer, "Open"), "Back")
    voting.press(user, back, "👎")
    assert voting.votes() == [-1]


def test_forget_removes_the_votes_of_whoever_asks_and_nobody_elses(voting: Voting, user: int) -> None:
    other = user + 20_000
    answer = asked(voting.server, user, "/ask loan", chat=-user)
    voting.press(user, answer, "👍")
    voting.press(other, answer, "👎")
    question = asked(voting.server, user, "/forget")
    assert "👍" in question["text"]
    voting.press(user, question, "Yes")
    assert voting.votes() == [-1]


def test_a_late_vote_and_one_under_a_message_that_is_gone_count(voting: Voting, user: int) -> None:
    server = voting.server
    answer = asked(server, user, "loan")
    server.press(user, answer, "👍", late=True)
    notice(server, server.press(user, answer, "👎", lost=True))
    voting.settled()
    assert voting.votes() == [-1]


@pytest.mark.parametrize("made", ["ve1:u:xyz", "ve1:x:0123456789ab", "ve2:u:0123456789ab", "ge2", "ge1:x"])
def test_garbled_buttons_are_answered_with_a_notice(voting: Voting, user: int, made: str) -> None:
    answer = asked(voting.server, user, "loan")
    assert "no longer works" in notice(voting.server, voting.server.click(user, answer, made))
    assert voting.votes() == []


def test_there_is_nothing_to_vote_on_in_talk_and_nothing_further_of_no_document(voting: Voting, user: int) -> None:
    assert labels(asked(voting.server, user, "earlier")) == []
    assert labels(asked(voting.server, user, "which"))[-2:] == ["👍", "👎"]


def test_more_shows_what_was_found_and_not_cited_once(voting: Voting, user: int) -> None:
    server = voting.server
    answer = asked(server, user, "loan")
    further = answered(server, user, answer, "More like this")
    assert further["reply_to_message"]["message_id"] == answer["message_id"]
    assert "may not answer" in further["text"]
    assert [quote[:8] for quote in quotes(further)] == ["Rules fo", "Clause 1", "Forms ar"]
    assert LOAN not in further["text"]
    assert labels(further) == ["Open ¶ 1", "Open ¶ 3", "Open ¶ 4"]
    key = answer["chat"]["id"], answer["message_id"]
    now = server.wait(lambda: (m := server.messages[key]) != answer and m)
    assert (now["text"], labels(now)) == (answer["text"], ["Open ¶ 2", "👍", "👎"])
    opened = answered(server, user, further, "Open ¶ 4")
    assert "Annex I" in opened["text"]
    assert labels(opened) == ["◀ ¶ 3"]


def test_more_comes_in_steps_until_there_is_none(voting: Voting, user: int) -> None:
    server = voting.server
    further = answered(server, user, asked(server, user, "Echo"), "More like this")
    assert labels(further)[-1] == "More like this"
    last = answered(server, user, further, "More like this")
    assert labels(last) == ["Open ¶ 4"]
    assert [quote[:5] for quote in quotes(last)] == ["Forms"]


def test_more_after_everything_was_forgotten_looks_again(voting: Voting, user: int) -> None:
    server = voting.server
    answer = asked(server, user, "loan")
    voting.forget_pages()
    further = answered(server, user, answer, "More like this")
    assert labels(further) == ["Open ¶ 1", "Open ¶ 3", "Open ¶ 4"]
    assert "no longer works" in notice(server, server.press(user, answer, "More", lost=True))


def test_every_button_is_within_its_bound(voting: Voting, user: int) -> None:
    for text in ("loan", "which", "long"):
        asked(voting.server, user, text)
    for message in voting.server.sent(user):
        assert all(len(each.encode()) <= 64 for each in data(message))
    assert not [each for each in voting.server.violations if "query is too old" not in each]
