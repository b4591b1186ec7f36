"""Made documents, of which every paragraph is known, read the way the desk reads them: what is written is read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from benchmarks.loaders.ours import placed
from benchmarks.loaders.score import RIGHT, Score, paired, score
from benchmarks.loaders.truth import Truth, load_all
from documents.structure import Placed

HERE = Path(__file__).parent
NEARLY_ALL = 0.98
"""Share of numbers, pages and headings that have to be right."""
TRUTHS = load_all(HERE)
READABLE = [truth for truth in TRUTHS if truth.sort != "PDF, scanned"]


@cache
def _read(truth: Truth) -> tuple[Placed, ...]:
    return placed(HERE / truth.file)


def _score(truth: Truth) -> Score:
    return score(truth.paragraphs, _read(truth))


def _name(truth: Truth) -> str:
    return truth.file


def test_there_is_a_document_of_every_sort() -> None:
    files = {path.name for path in HERE.iterdir() if path.suffix in {".pdf", ".docx", ".html", ".txt"}}
    assert files == {truth.file for truth in TRUTHS}
    for language in ("en", "zh"):
        sorts = {truth.sort for truth in TRUTHS if truth.language == language}
        assert sorts == {
            "PDF, one column", "PDF, two columns", "PDF, one column, footnotes", "PDF, tables", "PDF, scanned",
            "Word", "web page", "plain text",
        }  # fmt: skip
    assert len({truth.maker for truth in TRUTHS if truth.sort.startswith("PDF, one")}) >= 4


@pytest.mark.parametrize("truth", READABLE, ids=_name)
def test_every_paragraph_is_read_as_it_was_written(truth: Truth) -> None:
    """Text to 99 %, in order, and no paragraph torn, joined or added."""
    found = _score(truth)
    wrong = [p.expected.text for p in paired(truth.paragraphs, _read(truth)) if p.alike < RIGHT]
    assert wrong == []
    assert found.order.value == 1.0
    assert found.ends.value == 1.0
    assert found.characters >= RIGHT


@pytest.mark.parametrize("truth", READABLE, ids=_name)
def test_numbers_pages_and_headings_are_those_of_the_document(truth: Truth) -> None:
    found = _score(truth)
    assert found.labels.value >= NEARLY_ALL
    assert found.pages.value >= NEARLY_ALL
    assert found.headings.value >= NEARLY_ALL


def test_a_process_apart_reads_the_same() -> None:
    file = HERE / "zh-truetype.pdf"
    assert placed(file, apart=True) == placed(file)
