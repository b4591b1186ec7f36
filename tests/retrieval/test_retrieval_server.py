"""A real Chroma server instead of a folder: built there, asked there, shared, and one line where it is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chroma_server import ChromaServer, free_port

from bot.answering.answer import Question, Status
from bot.desk import open_desk
from bot.settings import Settings
from bot.shelf import Added, Shelf
from documents.intake import Facts
from documents.loading import load_library
from retrieval.embedding.embedder import Embedder
from retrieval.groups import wanted_of
from retrieval.place import ChromaServerError

pytestmark = pytest.mark.slow
SettingsOf = Callable[..., Settings]

CARRIERS = "What does every carrier pay to the harbour office?"
FERRY = "Ferry Notice\n\nThe ferry to the island carries bicycles free of charge on Sundays.\n"
FERRY_QUESTION = "When does the ferry carry bicycles free of charge?"
LAMPS = "Lamp Notice\n\nEvery lighthouse keeper reports broken lamps to the lamp office within three days.\n"
LAMPS_QUESTION = "Within how many days are broken lamps reported?"
KINDS = 3
"""Collections of one index: passages, questions, and the ledger."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """One server for the run."""
    started = ChromaServer(tmp_path_factory.mktemp("chroma-server"))
    started.start()
    yield started
    started.kill()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ChromaServer]:
    """A server of one test, to be killed."""
    (tmp_path / "server").mkdir()
    started = ChromaServer(tmp_path / "server")
    started.start()
    yield started
    started.kill()


@pytest.fixture
def at(settings_of: SettingsOf, small_corpus: Path, loaded: None) -> SettingsOf:
    """Settings of a home whose index is on a server."""

    def make(home: Path, url: str) -> Settings:
        return settings_of(home, CIRCULAR_CORPUS=small_corpus, CIRCULAR_CHROMA_URL=url)

    return make


def add(settings: Settings, embedder: Embedder, folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    with Shelf(settings) as shelf:
        assert [type(result) for result in shelf.add([path], Facts())] == [Added]
        shelf.bring_index_up_to_date(embedder=embedder)


def remove(settings: Settings, embedder: Embedder, document: str) -> None:
    with Shelf(settings) as shelf:
        shelf.remove(document)
        shelf.bring_index_up_to_date(embedder=embedder)


def cited(settings: Settings, question: str) -> set[str]:
    """The documents that the answer of a newly opened desk stands on, whose index must be exactly the library's."""
    assert settings.corpus is not None
    library, knowledge, _ = load_library(settings.corpus, settings.database)
    desk = open_desk(settings)
    try:
        wanted = wanted_of(library, knowledge)
        assert desk._room.searcher.digests() == wanted.digests()
        items = sum(len(group.items()) for group in wanted.passages.values())
        assert desk.counts() == (items, len(wanted.questions))
        answer = desk.ask(Question(text=question))
        return {c.document for c in answer.citations if not c.related} if answer.status is Status.ANSWERED else set()
    finally:
        desk.close()


def test_the_index_is_built_on_the_server_and_answers(server: ChromaServer, at: SettingsOf, tmp_path: Path) -> None:
    assert cited(at(tmp_path, server.url), CARRIERS) == {"harbour-rules"}
    assert not list(tmp_path.rglob("chroma.sqlite3")), "the index is in the home folder"
    names = server.collections()
    assert {name.rsplit("-", 1)[1] for name in names} == {"passages", "questions", "ledger"}


def test_an_index_that_is_there_is_not_written_again(server: ChromaServer, at: SettingsOf, tmp_path: Path) -> None:
    open_desk(at(tmp_path, server.url)).close()
    written: list[int] = []
    open_desk(at(tmp_path, server.url), progress=lambda done, total: written.append(total)).close()
    assert written == []


def test_documents_added_and_removed_show_up(
    server: ChromaServer, at: SettingsOf, embedder: Embedder, tmp_path: Path
) -> None:
    settings = at(tmp_path / "home", server.url)
    assert "ferry" not in cited(settings, FERRY_QUESTION)
    add(settings, embedder, tmp_path, "ferry", FERRY)
    assert cited(settings, FERRY_QUESTION) == {"ferry"}
    assert cited(settings, CARRIERS) == {"harbour-rules"}
    remove(settings, embedder, "ferry")
    assert "ferry" not in cited(settings, FERRY_QUESTION)


