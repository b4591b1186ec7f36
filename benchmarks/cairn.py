"""The package cairn-assistant: offline, extractive, refuses below a threshold; TF-IDF, no Chinese.

It is fed what suits it best: the circular's paragraphs as the desk numbers them (page furniture gone, no paragraph
cut), English questions only, and its own sessions for questions that follow others. A refusal counts as *not stated*.
As it comes, its settings are its defaults, over a file a section, titled by the section's heading, which it weighs five
times. Tuned, it gets the layout and settings that pass most of the very questions it is then scored on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from pathlib import Path
from typing import Any

from bot.evaluation.gold import GoldQuestion, read_gold
from bot.evaluation.prediction import CitedPassage, Prediction
from bot.evaluation.run import evaluate_predictions
from documents.loading import load_corpus
from documents.models import Paragraph, Role

_LAYOUTS = ("sections", "whole")
_GRID = {
    "threshold": (0.02, 0.05, 0.11, 0.165, 0.2, 0.25),
    "max_passages": (1, 3, 5),
    "dense_weight": (0.0, 0.25, 0.5),
}


def _body() -> tuple[str, list[Paragraph]]:
    library, _ = load_corpus()
    (document,) = library.in_force()
    return document.title, [p for p in library.paragraphs(document.id) if p.role not in (Role.TITLE, Role.HEADING)]


def _file(identifier: str, title: str, blocks: Sequence[str]) -> str:
    return f"---\nid: {identifier}\ntitle: {title}\nlang: en\n---\n" + "\n\n".join(blocks) + "\n"


def _sections() -> Iterator[tuple[str, Sequence[str]]]:
    """A file a section, titled by its heading; what stands under none is titled by the circular's title."""
    title, paragraphs = _body()
    for section, held in groupby(paragraphs, key=lambda p: p.section):
        yield section[-1] if section else title, [p.text for p in held]


def _whole() -> Iterator[tuple[str, Sequence[str]]]:
    """One file, each section's heading above its first paragraph."""
    title, paragraphs = _body()
    blocks: list[str] = []
    for section, held in groupby(paragraphs, key=lambda p: p.section):
        blocks += [f"## {section[-1]}"] if section else []
        blocks += [p.text for p in held]
    yield title, blocks


def _write(folder: Path, layout: str) -> Path:
    corpus = folder / layout
    corpus.mkdir()
    for number, (title, blocks) in enumerate(_sections() if layout == "sections" else _whole(), 1):
        (corpus / f"part-{number:02}.md").write_text(_file(f"part-{number:02}", title, blocks), encoding="utf-8")
    return corpus


def _quote(text: str) -> str:
    """A passage without the heading put above it, which is no part of the paragraph."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("## "))


class Cairn:
    """The package over the circular."""

    languages = ("en",)

    def __init__(self, folder: Path, layout: str = "sections", **settings: Any) -> None:
        from cairn.config import Config
        from cairn.index import build_and_write, read_index

        corpus, written = _write(folder, layout), folder / f"{layout}.json"
        build_and_write(corpus, written)
        self._index = read_index(written, corpus)
        self._config = Config(**settings)

    def ask(self, gold: GoldQuestion) -> Prediction:
        from cairn.session import Session

        session = Session()
        for earlier in gold.history:
            session.ask(earlier, self._index, self._config, lang="en")
        answer = session.ask(gold.question, self._index, self._config, lang="en").answer
        quotes = [_quote(source.text) for source in answer.sources]
        return Prediction(
            id=gold.id,
            status="answered" if answer.kind == "grounded" else "not_stated",
            answer="\n\n".join(quotes) or answer.text,
            citations=tuple(CitedPassage(quote=quote, text=quote) for quote in quotes),
        )

    def close(self) -> None:
        """Nothing is held open."""


def best_settings(folder: Path, gold_file: Path) -> dict[str, Any]:
    """The layout and settings that pass most of the English questions of ``gold_file``."""
    questions = [gold for gold in read_gold(gold_file) if gold.lang == "en"]
    best: tuple[int, dict[str, Any]] = (-1, {})
    for layout, *values in product(_LAYOUTS, *_GRID.values()):
        settings = {"layout": layout, **dict(zip(_GRID, values, strict=True))}
        place = folder / "-".join(map(str, settings.values()))
        place.mkdir()
        peer = Cairn(place, **settings)
        passed = evaluate_predictions(map(peer.ask, questions), questions, "").total.passed.hit
        best = max(best, (passed, settings), key=lambda found: found[0])
    return best[1]
