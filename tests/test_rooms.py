"""A room is closed when it was left and the last question in it is answered, and not before."""

from __future__ import annotations

import threading
from typing import cast

from bot.answering.turn import Room
from bot.rooms import Rooms


class Search:
    """Stands for a searcher; closing is all that is asked of it."""

    def __init__(self) -> None:
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


class Place:
    """Stands for a room."""

    def __init__(self) -> None:
        self.searcher = Search()

    @property
    def room(self) -> Room:
        return cast(Room, self)


def closed(*places: Place) -> list[int]:
    return [place.searcher.closed for place in places]


def test_a_room_that_is_used_is_closed_when_the_last_one_leaves() -> None:
    old, new = Place(), Place()
    rooms = Rooms(old.room)
    with rooms.entered() as first:
        with rooms.entered():
            rooms.move(new.room)
            assert first is old.room
            with rooms.entered() as third:
                assert third is new.room
        assert closed(old, new) == [0, 0]
    assert closed(old, new) == [1, 0]


def test_a_room_nobody_is_in_is_closed_at_once() -> None:
    old, new = Place(), Place()
    rooms = Rooms(old.room)
    with rooms.entered():
        pass
    rooms.move(new.room)
    assert closed(old, new) == [1, 0]
    assert rooms.current is new.room


def test_one_who_leaves_by_an_error_has_left() -> None:
    old = Place()
    rooms = Rooms(old.room)
    try:
        with rooms.entered():
            rooms.move(Place().room)
            raise ValueError
    except ValueError:
        pass
    assert closed(old) == [1]


def test_after_closing_a_new_room_is_closed_instead_of_entered() -> None:
    old, new = Place(), Place()
    rooms = Rooms(old.room)
    with rooms.entered():
        rooms.close()
        rooms.move(new.room)
        assert closed(old, new) == [0, 1]
        assert rooms.current is old.room
    assert closed(old, new) == [1, 1]
    rooms.close()
    assert closed(old) == [1]


def test_every_room_but_the_last_is_closed_once_however_many_come_and_go() -> None:
    places = [Place() for _ in range(200)]
    rooms = Rooms(places[0].room)
    stop, wrong = threading.Event(), []

    def visit() -> None:
        while not stop.is_set():
            with rooms.entered() as room:
                if cast(Place, room).searcher.closed:
                    wrong.append(room)

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for each in visitors:
        each.start()
    for place in places[1:]:
        rooms.move(place.room)
    stop.set()
    for each in visitors:
        each.join()
    assert wrong == []
    assert closed(*places) == [1] * 199 + [0]