def test_two_homes_on_one_server_do_not_disturb_each_other(
    server: ChromaServer, at: SettingsOf, embedder: Embedder, tmp_path: Path
) -> None:
    first, second = at(tmp_path / "first", server.url), at(tmp_path / "second", server.url)
    add(first, embedder, tmp_path, "ferry", FERRY)
    add(second, embedder, tmp_path, "lamps", LAMPS)
    for _ in range(2):  # the second time round whatever one took from the other would show
        assert cited(first, FERRY_QUESTION) == {"ferry"}
        assert cited(second, LAMPS_QUESTION) == {"lamps"}
        assert "lamps" not in cited(first, LAMPS_QUESTION)
        assert "ferry" not in cited(second, FERRY_QUESTION)
    remove(second, embedder, "lamps")
    assert cited(first, FERRY_QUESTION) == {"ferry"}


def test_homes_without_added_documents_share_nothing(own_server: ChromaServer, at: SettingsOf, tmp_path: Path) -> None:
    open_desk(at(tmp_path / "first", own_server.url)).close()
    of_first = own_server.collections()
    open_desk(at(tmp_path / "second", own_server.url)).close()
    assert len(of_first) == len(own_server.collections() - of_first) == KINDS
    open_desk(at(tmp_path / "first", own_server.url)).close()
    assert len(own_server.collections()) == 2 * KINDS, "a home has another name each time it is opened"


def test_what_a_home_no_longer_uses_leaves_the_server(
    own_server: ChromaServer, at: SettingsOf, embedder: Embedder, tmp_path: Path
) -> None:
    """The first document that is added gives the index another name; the collections of the old one go, and those of
    another home stay.
    """
    settings = at(tmp_path / "home", own_server.url)
    open_desk(settings).close()
    before = own_server.collections()
    open_desk(at(tmp_path / "other", own_server.url)).close()
    others = own_server.collections() - before
    add(settings, embedder, tmp_path, "ferry", FERRY)
    assert others < own_server.collections()
    assert len(own_server.collections()) == 2 * KINDS
    assert cited(settings, FERRY_QUESTION) == {"ferry"}


def test_collections_that_are_read_stay_until_nobody_reads_them(
    own_server: ChromaServer, at: SettingsOf, embedder: Embedder, tmp_path: Path
) -> None:
    settings = at(tmp_path / "home", own_server.url)
    desk = open_desk(settings)
    add(settings, embedder, tmp_path, "ferry", FERRY)
    assert len(own_server.collections()) == 2 * KINDS
    assert desk.ask(Question(text=CARRIERS)).status is Status.ANSWERED
    desk.close()
    add(settings, embedder, tmp_path, "lamps", LAMPS)
    assert len(own_server.collections()) == KINDS


def test_a_server_that_is_away_keeps_nothing_for_good(
    own_server: ChromaServer, at: SettingsOf, settings_of: SettingsOf, embedder: Embedder, tmp_path: Path
) -> None:
    """What cannot be removed, as its server is not named for a while, is removed when it is named again."""
    served = at(tmp_path / "home", own_server.url)
    alone = settings_of(tmp_path / "home", CIRCULAR_CORPUS=served.corpus)
    open_desk(served).close()
    add(alone, embedder, tmp_path, "ferry", FERRY)
    assert len(own_server.collections()) == KINDS
    assert cited(alone, FERRY_QUESTION) == {"ferry"}
    assert cited(served, FERRY_QUESTION) == {"ferry"}
    assert len(own_server.collections()) == KINDS


def test_a_home_that_comes_back_to_a_server_finds_its_index(
    server: ChromaServer, at: SettingsOf, settings_of: SettingsOf, tmp_path: Path
) -> None:
    served = at(tmp_path / "home", server.url)
    open_desk(served).close()
    open_desk(settings_of(tmp_path / "home", CIRCULAR_CORPUS=served.corpus)).close()
    written: list[int] = []
    open_desk(served, progress=lambda done, total: written.append(total)).close()
    assert written == []


