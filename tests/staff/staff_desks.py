"""Test equipment: a staff desk in each database it is made for, with a clock that is set by hand.

A module that needs it names this one in ``pytest_plugins``. This folder has no ``__init__.py``, as the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from staff_words import BOT, STAFF_CHAT, Clock, Opens, Shelf, prepared, pseudonym

from bot.settings import Settings
from bot.staff.desk import StaffDesk, open_staff
from bot.staff.space import ComparesQuestions
from documents.knowledge import Knowledge


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new and empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'home' / 'bot.sqlite'}"
    server: Any = request.getfixturevalue("postgres")
    return str(server.new_database())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def opens(
    url: str, clock: Clock, shelf: Shelf, tmp_path: Path, settings_of: Callable[..., Settings]
) -> Iterator[Opens]:
    desks: list[StaffDesk] = []

    def begin(space: ComparesQuestions | None = None, known: Knowledge | None = None, **settings: Any) -> StaffDesk:
        told = {"CIRCULAR_DATABASE_URL": url, "CIRCULAR_STAFF_CHAT_ID": STAFF_CHAT, "CIRCULAR_ADMIN_IDS": (1,)}
        made = settings_of(tmp_path / "home", **told, **settings)
        known = prepared() if known is None else known
        desks.append(
            open_staff(made, bot=BOT, library=shelf, pseudonym=pseudonym, space=space, known=known, clock=clock)
        )
        return desks[-1]

    yield begin
    for each in desks:
        each.close()


@pytest.fixture
def staff(opens: Opens) -> StaffDesk:
    return opens()
