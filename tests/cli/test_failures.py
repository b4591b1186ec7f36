"""What the user can mend is told in one line with status 1; where it happened only with --debug."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Here, Process
from .running import CORPUS_ID, run_here


def _below_a_file(folder: Path) -> dict[str, str]:
    (folder / "file").write_text("no folder", encoding="utf-8")
    return {"CIRCULAR_HOME": str(folder / "file" / "home")}


def _garbage_weights(folder: Path) -> dict[str, str]:
    (folder / "weights.bin").write_bytes(bytes(range(256)) * 40)
    return {"CIRCULAR_WEIGHTS": str(folder / "weights.bin")}


def _corpus(folder: Path, facts: str | None, text: bytes | None = b"A title\n\nA text.") -> dict[str, str]:
    document = folder / "corpus" / "one"
    document.mkdir(parents=True)
    if facts is not None:
        (document / "document.toml").write_text(facts, encoding="utf-8")
    if text is not None:
        (document / "document.txt").write_bytes(text)
    return {"CIRCULAR_CORPUS": str(folder / "corpus")}


def _wrong_knowledge(folder: Path) -> dict[str, str]:
    setting = _corpus(folder, 'id = "one"\ntitle = "A title"\n')
    cell = '{"measure": "m", "cell": "c", "status": "stated", "evidence": ["words that stand nowhere"]}'
    (folder / "corpus" / "one" / "map.jsonl").write_text(cell, encoding="utf-8")
    return setting


BROKEN: dict[str, tuple[Callable[[Path], dict[str, str]], str]] = {
    "home below a file": (_below_a_file, "cannot be written"),
    "garbage for weights": (_garbage_weights, "weights.bin: wrong weights (SHA-256"),
    "weights missing": (lambda _: {"CIRCULAR_WEIGHTS": "missing.bin"}, "missing.bin: no such file"),
    "no such corpus": (lambda _: {"CIRCULAR_CORPUS": "missing"}, "missing: no documents"),
    "an empty corpus": (lambda folder: _corpus(folder, None, None), "no documents"),
    "facts that are no TOML": (lambda folder: _corpus(folder, "id = "), "cannot be read"),
    "facts without a title": (lambda folder: _corpus(folder, 'id = "one"'), "title: Field required"),
    "no text": (lambda folder: _corpus(folder, 'id = "one"\ntitle = "x"', None), "document.txt: missing"),
    "text that is not UTF-8": (lambda folder: _corpus(folder, 'id = "one"\ntitle = "x"', b"\xff"), "cannot be read"),
    "knowledge that stands nowhere": (_wrong_knowledge, "map.jsonl:1: stands in 0 paragraphs"),
    "no such embedder": (lambda _: {"CIRCULAR_EMBEDDER": "nonsense"}, "CIRCULAR_EMBEDDER=nonsense"),
}


@pytest.mark.parametrize(("break_it", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_is_told_in_one_line(
    circular: Here,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    break_it: Callable[[Path], dict[str, str]],
    told: str,
) -> None:
    for name, value in break_it(tmp_path).items():
        monkeypatch.setenv(name, value)
    ran = circular("ask", "hello")
    assert told in ran.error_line
    assert "unexpected" not in ran.error_line
    assert ran.out == ""


def test_an_error_nobody_foresaw_is_one_line_too(circular: Here, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"CIRCULAR_THREADS=\xff\n")
    assert "run again with --debug to see where" in circular("docs", "list").error_line


@pytest.mark.parametrize("arguments", [["--debug", "docs", "show", "x"], ["docs", "show", "x", "--debug"]])
def test_debug_shows_where_wherever_it_stands(circular: Here, arguments: list[str]) -> None:
    with pytest.raises(LookupError, match="no document 'x'"):
        circular(*arguments)


def test_after_two_dashes_debug_is_a_question(circular: Here) -> None:
    ran = circular("ask", "--", "--debug")
    assert ran.code == 0


@pytest.mark.slow
def test_a_process_ends_with_that_status_and_that_line(process: Process) -> None:
    ran = process("docs", "show", CORPUS_ID, "-p", "99")
    assert "has no paragraph 99" in ran.error_line
    assert ran.out == ""


@pytest.mark.slow
def test_a_process_shows_the_traceback_with_debug_only(process: Process) -> None:
    ran = process("docs", "show", "no-such", "--debug")
    assert ran.code == 1
    assert "Traceback (most recent call last)" in ran.err
    assert "UnknownDocument" in ran.err


def test_the_helper_of_these_tests_tells_statuses_apart() -> None:
    assert run_here(["--help"]).code == 0
    assert run_here(["--nonsense"]).code == 2
