"""A desk that stays answers from what other processes add, replace and remove, whatever is busy or away meanwhile."""

from __future__ import annotations

import gc
import io
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from chroma_server import ChromaServer
from forked import Popen

from bot.answering.answer import Question, Status
from bot.cli.chat import chat
from bot.desk import Desk, open_desk
from bot.pace import Pace
from bot.settings import Settings
from documents.catalogue import Catalogue
from documents.models import Document, Paragraph
from retrieval.place import ChromaServerError
from retrieval.tuning import tuning

SettingsOf = Callable[..., Settings]

CARRIERS = "What does every carrier pay to the harbour office?"
FERRY = "When does the ferry carry bicycles free of charge?"
SUNDAYS, MONDAYS = (
    f"Ferry Notice\n\nThe ferry to the island carries bicycles free of charge on {days}.\n"
    for days in ("Sundays", "Mondays")
)
QUICK = Pace(look_seconds=0.02, wait_seconds=20, longest_pause_seconds=0.04)
"""So that every question finds what was there before it, however slow the machine is."""


@contextmanager
def staying(settings: Settings, pace: Pace = QUICK) -> Iterator[Desk]:
    desk = open_desk(settings, pace=pace)
    try:
        desk.stay()
        yield desk
    finally:
        desk.close()


@dataclass(frozen=True)
class Followed:
    """A desk that stays, and its settings."""

    desk: Desk
    settings: Settings


