"""Updates are kept once, handed to one replica at a time in each user's order, and done with all they change or not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.store import Arrived, Changes, Claimed, Conversation, Reply, Store, TurnLost, Updates, Where

pytest_plugins = ["postgres_server", "opened_stores"]

ONE, TWO = "1" * 32, "2" * 32
ODD = "\x00 \ud83d 贷款 </b>"


@pytest.fixture
def store(url: str, opened: Callable[[str], Store]) -> Store:
    return opened(url)


@pytest.fixture
def one(store: Store) -> Iterator[Updates]:
    return store.updates(7301, ONE, 30)


def arrived(number: int, who: int) -> Arrived:
    return Arrived(number, who, f'{{"n": {number}}}')


def claim(updates: Updates, places: int = 16) -> list[tuple[int, int]]:
    return [(each.number, each.who) for each in updates.claim(places, 0)]


def test_an_update_is_kept_once_however_often_and_with_whom_it_comes(one: Updates, store: Store) -> None:
    assert one.take([arrived(1, 5), arrived(2, 5), arrived(2, 5)]) == 2
    assert one.take([arrived(2, 5), arrived(3, 6)]) == 1
    assert one.take([]) == 0
    assert one.waiting() == 3
    # Another bot's updates have numbers of their own.
    other = store.updates(1, ONE, 30)
    assert other.take([arrived(2, 5)]) == 1
    assert claim(other) == [(2, 5)]
    assert one.waiting() == 3


def test_each_user_has_one_update_at_a_time_and_the_oldest(one: Updates, store: Store) -> None:
    two = store.updates(7301, TWO, 30)
    one.take([arrived(n, who) for n, who in ((4, 6), (3, 5), (1, 5), (2, 6), (5, 9))])
    assert claim(one, 1) == [(1, 5)]
    assert claim(two) == [(2, 6), (5, 9)]
    assert claim(one) == claim(two) == []
    one.finish(Claimed(1, 5, "", 1, 0), Where(5, 5, 1), Changes())
    assert claim(two) == [(3, 5)]
    assert one.waiting() == 4


def test_an_update_waits_a_little_for_the_one_before_it(one: Updates) -> None:
    one.take([arrived(12, 5)])
    assert one.claim(16, 0.4) == []
    one.take([arrived(10, 5), arrived(11, 5)])
    time.sleep(0.5)
    assert [each.number for each in one.claim(16, 0.4)] == [10]
    # The one after a known one waits for nothing.
    one.take([arrived(13, 6)])
    assert [each.number for each in one.claim(16, 100)] == [13]


def test_replicas_that_claim_at_once_never_get_the_same_user(store: Store) -> None:
    replicas = [store.updates(7301, f"{n:032x}", 30) for n in range(6)]
    replicas[0].take([arrived(n, n % 20) for n in range(1, 61)])
    together = threading.Barrier(len(replicas))

    def work(updates: Updates) -> list[int]:
        together.wait()
        done = []
        while claimed := updates.claim(5, 0):
            for each in claimed:
                updates.finish(each, Where(each.who, each.who, each.number), Changes())
                done.append(each.number)
        return done

    with ThreadPoolExecutor(len(replicas)) as pool:
        done = [number for numbers in pool.map(work, replicas) for number in numbers]
    done += work_rest(replicas[0])
    assert sorted(done) == list(range(1, 61))


def work_rest(updates: Updates) -> list[int]:
    done = []
    while claimed := updates.claim(5, 0):
        for each in claimed:
            updates.finish(each, Where(0, 0, 0), Changes())
            done.append(each.number)
    return done


def test_what_a_silent_replica_holds_goes_to_another_with_what_it_had_sent(store: Store) -> None:
    one, two = store.updates(7301, ONE, 0.4), store.updates(7301, TWO, 30)
    one.take([arrived(1, 5)])
    (first,) = one.claim(1, 0)
    one.sent(1, 0, {"message_id": 77})
    one.sent(1, 1, True)
    assert one.renew() == {5}
    assert two.claim(1, 0) == []
    time.sleep(0.5)
    (second,) = two.claim(1, 0)
    assert (first.tries, second.tries) == (1, 2)
    assert (first.sent, second.sent) == ({}, {0: {"message_id": 77}, 1: True})
    assert one.renew() == set()
    changes = Changes(questions=((1, "lost"),))
    with pytest.raises(TurnLost):
        one.finish(first, Where(5, 5, 1), changes)
    assert two.conversation(Where(5, 5, 1)) == Conversation()
    two.finish(second, Where(5, 5, 1), Changes(questions=((1, "kept"),)))
    assert two.conversation(Where(5, 5, 1)).questions == ((1, "kept"),)
    assert two.waiting() == 0


def test_a_replica_does_not_get_again_whom_it_serves_though_the_turn_has_run_out(store: Store) -> None:
    one = store.updates(7301, ONE, 0.1)
    one.take([arrived(1, 5), arrived(2, 6)])
    assert claim(one, 1) == [(1, 5)]
    time.sleep(0.2)
    assert [each.who for each in one.claim(16, 0, besides=[5])] == [6]


def test_turns_are_given_back_by_who_has_them_or_for_who_is_gone(store: Store) -> None:
    one, two = store.updates(7301, ONE, 30), store.updates(7301, TWO, 30)
    one.take([arrived(1, 5), arrived(2, 6)])
    assert claim(one) == [(1, 5), (2, 6)]
    assert two.other_holders() == [ONE]
    two.release()
    assert claim(two) == []
    two.release([ONE])
    assert claim(two) == [(1, 5), (2, 6)]
    two.release()
    assert claim(one) == [(1, 5), (2, 6)]


def test_all_that_an_update_changes_is_there_once_it_is_done(one: Updates, store: Store) -> None:
    one.take([arrived(1, 5)])
    (claimed,) = one.claim(1, 0)
    changes = Changes(
        questions=((1, ODD), (2, "second")),
        replies={(5, 1): Reply(ODD, (11, 12))},
        pages={(5, 12): f'{{"html": "{ODD}"}}'},
        languages={5: "zh"},
    )
    one.finish(claimed, Where(5, 5, 1), changes)
    assert one.conversation(Where(5, 5, 1)) == Conversation(((1, ODD), (2, "second")), Reply(ODD, (11, 12)), None, "zh")
    assert one.conversation(Where(5, 5, 12)).page == f'{{"html": "{ODD}"}}'
    assert one.conversation(Where(5, 6, 1)).questions == ()
    assert store.language(5) == "zh"
    assert store.updates(1, ONE, 30).conversation(Where(5, 5, 1)).questions == ()


def test_a_failed_change_leaves_the_update_undone(one: Updates) -> None:
    one.take([arrived(1, 5)])
    (claimed,) = one.claim(1, 0)
    broken: Any = {(5, 1): object()}
    with pytest.raises(AttributeError):
        one.finish(claimed, Where(5, 5, 1), Changes(questions=((1, "half"),), replies=broken))
    assert one.conversation(Where(5, 5, 1)) == Conversation()
    assert one.waiting() == 1
    one.finish(claimed, Where(5, 5, 1), Changes())
    assert one.waiting() == 0
