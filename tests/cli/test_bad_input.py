"""Whatever is handed to the product: an answer or one clear line, and the next call works."""

from __future__ import annotations

import json

import pytest

from .conftest import Here, Process
from .running import BANK, Ran

ARGUMENTS = {
    "nothing": "",
    "50,000 characters": "Which bank " * 4546,
    "control characters": "\x01\x02\x1b[31m bank",
    "a lone surrogate": "\ud800 which bank",
}
ROWS = [
    "",
    "a",
    "ﷺ" * 10,
    "😀👍🏽",
    "Which 银行 can 贷款？",
    "x" * 50_000,
    "\x00\x1b[2J",
    "\ud800",
    "\u202e?",
    "{} %s",
]


def fine(ran: Ran) -> bool:
    """Whether a run has answered, or has said in one line why not."""
    if ran.code == 1:
        return bool(ran.error_line)
    return ran.code == 0 and bool(ran.out.strip()) and ran.err == ""


@pytest.mark.parametrize("text", ARGUMENTS.values(), ids=ARGUMENTS.keys())
def test_any_argument_is_answered_and_the_next_call_works(circular: Here, text: str) -> None:
    ran = circular("ask", "--json", "--", text)
    assert fine(ran)
    assert json.loads(ran.out)["answer"]


def test_any_history_is_taken(circular: Here) -> None:
    ran = circular("ask", "and that?", "--history", "", "--history", "\udcff" * 10, "--history", "x" * 5000)
    assert fine(ran)


def test_rows_of_any_text_are_answered_one_by_one(circular: Here) -> None:
    rows = "".join(json.dumps({"id": number, "question": text}) + "\n" for number, text in enumerate([*ROWS, BANK]))
    ran = circular("ask", "--batch", "-", stdin=rows.encode())
    assert (ran.code, ran.err) == (0, "")
    given = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["id"] for row in given] == list(range(len(ROWS) + 1))
    assert all(row["answer"] for row in given)
    assert given[-1]["status"] == "answered"


@pytest.mark.slow
def test_a_process_takes_bytes_that_are_no_text(process: Process) -> None:
    ran = process("ask", "--", b"\xff\xfe\x80\x01 bank")
    assert fine(ran)
    assert ran.code == 0