@pytest.fixture(scope="module")
def opened(settings_of: SettingsOf, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    settings = settings_of(tmp_path_factory.mktemp("home"), CIRCULAR_CORPUS=small_corpus)
    with staying(settings) as desk:
        yield Followed(desk, settings)


@pytest.fixture(scope="module")
def opened_hastily(opened: Followed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Followed]:
    home = tmp_path_factory.mktemp("hasty") / "home"
    shutil.copytree(opened.settings.home, home)
    settings = opened.settings.model_copy(update={"home": home})
    with staying(settings, QUICK.model_copy(update={"wait_seconds": 0.3})) as desk:
        yield Followed(desk, settings)


def emptied(opened: Followed) -> Followed:
    (opened.settings.home / "library.sqlite").unlink(missing_ok=True)
    wait_until(lambda: held(opened.desk) == set())
    return opened


@pytest.fixture
def followed(opened: Followed) -> Followed:
    """A desk these tests share, without added documents."""
    return emptied(opened)


@pytest.fixture
def hasty(opened_hastily: Followed) -> Followed:
    """The same, but one that waits for nothing long."""
    return emptied(opened_hastily)


def circular(settings: Settings, *arguments: str) -> str:
    """What ``circular`` prints as a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CIRCULAR_", "TELEGRAM_"))}
    env = {**inherited, "CIRCULAR_HOME": str(settings.home), "CIRCULAR_CORPUS": str(settings.corpus)}
    command = [str(Path(sys.executable).with_name("circular")), *arguments]
    with Popen(command, env=env, cwd=settings.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as ran:
        said, complained = ran.communicate(timeout=120)
    assert ran.returncode == 0, complained
    return str(said)


def write(settings: Settings, name: str, text: str = SUNDAYS.split("\n\n")[1]) -> None:
    """Add a document of one paragraph to the database, and leave it to the desk to bring the index up to date."""
    with closing(Catalogue(settings.database)) as catalogue:
        document = Document(id=name, title=f"Notice {name}")
        catalogue.add(document, [Paragraph(document=name, number=1, text=text.strip())])


def unwrite(settings: Settings, name: str) -> None:
    with closing(Catalogue(settings.database)) as catalogue:
        assert catalogue.remove(name)


def quoted(desk: Desk, question: str = FERRY) -> str:
    """What is quoted in an answer; nothing where it is not stated. A look is due by the time it is asked."""
    time.sleep(QUICK.longest_pause_seconds)
    answer = desk.ask(Question(text=question))
    if answer.status is not Status.ANSWERED:
        return ""
    return " ".join(citation.quote for citation in answer.citations if not citation.related)


def held(desk: Desk) -> set[str]:
    """The documents there are beside that of the corpus."""
    time.sleep(QUICK.longest_pause_seconds)
    return {document.id for document in desk.library.documents()} - {"harbour-rules"}


def indexes(settings: Settings) -> list[str]:
    return [folder.name for folder in (settings.home / "index").iterdir() if folder.is_dir()]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@dataclass
class Asking:
    """Threads that ask one question over and over."""

    answers: list[str]
    errors: list[BaseException]
    stop: threading.Event


@contextmanager
def asking(desk: Desk, pause: float = 0.2) -> Iterator[Asking]:
    told = Asking([], [], threading.Event())

    def ask() -> None:
        while not told.stop.is_set():
            try:
                answer = desk.ask(Question(text=CARRIERS))
                told.answers.append(" ".join(c.quote for c in answer.citations if not c.related))
            except BaseException as error:
                told.errors.append(error)
            time.sleep(pause)

    pool = [threading.Thread(target=ask) for _ in range(2)]
    for each in pool:
        each.start()
    try:
        yield told
    finally:
        told.stop.set()
        for each in pool:
            each.join()


@pytest.mark.slow
def test_what_another_process_adds_and_replaces_is_answered_from_at_once_while_threads_ask(
    followed: Followed, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk, settings = followed.desk, followed.settings
    index = indexes(settings)
    for name, text in (("sundays", SUNDAYS), ("mondays", MONDAYS)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with asking(desk) as meanwhile:
        assert "Sundays" not in quoted(desk)
        circular(settings, "docs", "add", str(tmp_path / "sundays.txt"), "--id", "ferry")
        assert "on Sundays" in quoted(desk)
        assert held(desk) == {"ferry"}
        circular(settings, "docs", "replace", "ferry", str(tmp_path / "mondays.txt"))
        assert "on Mondays" in quoted(desk)
        assert held(desk) == {"ferry", "ferry.edition-1"}
        before = desk.library
        with closing(Catalogue(settings.database)) as catalogue:
            assert catalogue.remove("ferry.edition-1")
        assert held(desk) == {"ferry"}
        assert "Sundays" in before.paragraphs("ferry.edition-1")[1].text, "what was opened changes with the database"
    assert meanwhile.errors == []
    assert len(meanwhile.answers) > 10
    assert set(meanwhile.answers) == {"Every carrier pays its dues to the harbour office."}
    assert indexes(settings) == index, "an index was taken for damaged that was not"
    assert warnings(caplog) == []


def test_a_database_that_was_deleted_and_one_in_its_place_are_noticed(followed: Followed) -> None:
    desk, settings = followed.desk, followed.settings
    database = settings.home / "library.sqlite"
    write(settings, "ferry")
    assert held(desk) == {"ferry"}
    database.unlink()
    assert held(desk) == set()
    write(settings, "other-ferry")
    assert held(desk) == {"other-ferry"}
    database.rename(database.with_suffix(".aside"))
    write(settings, "third-ferry")
    assert held(desk) == {"third-ferry"}
    database.with_suffix(".aside").replace(database)
    assert held(desk) == {"other-ferry"}, "same revision, another file"


def test_while_the_database_is_locked_the_library_before_answers(hasty: Followed) -> None:
    desk, settings = hasty.desk, hasty.settings
    write(settings, "ferry")
    wait_until(lambda: "Sundays" in quoted(desk))
    write(settings, "second")
    with closing(sqlite3.connect(settings.home / "library.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert "Sundays" in quoted(desk)
        for _ in range(40):
            assert held(desk) == {"ferry"}
        assert time.monotonic() - began < 10, "every question waits for it"
        other.execute("ROLLBACK")
    wait_until(lambda: held(desk) == {"ferry", "second"})


HOLD = """
import sys
from pathlib import Path
from retrieval.index import IndexFolder
with IndexFolder(Path(sys.argv[1])).locked():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_while_another_process_changes_the_index_the_library_before_answers(
    hasty: Followed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.desk")
    desk, settings = hasty.desk, hasty.settings
    command = [sys.executable, "-c", HOLD, str(settings.home)]
    other = Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    write(settings, "ferry")
    assert held(desk) == set()
    assert "dues" in quoted(desk, CARRIERS)
    # Added while the desk waits, which must not put the index back to what there was when it began to wait.
    write(settings, "second", "Dogs travel on the upper deck.")
    other.communicate("go on\n", timeout=60)
    wait_until(lambda: "ferry" in held(desk))
    assert "Sundays" in quoted(desk)
    assert [record.getMessage() for record in caplog.records] == ["the library has changed; documents in force: 3"]


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def in_use(kind: str) -> int:
    """Open files (``fd``) or threads (``task``) of this process."""
    return len(list(Path("/proc/self", kind).iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts what Linux tells of a process")
def test_twenty_reloads_leave_no_files_threads_or_libraries_behind(followed: Followed) -> None:
    desk, settings = followed.desk, followed.settings
    counted: list[tuple[int, int]] = []
    rooms: list[weakref.ref[object]] = []
    for number in range(20):
        write(settings, f"ferry-{number}")
        if number % 4:  # else the index changes too
            unwrite(settings, f"ferry-{number}")
        before = desk._room
        quoted(desk, CARRIERS)
        assert desk._room is not before, "it was not opened anew"
        del before
        rooms += [weakref.ref(desk._room.searcher), weakref.ref(desk._room.library)]
        if number in (1, 19):
            gc.collect()
            counted.append((in_use("fd"), in_use("task")))
    assert len(held(desk)) == 5
    (files, threads), (files_after, threads_after) = counted
    assert files_after <= files + 2
    assert threads_after <= threads + 2
    assert len([room for room in rooms if room() is not None]) == 2, "rooms that were left are kept"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """One server for the tests below; it runs when each of them begins and ends."""
    started = ChromaServer(tmp_path_factory.mktemp("chroma"))
    started.start()
    yield started
    started.kill()


@pytest.fixture(scope="module")
def served(
    settings_of: SettingsOf, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory, server: ChromaServer
) -> Settings:
    """One home for them; each adds documents of its own."""
    home = tmp_path_factory.mktemp("served")
    return settings_of(home, CIRCULAR_CORPUS=small_corpus, CIRCULAR_CHROMA_URL=server.url)


@pytest.fixture
def nothing_resident(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there are more known questions than are kept in memory."""
    few = tuning().model_copy(update={"resident_limit": 0})
    for module in ("retrieval.open", "bot.room_maker"):
        monkeypatch.setattr(f"{module}.tuning", lambda: few)


@pytest.mark.slow
def test_a_server_that_is_away_stops_no_desk_that_stays_and_what_was_added_meanwhile_shows_once_it_is_back(
    served: Settings, server: ChromaServer, caplog: pytest.LogCaptureFixture
) -> None:
    with staying(served) as desk:
        server.kill()
        assert "dues" in quoted(desk, CARRIERS)
        write(served, "ferry")
        for _ in range(4):
            assert "Sundays" not in quoted(desk)
        (told,) = warnings(caplog)
        assert server.url in told
        assert "\n" not in told
        server.start()
        wait_until(lambda: "Sundays" in quoted(desk))


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_resident")
def test_where_known_questions_are_asked_of_the_server_the_next_question_works_when_it_is_back(
    served: Settings, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staying(served) as desk, asking(desk, pause=0) as meanwhile:
        for name in ("second", "third"):
            write(served, name, "Dogs travel on the upper deck.")
            assert name in held(desk)
        assert "dues" in quoted(desk, CARRIERS)
        meanwhile.stop.set()
        assert meanwhile.errors == [], "a searcher was closed that a question was using"
        server.kill()
        with pytest.raises(ChromaServerError):
            desk.ask(Question(text=CARRIERS))
        server.start()
        said = conversation(desk, monkeypatch, [None, server.kill, server.start])
    _, before, after = said.split("✓ answered")
    for part in (before, after):
        assert "Every carrier pays its dues" in part
    assert before.count(f"{server.url}: no Chroma server answers there") == 1
    assert after.endswith("Goodbye.\n")


def conversation(desk: Desk, monkeypatch: pytest.MonkeyPatch, happens: Iterable[Callable[[], None] | None]) -> str:
    """What ``circular chat`` says where one question is asked again and again, and this happens before each time."""
    left = iter(happens)

    class Typed:
        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            try:
                (next(left) or (lambda: None))()
            except StopIteration:
                return ""
            return f"{CARRIERS}\n"

    monkeypatch.setattr(sys, "stdin", Typed())
    said = io.StringIO()
    with redirect_stdout(said):
        chat(desk)
    return said.getvalue()


@pytest.mark.usefixtures("nothing_resident")
def test_a_library_that_cannot_be_followed_is_told_once(followed: Followed, caplog: pytest.LogCaptureFixture) -> None:
    settings = followed.settings
    with staying(settings) as desk:
        write(settings, "ferry")
        for _ in range(3):
            assert "dues" in quoted(desk, CARRIERS)
        (told,) = warnings(caplog)
        assert "start again" in told
