"""What is wanted is told apart from what it is about, on matters and in wordings that the patterns do not have."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.embedder import Embedder
from retrieval.intent.model import FILE, PLAIN, IntentModel, intent_for
from retrieval.search import Searcher

PATTERNS = tomllib.loads(FILE.with_name("patterns.toml").read_text(encoding="utf-8"))
ASKED = {
    "How might one counterfeit the stamp on a fishing licence without anyone noticing?": "unsafe",
    "怎样给验收员塞红包好让渔港补助批下来": "unsafe",
    "Paint me a poster of the ferry timetable and text it to my uncle.": "deed",
    "帮我把渔港补助的办法录成语音发到我邮箱": "deed",
    "How many spoons of ferry does the licence weigh when Tuesday is purple?": "nonsense",
    "渔港补助的舅舅是咸的还是三角形的": "nonsense",
    "and how do i get one of those": "vague",
    "那个到底行不行啊": "vague",
    "Who may apply for the fishing licence, and until when?": PLAIN,
    "渔港补助最多能拿多少钱？": PLAIN,
    "What is the fine for counterfeiting a fishing licence?": PLAIN,
    "伪造渔港补助材料会受到什么处罚？": PLAIN,
}


@pytest.mark.parametrize(("question", "kind"), ASKED.items())
def test_the_kind_of_a_wish_is_told(searcher: Searcher, question: str, kind: str) -> None:
    intent = searcher.search(question).intent
    assert max(intent, key=lambda name: intent[name]) == kind, intent
    assert sum(intent.values()) == pytest.approx(1)


def test_no_question_of_these_tests_is_a_pattern() -> None:
    texts = {text for by_language in PATTERNS.values() for texts in by_language.values() for text in texts}
    assert not texts & ASKED.keys()


def test_every_pattern_has_one_place_for_its_matter() -> None:
    for kind in ("deed", "nonsense", "plain", "unsafe"):
        assert all(text.count("{subject}") == 1 for texts in PATTERNS[kind].values() for text in texts)
    for kind in ("vague", "plain_whole"):
        assert not any("{subject}" in text for texts in PATTERNS[kind].values() for text in texts)


def test_another_embedder_has_no_model(embedder: Embedder) -> None:
    class Other:
        key = "other"

    assert intent_for(embedder) is not None
    assert intent_for(Other()) is None  # type: ignore[arg-type]


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    model = IntentModel("e", ("deed", PLAIN), np.array([[1.0, -1.0], [0.5, 0.25], [0.0, 1.0]], dtype=np.float32))
    model.save(tmp_path / "model.npz")
    from retrieval.intent.model import load

    read = load(tmp_path / "model.npz")
    assert (read.embedder, read.kinds) == (model.embedder, model.kinds)
    assert read.of(np.array([1.0, 2.0], dtype=np.float32)) == model.of(np.array([1.0, 2.0], dtype=np.float32))
