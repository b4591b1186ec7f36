"""What the bot remembers of a conversation, as one update finds it and changes it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update

from bot.store.database import Database
from bot.store.people import remove_person, set_language
from bot.store.tables import CONVERSATIONS, PAGES, PEOPLE, REPLIES
from bot.store.votes import Ballot, write_votes

_DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Where:
    """Where an update stands: the chat, whoever acts in it, and the message it is or is about; 0 for what it lacks."""

    chat: int
    person: int
    message: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The question of a message as it was answered, and the messages that answer it."""

    question: str
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is known at a place: the last questions with their messages, oldest first; how the message was answered;
    the page it shows; the language its person has chosen."""

    questions: tuple[tuple[int, str], ...] = ()
    reply: Reply | None = None
    page: str | None = None
    language: str | None = None


@dataclass(slots=True)
class Changes:
    """What handling one update changes; written in the transaction that marks it done. Replies and pages by message.

    ``forgotten`` are people to forget, each with the keyed hash that stands for them.
    """

    questions: tuple[tuple[int, str], ...] | None = None
    replies: dict[tuple[int, int], Reply] = field(default_factory=dict)
    pages: dict[tuple[int, int], str] = field(default_factory=dict)
    languages: dict[int, str | None] = field(default_factory=dict)
    votes: dict[Ballot, int] = field(default_factory=dict)
    forgotten: dict[int, str] = field(default_factory=dict)


def read_conversation(connection: Connection, bot: int, where: Where) -> Conversation:
    """What an update at this place may need to know."""
    questions = connection.execute(
        select(CONVERSATIONS.c.questions).where(
            CONVERSATIONS.c.bot == bot, CONVERSATIONS.c.chat == where.chat, CONVERSATIONS.c.person == where.person
        )
    ).scalar()
    reply = connection.execute(
        select(REPLIES.c.reply).where(
            REPLIES.c.bot == bot, REPLIES.c.chat == where.chat, REPLIES.c.message == where.message
        )
    ).scalar()
    page = connection.execute(
        select(PAGES.c.page).where(PAGES.c.bot == bot, PAGES.c.chat == where.chat, PAGES.c.message == where.message)
    ).scalar()
    language = connection.execute(select(PEOPLE.c.language).where(PEOPLE.c.person == where.person)).scalar()
    return Conversation(
        questions=tuple((int(number), str(text)) for number, text in json.loads(questions or "[]")),
        reply=_reply(json.loads(reply)) if reply else None,
        page=None if page is None else str(json.loads(page)),
        language=language,
    )


def write_changes(database: Database, connection: Connection, bot: int, where: Where, changes: Changes) -> None:
    """Write what handling an update at this place changed; what is to be forgotten goes last."""
    now = database.now()
    if changes.questions is not None:
        row = {"bot": bot, "chat": where.chat, "person": where.person}
        database.put(connection, CONVERSATIONS, {**row, "questions": json.dumps(changes.questions), "used_at": now})
    for (chat, message), reply in changes.replies.items():
        row = {"bot": bot, "chat": chat, "message": message, "person": where.person}
        text = json.dumps([reply.question, list(reply.messages)])
        database.put(connection, REPLIES, {**row, "reply": text, "used_at": now}, keep=("person",))
    for (chat, message), page in changes.pages.items():
        # A page that somebody else opens remains the one of whoever asked for it.
        row = {"bot": bot, "chat": chat, "message": message, "person": where.person}
        database.put(connection, PAGES, {**row, "page": json.dumps(page), "used_at": now}, keep=("person",))
    for person, language in changes.languages.items():
        set_language(database, connection, person, language)
    used = update(PEOPLE).where(PEOPLE.c.person == where.person, PEOPLE.c.used_at < now - _DAY)
    connection.execute(used.values(used_at=now))
    write_votes(database, connection, bot, changes.votes)
    for person, name in changes.forgotten.items():
        remove_person(connection, person, name)


def _reply(stored: Any) -> Reply:
    question, messages = stored
    return Reply(str(question), tuple(int(each) for each in messages))