def test_the_half_of_an_index_is_removed_once_another_is_wanted(
    own_server: ChromaServer, at: SettingsOf, embedder: Embedder, tmp_path: Path
) -> None:
    """Where the server goes away while an index is first built."""
    settings = at(tmp_path / "home", own_server.url)
    with pytest.raises(ChromaServerError):
        open_desk(settings, progress=lambda done, total: own_server.kill())
    own_server.start()
    assert own_server.collections()
    add(settings, embedder, tmp_path, "ferry", FERRY)
    assert len(own_server.collections()) == KINDS
    assert not [entry.name for entry in (tmp_path / "home" / "index").iterdir() if entry.name.startswith(".building")]


def one_line(caught: pytest.ExceptionInfo[ChromaServerError], url: str) -> None:
    text = str(caught.value)
    assert text.startswith(url)
    assert "\n" not in text
    assert "CIRCULAR_CHROMA_URL" in text


def test_a_server_that_is_not_there(at: SettingsOf, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ChromaServerError) as caught:
        open_desk(at(tmp_path, url))
    one_line(caught, url)


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "http://"])
def test_an_address_that_is_none(url: str, at: SettingsOf, tmp_path: Path) -> None:
    with pytest.raises(ChromaServerError, match="http://localhost:8000"):
        open_desk(at(tmp_path, url))


def test_a_start_without_the_server_and_one_with_it_again(
    own_server: ChromaServer, at: SettingsOf, tmp_path: Path
) -> None:
    settings = at(tmp_path / "home", own_server.url)
    open_desk(settings).close()
    own_server.kill()
    with pytest.raises(ChromaServerError) as caught:
        open_desk(settings)
    one_line(caught, own_server.url)
    own_server.start()
    written: list[int] = []
    open_desk(settings, progress=lambda done, total: written.append(total)).close()
    assert written == [], "what the server held was written again"
    assert cited(settings, CARRIERS) == {"harbour-rules"}


def test_a_server_that_dies_while_a_document_is_written(
    own_server: ChromaServer, at: SettingsOf, embedder: Embedder, tmp_path: Path
) -> None:
    settings = at(tmp_path / "home", own_server.url)
    add(settings, embedder, tmp_path, "lamps", LAMPS)
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    notices: list[str] = []
    with Shelf(settings) as shelf:
        assert [type(result) for result in shelf.add([tmp_path / "ferry.txt"], Facts())] == [Added]
        with pytest.raises(ChromaServerError) as caught:
            # The first report comes when the ledger has been read and before anything is written.
            shelf.bring_index_up_to_date(
                embedder=embedder, progress=lambda done, total: own_server.kill(), notice=notices.append
            )
    one_line(caught, own_server.url)
    assert notices == [], "the index is called damaged, where the server is away"
    own_server.start()
    assert cited(settings, FERRY_QUESTION) == {"ferry"}
    assert cited(settings, LAMPS_QUESTION) == {"lamps"}


def test_a_server_that_dies_under_an_open_desk(own_server: ChromaServer, at: SettingsOf, tmp_path: Path) -> None:
    settings = at(tmp_path / "home", own_server.url)
    desk = open_desk(settings)
    try:
        assert desk.ask(Question(text=CARRIERS)).status is Status.ANSWERED
        own_server.kill()
        with pytest.raises(ChromaServerError) as caught:
            desk.ask(Question(text=CARRIERS))
        one_line(caught, own_server.url)
        own_server.start()
        assert desk.ask(Question(text=CARRIERS)).status is Status.ANSWERED
    finally:
        desk.close()


def test_a_server_that_lost_its_data(own_server: ChromaServer, at: SettingsOf, tmp_path: Path) -> None:
    settings = at(tmp_path / "home", own_server.url)
    open_desk(settings).close()
    own_server.kill()
    own_server.folder = tmp_path / "empty"
    own_server.folder.mkdir()
    own_server.start()
    assert cited(settings, CARRIERS) == {"harbour-rules"}
