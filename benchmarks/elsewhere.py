"""Documents unlike the circular: another country's guidance for citizens, and articles of an encyclopaedia.

Long stories asked of 24 pages of guidance in English, and short questions in Chinese on 24 English articles. Every
file is added as a user would add it, beside the circular and its memory. Beside the desk, on the same paragraphs: the
cosine of the embedder, and the ranking of passages without a judge.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.desks import staying
from benchmarks.shared import ROOT, table
from bot.answering.answer import Question
from bot.desk import Desk
from documents.intake import Facts
from documents.text import for_search
from retrieval.embedding.embedder import load_embedder

SETS = ("guidance", "encyclopaedia")
_FIRST = 5


class Asked(NamedTuple):
    """A question, the document it is on, and words of each paragraph that answers it by itself, made for searching."""

    question: str
    document: str
    right: list[str]


def open_set(home: Path, name: str) -> Desk:
    """A desk on the circular and the files of a set, each under the id of its name."""
    paths = sorted((ROOT / "tests" / "gold" / name).glob("[a-z][0-9][0-9].md"))
    return staying(home, [(path, Facts(id=path.stem), None) for path in paths])


def asked_of(name: str) -> list[Asked]:
    """The questions of a set."""
    rows = [json.loads(line) for line in (ROOT / "tests" / "gold" / name / "questions.jsonl").open(encoding="utf-8")]
    return [Asked(row["question"], row["document"], [for_search(snippet) for snippet in row["any_of"]]) for row in rows]


def measure(name: str) -> None:
    """Print how often a right paragraph is among the first five."""
    embedder, _ = load_embedder()
    asked = asked_of(name)
    with tempfile.TemporaryDirectory() as home:
        desk = open_set(Path(home), name)
        paragraphs = [
            paragraph
            for document in desk.library.in_force()
            for paragraph in desk.library.paragraphs(document.id)
            if document.id[1:].isdigit()
        ]
        texts = [for_search(paragraph.text) for paragraph in paragraphs]
        held = embedder.passages(texts)
        statuses: Counter[str] = Counter()
        found = dict.fromkeys(("desk", "desk, first", "ranking alone", "cosine alone", "right document cited"), 0)
        for question, document, right in asked:
            answer = desk.ask(Question(text=question))
            statuses[answer.status.value] += 1
            cited = [for_search(citation.text) for citation in answer.citations[:_FIRST]]
            hits = [any(snippet in text for snippet in right) for text in cited]
            found["desk"] += any(hits)
            found["desk, first"] += any(hits[:1])
            found["right document cited"] += any(c.document == document for c in answer.citations[:_FIRST])
            # By their share alone: their score hears the memory, which knows nothing of these documents.
            ranked = sorted(desk._room.searcher.search(question).passages, key=lambda hit: -hit.share)
            near = [for_search(hit.paragraph.text) for hit in ranked[:_FIRST]]
            found["ranking alone"] += any(snippet in text for text in near for snippet in right)
            best = np.argsort(-(held @ embedder.questions([for_search(question)])[0]))[:_FIRST]
            found["cosine alone"] += any(snippet in texts[row] for row in best for snippet in right)
        desk.close()
    print(f"{name}: {len(asked)} questions, {len(paragraphs)} paragraphs; statuses {dict(statuses)}")
    table(
        ("a right paragraph among the first five", "%"),
        [(way, f"{100 * number / len(asked):.1f}") for way, number in found.items()],
    )


def main() -> None:
    for name in SETS:
        measure(name)


if __name__ == "__main__":
    main()
