"""The shipped memory of questions is large and even, and has something in every cell."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Literal

from documents.knowledge import Knowledge, KnownQuestion
from documents.library import Library

Shipped = tuple[Library, Knowledge]

CIRCULAR = "circular-2006-556"
LEAST = 3000
LEAST_OF_A_CELL = 3
"""Of each language."""
MOST_UNEVEN = 0.02
LANGUAGES: tuple[Literal["en", "zh"], ...] = ("en", "zh")


def on_the_circular(shipped: Shipped) -> list[KnownQuestion]:
    return [question for question in shipped[1].questions if question.document == CIRCULAR]


def folded(question: KnownQuestion) -> tuple[str, ...]:
    """Letters and digits alone, of the question and what was asked before it."""
    texts = (unicodedata.normalize("NFKC", text).casefold() for text in (*question.history, question.question))
    return tuple("".join(c for c in text if c.isalnum()) for text in texts)


def test_there_are_enough_questions_on_the_circular(shipped: Shipped) -> None:
    assert len(on_the_circular(shipped)) >= LEAST


def test_there_are_as_many_in_one_language_as_in_the_other(shipped: Shipped) -> None:
    counts = Counter(question.language for question in on_the_circular(shipped))
    assert abs(counts["en"] - counts["zh"]) <= MOST_UNEVEN * min(counts["en"], counts["zh"])


def test_no_question_stands_there_twice(shipped: Shipped) -> None:
    counts = Counter(folded(question) for question in shipped[1].questions)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_cell_has_questions_in_each_language(shipped: Shipped) -> None:
    counts = Counter((q.measure, q.cell, q.language) for q in on_the_circular(shipped))
    cells = [(cell.measure, cell.cell) for cell in shipped[1].cells if cell.document == CIRCULAR]
    assert len(cells) > 300
    thin = [(*c, language) for c in cells for language in LANGUAGES if counts[*c, language] < LEAST_OF_A_CELL]
    assert thin == []
