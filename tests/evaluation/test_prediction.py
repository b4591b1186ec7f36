"""An answer and the JSON object printed for it become the same prediction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation.errors import EvaluationError
from bot.evaluation.prediction import Prediction, read_predictions

from .rows import EVIDENCE, answer


def test_an_answer_and_its_printed_form_are_the_same_prediction(tmp_path: Path) -> None:
    printed = {
        "id": "q1",
        "question": "How much is it?",
        "status": "answered",
        "answer": "300 yuan",
        "language": "en",
        "citations": [
            {
                "document": "circular",
                "title": "Circular",
                "paragraph": 1,
                "label": None,
                "section": [],
                "page": None,
                "quote": EVIDENCE,
                "text": EVIDENCE,
            }
        ],
        "pointers": [],
        "timings_ms": {"search": 1.5},
    }
    path = tmp_path / "predictions.jsonl"
    path.write_text(json.dumps(printed), encoding="utf-8")
    assert read_predictions(path) == (Prediction.from_answer("q1", answer()),)


def test_the_share_of_an_answer_is_that_of_its_prediction() -> None:
    given = answer().model_copy(update={"share": 0.75})
    assert Prediction.from_answer("q1", given).share == 0.75
    assert Prediction.from_answer("q1", answer()).share is None


@pytest.mark.parametrize("share", ["-0.1", "1.1", "NaN", '"sure"'])
def test_a_share_that_is_none_is_a_clear_error(tmp_path: Path, share: str) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text(f'{{"id": "q1", "status": "answered", "share": {share}}}\n')
    with pytest.raises(EvaluationError, match=r"predictions\.jsonl:1: share: "):
        read_predictions(path)


def test_absent_texts_are_empty_and_an_invented_status_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text('{"id": "q1", "status": "guessed", "answer": null, "citations": [{"quote": null}]}')
    (prediction,) = read_predictions(path)
    assert (prediction.status, prediction.answer) == ("guessed", "")
    assert (prediction.citations[0].quote, prediction.citations[0].text) == ("", "")


def test_a_bad_line_and_a_second_answer_to_one_question_are_clear_errors(tmp_path: Path) -> None:
    path = tmp_path / "predictions.jsonl"
    path.write_text('{"id": "q1", "status": "answered"}\n{"id": "q1", "status": "answered"}\n')
    with pytest.raises(EvaluationError, match=r"predictions\.jsonl:2: id 'q1' is taken by line 1"):
        read_predictions(path)
    path.write_text('{"id": "q1"}\n')
    with pytest.raises(EvaluationError, match=r"predictions\.jsonl:1: status: "):
        read_predictions(path)
