"""What is proposed for an added document is used when a person has confirmed it, and not a moment before."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.answering.answer import Question, Status
from bot.desk import open_desk
from bot.pace import Pace
from bot.settings import Settings

from .conftest import Here

FERRY = """Measures for the Ferry Grant

1. Amount

The Harbour Office may grant up to 5,000 euro to each carrier. The rates for night ferries are laid down in Annex 1.

2. Application

Applications shall be filed with the harbour office by 31 March. The office decides within 30 days.

3. Recovery

A carrier that gives false figures repays the grant.
"""
# What a person makes of three rows: words of the town that no text explains, and a judgement no machine would give.
EDITED = {
    "contact": ("When shall applications for the ferry grant be filed?", Status.NOT_STATED),
    "amount_2": ("And the moonlight tariff?", Status.REFERRED),
    "deadline": ("Is the blue box emptied before Easter?", Status.ANSWERED),
}


@pytest.fixture
def ferry(circular: Here, small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The draft of a document that was added to a small library in a home of its own."""
    monkeypatch.setenv("CIRCULAR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CIRCULAR_CORPUS", str(small_corpus))
    file = tmp_path / "ferry.txt"
    file.write_text(FERRY, encoding="utf-8")
    assert circular("docs", "add", str(file)).code == 0
    return tmp_path / "home" / "drafts" / "ferry.toml"


def confirm(text: str, *cells: str, questions: Mapping[str, str] | None = None) -> str:
    """The draft with these cells confirmed, and the English questions of some put otherwise, as a person would."""
    parts = text.split("[[cell]]")
    for at, part in enumerate(parts):
        cell = next((cell for cell in cells if f'cell = "{cell}"\n' in part), None)
        if cell is None:
            continue
        parts[at] = part.replace("confirmed = false", "confirmed = true")
        if questions:
            parts[at] = re.sub(
                r"questions_en = \[.*?^\]", f'questions_en = ["{questions[cell]}"]', parts[at], flags=re.M | re.S
            )
    return "[[cell]]".join(parts)


@pytest.mark.slow
def test_what_is_confirmed_decides_and_what_is_only_proposed_does_not(
    ferry: Path, circular: Here, settings_of: Callable[..., Settings], small_corpus: Path, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path / "home", CIRCULAR_CORPUS=small_corpus)
    desk = open_desk(settings, pace=Pace(look_seconds=0.02, wait_seconds=60, longest_pause_seconds=0.04))
    desk.stay()

    def said() -> list[Status]:
        """By a desk that stays, and follows."""
        return [desk.ask(Question(text=question)).status for question, _ in EDITED.values()]

    before = said()
    drafted = circular("docs", "draft-questions", "ferry")
    assert (drafted.code, "not stated" in drafted.out, str(ferry) in drafted.out) == (0, True, True)
    refused = circular("docs", "confirm", "ferry", str(ferry)).error_line
    assert refused.endswith("no row is confirmed; set confirmed = true where one is right, or say --all")
    assert circular("docs", "coverage", "ferry").error_line.startswith("circular: ferry has no coverage map")
    assert said() == before

    questions = {cell: question for cell, (question, _) in EDITED.items()}
    ferry.write_text(confirm(ferry.read_text("utf-8"), *EDITED, questions=questions), encoding="utf-8")
    confirmed = circular("docs", "confirm", "ferry", str(ferry))
    assert "ferry: 3 cells confirmed (1 stated, 1 referred, 1 not stated) with 3 known questions" in confirmed.out
    assert re.search(r"ferry: \d+ rows that say the text states something are not confirmed", confirmed.out)
    after = said()
    assert after == [status for _, status in EDITED.values()]
    assert all(one is not other for one, other in zip(before, after, strict=True)), before
    for question, status in EDITED.values():
        assert json.loads(circular("ask", question, "--json").out)["status"] == status.value

    coverage = json.loads(circular("docs", "coverage", "ferry", "--json").out)
    assert coverage["summary"]["by_status"] == {"stated": 1, "referred": 1, "not_stated": 1}
    again = circular("docs", "confirm", "ferry", str(ferry))
    assert (again.code, again.out.splitlines()[-1]) == (0, "ferry: nothing has changed")

    ferry.write_text(ferry.read_text("utf-8").replace("confirmed = true", "confirmed = false"), encoding="utf-8")
    withdrawn = circular("docs", "confirm", "ferry", str(ferry))
    assert withdrawn.out.splitlines()[-1] == "ferry: 3 cells that were confirmed before are withdrawn"
    assert said() == before
    desk.close()


