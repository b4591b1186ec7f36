"""``circular ask``: one question, for people and for machines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Here
from .running import BANK, CORPUS_ID

CITATION_KEYS = ["document", "title", "paragraph", "label", "section", "page", "quote", "text"]
POINTER_KEYS = ["label", "title", "number", "present"]
KEYS = ["id", "question", "status", "answer", "language", "citations", "pointers", "timings_ms"]


def asked(circular: Here, *arguments: str) -> dict[str, Any]:
    ran = circular("ask", *arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1
    row: dict[str, Any] = json.loads(ran.out)
    assert list(row) == KEYS
    return row


def test_the_object_has_the_keys_machines_rely_on(circular: Here) -> None:
    row = asked(circular, BANK)
    assert row["id"] is None
    assert row["question"] == BANK
    assert row["status"] == "answered"
    assert row["language"] == "en"
    assert row["pointers"] == []
    citation = row["citations"][0]
    assert list(citation) == CITATION_KEYS
    assert citation["document"] == CORPUS_ID
    assert citation["title"].startswith("Circular of Ministry of Commerce")
    assert citation["paragraph"] == 15
    assert citation["section"] == "Support the Service Outsourcing Enterprises to Expand and Upgrade"
    assert citation["quote"] in citation["text"]
    assert citation["quote"] in row["answer"]
    assert all(isinstance(value, float | int) and value >= 0 for value in row["timings_ms"].values())
    assert row["timings_ms"]["total"] > 0


def test_a_referral_points_to_the_document_that_would_hold_the_answer(circular: Here) -> None:
    row = asked(circular, "认证奖励怎么申请？")
    assert (row["status"], row["language"]) == ("referred", "zh")
    (pointer,) = row["pointers"]
    assert list(pointer) == POINTER_KEYS
    assert pointer["label"] == "Appendix II"
    assert pointer["present"] is False
    assert pointer["number"] is None
    assert "认证奖励怎么申请？" in json.dumps(row, ensure_ascii=False)


def test_history_is_repeated_oldest_first(circular: Here) -> None:
    earlier = ["Is there a reward for international certification?", "Is there training for college graduates?"]
    for history, appendix in ((earlier, "Appendix I"), (earlier[::-1], "Appendix II")):
        options = [word for question in history for word in ("--history", question)]
        row = asked(circular, "and how do we apply for it?", *options)
        assert row["question"] == "and how do we apply for it?"
        assert [pointer["label"] for pointer in row["pointers"]] == [appendix]


def test_the_language_can_be_chosen(circular: Here) -> None:
    row = asked(circular, "hello", "--lang", "zh")
    assert row["language"] == "zh"
    assert row["answer"].startswith("您好")


def test_people_get_status_words_and_places(circular: Here) -> None:
    ran = circular("ask", BANK)
    assert ran.code == 0
    assert ran.err == ""
    lines = ran.out.splitlines()
    assert lines[0] == "✓ answered"
    assert "“China Development Bank will, in cooperation with Ministry of Commerce" in ran.out
    assert "¶15, “Support the Service Outsourcing Enterprises to Expand and Upgrade”" in ran.out
    assert "Shang Zi Fa [2006] No.556" in ran.out


def test_explain_tells_what_every_step_saw(circular: Here) -> None:
    ran = circular("ask", "What interest rate applies to the loans?", "--explain")
    assert ran.code == 0
    assert ran.out.startswith("○ not stated")
    assert "Related, but not an answer:" in ran.out
    for step in ("clean (", "search (", "judge (", "compose (", "verify ("):
        assert step in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a", "b"],
        ["a", "--batch", "questions.jsonl"],
        ["a", "--lang", "fr"],
        ["a", "--nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_two_with_the_usage_on_standard_error(circular: Here, arguments: list[str]) -> None:
    ran = circular("ask", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "Usage: circular ask" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["docs", "nonsense"], ["docs", "show"], ["eval"]])
def test_wrong_usage_of_other_commands_too(circular: Here, arguments: list[str]) -> None:
    ran = circular(*arguments)
    assert ran.code == 2
    assert "Usage: circular" in ran.err


@pytest.mark.parametrize("arguments", [["ask", "a", "--history"], ["docs", "show", "a", "-p", "x"]])
def test_an_option_without_its_value_or_with_a_wrong_one_is_wrong_usage(circular: Here, arguments: list[str]) -> None:
    ran = circular(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--history" in ran.err or "--paragraph" in ran.err


def test_without_a_command_the_help_is_shown(circular: Here) -> None:
    ran = circular()
    assert ran.code == 2
    for command in ("ask", "chat", "index", "bot", "eval", "docs"):
        assert f" {command} " in ran.out


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["docs", "--help"]])
def test_help_is_no_failure(circular: Here, arguments: list[str]) -> None:
    ran = circular(*arguments)
    assert ran.code == 0
    assert "Usage:" in ran.out
