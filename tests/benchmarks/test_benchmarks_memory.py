"""The check of the known questions finds what was planted: a copy, a wrong label and a thin cell, and nothing else.

The vectors are made by hand, so it is plain how near the questions are to each other.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pytest

from benchmarks.memory import Verdict, disagreements, thin_cells, twins, verdicts
from documents.knowledge import Cell, CellStatus, Knowledge, KnownQuestion, KnownStatus
from retrieval.embedding.weights import Floats
from retrieval.spaces import unit

_DOCUMENT = "grants"
_TEMPERATURE = 1.0
"""Low, so that three neighbours outweigh the nearest one."""


def asked(
    name: str, cell: str, status: KnownStatus = KnownStatus.ANSWERED, language: Literal["en", "zh"] = "en"
) -> KnownQuestion:
    """A known question of this name, on the document unless it is off topic."""
    document = None if status is KnownStatus.OFF_TOPIC else _DOCUMENT
    return KnownQuestion(
        id=name, document=document, language=language, measure="grant", cell=cell, question=name, status=status
    )


def cell(name: str, status: CellStatus = CellStatus.STATED) -> Cell:
    return Cell(document=_DOCUMENT, measure="grant", cell=name, status=status)


def at(*angles: float) -> Floats:
    """Vectors of length one in a plane, at these angles in degrees."""
    turned = np.radians(angles)
    return unit(np.stack([np.cos(turned), np.sin(turned)], axis=1))


def ids(judged: list[Verdict]) -> list[str]:
    return [verdict.known.id for verdict in judged]


# --- copies ------------------------------------------------------------------------------------------------------


def test_a_copy_in_another_cell_is_found_and_one_in_its_own_cell_is_none() -> None:
    known = [asked("who", "who"), asked("who again", "who"), asked("planted", "amount"), asked("far", "amount")]
    found = twins(known, at(0, 2, 4, 60))
    assert [(pair.one.id, pair.other.id) for pair in found] == [("who again", "planted"), ("who", "planted")]
    assert found[0].similarity == pytest.approx(np.cos(np.radians(2)), abs=1e-4)


def test_a_copy_of_another_status_is_found_where_the_cell_is_the_same() -> None:
    known = [asked("who", "who"), asked("planted", "who", KnownStatus.NOT_STATED)]
    assert len(twins(known, at(0, 1))) == 1


def test_one_question_in_two_languages_is_no_copy() -> None:
    known = [asked("who", "who"), asked("谁", "amount", language="zh")]
    assert twins(known, at(0, 1)) == []


def test_what_is_not_near_enough_is_no_copy() -> None:
    known = [asked("who", "who"), asked("how much", "amount")]
    assert twins(known, at(0, 20)) == []
    assert len(twins(known, at(0, 20), least=0.9)) == 1


# --- labels ------------------------------------------------------------------------------------------------------


def two_groups(**planted: Any) -> list[KnownQuestion]:
    """Four stated questions and four open ones; the third of the first group is planted."""
    stated = [asked(f"who {n}", "who") for n in range(4)]
    stated[2] = asked("planted", **planted)
    return [*stated, *(asked(f"tax {n}", "tax", KnownStatus.NOT_STATED) for n in range(4))]


ANGLES = (0, 15, 30, 45, 120, 135, 150, 165)


def test_a_wrong_label_is_found_and_the_right_ones_are_left_alone() -> None:
    known = two_groups(cell="tax", status=KnownStatus.NOT_STATED)
    judged = verdicts(known, at(*ANGLES), _TEMPERATURE, voters=3)
    found = disagreements(judged)
    assert ids(found) == ["planted"]
    assert found[0].status is KnownStatus.ANSWERED
    assert found[0].vote[KnownStatus.ANSWERED] == pytest.approx(1)
    assert found[0].nearest is not None
    assert found[0].nearest.cell == "who"


def test_where_all_labels_are_right_nothing_is_found() -> None:
    judged = verdicts(two_groups(cell="who", status=KnownStatus.ANSWERED), at(*ANGLES), _TEMPERATURE, voters=3)
    assert disagreements(judged) == []
    assert all(sum(verdict.vote.values()) == pytest.approx(1) for verdict in judged)


def test_the_surest_disagreement_comes_first() -> None:
    known = [
        *(asked(f"who {n}", "who") for n in range(3)),
        asked("halfway", "tax", KnownStatus.NOT_STATED),
        *(asked(f"tax {n}", "tax", KnownStatus.NOT_STATED) for n in range(3)),
        asked("astray", "who"),
    ]
    judged = verdicts(known, at(0, 15, 30, 62, 100, 115, 130, 145), _TEMPERATURE, voters=4)
    assert ids(disagreements(judged)) == ["astray", "halfway"]


def test_a_copy_of_a_question_has_no_vote_on_it() -> None:
    """Otherwise two wrong labels side by side would hold each other up."""
    known = two_groups(cell="tax", status=KnownStatus.NOT_STATED)
    known.append(asked("planted twice", "tax", KnownStatus.NOT_STATED))
    planted = {"planted", "planted twice"}
    without = verdicts(known, at(*ANGLES, 31), _TEMPERATURE, voters=1)
    assert planted <= set(ids(disagreements(without)))
    with_copies = verdicts(known, at(*ANGLES, 31), _TEMPERATURE, voters=1, copy=2.0)
    assert not planted & set(ids(disagreements(with_copies)))


def test_questions_on_no_document_have_no_vote_on_one_that_is_about_one() -> None:
    known = [
        asked("who", "who"),
        asked("weather", "none", KnownStatus.OFF_TOPIC),
        asked("sport", "none", KnownStatus.OFF_TOPIC),
        asked("who else", "who"),
    ]
    judged = verdicts(known, at(0, 15, -15, 60), _TEMPERATURE, voters=2)
    assert ids(disagreements(judged)) == ["weather", "sport"]
    assert judged[0].vote == {KnownStatus.ANSWERED: pytest.approx(1)}


def test_a_question_does_not_judge_itself_and_keeps_its_label_where_nobody_does() -> None:
    (alone,) = verdicts([asked("who", "who")], at(0), _TEMPERATURE, copy=2.0)
    assert alone.agrees
    assert alone.nearest is None


# --- cells -------------------------------------------------------------------------------------------------------


def test_a_thin_cell_is_told_by_language_and_an_empty_one_first() -> None:
    questions = [
        *(asked(f"who {n}", "who") for n in range(4)),
        *(asked(f"谁 {n}", "who", language="zh") for n in range(3)),
        *(asked(f"tax {n}", "tax", KnownStatus.NOT_STATED) for n in range(4)),
    ]
    knowledge = Knowledge(
        cells=(cell("who"), cell("tax", CellStatus.NOT_STATED)),
        questions=tuple(questions),
    )
    found = [(thin.cell.cell, thin.language, thin.held) for thin in thin_cells(knowledge, enough=4)]
    assert found == [("tax", "zh", 0), ("who", "zh", 3)]
    assert thin_cells(knowledge, enough=0) == []
