"""The tables are made by migrations, once, whoever comes first, and a database of a later program is left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.store import Store, StoreError, open_store
from bot.store.schema import VERSIONS
from bot.store.tables import METADATA
from documents.catalogue import Catalogue
from documents.database import open_engine

pytest_plugins = ["postgres_server", "opened_stores"]


def test_the_migrations_make_the_tables_the_code_speaks_of(url: str, opened: Callable[[str], Store]) -> None:
    opened(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS, "compare_type": True})
        differences = [each for each in compare_metadata(context, METADATA) if each[0] != "remove_table"]
    engine.dispose()
    assert differences == []


def test_many_who_open_it_at_once_find_one_store(url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(open_store, [url] * 6))
    for n, store in enumerate(stores):
        store.set_language(n, "en")
    assert [stores[0].language(n) for n in range(6)] == ["en"] * 6
    for store in stores:
        store.close()


def test_it_stands_beside_the_documents_in_one_database(url: str, opened: Callable[[str], Store]) -> None:
    catalogue = Catalogue(url)
    store = opened(url)
    store.set_language(1, "zh")
    assert catalogue.texts() == ()
    catalogue.close()
    store.close()
    again = opened(url)
    assert again.language(1) == "zh"


def test_a_home_of_an_older_version_is_taken_over_with_its_library(
    tmp_path: Path, opened: Callable[[str], Store]
) -> None:
    library = f"sqlite:///{tmp_path / 'library.sqlite'}"
    Catalogue(library).close()
    before = (tmp_path / "library.sqlite").read_bytes()
    opened(f"sqlite:///{tmp_path / 'bot.sqlite'}").set_language(1, "en")
    assert (tmp_path / "library.sqlite").read_bytes() == before


def test_what_a_later_program_made_is_not_touched(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    file = tmp_path / "bot.sqlite"
    opened(f"sqlite:///{file}").close()
    with sqlite3.connect(file) as connection:
        connection.execute(f"UPDATE {VERSIONS} SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="a newer version of circular-desk"):
        open_store(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////proc/none/bot.sqlite", "/proc/none"),
        ("postgresql://desk:s3cret-word@127.0.0.1:9/none", "127.0.0.1:9"),
        ("no url", "CIRCULAR_DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_had_is_said_in_one_line(url: str, words: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)
