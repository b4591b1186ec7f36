"""Test equipment: a store in each database it is made for. A module that needs it names this one in ``pytest_plugins``.

This folder has no ``__init__.py``, as the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.store import Store, open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new and empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'home' / 'bot.sqlite'}"
    server: Any = request.getfixturevalue("postgres")
    return str(server.new_database())


@pytest.fixture
def opened() -> Iterator[Callable[[str], Store]]:
    """Opens stores that are closed after the test."""
    stores: list[Store] = []

    def begin(url: str) -> Store:
        stores.append(open_store(url))
        return stores[-1]

    yield begin
    for each in stores:
        each.close()
