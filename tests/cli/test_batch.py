"""``circular ask --batch``: rows are answered in order, bad ones are told and passed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .conftest import Here
from .running import BANK, Ran
from .test_ask import CITATION_KEYS, KEYS

BAD = [
    "no JSON at all",
    '{"id": "cut"',
    "[1, 2]",
    '"text"',
    '{"id": "none"}',
    '{"question": 5}',
    '{"question": null}',
    '{"question": "hi", "history": "no list"}',
    '{"question": "hi", "history": [1]}',
    '{"id": NaN, "question": "hi"}',
    "[" * 100_000,
]


def answers(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_rows_are_answered_in_order_each_with_its_own_id(circular: Here, tmp_path: Path) -> None:
    ids = ["x", 7, 7, 1.5, True, None, ["a", 1], {"b": "c"}, "", "号"]
    rows = [{"id": identifier, "question": BANK, "history": []} for identifier in ids]
    rows.append({"question": "hello"})
    (tmp_path / "q.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = circular("ask", "--batch", "q.jsonl")
    assert (ran.code, ran.err) == (0, "")
    given = answers(ran)
    assert [json.dumps(row["id"]) for row in given] == [json.dumps(identifier) for identifier in [*ids, None]]
    for row in given:
        assert list(row) == KEYS
    assert [list(citation) for citation in given[0]["citations"]][:1] == [CITATION_KEYS]
    assert given[-1]["status"] == "conversation"


def test_bad_rows_are_told_by_line_and_the_others_answered(circular: Here, tmp_path: Path) -> None:
    lines = ['{"id": "first", "question": "hello"}', "", *BAD, "   ", '{"id": "last", "question": "你好"}']
    (tmp_path / "q.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = circular("ask", "--batch", "q.jsonl")
    assert ran.code == 1
    assert [row["id"] for row in answers(ran)] == ["first", "last"]
    *told, total = ran.err.splitlines()
    assert [line.split(":")[2] for line in told] == [str(number) for number in range(3, 3 + len(BAD))]
    assert all(line.startswith("circular: q.jsonl:") for line in told)
    assert total.startswith(f"circular: {len(BAD)} rows of q.jsonl could not be read")
    assert "Traceback" not in ran.err


def test_damaged_bytes_do_no_harm_and_language_and_history_count(circular: Here) -> None:
    rows = (
        b'\xef\xbb\xbf{"id": 1, "question": "hello"}\r\n'
        b'{"id": 2, "question": "\xff\xfe bank"}\n'
        b'{"id": 3, "question": "\\ud800"}\n'
        b'{"id": 4, "question": "and how do we apply for it?", '
        b'"history": ["Is there training for college graduates?"]}'
    )
    ran = circular("ask", "--batch", "-", "--lang", "zh", stdin=rows)
    assert ran.code == 0, ran.err
    given = answers(ran)
    assert [row["id"] for row in given] == [1, 2, 3, 4]
    assert {row["language"] for row in given} == {"zh"}
    assert [pointer["label"] for pointer in given[-1]["pointers"]] == ["Appendix I"]


def test_an_empty_file_has_no_answers(circular: Here, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    ran = circular("ask", "--batch", "empty.jsonl")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_a_missing_file_and_a_folder_are_told(circular: Here, tmp_path: Path) -> None:
    missing = circular("ask", "--batch", "missing.jsonl")
    assert missing.error_line == "circular: missing.jsonl: No such file or directory"
    assert "directory" in circular("ask", "--batch", str(tmp_path)).error_line
