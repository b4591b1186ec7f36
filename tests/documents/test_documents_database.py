"""URLs of databases: which driver they take, what of them is shown, and what is said where they cannot be opened."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from documents.catalogue import Catalogue, CatalogueError
from documents.database import shown, with_driver

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("postgresql://me:pw@host:5432/x?sslmode=require", "postgresql+psycopg://me:pw@host:5432/x?sslmode=require"),
        ("postgres://host/x", "postgresql+psycopg://host/x"),
        ("PostgreSQL://host/x", "postgresql+psycopg://host/x"),
        (" postgres://host/x\n", "postgresql+psycopg://host/x"),
        ("postgresql+psycopg://host/x", "postgresql+psycopg://host/x"),
        ("postgresql+psycopg2://host/x", "postgresql+psycopg2://host/x"),
        ("sqlite:////a folder/x.sqlite ", "sqlite:////a folder/x.sqlite "),
        ("mysql://host/postgres://", "mysql://host/postgres://"),
        ("postgres", "postgres"),
        ("", ""),
    ],
)
def test_postgresql_without_a_driver_is_psycopg_3(url: str, taken: str) -> None:
    assert with_driver(url) == taken
    assert with_driver(taken) == taken


@pytest.mark.parametrize(
    ("url", "line"),
    [
        (f"postgresql://me:{SECRET}@host:5432/x", "postgresql://host:5432/x"),
        (f"postgresql://me:a@{SECRET}@host/x", "postgresql://host/x"),
        (f"postgresql://me:a/{SECRET}@host/x", "postgresql://host/x"),
        (f"postgresql://me:a?{SECRET}@host/x", "postgresql://…"),
        (f"postgresql://me:a?@{SECRET}@host/x", "postgresql://…"),
        (f"postgresql://host/x?user=me&password={SECRET}", "postgresql://host/x"),
        (f"postgresql://host/x?password=a@{SECRET}", "postgresql://…"),
        (f"postgresql://me:a@host/x?password=a@{SECRET}", "postgresql://…"),
        (f"sqlite+pysqlcipher://:{SECRET}@/x.sqlite", "sqlite+pysqlcipher:///x.sqlite"),
        ("sqlite:////home/me@work/x.sqlite", "sqlite:////home/me@work/x.sqlite"),
        (SECRET, "CIRCULAR_DATABASE_URL"),
    ],
)
def test_a_line_shows_nothing_of_a_secret(url: str, line: str) -> None:
    assert shown(url) == line


def test_the_url_is_not_shown_with_the_settings(tmp_path: Path) -> None:
    url = f"postgresql://me:{SECRET}@host/x"
    settings = Settings.model_validate({"CIRCULAR_HOME": tmp_path, "CIRCULAR_DATABASE_URL": url})
    assert settings.database == url
    assert SECRET not in f"{settings!r} {settings}"


def told(url: str) -> str:
    """The one line with which a database cannot be opened."""
    with pytest.raises(CatalogueError) as caught:
        Catalogue(url)
    line = str(caught.value)
    assert "\n" not in line
    assert len(line) < 500
    assert SECRET not in line
    assert caught.value.__suppress_context__, "a traceback would show what the line does not"
    return line


@pytest.mark.parametrize(
    "url",
    [
        SECRET,
        f"postgresql:me:{SECRET}@host/x",
        f"postgresql://me:x@host:{SECRET}/x",
        f"postgresql://me:x@y:{SECRET}@host/x",
        f"postgresql://me:x@{SECRET}@host/x",
        f"postgresql://me:x@y/{SECRET}@host/x",
    ],
)
def test_what_is_no_url_is_told_with_one_that_is(url: str) -> None:
    line = told(url)
    assert line.startswith("CIRCULAR_DATABASE_URL is not the URL of a database")
    assert "such as postgresql://user:password@host/database" in line


@pytest.mark.parametrize("kind", ["mysql+nonexistent", "nonexistent", "postgres+psycopg"])
def test_a_kind_of_database_that_does_not_exist(kind: str) -> None:
    line = told(f"{kind}://me:{SECRET}@host/x")
    assert line.startswith(f"{kind}://host/x: ")
    assert "use postgresql://" in line


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_psycopg_is_not_installed(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'circular-desk[postgres]'" in told(f"{scheme}://me:{SECRET}@host/x")


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        (f"postgresql+psycopg2://me:{SECRET}@host/x", "write postgresql:// without a driver"),
        (f"mysql+pymysql://me:{SECRET}@host/x", "install the Python package of this driver"),
    ],
)
def test_another_driver_is_not_installed(url: str, advice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("psycopg2", "pymysql"):
        monkeypatch.setitem(sys.modules, package, None)
    assert advice in told(url)


def test_no_server_is_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        place = f"127.0.0.1:{taken.getsockname()[1]}/x"
        line = told(f"postgresql://me:{SECRET}@{place}")
    assert line.startswith(f"postgresql://{place}: ")
    assert "see that the server runs" in line
    assert "CIRCULAR_DATABASE_URL" in line


def test_an_option_that_the_driver_does_not_know() -> None:
    assert 'invalid connection option "nonsense"' in told(f"postgresql://me:{SECRET}@127.0.0.1:1/x?nonsense=1")


def test_a_sqlite_file_that_cannot_be_made_is_told_without_talk_of_servers() -> None:
    line = told("sqlite:////proc/none/x.sqlite")
    assert line.startswith("sqlite:////proc/none/x.sqlite: ")
    assert "server" not in line
