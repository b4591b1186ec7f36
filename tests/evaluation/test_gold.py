"""Gold files are read whole, or refused with one line that names file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.answering.answer import Status
from bot.evaluation.errors import EvaluationError
from bot.evaluation.gold import read_gold

from .rows import gold

GOOD: dict[str, Any] = {"id": "q1", "lang": "en", "question": "How much?", "expect": "answered"}


def _file(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "gold.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_field_is_read_and_history_may_be_absent(tmp_path: Path) -> None:
    full = {
        **GOOD,
        "id": "q2",
        "lang": "zh",
        "history": ["earlier"],
        "expect_also": ["referred"],
        "evidence": [["a", "b"], ["c"]],
        "also_ok": ["d"],
        "facts": [["300"]],
        "must_not": ["%"],
    }
    first, second = read_gold(_file(tmp_path, GOOD, full))
    assert (first.history, first.evidence, first.facts) == ((), (), ())
    assert second.history == ("earlier",)
    assert second.fair_statuses == {Status.ANSWERED, Status.REFERRED}
    assert second.evidence == (("a", "b"), ("c",))
    assert (second.also_ok, second.facts, second.must_not) == (("d",), (("300",),), ("%",))


def test_fields_of_their_own_are_kept_to_group_by(tmp_path: Path) -> None:
    (question,) = read_gold(_file(tmp_path, {**GOOD, "style": "terse", "near": ["x"]}))
    assert question.value_of("style") == "terse"
    assert question.value_of("lang") == "en"
    assert question.has_field("near")
    assert not question.has_field("persona")
    assert question.value_of("persona") == ""


def test_a_question_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        gold().question = "another"


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("{not json", "JSON"),
        ("[]", "object"),
        ({**GOOD, "id": "q2", "expect": "perhaps"}, "expect: "),
        ({**GOOD, "id": "q2", "lang": "fr"}, "lang: "),
        ({"id": "q2", "lang": "en", "expect": "answered"}, "question: "),
        ({**GOOD, "id": "q2", "evidence": [[" "]]}, "evidence.0.0: "),
        ({**GOOD, "id": "q2", "facts": [[]]}, "facts.0: "),
        ({**GOOD, "id": "q2", "must_not": [""]}, "must_not.0: "),
        (GOOD, "'q1' is taken by line 1"),
    ],
)
def test_a_bad_line_is_one_error_naming_file_and_line(tmp_path: Path, bad: Any, complaint: str) -> None:
    path = _file(tmp_path, GOOD, "", bad)
    with pytest.raises(EvaluationError) as caught:
        read_gold(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:3: ")
    assert complaint in message
    assert "\n" not in message


@pytest.mark.parametrize("content", ["", "\n  \n"])
def test_an_empty_file_is_a_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"empty\.jsonl: holds no questions"):
        read_gold(path)


def test_an_absent_file_and_another_encoding_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"nowhere\.jsonl: cannot be read: No such file"):
        read_gold(tmp_path / "nowhere.jsonl")
    path = tmp_path / "gbk.jsonl"
    path.write_bytes("多少".encode("gbk"))
    with pytest.raises(EvaluationError, match=r"gbk\.jsonl: is not UTF-8"):
        read_gold(path)


def test_a_line_separator_inside_a_string_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\ufeff" + json.dumps({**GOOD, "question": "one\u2028two"}, ensure_ascii=False), encoding="utf-8")
    assert read_gold(path)[0].question == "one\u2028two"
