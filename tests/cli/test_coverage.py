"""``circular docs coverage``: a table for people, an object for programs, and both as the map has it."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from rich.cells import cell_len

from bot.cli.coverage import Limits, blocks_of, coverage_lines, shipped_limits, thin
from documents.knowledge import ANY, Cell, CellStatus, Evidence, Knowledge, KnownQuestion, KnownStatus
from documents.library import Library
from documents.loading import load_corpus
from documents.measures import Asks
from documents.models import Document
from prompts.phrases import phrases

from .conftest import Here
from .running import CORPUS_ID

LIBRARY, KNOWLEDGE = load_corpus()
STATUSES = Counter(cell.status for cell in KNOWLEDGE.cells)


def rows_of(out: str) -> list[str]:
    """The lines of the table that hold a cell."""
    return [line for line in out.splitlines() if line[:3] in ("✓  ", "→  ", "○  ")]


def test_every_cell_has_a_row_in_the_block_of_its_measure(circular: Here) -> None:
    ran = circular("docs", "coverage")
    assert (ran.code, ran.err) == (0, "")
    blocks = ran.out.split("\n\n")[1:-1]
    assert [block.split(" · ")[0] for block in blocks] == [m.names.en for m in KNOWLEDGE.measures]
    for measure, block in zip(KNOWLEDGE.measures, blocks, strict=True):
        named = Counter(cell.cell for cell in KNOWLEDGE.cells if cell.measure == measure.id)
        shown = Counter(next(word for word in row[15:].split() if word) for row in rows_of(block))
        assert shown == named, measure.id


def test_a_row_says_where_the_text_states_it_and_in_which_words(
    circular: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    out = circular("docs", "coverage", CORPUS_ID, "--measure", "certification_rewards").out
    stated, referred, open_ = (next(r for r in rows_of(out) if f" {c} " in r) for c in ("target", "amount", "budget"))
    assert stated.startswith("✓  numbers")
    assert "¶14 “helping 700 enterprises obtaining CMM/CMMI3" in stated
    assert referred.startswith("→  ")
    assert "¶14 referred to Appendix II “According to the Circular" in referred
    assert open_.startswith("○  ")
    assert "not stated: total budget of the rewards" in open_


def test_known_questions_are_counted_by_language(circular: Here) -> None:
    out = circular("docs", "coverage", "--measure", "statistics").out
    for cell in KNOWLEDGE.cells:
        if cell.measure == "statistics":
            asked = Counter(q.language for q in KNOWLEDGE.questions if (q.measure, q.cell) == ("statistics", cell.cell))
            (row,) = (row for row in rows_of(out) if f" {cell.cell} " in row)
            assert f" {asked['en']}/{asked['zh']} " in row


@pytest.mark.parametrize("columns", [30, 80, 200])
def test_no_row_is_wider_than_the_terminal(circular: Here, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = circular("docs", "coverage").out
    table = out.split("\nCells with fewer")[0].splitlines()[:-1]
    assert max(cell_len(line) for line in table) <= columns
    assert any(line.endswith("…") for line in table)


def test_the_sum_tells_cells_by_status_and_those_with_few_questions(
    circular: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Counter((q.measure, q.cell) for q in KNOWLEDGE.questions)
    below = min(asked[c.measure, c.cell] for c in KNOWLEDGE.cells) + 1
    limits = shipped_limits().model_copy(update={"thin_below": below})
    monkeypatch.setattr("bot.cli.coverage.shipped_limits", lambda: limits)
    out = circular("docs", "coverage").out
    stated, referred, open_ = (STATUSES[status] for status in CellStatus)
    total = len(KNOWLEDGE.cells)
    assert f"\n{total} cells: ✓ {stated} stated, → {referred} referred, ○ {open_} not stated\n" in out
    few = {
        f"{c.measure}/{c.cell}: {asked[c.measure, c.cell]} "
        for c in KNOWLEDGE.cells
        if asked[c.measure, c.cell] < below
    }
    assert few
    assert f"Cells with fewer than {below} known questions: {len(few)}\n" in out
    assert all(f"\n  {told}(" in out for told in few)


@pytest.mark.parametrize("status", list(CellStatus))
def test_one_status_alone(circular: Here, status: CellStatus) -> None:
    out = circular("docs", "coverage", "--status", status.value).out
    marks = {CellStatus.STATED: "✓", CellStatus.REFERRED: "→", CellStatus.NOT_STATED: "○"}
    assert Counter(row[0] for row in rows_of(out)) == {marks[status]: STATUSES[status]}


def test_one_measure_alone(circular: Here) -> None:
    out = circular("docs", "coverage", "--measure", "ipr").out
    assert len(rows_of(out)) == sum(cell.measure == "ipr" for cell in KNOWLEDGE.cells)
    assert "Protection of intellectual property · 知识产权保护\n" in out
    assert re.search(r"\n  ipr · known questions en/zh: \d+/\d+ · for enterprises, cities\n", out)


def test_the_same_as_json(circular: Here) -> None:
    told = json.loads(circular("docs", "coverage", "--json").out)
    assert told["format"] == "circular-desk/coverage/1"
    assert [measure["id"] for measure in told["measures"]] == [measure.id for measure in KNOWLEDGE.measures]
    cells = {(m["id"], c["cell"]): c for m in told["measures"] for c in m["cells"]}
    assert len(cells) == len(KNOWLEDGE.cells) == told["summary"]["cells"]
    for cell in KNOWLEDGE.cells:
        row = cells[cell.measure, cell.cell]
        assert (row["asks"], row["status"], row["pointer"]) == (cell.asks, cell.status, cell.pointer)
        assert row["paragraphs"] == sorted({evidence.paragraph for evidence in cell.evidence})
        assert [e["snippet"] for e in row["evidence"]] == [e.snippet for e in cell.evidence]
    assert told["summary"]["by_status"] == {status.value: STATUSES[status] for status in CellStatus}
    asked = sum(c["questions"]["en"] + c["questions"]["zh"] for c in cells.values())
    of_cells = [q for q in KNOWLEDGE.questions if q.document == CORPUS_ID and q.measure != ANY]
    assert asked == len(of_cells)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such"], "no document 'no-such' in the library"),
        (["appendix-1"], f"appendix-1 has no coverage map; there is one of: {CORPUS_ID}"),
        (["--measure", "weather"], "no measure 'weather' in the map; there are: circular, objectives"),
    ],
)
def test_what_is_not_there_is_told(circular: Here, arguments: list[str], told: str) -> None:
    ran = circular("docs", "coverage", *arguments)
    assert told in ran.error_line
    assert ran.out == ""


def test_a_status_that_does_not_exist_is_wrong_usage(circular: Here) -> None:
    ran = circular("docs", "coverage", "--status", "maybe")
    assert ran.code == 2
    assert "stated, referred, not_stated" in " ".join(ran.err.split())


# --- a map without measures.toml, and words a terminal cannot show -------------------------------------------------

LIMITS = Limits(thin_below=2, title_columns=10)
MADE = Library({Document(id="rules", title="Rules"): (), Document(id="annex", title="A very long title"): ()})


def cell(name: str, status: CellStatus, snippet: str = "", pointer: str | None = None) -> Cell:
    evidence = (Evidence(document="rules", paragraph=3, snippet=snippet),) if snippet else ()
    return Cell(document="rules", measure="grant", cell=name, status=status, evidence=evidence, pointer=pointer)


def test_a_map_that_describes_no_measures_is_shown_by_their_ids() -> None:
    cells = (
        cell("who", CellStatus.STATED, "every\n firm\x1b[1m"),
        cell("rates", CellStatus.REFERRED, "in the annex", "annex"),
        cell("papers", CellStatus.NOT_STATED),
    )
    asked = KnownQuestion(
        id="q",
        document="rules",
        language="zh",
        measure="grant",
        cell="who",
        question="谁?",
        status=KnownStatus.ANSWERED,
    )
    (block,) = blocks_of(Knowledge(cells=cells, questions=(asked, asked)), "rules")
    lines = [text for text, _ in coverage_lines([block], MADE, phrases("en"), 100, LIMITS)]
    assert lines[2:4] == ["grant", "  known questions en/zh: 0/2"]
    who, rates, papers = lines[4:7]
    assert who.endswith("0/2  ¶3 “every firm [1m”")
    assert rates.endswith("¶3 referred to A very lo… “in the annex”")
    assert papers.endswith("0/0  not stated")
    assert [row.cell.cell for row in thin([block], LIMITS.thin_below)] == ["rates", "papers"]


def test_rows_are_in_the_order_of_what_they_ask() -> None:
    backwards = KNOWLEDGE.model_copy(update={"cells": KNOWLEDGE.cells[::-1]})
    shown = [row.cell.asks for block in blocks_of(backwards, CORPUS_ID, "talent_training") for row in block.rows]
    places = [list(Asks).index(asks) for asks in shown if asks]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_of_it_is_said_in_both_languages(language: str) -> None:
    blocks = blocks_of(KNOWLEDGE, CORPUS_ID)
    lines = coverage_lines(blocks, LIBRARY, phrases(language), 120, shipped_limits())
    assert len(lines) > len(KNOWLEDGE.cells)
