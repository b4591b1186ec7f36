"""A bot with a staff desk, its staff's chat, and how its people talk there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from bot_api_server import BOT, BotApiServer
from conftest import SMALL_DESK, BotProcess
from sqlalchemy import text
from talk import data, labels, notice

from documents.database import open_engine

Json = dict[str, Any]
STAFF = -100_500
WAIT = 40.0
"""Seconds: much goes on at once, on a machine that may be busy."""
UNLIMITED = [*SMALL_DESK, "--unlimited"]
ADMIN, ANNA, BELA = 90_001, 90_002, 90_003
_homes = count(1)


class StaffRoom:
    """A server with a bot that has a staff desk, and a look into its database."""

    def __init__(self, server: BotApiServer, start: Callable[[], BotProcess], url: str, chat: int) -> None:
        self.server, self.chat, self._start = server, chat, start
        self.bot = start()
        self._engine = open_engine(url)

    def start_again(self) -> None:
        """Start the bot anew, which has ended or is ended properly."""
        self.bot.stop()
        self.bot = self._start()

    def set(self, statement: str) -> None:
        """Change something in the database that would take long to come about."""
        with self._engine.begin() as connection:
            connection.execute(text(statement))

    def rows(self, query: str, **fields: object) -> list[tuple[Any, ...]]:
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), fields)]

    def settled(self) -> None:
        """Wait until what was said is handled and every message is sent."""
        updates = "SELECT number FROM bot_updates WHERE done_at IS NULL"
        letters = "SELECT id FROM staff_outbox WHERE done_at IS NULL"
        self.server.wait(self.server.taken, WAIT)
        self.server.wait(lambda: not self.rows(updates) and not self.rows(letters) and not self.rows(updates), WAIT)

    def here(self) -> list[Json]:
        """The bot's messages in the staff's chat that say something."""
        return [each for each in self.server.sent(self.chat) if "text" in each]

    def wait_here(self, condition: Callable[[Json], bool]) -> Json:
        """The newest message in the staff's chat of which this is true."""
        found = self.server.wait(lambda: [each for each in self.here() if condition(each)], WAIT)
        return dict(found[-1])

    def wait_told(self, chat: int, words: str) -> Json:
        """The newest message to somebody that holds these words."""
        found = self.server.wait(lambda: [m for m in self.server.sent(chat) if words in m.get("text", "")], WAIT)
        return dict(found[-1])

    def ask(self, person: int, question: str, **more: Any) -> Json:
        """What a question is answered with."""
        before = len(self.server.sent(more.get("chat") or person))
        self.server.say(person, question, **more)
        return self.server.wait_sent(more.get("chat") or person, before + 1, WAIT)[before]

    def hand_over(self, person: int, answer: Json) -> tuple[int, Json]:
        """Ask for a person under an answer: the number of the case, and its card."""
        known = {number for (number,) in self.rows("SELECT id FROM staff_cases")}
        self.server.press(person, answer, "👤")
        new = self.server.wait(lambda: [n for (n,) in self.rows("SELECT id FROM staff_cases") if n not in known], WAIT)
        return new[0], self.card(new[0])

    def card(self, case: int) -> Json:
        """The card of a case as it shows now."""
        query = "SELECT message FROM staff_shown WHERE chat = :chat AND kind = 'card' AND \"case\" = :case"
        found = self.server.wait(lambda: self.rows(query, chat=self.chat, case=case), WAIT)
        return self.server.messages[self.chat, found[0][0]]

    def write(self, who: int, case: int, words: str, **more: Any) -> Json:
        """Somebody writes in the thread of a case."""
        return self.server.say(who, words, chat=self.chat, **{**self.thread(case), **more})

    def thread(self, case: int) -> Json:
        """What a message in the thread of a case holds."""
        card = self.card(case)
        if "message_thread_id" in card:
            return self.server.in_topic(self.chat, card["message_thread_id"])
        return {"reply_to_message": card}

    def press(self, who: int, message: Json, label: str, **more: Any) -> str:
        """Press a button as it is now; the notice."""
        now = self.server.messages[message["chat"]["id"], message["message_id"]]
        return notice(self.server, self.server.press(who, now, label, **more))

    def wait_card(self, case: int, words: str) -> Json:
        """The card of a case once it shows these words."""
        return dict(self.server.wait(lambda: (card := self.card(case)) and words in card["text"] and card, WAIT))

    def audit(self, person: int) -> list[tuple[str, str, str]]:
        """What somebody did or tried: action, subject, outcome, in order."""
        query = "SELECT action, subject, outcome FROM staff_audit WHERE who = :who ORDER BY id"
        return [(action, subject, outcome) for action, subject, outcome in self.rows(query, who=person)]

    def close(self) -> int:
        """End the bot; its exit code."""
        self._engine.dispose()
        return self.bot.stop()


@contextmanager
def staff_room(
    folder: Path,
    *,
    forum: bool = False,
    database: str | None = None,
    command: list[str] = UNLIMITED,
    staff_chat: bool = True,
    **settings: Any,
) -> Iterator[StaffRoom]:
    """A bot before the small desk with a staff's chat of two and an admin, or with an admin alone."""
    chat = STAFF - next(_homes)
    server = BotApiServer().start()
    server.found_group(chat, ANNA, BELA, ADMIN, forum=forum)
    url = database or f"sqlite:///{folder / 'bot.sqlite'}"
    hours = "Mon-Sun 00:00-24:00; UTC"
    told = {"CIRCULAR_OFFICE_HOURS": hours, "CIRCULAR_STAFF_CHAT_ID": chat, "CIRCULAR_ADMIN_IDS": ADMIN, **settings}
    if not staff_chat:
        del told["CIRCULAR_STAFF_CHAT_ID"]
    if database is not None:
        told["CIRCULAR_DATABASE_URL"] = database
    words = ["env", *(f"{name}={value}" for name, value in told.items()), *command]

    def start() -> BotProcess:
        before = len(server.done("setMyCommands"))
        bot = BotProcess(server.url, folder, command=words)
        server.wait(lambda: len(server.done("setMyCommands")) == before + 3 + staff_chat, 2 * WAIT)
        return bot

    room = None
    try:
        room = StaffRoom(server, start, url, chat)
        yield room
    finally:
        code = room.close() if room is not None else 1
        server.stop()
    log = room.bot.log
    assert code == 0, log
    assert "Traceback" not in log, log
    assert server.token not in log


__all__ = ["ADMIN", "ANNA", "BELA", "BOT", "WAIT", "StaffRoom", "data", "labels", "staff_room"]
