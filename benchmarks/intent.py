"""Learns to tell what an asker wants (``retrieval.intent``), writes its ``model.npz`` and prints what it is worth.

Learned from the sentence patterns of ``patterns.toml``, each filled with several matters, and as plain questions from
those on the policies that are not set aside and known questions on the circular. Figures are of cross-validation, split
by pattern and by document; of questions that nothing was learned from, how many are taken for something else than
plain.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np

from benchmarks.fitting import multinomial
from benchmarks.policies import ASIDE, POLICIES
from benchmarks.shared import ROOT, table
from bot.answering.answer import ON_SUBJECT
from bot.evaluation.gold import read_gold
from documents.knowledge import KnownStatus
from documents.loading import SHIPPED, load_corpus
from documents.text import for_search, language_of
from retrieval.background import background
from retrieval.embedding.embedder import Embedder, load_embedder
from retrieval.embedding.weights import Floats
from retrieval.intent.model import FILE, PLAIN, IntentModel
from retrieval.shares import softmax
from retrieval.spaces import background_means, centred
from retrieval.tuning import tuning

PATTERNS = FILE.with_name("patterns.toml")
_FILLED = 5
_KNOWN = 800
_FOLDS = 8
_RIDGE = 1e-4
_SURE = 0.5
_GOLD = ROOT / "tests" / "gold"


class _Example(NamedTuple):
    text: str
    kind: str
    source: str


def patterns(subjects: Mapping[str, Sequence[str]] | None = None, filled: int = _FILLED) -> Iterator[_Example]:
    """Every pattern, filled with some of the matters by language, those of the file where none are given."""
    held = tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
    own = held.pop("subjects")
    subjects = subjects or own
    for kind, by_language in held.items():
        for language, texts in by_language.items():
            for text in texts:
                rng = random.Random(text)
                chosen = rng.sample(subjects[language], filled) if "{subject}" in text else [""]
                for subject in chosen:
                    yield _Example(text.replace("{subject}", subject), kind.removesuffix("_whole"), text)


def plain() -> Iterator[_Example]:
    """Questions on policies, and known questions on the circular."""
    for gold in read_gold(POLICIES / "questions.jsonl"):
        name = gold.id.split("-")[0]
        if name not in ASIDE:
            yield _Example(gold.question, PLAIN, name)
    held = load_corpus(SHIPPED)[1].questions
    known = [each for each in held if each.document and each.status is not KnownStatus.CLARIFY]
    for each in random.Random(0).sample(known, _KNOWN):
        yield _Example(each.question, PLAIN, each.id)


def never_learned_from() -> Iterator[tuple[str, list[str]]]:
    """Sets of questions that documents may answer."""
    aside = [g for g in read_gold(POLICIES / "questions.jsonl") if g.id.split("-")[0] in ASIDE]
    yield "policies set aside", [gold.question for gold in aside]
    for name in ("questions", "fresh"):
        golds = read_gold(_GOLD / f"{name}.jsonl")
        yield name, [gold.question for gold in golds if gold.expect in ON_SUBJECT and not gold.history]
    for name in ("guidance", "encyclopaedia"):
        lines = (_GOLD / name / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        yield name, [json.loads(line)["question"] for line in lines]


def vectors(embedder: Embedder, texts: Sequence[str]) -> Floats:
    folded = [for_search(text) for text in texts]
    means = background_means(embedder.questions, background())
    languages = [language_of(text) for text in folded]
    return centred(embedder.questions(folded), languages, means, tuning().question.centring)


class _Learned(NamedTuple):
    """Everything that was learned from: the kinds, their numbers, vectors, and the folds they are in."""

    kinds: tuple[str, ...]
    classes: Floats
    inputs: Floats
    folds: Floats

    def model(self, key: str, left_out: int | None = None) -> IntentModel:
        """What is learned from all folds, or from all but one."""
        kept = self.folds != (-1 if left_out is None else left_out)
        weights = multinomial(self.inputs[kept], self.classes[kept], len(self.kinds), _RIDGE)
        return IntentModel(key, self.kinds, weights.astype(np.float32))


def _fold(source: str) -> int:
    return crc32(source.encode()) % _FOLDS


def _gathered(embedder: Embedder) -> _Learned:
    examples = [*patterns(), *plain()]
    kinds = tuple(sorted({example.kind for example in examples}))
    return _Learned(
        kinds,
        np.array([kinds.index(example.kind) for example in examples]),
        vectors(embedder, [example.text for example in examples]),
        np.array([_fold(example.source) for example in examples]),
    )


def without(embedder: Embedder) -> Callable[[str], IntentModel]:
    """For a pattern the model that was learned without it."""
    gathered = _gathered(embedder)
    models = [gathered.model(embedder.key, fold) for fold in range(_FOLDS)]
    return lambda pattern: models[_fold(pattern)]


def main() -> None:
    embedder, _ = load_embedder("e5")
    gathered = _gathered(embedder)
    kinds, classes = gathered.kinds, gathered.classes
    made = np.zeros((len(classes), len(kinds)))
    for fold in range(_FOLDS):
        mine = gathered.folds == fold
        made[mine] = softmax(gathered.inputs[mine], gathered.model(embedder.key, fold).weights)
    rows = []
    for number, kind in enumerate(kinds):
        mine = classes == number
        found = made[mine].argmax(axis=1)
        rows.append(
            (kind, int(mine.sum()), *(f"{100 * float((found == other).mean()):.1f}" for other in range(len(kinds))))
        )
    table(("kind (rows), taken for, in %", "asked", *kinds), rows)
    model = gathered.model(embedder.key)
    at = kinds.index(PLAIN)
    table(
        ("never learned from", "asked", "taken for something else, %"),
        [
            (
                name,
                len(texts),
                f"{100 * float((softmax(vectors(embedder, texts), model.weights)[:, at] < _SURE).mean()):.1f}",
            )
            for name, texts in never_learned_from()
        ],
    )
    model.save()


if __name__ == "__main__":
    main()
