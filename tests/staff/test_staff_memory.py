"""With the real embedder: a corrected status changes what a running desk says; questions are compared as it does."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from staff_words import ANNA, BOT, pseudonym

from bot.answering.answer import Question
from bot.desk import Desk, open_desk
from bot.pace import Pace
from bot.settings import Settings
from bot.staff.clusters import matters_of
from bot.staff.curated import Basis, Curated, Kept, Standing
from bot.staff.desk import StaffDesk, open_staff
from bot.staff.lookup import Lookup, Sureness
from bot.staff.numbers import staff_numbers
from bot.staff.space import QuestionSpace, space_of
from documents.knowledge import KnownStatus
from documents.loading import load_corpus
from retrieval.open import embedder_of, remembering

WRONG = "Does the Harbour Bank grant loans to fishermen without a licence?"

FAR = "To whom goes the blue envelope?"


@pytest.fixture
def running(
    small_corpus: Path, tmp_path: Path, settings_of: Callable[..., Settings]
) -> Iterator[tuple[Desk, StaffDesk]]:
    """A desk that stays over a small library of which it knows some questions, and the staff desk beside it."""
    folder = tmp_path / "corpus" / "harbour-rules"
    shutil.copytree(small_corpus / "harbour-rules", folder)
    cells = {
        "loans": ("The Harbour Bank grants loans", ("Who grants {} loans?", "Which bank lends to {} carriers?")),
        "dues": (
            "pays its dues to the harbour office",
            ("Where do {} carriers pay?", "Who takes dues of {} ships?"),
        ),
    }
    sorts = ("licensed", "new", "small", "foreign", "old", "big")
    with (folder / "map.jsonl").open("w") as lines:
        for cell, (words, _) in cells.items():
            row = {"measure": "harbour", "cell": cell, "status": "stated", "evidence": [words]}
            lines.write(json.dumps(row) + "\n")
    with (folder / "known.jsonl").open("w") as lines:
        for cell, (words, forms) in cells.items():
            for number, question in enumerate(form.format(sort) for form in forms for sort in sorts):
                row = {"id": f"{cell}{number}", "lang": "en", "measure": "harbour", "cell": cell, "question": question}
                lines.write(json.dumps({**row, "status": "answered", "evidence": [words]}) + "\n")
    settings = settings_of(tmp_path / "home", CIRCULAR_CORPUS=tmp_path / "corpus")
    desk = open_desk(settings, pace=Pace(look_seconds=0.02, wait_seconds=60, longest_pause_seconds=0.04))
    desk.stay()
    staff = open_staff(settings, bot=BOT, library=lambda: desk.library, pseudonym=pseudonym)
    yield desk, staff
    staff.close()
    desk.close()


def said(desk: Desk, question: str, status: str, paragraph: int | None = None) -> bool:
    """Whether the desk comes to say this, in a minute at the most: it follows at its own pace."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = desk.ask(Question(text=question))
        cited = answer.citations[0].paragraph if answer.citations else None
        if answer.status.value == status and paragraph in (None, cited):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
def test_a_status_that_staff_correct_is_given_from_then_on(running: tuple[Desk, StaffDesk]) -> None:
    desk, staff = running
    before = desk.ask(Question(text=WRONG)).status.value
    assert before == "answered"
    others = ("Which bank lends to old carriers?", "How is the weather?")
    unmoved = [desk.ask(Question(text=other)).status for other in others]
    told: dict[str, Any] = {"language": "en", "approved_by": 0, "approved_at": 0, "document": "harbour-rules"}
    wrong = staff.answers.confirm(ANNA, Curated(question=WRONG, status=KnownStatus.NOT_STATED, **told))
    assert said(desk, WRONG, "not_stated")
    assert [desk.ask(Question(text=other)).status for other in others] == unmoved
    basis = (Basis(document="harbour-rules", paragraph=3),)
    staff.answers.confirm(ANNA, Curated(question=FAR, status=KnownStatus.ANSWERED, basis=basis, **told))
    assert said(desk, FAR, "answered", 3)
    staff.answers.withdraw(ANNA, wrong.id)
    assert said(desk, WRONG, before)


@pytest.fixture(scope="module")
def space(home: Path, settings_of: Callable[..., Settings]) -> QuestionSpace:
    """The space of the shipped known questions."""
    settings = settings_of(home)
    embedder, _ = embedder_of(settings.embedder, settings.weights, settings.threads)
    return space_of(embedder, load_corpus()[1], remembering(embedder, home))


def kept(number: int, question: str, language: str = "en") -> Kept:
    told = {"question": question, "language": language, "status": "not_stated", "texts": {"en": "Ask us."}}
    curated = Curated.model_validate({**told, "approved_by": 1, "approved_at": 0})
    return Kept(id=number, version=1, standing=Standing.LIVE, changed_at=0, curated=curated)


def test_questions_are_compared_as_the_memory_compares_them(space: QuestionSpace, desk: Desk) -> None:
    asked = "Where can a young firm borrow?"
    trace = desk.ask(Question(text=asked), explain=True).trace
    assert trace is not None
    alone = {known.question for known in load_corpus()[1].questions if not known.history}
    shown = [known for known in trace["search"]["known"] if known["question"] in alone]
    assert len(shown) > 2
    for known in shown:
        one, other = space.vectors([asked, known["question"]])
        assert float(one @ other) == pytest.approx(known["similarity"], abs=2e-3)


def test_thresholds_tell_the_same_question_from_another(space: QuestionSpace) -> None:
    lookup = Lookup(space, staff_numbers().lookup)
    answers = [
        kept(1, "Is there a telephone number for questions on the loan?"),
        kept(2, "培训机构需要什么资质？", "zh"),
    ]

    def found(question: str) -> tuple[Sureness, int] | None:
        near = lookup.find(question, answers, date(2026, 6, 1))
        return None if near is None else (near.sureness, near.near[0].kept.id)

    assert found("is there a phone number for questions on the loan") == (Sureness.SURE, 1)
    assert found("培训机构要什么资质") == (Sureness.SURE, 2)
    assert found("Can somebody help me by telephone with the loan?") == (Sureness.UNSURE, 1)
    assert found("Who can get a loan?") is None
    assert found("How is the weather?") is None


def test_questions_of_one_matter_are_counted_together(space: QuestionSpace) -> None:
    questions = [
        "Who can get a loan?",
        "How many graduates are to be trained?",
        "Which companies can get a loan?",
        "who can get a loan",
        "What number of graduates should be trained?",
        "How is the weather?",
    ]
    assert matters_of(questions, space, staff_numbers().stats) == [[0, 2, 3], [1, 4], [5]]
    few = staff_numbers().stats.model_copy(update={"most_clustered": 2})
    assert [0, 3] in matters_of(questions, space, few)
