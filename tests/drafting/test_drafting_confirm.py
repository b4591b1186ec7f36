"""Only what a person has confirmed becomes knowledge, and only where it stands in the text."""

from __future__ import annotations

from typing import Any

import pytest

from bot.drafting.confirm import confirmed_of, rows_of, with_confirmed
from bot.drafting.review import FORMAT, DraftError, Entry, read, written
from bot.drafting.rules import RuleProposer
from documents.knowledge import Knowledge, KnownStatus

from .made import FERRY, document

FACTS, PARAGRAPHS = document(FERRY)
ROWS = RuleProposer().propose(FACTS, PARAGRAPHS)
DEADLINE = next(row for row in ROWS if row.cell == "deadline")
RATES = next(row for row in ROWS if row.pointer)


def entries(*rows: dict[str, Any]) -> tuple[Entry, ...]:
    """Rows as a person may leave them: the deadline's, confirmed, but for these fields."""
    told = {**DEADLINE.model_dump(mode="json"), "confirmed": True}
    keys = {"id": 2, "evidence": 5, "pointer": 6, "questions_en": 7, "cell": 4, "confirmed": 3}
    return tuple(
        Entry({**told, **row}, "d.toml", at, {k: at + n for k, n in keys.items()}) for at, row in enumerate(rows)
    )


def confirmed(given: tuple[Entry, ...], *, everything: bool = False) -> tuple[Knowledge, ...]:
    return confirmed_of(given, "made", PARAGRAPHS, {"made", "annex"}, everything=everything)


def whole(records: tuple[Knowledge, ...]) -> Knowledge:
    return Knowledge(
        cells=tuple(c for r in records for c in r.cells), questions=tuple(q for r in records for q in r.questions)
    )


def test_nothing_is_used_that_is_not_confirmed_whatever_it_says() -> None:
    assert confirmed(entries({"confirmed": False, "asks": "?", "evidence": ["nowhere"]})) == ()
    told = dict(entries({})[0].fields)
    del told["confirmed"]
    assert confirmed((Entry(told, "d.toml", 1, {}),)) == ()


def test_a_confirmed_row_is_a_cell_with_questions_and_its_paragraph() -> None:
    (record,) = confirmed(entries({"questions_zh": ["什么时候截止？", " "]}))
    (cell,) = record.cells
    assert (cell.document, cell.measure, cell.cell, cell.paragraphs()) == ("made", "application", "deadline", (7,))
    assert [(q.id, q.language, q.question) for q in record.questions] == [
        (f"made/{DEADLINE.id}/en-1", "en", DEADLINE.questions_en[0]),
        (f"made/{DEADLINE.id}/en-2", "en", DEADLINE.questions_en[1]),
        (f"made/{DEADLINE.id}/zh-1", "zh", "什么时候截止？"),
    ]
    assert {q.status for q in record.questions} == {KnownStatus.ANSWERED}
    assert {q.evidence for q in record.questions} == {cell.evidence}


def test_all_takes_every_row_as_it_is() -> None:
    content = written(FACTS, PARAGRAPHS, ROWS)
    given = read(content.encode(), "d.toml", "made")
    assert confirmed(given) == ()
    assert len(confirmed(given, everything=True)) == len(ROWS)
    assert FORMAT in content


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"evidence": ["nowhere"]}, "d.toml:5: stands in 0 paragraphs instead of one: 'nowhere'"),
        ({"evidence": ["the"]}, "d.toml:5: stands in 6 paragraphs instead of one: 'the'"),
        ({"evidence": []}, "d.toml:5: evidence goes with stated and referred, and with these only"),
        ({"status": "not_stated"}, "d.toml:5: evidence goes with stated and referred, and with these only"),
        ({"status": "referred"}, "d.toml:6: a pointer goes with referred, and with it only"),
        ({"pointer": "annex"}, "d.toml:6: a pointer goes with referred, and with it only"),
        ({"status": "referred", "pointer": "made"}, "d.toml:6: made is the document itself"),
        (
            {"status": "referred", "pointer": "Annex 7"},
            "d.toml:6: 'Annex 7' is no document's id, nor stands in the paragraph",
        ),
        ({"questions_en": ["什么时候截止？"]}, "d.toml:7: is not in this language: '什么时候截止？'"),
        ({"confirmed": "true"}, "d.toml:3: confirmed: must be true or false, without quotation marks"),
    ],
)
def test_a_confirmed_row_that_does_not_stand_is_told_with_its_line(row: dict[str, Any], message: str) -> None:
    with pytest.raises(DraftError) as caught:
        confirmed(entries(row))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({}, f"d.toml:3: the id {DEADLINE.id} stands twice, first in d.toml:2"),
        ({"id": "b"}, "d.toml:5: the cell application/deadline stands twice, first in d.toml:4"),
        (
            {"id": "b", "cell": "c"},
            f"d.toml:8: the question {DEADLINE.questions_en[0]!r} stands twice, first in d.toml:7",
        ),
    ],
)
def test_nothing_is_said_twice(other: dict[str, Any], message: str) -> None:
    with pytest.raises(DraftError) as caught:
        confirmed(entries({}, other))
    assert str(caught.value) == message


@pytest.mark.parametrize("pointer", ["annex", "Annex 1"])
def test_a_pointer_is_an_id_or_stands_in_the_paragraph(pointer: str) -> None:
    given = Entry({**RATES.model_dump(mode="json"), "confirmed": True, "pointer": pointer}, "d.toml", 1, {})
    (record,) = confirmed((given,))
    assert record.cells[0].pointer == pointer
    assert {(q.status, q.pointer) for q in record.questions} == {(KnownStatus.REFERRED, pointer)}


def test_what_was_confirmed_comes_back_confirmed_and_is_proposed_no_second_time() -> None:
    edited = entries({"questions_en": ["When is the last day?"], "note": "mine"}, {"id": "own", "cell": "own"})
    edited[1].fields["questions_en"] = ["May I be late?"]
    before = rows_of(whole(confirmed(edited)), "made")
    assert [row.id for row in before] == [DEADLINE.id, "own"]
    assert all(row.confirmed for row in before)
    again = with_confirmed(ROWS, before)
    assert [row for row in again if row.confirmed] == list(before)
    assert [row.id for row in again] == [*(row.id for row in ROWS), "own"]
    content = written(FACTS, PARAGRAPHS, again).encode()
    assert whole(confirmed(read(content, "d.toml", "made"))) == whole(confirmed(edited))


def test_a_proposal_gives_way_to_the_names_and_questions_of_what_is_confirmed() -> None:
    taken = entries({"id": "own", "questions_en": [ROWS[0].questions_en[0]]})
    again = with_confirmed(ROWS, rows_of(whole(confirmed(taken)), "made"))
    names = [(row.measure, row.cell) for row in again]
    assert len(names) == len(set(names))
    assert next(row.cell for row in again if row.id == DEADLINE.id) == "deadline_2"
    assert again[0].questions_en == ROWS[0].questions_en[1:]
