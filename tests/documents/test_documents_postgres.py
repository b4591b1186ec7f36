"""The library on a real PostgreSQL server: several processes at once, kills, texts of every kind, and servers and
passwords that fail. What ``test_documents_catalogue`` proves holds for both kinds of database.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from forked import Popen
from sqlalchemy import event
from write_apart import CUT_OFF, MOMENTS, document

import documents.database
from documents.catalogue import Catalogue, CatalogueError
from documents.library import superseded
from documents.models import Document, Paragraph

if TYPE_CHECKING:
    from postgres_server import PostgresServer

pytest_plugins = ["postgres_server"]
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("write_apart.py")
ROUNDS, FEW, MANY = 25, 3, 4000
"""Documents that processes fight for, and paragraphs of short and long ones."""


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    """A new and empty database."""
    return postgres.new_database()


@pytest.fixture
def opened() -> Iterator[Callable[[str], Catalogue]]:
    """Opens catalogues, which are closed at the end."""
    catalogues: list[Catalogue] = []

    def make(url: str) -> Catalogue:
        catalogues.append(Catalogue(url))
        return catalogues[-1]

    yield make
    for catalogue in catalogues:
        catalogue.close()


Opened = Callable[[str], Catalogue]


def held(catalogue: Catalogue) -> dict[Document, list[Paragraph]]:
    texts = catalogue.texts()
    assert len({text.document.id for text in texts}) == len(texts)
    return {text.document: list(text.paragraphs) for text in texts}


class Writer:
    """``write_apart`` with these words, ready to begin."""

    def __init__(self, url: str, *words: object) -> None:
        self.process = Popen(
            [sys.executable, str(WRITER), url, *map(str, words)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def begin(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def lines(self) -> list[str]:
        """What it says to its end, of which nothing is a complaint."""
        said, complained = self.process.communicate(timeout=60)
        assert complained == ""
        return said.splitlines()


def at_once(url: str, *words: object) -> Counter[str]:
    """What two processes say of each document: one is told that it is done, the other is not."""
    writers = [Writer(url, *words) for _ in range(2)]
    for writer in writers:
        writer.begin()
    first, second = (writer.lines() for writer in writers)
    assert len(first) == len(second) == ROUNDS
    assert all((a == "done") != (b == "done") for a, b in zip(first, second, strict=True)), (first, second)
    return Counter(line.partition(" ")[2] for line in (*first, *second) if line != "done")


def test_two_processes_on_an_empty_database_add_and_replace_the_same_documents(
    url: str, postgres: PostgresServer, opened: Opened
) -> None:
    """Even where a client that names no level of isolation is given one that refuses the second writer."""
    postgres.run(f"ALTER DATABASE {url.rpartition('/')[2]} SET default_transaction_isolation = 'serializable'")
    refused = at_once(url, "add", ROUNDS, FEW)
    assert refused == {"is in the library already; `docs replace` it, or give another --id": ROUNDS}
    catalogue = opened(url)
    first = [document(number, FEW) for number in range(ROUNDS)]
    assert held(catalogue) == dict(first)
    assert catalogue.revision() == ROUNDS

    refused = at_once(url, "replace", ROUNDS, FEW)
    assert refused == {"has been replaced by another process; try again": ROUNDS}
    now = held(catalogue)
    assert len(now) == 2 * ROUNDS
    for number, (before, _) in enumerate(first):
        after, paragraphs = document(number, FEW, edition=2)
        assert now[after] == paragraphs
        assert len(now[superseded(before)]) == FEW
    assert catalogue.revision() == 2 * ROUNDS, "a change was lost from the count"


@pytest.mark.parametrize(
    ("command", "moment"),
    [*(("add", moment) for moment in MOMENTS), ("replace", "among paragraphs"), ("replace", "commit")],
)
def test_a_process_killed_while_it_writes_leaves_all_or_nothing(
    command: str, moment: str, url: str, opened: Opened
) -> None:
    catalogue = opened(url)
    before, text = document(0, FEW)
    if command == "replace":
        catalogue.add(before, text)
    revision = catalogue.revision()
    writer = Writer(url, command, 1, MANY, moment)
    writer.begin()
    lines = writer.lines()
    assert writer.process.returncode == -signal.SIGKILL
    done = moment == "told"
    assert lines == ["done"] * done
    after, paragraphs = document(0, MANY, edition=1 + (command == "replace"))
    now = held(catalogue)
    assert catalogue.revision() == revision + done
    if done:
        assert now[after] == paragraphs
        assert len(now) == 1 + (command == "replace")
        return
    assert now == ({before: text} if command == "replace" else {})
    (catalogue.replace if command == "replace" else catalogue.add)(after, paragraphs)
    assert held(catalogue)[after] == paragraphs


HOSTILE = {
    "NUL": "before\x00after\x00",
    "only NUL": "\x00",
    "four bytes": "银行 💰 𠀀 👩‍👩‍👧",
    "controls": "\x01\x1b[31m\x7f\x85\u2028\ufeff",
    "escapes": "\\u0000 \\x00 %s %(x)s :name {0} '\" -- ; \\",
    "right to left": "قرض ‮ 貸款",
    "very long": "第一条 Every firm 💰. " * 250_000,
}


@pytest.mark.parametrize("encoding", ["UTF8", "SQL_ASCII"])
def test_any_text_comes_back_as_it_went_in(encoding: str, postgres: PostgresServer, opened: Opened) -> None:
    """In a database of the C locale too, as a server makes where the machine names no other one."""
    catalogue = opened(postgres.new_database(encoding))
    for number, (name, text) in enumerate(HOSTILE.items()):
        title = text[:500]
        given = Document(id=f"d{number}", title=title, number=title, issuer=title, source=title, sha256=f"{number:064}")
        paragraphs = [Paragraph(document=given.id, number=1, label=title, section=(title,), text=text)]
        catalogue.add(given, paragraphs)
        assert held(catalogue)[given] == paragraphs, name
        assert catalogue.with_content(f"{number:064}") == given.id


def test_what_can_be_no_id_is_no_document(url: str, opened: Opened) -> None:
    catalogue = opened(url)
    for name in ("a\x00", "\udcff", "条", "a\n", "", "a" * 10_000, "'; DROP TABLE documents; --"):
        assert catalogue.remove(name) is None
        assert catalogue.paragraphs(name) == ()
    assert held(catalogue) == {}


def test_a_document_of_very_many_paragraphs(url: str, opened: Opened) -> None:
    """More values than one statement may have."""
    given, paragraphs = document(0, 20_000)
    catalogue = opened(url)
    catalogue.add(given, paragraphs)
    assert held(catalogue) == {given: paragraphs}


def test_no_statement_is_kept_on_a_connection(url: str, opened: Opened) -> None:
    """Poolers give a connection to many clients, whose statements would have the same names."""
    catalogue = opened(url)
    for number in range(20):
        catalogue.add(*document(number, FEW))
    with catalogue._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM pg_prepared_statements").all() == []


def told(fails: Callable[[], object], *words: str) -> None:
    """What fails does so in one line, which holds these words and no password."""
    with pytest.raises(CatalogueError) as caught:
        fails()
    line = str(caught.value)
    assert line.startswith("postgres")
    assert "\n" not in line
    assert "s3cr3t-w0rd" not in line
    assert "@" not in line
    assert caught.value.__suppress_context__, "a traceback would show what the line does not"
    for word in words:
        assert word in line


SEE = "see that the server runs, and the host, port, database, user and password in CIRCULAR_DATABASE_URL"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_password_is_used_and_a_wrong_one_told(
    scheme: str, url: str, postgres: PostgresServer, opened: Opened
) -> None:
    database = url.rpartition("/")[2]
    postgres.run(f"GRANT CREATE ON SCHEMA public TO {postgres.guarded}", database)
    catalogue = opened(postgres.url(database, postgres.guarded, postgres.password, scheme))
    catalogue.add(*document(0, FEW))
    for wrong in (f"{postgres.password}x", ""):
        told(partial(Catalogue, postgres.url(database, postgres.guarded, wrong, scheme)), "password", SEE)
    with_query = f"{scheme}://{postgres.guarded}@127.0.0.1:{postgres.port}/{database}?password={postgres.password}"
    assert held(opened(with_query)) == held(catalogue)
    told(lambda: Catalogue(f"{with_query}x"), "password", SEE)


def test_a_database_that_does_not_exist(postgres: PostgresServer) -> None:
    told(
        lambda: Catalogue(postgres.url("nowhere", postgres.guarded, postgres.password)),
        "nowhere",
        "does not exist",
        SEE,
    )


def test_a_user_who_may_make_no_tables(url: str, postgres: PostgresServer) -> None:
    database = url.rpartition("/")[2]
    postgres.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database)
    told(
        lambda: Catalogue(postgres.url(database, postgres.guarded, postgres.password)),
        "permission denied",
        "make its user the owner",
    )


def test_a_database_that_has_no_room_for_chinese(postgres: PostgresServer, opened: Opened) -> None:
    catalogue = opened(postgres.new_database("LATIN1"))
    told(lambda: catalogue.add(*document(0, FEW)), "create a database with ENCODING 'UTF8'")
    assert held(catalogue) == {}


def test_a_writer_waits_for_another_one_but_not_for_ever(
    url: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents.database, "BUSY_SECONDS", 1)
    catalogue = opened(url)
    with psycopg.connect(url) as other:
        other.execute("SELECT * FROM library_state FOR UPDATE")
        assert held(catalogue) == {}, "reading waits for nobody"
        told(lambda: catalogue.add(*document(0, FEW)), "another process is changing the library; try again")
    catalogue.add(*document(0, FEW))


def test_a_writer_that_stands_still_keeps_no_other_one_waiting(
    url: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents.database, "BUSY_SECONDS", 1)
    catalogue, other = opened(url), opened(url)

    def stand_still(_1: object, _2: object, statement: str, *_3: object) -> None:
        if statement.startswith("INSERT INTO paragraphs"):
            time.sleep(1.5)

    event.listen(catalogue._engine, "before_cursor_execute", stand_still)
    told(lambda: catalogue.add(*document(0, FEW)), SEE)
    other.add(*document(0, FEW))
    assert held(catalogue) == dict([document(0, FEW)])


def test_a_server_that_was_started_anew_between_two_uses(url: str, postgres: PostgresServer, opened: Opened) -> None:
    """A process that stays has connections from before."""
    catalogue = opened(url)
    catalogue.add(*document(0, FEW))
    postgres.stop()
    postgres.start()
    assert held(catalogue) == dict([document(0, FEW)])


def test_a_server_that_goes_away_while_in_use(url: str, postgres: PostgresServer, opened: Opened) -> None:
    catalogue = opened(url)
    crashed: list[str] = []
    catalogue.add(*document(0, FEW))

    def crash(_1: object, _2: object, statement: str, *_3: object) -> None:
        if statement.startswith("INSERT INTO paragraphs") and not crashed:
            crashed.append(statement)
            postgres.stop("QUIT")

    event.listen(catalogue._engine, "before_cursor_execute", crash)
    try:
        told(lambda: catalogue.add(*document(1, FEW)), "failed", SEE)
        assert crashed
        told(catalogue.texts, "failed", SEE)
        told(lambda: catalogue.remove("d0"), "failed", SEE)
        told(lambda: Catalogue(url), "cannot be opened", SEE)
    finally:
        postgres.start()
    assert held(catalogue) == dict([document(0, FEW)]), "what was half written is there, or what was whole is not"
    catalogue.add(*document(1, FEW))
    assert held(catalogue) == dict([document(0, FEW), document(1, FEW)])


def test_a_process_that_is_cut_off_says_so_in_one_line_and_no_driver_adds_to_it(url: str, opened: Opened) -> None:
    writer = Writer(url, "add", 2, FEW, CUT_OFF)
    writer.begin()
    lines = writer.lines()
    assert len(lines) == 2
    assert all(line.startswith("postgresql://127.0.0.1:") and line.endswith(SEE) for line in lines)
    assert held(opened(url)) == {}


Circular = Callable[..., str]
FERRY = "Ferry Notice\n\nThe ferry to the island carries bicycles\x00 free of charge on Sundays 💰.\n"
QUESTION = "When does the ferry carry bicycles free of charge?"


@pytest.fixture
def circular(url: str, tmp_path: Path, small_corpus: Path) -> Circular:
    """Runs ``circular`` as a process on the database; what it prints, or the line it fails with."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CIRCULAR_", "TELEGRAM_"))}

    def run(*words: str, home: str = "home", database: str = url) -> str:
        settings = {
            "CIRCULAR_HOME": str(tmp_path / home),
            "CIRCULAR_CORPUS": str(small_corpus),
            "CIRCULAR_DATABASE_URL": database,
        }
        ran = Popen(
            [str(Path(sys.executable).with_name("circular")), *words],
            env={**inherited, **settings},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        said, complained = ran.communicate(timeout=120)
        if ran.returncode == 0:
            return str(said)
        assert said == ""
        assert complained.count("\n") == 1
        return str(complained)

    return run


def sources(answer: str) -> set[str]:
    return {citation["document"] for citation in json.loads(answer)["citations"] if not citation.get("related")}


def ids(listed: str) -> list[str]:
    return [row["id"] for row in json.loads(listed)]


def test_the_desk_from_adding_to_removing(circular: Circular, postgres: PostgresServer, tmp_path: Path) -> None:
    """Two machines with one database: what one adds and removes, the other answers from and no longer."""
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    assert "ferry" in circular("docs", "add", "ferry.txt")
    assert ids(circular("docs", "list", "--json")) == ["harbour-rules", "ferry"]
    assert sources(circular("ask", QUESTION, "--json", home="other")) == {"ferry"}
    assert "ferry" in circular("docs", "remove", "ferry")
    assert ids(circular("docs", "list", "--json", home="other")) == ["harbour-rules"]
    assert "ferry" not in sources(circular("ask", QUESTION, "--json", home="other"))
    assert not list(tmp_path.rglob("library.sqlite*"))

    nowhere = postgres.url("nowhere", postgres.guarded, postgres.password)
    for words in (["docs", "add", "ferry.txt"], ["ask", QUESTION]):
        line = circular(*words, database=nowhere)
        assert line.startswith("circular: postgresql://127.0.0.1:")
        assert SEE in line
        assert postgres.password not in line


@pytest.mark.parametrize(("required", "outcome"), [("", pytest.skip.Exception), ("required", pytest.fail.Exception)])
def test_without_a_server_program_it_is_said_what_to_install(
    required: str, outcome: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above are skipped, or fail where they must run."""
    import postgres_server

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(postgres_server.REQUIRED, required)
    monkeypatch.setattr(postgres_server, "DEBIAN", tmp_path)
    with pytest.raises(outcome, match="apt-get install postgresql"):
        postgres_server.needed_programs()
    for version in ("9.6", "15", "16"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert postgres_server.needed_programs() == tmp_path / "16" / "bin"
