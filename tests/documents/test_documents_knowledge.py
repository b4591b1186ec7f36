"""The shipped knowledge stands in the text, and keeps clear of the questions the desk is measured with."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from documents.knowledge import ANY, CellStatus, Knowledge, KnownStatus
from documents.library import Library
from documents.text import for_search

GOLD = Path(__file__).parents[1] / "gold" / "questions.jsonl"
Shipped = tuple[Library, Knowledge]


def folded(text: str) -> str:
    """Letters and digits only, without case: equal where two questions differ in typography alone."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def test_cells_and_known_questions_of_every_status_and_language_are_shipped(shipped: Shipped) -> None:
    _, knowledge = shipped
    assert set(Counter(cell.status for cell in knowledge.cells)) == set(CellStatus)
    assert set(Counter(question.status for question in knowledge.questions)) == set(KnownStatus)
    assert {question.language for question in knowledge.questions} == {"en", "zh"}
    for language in ("en", "zh"):
        statuses = {question.status for question in knowledge.questions if question.language == language}
        assert statuses == set(KnownStatus), language


def test_every_snippet_stands_in_the_paragraph_it_is_said_to_stand_in(shipped: Shipped) -> None:
    library, knowledge = shipped
    checked = 0
    for entry in (*knowledge.cells, *knowledge.questions):
        for evidence in entry.evidence:
            text = library.paragraph(evidence.document, evidence.paragraph).text
            assert for_search(evidence.snippet) in for_search(text), entry
            checked += 1
    assert checked > len(knowledge.cells)


def test_every_cell_that_refers_names_a_document_of_the_library(shipped: Shipped) -> None:
    library, knowledge = shipped
    known = {document.id for document in library.documents()}
    pointers = {entry.pointer for entry in (*knowledge.cells, *knowledge.questions) if entry.pointer}
    assert pointers
    assert pointers <= known
    for question in knowledge.questions:
        assert bool(question.pointer) == (question.status is KnownStatus.REFERRED), question.id


def test_known_questions_agree_with_their_cells_and_each_has_an_id_of_its_own(shipped: Shipped) -> None:
    _, knowledge = shipped
    cells = {(cell.document, cell.measure, cell.cell): cell for cell in knowledge.cells}
    expected = {"stated": "answered", "referred": "referred", "not_stated": "not_stated"}
    for question in knowledge.questions:
        if question.status is KnownStatus.CLARIFY:
            assert (question.document, question.measure) == ("circular-2006-556", ANY), question.id
        elif question.status in (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION):
            assert question.document is None, question.id
            assert not question.evidence, question.id
        else:
            assert question.document is not None, question.id
            cell = cells[question.document, question.measure, question.cell]
            assert expected[cell.status.value] == question.status.value, question.id
    assert [key for key, count in Counter(q.id for q in knowledge.questions).items() if count > 1] == []


def test_no_two_known_questions_say_the_same_and_disagree(shipped: Shipped) -> None:
    """The same words after the same conversation have one status, whatever cell they were written for."""
    statuses: dict[tuple[str, ...], set[KnownStatus]] = {}
    for question in shipped[1].questions:
        key = tuple(folded(text) for text in (*question.history, question.question))
        statuses.setdefault(key, set()).add(question.status)
    assert [key for key, held in statuses.items() if len(held) > 1] == []


@pytest.mark.skipif(not GOLD.exists(), reason="the questions of the evaluation are not beside the tests")
def test_no_question_of_the_evaluation_is_among_the_known_ones(shipped: Shipped) -> None:
    """Otherwise the evaluation would measure memory instead of understanding: not even a greeting is shared."""
    files = (GOLD, GOLD.with_name("fresh.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    asked = {folded(row["question"]) for row in rows}
    known = {folded(question.question): question.id for question in shipped[1].questions}
    assert len(asked) > 100
    assert {known[text] for text in asked & known.keys()} == set()
