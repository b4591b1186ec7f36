"""What is kept of a person can be read, changed and removed, and goes by itself when it is old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.store import Arrived, Changes, Reply, Store, Where
from bot.store.keeping import DAY_SECONDS
from bot.store.tables import CONVERSATIONS, METADATA, PAGES, PEOPLE, PERSONAL, REPLIES, UPDATES
from documents.database import open_engine

pytest_plugins = ["postgres_server", "opened_stores"]

BOT = 7301
GROUP = -100_500


@pytest.fixture
def store(url: str, opened: Callable[[str], Store]) -> Store:
    return opened(url)


def lived(store: Store, number: int, person: int, chat: int) -> None:
    """An update of a person that leaves something in every table."""
    updates = store.updates(BOT, "1" * 32, 30)
    updates.take([Arrived(number, person, "{}")])
    (claimed,) = updates.claim(1, 0)
    updates.sent(number, 0, True)
    changes = Changes(((number, "q"),), {(chat, number): Reply("q", (1,))}, {(chat, number): "p"}, {person: "en"})
    updates.finish(claimed, Where(chat, person, number), changes)


def rows(url: str) -> dict[str, list[Any]]:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = {name: list(connection.execute(select(table))) for name, table in METADATA.tables.items()}
    engine.dispose()
    return found


def aged(url: str, days: float) -> None:
    """Make all that is there so much older."""
    engine = open_engine(url)
    with engine.begin() as connection:
        for table in (*PERSONAL, PEOPLE):
            connection.execute(update(table).values(used_at=table.c.used_at - days * DAY_SECONDS))
        connection.execute(
            update(UPDATES).values(
                done_at=UPDATES.c.done_at - days * DAY_SECONDS, taken_at=UPDATES.c.taken_at - days * DAY_SECONDS
            )
        )
    engine.dispose()


def test_a_language_is_kept_until_it_is_taken_back(store: Store) -> None:
    assert store.language(5) is None
    store.set_language(5, "zh")
    store.set_language(5, "en")
    store.set_language(6, "zh")
    assert (store.language(5), store.language(6)) == ("en", "zh")
    store.set_language(5, None)
    assert (store.language(5), store.language(6)) == (None, "zh")


def test_of_a_forgotten_person_nothing_is_left_and_of_others_everything(store: Store, url: str) -> None:
    for number, (person, chat) in enumerate([(5, 5), (5, GROUP), (6, 6), (6, GROUP)], 1):
        lived(store, number, person, chat)
    before = rows(url)
    assert store.forget(5, "five") == 7
    after = rows(url)
    for table, personal in (("bot_people", 1), ("bot_conversations", 2), ("bot_replies", 2), ("bot_pages", 2)):
        assert len(before[table]) == 2 * personal
        assert after[table] == [row for row in before[table] if row.person == 6]
    assert {row.who for row in after["bot_updates"]} == {0}
    assert after["bot_sends"] == after["bot_turns"] == []
    assert store.forget(5, "five") == 0


def test_an_update_that_forgets_leaves_nothing_of_its_own_behind(store: Store, url: str) -> None:
    lived(store, 1, 5, 5)
    updates = store.updates(BOT, "1" * 32, 30)
    updates.take([Arrived(2, 5, "{}")])
    (claimed,) = updates.claim(1, 0)
    changes = Changes(((2, "q"),), {(5, 2): Reply("q", (3,))}, {}, {5: "zh"}, {}, {5: "five"})
    updates.finish(claimed, Where(5, 5, 2), changes)
    left = rows(url)
    assert all(left[table.name] == [] for table in (CONVERSATIONS, REPLIES, PAGES, PEOPLE))


def test_what_was_not_used_for_so_many_days_is_removed(store: Store, url: str) -> None:
    lived(store, 1, 5, 5)
    aged(url, 10)
    lived(store, 2, 6, 6)
    assert store.remove_old(11) == 0
    # The number of an update is known for three days at the most: after that Telegram may give it to another.
    assert [row.number for row in rows(url)["bot_updates"]] == [2]
    assert store.remove_old(9) == 4
    assert store.language(5) is None
    assert store.language(6) == "en"


def test_a_language_that_is_used_is_not_old(store: Store, url: str) -> None:
    lived(store, 1, 5, 5)
    aged(url, 10)
    updates = store.updates(BOT, "1" * 32, 30)
    updates.take([Arrived(2, 5, "{}")])
    (claimed,) = updates.claim(1, 0)
    updates.finish(claimed, Where(5, 5, 2), Changes())
    store.remove_old(9)
    assert store.language(5) == "en"


def test_updates_that_wait_are_kept_as_long_as_anything(store: Store, url: str) -> None:
    updates = store.updates(BOT, "1" * 32, 30)
    updates.take([Arrived(1, 5, "{}")])
    aged(url, 10)
    store.remove_old(11)
    assert updates.waiting() == 1
    store.remove_old(9)
    assert updates.waiting() == 0