@pytest.mark.slow
def test_a_review_is_not_written_over_and_goes_into_the_next_draft(ferry: Path, circular: Here, tmp_path: Path) -> None:
    circular("docs", "draft-questions", "ferry")
    fresh = ferry.read_bytes()
    assert circular("docs", "draft-questions", "ferry").out.endswith("is what would be proposed\n")
    reviewed = confirm(fresh.decode(), "contact").replace("e-mail address for", "mail address for")
    ferry.write_text(reviewed, encoding="utf-8")
    assert "is there already and may hold a review; --force" in circular("docs", "draft-questions", "ferry").error_line
    assert ferry.read_text("utf-8") == reviewed
    other = tmp_path / "other" / "draft.toml"
    assert circular("docs", "draft-questions", "ferry", "--out", str(other)).code == 0
    assert other.read_bytes() == fresh
    assert circular("docs", "confirm", "ferry", str(ferry)).code == 0
    assert circular("docs", "draft-questions", "ferry", "--force").code == 0
    drafted = ferry.read_text("utf-8")
    assert "mail address for" in drafted
    assert (drafted.count("confirmed = true\n"), drafted.count("guess = true\n")) == (
        1,
        reviewed.count("guess = true\n") - 1,
    )


@pytest.mark.slow
def test_an_error_in_a_review_is_one_line_and_changes_nothing(ferry: Path, circular: Here) -> None:
    circular("docs", "draft-questions", "ferry")
    text = confirm(ferry.read_text("utf-8"), "amount", "deadline").replace('by 31 March. "', 'by 31 March."')
    ferry.write_text(text.replace("by 31 March.", "by 31 May."), encoding="utf-8")
    line = circular("docs", "confirm", "ferry", str(ferry)).error_line
    assert re.fullmatch(rf"circular: {re.escape(str(ferry))}:\d+: stands in 0 paragraphs instead of one: .*", line)
    number = int(line.removeprefix(f"circular: {ferry}:").partition(":")[0])
    assert ferry.read_text("utf-8").splitlines()[number - 1] == "evidence = ["
    assert circular("docs", "coverage", "ferry").code == 1
    ferry.write_text(text + "\n[[cell]\n", encoding="utf-8")
    assert re.search(r"ferry.toml:\d+: Expected", circular("docs", "confirm", "ferry", str(ferry)).error_line)
    missing = str(ferry.with_name("none.toml"))
    assert "No such file" in circular("docs", "confirm", "ferry", missing).error_line
    assert circular("docs", "confirm", "ferry", str(ferry.parent)).code == 1


@pytest.mark.slow
def test_removing_the_document_removes_what_was_confirmed(ferry: Path, circular: Here, tmp_path: Path) -> None:
    circular("docs", "draft-questions", "ferry")
    assert "cells confirmed" in circular("docs", "confirm", "ferry", str(ferry), "--all").out
    assert circular("docs", "coverage", "ferry").code == 0
    assert circular("docs", "remove", "ferry").code == 0
    assert "ferry" not in circular("docs", "coverage", "--json").out
    assert circular("docs", "add", str(tmp_path / "ferry.txt")).code == 0
    assert circular("docs", "coverage", "ferry").error_line.startswith("circular: ferry has no coverage map")


@pytest.mark.parametrize("command", [("draft-questions",), ("confirm", "x.toml")])
def test_documents_that_were_not_added_are_told_apart(
    command: tuple[str, ...], circular: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIRCULAR_HOME", str(tmp_path / "home"))
    name, *rest = command

    def line(document: str) -> str:
        return circular("docs", name, document, *rest).error_line

    assert line("none").startswith("circular: none: no document of this id was added; ")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "library.sqlite").touch()
    assert line("none").startswith("circular: no document 'none' in the library")
    assert line("appendix-1").endswith("its text is not in the library; `docs add FILE --as appendix-1`")
    assert line("circular-2006-556").endswith("comes with the corpus; its coverage map stands in its folder there")
