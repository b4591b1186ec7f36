"""A person has one vote on an answer, which can be changed, goes with the person, and grows old as anything kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from bot.store import Arrived, Ballot, Changes, Store, Where
from bot.store.keeping import DAY_SECONDS
from bot.store.tables import VOTES
from documents.database import open_engine

pytest_plugins = ["postgres_server", "opened_stores"]

BOT = 7301
FIVE, SIX = "5" * 12, "6" * 12
NAMES = {5: FIVE, 6: SIX}


@pytest.fixture
def store(url: str, opened: Callable[[str], Store]) -> Store:
    return opened(url)


def handled(store: Store, number: int, person: int, changes: Changes, bot: int = BOT) -> None:
    """An update of a person that changes something."""
    updates = store.updates(bot, "1" * 32, 30)
    updates.take([Arrived(number, person, "{}")])
    (claimed,) = updates.claim(1, 0)
    updates.finish(claimed, Where(person, person, number), changes)


def voted(store: Store, number: int, person: int, answer: str, vote: int, bot: int = BOT) -> None:
    handled(store, number, person, Changes(votes={Ballot(answer, NAMES[person]): vote}), bot)


def test_a_person_has_one_vote_on_an_answer_and_can_change_it(store: Store) -> None:
    assert store.votes(BOT) == (0, 0)
    voted(store, 1, 5, "a", 1)
    voted(store, 2, 5, "a", 1)
    voted(store, 3, 6, "a", 1)
    voted(store, 4, 5, "b", 1)
    assert store.votes(BOT) == (3, 0)
    voted(store, 5, 5, "a", -1)
    assert store.votes(BOT) == (2, 1)
    voted(store, 1, 5, "a", 1, bot=BOT + 1)
    assert (store.votes(BOT), store.votes(BOT + 1)) == ((2, 1), (1, 0))


def test_votes_go_with_their_person_and_others_stay(store: Store) -> None:
    for number, (person, answer) in enumerate([(5, "a"), (6, "a"), (5, "b")]):
        voted(store, number, person, answer, -1)
    handled(store, 9, 5, Changes(votes={Ballot("c", FIVE): 1}, forgotten={5: FIVE}))
    assert store.votes(BOT) == (0, 1)
    assert store.forget(6, SIX) == 1
    assert store.votes(BOT) == (0, 0)


def test_old_votes_go(store: Store, url: str) -> None:
    voted(store, 1, 5, "a", 1)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(update(VOTES).values(used_at=VOTES.c.used_at - 10 * DAY_SECONDS))
    engine.dispose()
    voted(store, 2, 6, "a", -1)
    assert store.remove_old(11) == 0
    assert store.remove_old(9) == 1
    assert store.votes(BOT) == (0, 1)
