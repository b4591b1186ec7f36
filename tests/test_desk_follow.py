"""A desk follows its library when it is told to, tells how far it is, and can be given up in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.answering.answer import Question
from bot.desk import Desk, open_desk
from bot.pace import Pace
from bot.settings import Settings
from bot.shelf import Added, Shelf
from documents.models import DocumentStatus
from documents.readers.apart import read_apart

NEVER = Pace(look_seconds=3600, wait_seconds=0, longest_pause_seconds=3600)
QUESTION = Question(text="When does the ferry carry bicycles free of charge?")
FERRY = "Ferry Notice\n\nThe ferry to the island carries bicycles free of charge on Sundays.\n"


@pytest.fixture(scope="module")
def settings(
    settings_of: Callable[..., Settings], small_corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    return settings_of(tmp_path_factory.mktemp("home"), CIRCULAR_CORPUS=small_corpus)


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Iterator[Desk]:
    opened = open_desk(settings, pace=NEVER)
    opened.stay()
    yield opened
    opened.close()


def text_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_it_follows_at_once_and_tells_how_far_it_is(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    path = text_file(tmp_path, "ferry.txt", FERRY)
    with Shelf(settings) as shelf:
        seen = shelf.look(path, reading := read_apart(path))
        assert (seen.document.title, seen.paragraphs, seen.held) == ("Ferry Notice", 2, None)
        shelf.take(path, reading)
        assert (held := shelf.look(path, reading).held) is not None
        assert held.id == "ferry"
    assert "ferry" not in [each.id for each in desk.library.documents()]

    def give_up(_done: int, _of: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        desk.follow(give_up)
    assert "Sundays" not in desk.ask(QUESTION).text
    told: list[tuple[int, int]] = []
    desk.follow(lambda done, of: told.append((done, of)))
    assert told
    assert "on Sundays" in desk.ask(QUESTION).text
    told.clear()
    desk.follow(lambda done, of: told.append((done, of)))
    assert told == []


def test_of_two_who_add_the_same_file_at_once_one_does_and_the_other_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "quay.txt", "Quay Notice\n\nThe quay is closed to carts at night.\n")
    reading = read_apart(path)

    def take(_number: int) -> Added:
        with Shelf(settings) as shelf:
            return shelf.take(path, reading)

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(take, range(4)))
    assert {each.document.id for each in results} == {"quay"}
    assert sorted(each.already for each in results) == [False, True, True, True]


def test_a_file_that_is_added_as_a_new_document_takes_nobodys_place(
    settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    settings = settings_of(tmp_path / "home")
    (tmp_path / "home").mkdir()
    title = (
        "Circular of Ministry of Commerce and Ministry of Information Industry on Relevant Issues on Qualification of"
    )
    lines = [
        "Appendix III",
        f'{title} "China Base Cities of Service Outsourcing"',
        "A base city reports every quarter.",
    ]
    path = text_file(tmp_path, "cities.txt", "\n\n".join(lines))
    reading = read_apart(path)
    with Shelf(settings) as shelf:
        seen = shelf.look(path, reading)
        assert seen.recognised is not None
        assert seen.recognised.id == "appendix-3"
        assert "appendix-1" in [each.id for each in seen.omitted]
        assert shelf.take(path, reading).document.id == "cities"
        assert shelf.library.document("appendix-3").status is DocumentStatus.OMITTED
