"""The one door: opened with settings, used from many threads, closed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.answering.answer import Question, Status
from bot.desk import Desk, open_desk
from bot.settings import Settings
from documents.loading import CorpusError

SettingsOf = Callable[..., Settings]

QUESTIONS = [
    "Which bank can lend to our company?",
    "认证奖励怎么申请？",
    "What interest rate applies to the loans?",
    "hello",
    "How many base cities shall be developed?",
    "",
]


def test_the_library_is_that_of_the_shipped_corpus(desk: Desk) -> None:
    assert [document.id for document in desk.library.in_force()] == ["circular-2006-556"]
    assert len(desk.library.paragraphs("circular-2006-556")) == 35


def test_it_counts_what_its_index_holds(desk: Desk) -> None:
    passages, known = desk.counts()
    assert passages > 35
    assert known > 2000


def test_many_threads_get_the_answers_one_would(desk: Desk) -> None:
    alone = [desk.ask(Question(text=text)).model_dump(exclude={"timings_ms"}) for text in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            answers = pool.map(lambda text: desk.ask(Question(text=text)), QUESTIONS * 4)
            assert [answer.model_dump(exclude={"timings_ms"}) for answer in answers] == alone * 4


def test_the_same_question_gets_the_same_answer_whether_the_vectors_are_in_memory_or_not(
    home: Path, settings_of: SettingsOf, desk: Desk
) -> None:
    fresh = open_desk(settings_of(home))
    try:
        for text in QUESTIONS[:5]:
            given, expected = fresh.ask(Question(text=text)), desk.ask(Question(text=text))
            assert given.status is expected.status
            assert [c.paragraph for c in given.citations] == [c.paragraph for c in expected.citations]
    finally:
        fresh.close()


def test_closing_one_desk_leaves_another_on_the_same_home_open(home: Path, settings_of: SettingsOf, desk: Desk) -> None:
    open_desk(settings_of(home)).close()
    assert desk.ask(Question(text=QUESTIONS[0])).status is Status.ANSWERED
    assert desk.counts()[0] > 0


@dataclass(frozen=True)
class Opened:
    """A home that has just been opened for the first time, and what was told meanwhile."""

    settings: Settings
    steps: list[tuple[int, int]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, settings_of: SettingsOf, small_corpus: Path) -> Opened:
    settings = settings_of(tmp_path_factory.mktemp("small-home"), CIRCULAR_CORPUS=small_corpus)
    steps: list[tuple[int, int]] = []
    open_desk(settings, progress=lambda done, total: steps.append((done, total))).close()
    return Opened(settings, steps)


def test_the_first_opening_builds_and_tells_how_far_it_is_the_second_does_not(small: Opened) -> None:
    done = [done for done, _ in small.steps]
    assert done == sorted(done)
    assert done[0] == 0
    assert {total for _, total in small.steps} == {done[-1]}
    told: list[object] = []
    open_desk(small.settings, progress=lambda done, total: told.append(done), notice=told.append).close()
    assert told == []


def test_a_document_without_prepared_knowledge_is_not_mixed_up_with_the_shipped_one(small: Opened) -> None:
    desk = open_desk(small.settings)
    try:
        assert [document.id for document in desk.library.documents()] == ["harbour-rules"]
        answer = desk.ask(Question(text="Which bank can lend to our company?"))
        assert all(citation.document == "harbour-rules" for citation in answer.citations)
        assert "Thousand" not in answer.text
    finally:
        desk.close()


def test_a_document_without_prepared_knowledge_is_answered_from_too(small: Opened) -> None:
    desk = open_desk(small.settings)
    try:
        answer = desk.ask(Question(text="Which bank grants loans to licensed carriers of the harbour?"))
    finally:
        desk.close()
    assert answer.status is Status.ANSWERED
    assert "Harbour Bank" in answer.citations[0].quote


def test_without_the_memory_passages_answer(home: Path, settings_of: SettingsOf) -> None:
    desk = open_desk(settings_of(home, CIRCULAR_MEMORY=False))
    try:
        answer = desk.ask(Question(text=QUESTIONS[0]))
    finally:
        desk.close()
    assert any("China Development Bank" in citation.quote for citation in answer.citations)


def test_a_corpus_of_nothing_is_told(tmp_path: Path, settings_of: SettingsOf) -> None:
    with pytest.raises(CorpusError, match="no documents"):
        open_desk(settings_of(tmp_path / "home", CIRCULAR_CORPUS=tmp_path))
    assert not (tmp_path / "home").exists()
