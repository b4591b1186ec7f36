"""Words shared by a question and the passages, also across languages; beside the vectors, which blur names and numbers.

BM25 (Robertson and Zaragoza 2009) twice: which document a question is about shows in words that few documents hold,
which of its paragraphs in words that few of *its* paragraphs hold. A scheme's name tells one document from the others
and says nothing within it. Across languages a dictionary stands between (``retrieval.dictionary``):
Chinese passages are read as the English words that theirs may mean, and so are Chinese questions.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from documents.text import for_search, is_chinese
from retrieval.dictionary import Dictionary, Meanings
from retrieval.embedding.weights import Floats
from retrieval.ranking_tuning import WordTuning
from retrieval.terms import terms

ENGLISH, CHINESE = "en", "zh"
_LATIN = re.compile(r"[a-z0-9]")
_LATIN_WORD = re.compile(r"[a-z]+")
_NAME = "@"
"""Before a place's name in Latin letters, which is no word of the text."""

Rows = npt.NDArray[np.intp]

LookUp = Callable[[], Dictionary]
"""Gives the dictionary, which is read when Chinese is first met."""


class Heard(NamedTuple):
    """How often a term occurs in a text, and how well what is written stands for it, up to 1."""

    times: float
    sure: float


Bag = Mapping[str, Heard]


def _read(text: str, look_up: LookUp) -> str:
    folded = for_search(text)
    return look_up().simplified(folded) if is_chinese(folded) else folded


def bag_of(text: str, look_up: LookUp) -> Bag:
    """The terms of a text in its own language."""
    return {term: Heard(times, 1.0) for term, times in Counter(terms(_read(text, look_up))).items()}


def english_bag_of(text: str, look_up: LookUp) -> Bag:
    """The English terms that a Chinese text may mean, its places by name, and what it writes in Latin letters."""
    words, read = look_up(), _read(text, look_up)
    heard: dict[str, Heard] = {}
    # Every occurrence of a word gives it each of its meanings; the surest reading of a term is the one that counts.
    for word, times in Counter(words.words(read)).items():
        for term, sure in words.meanings(word).items():
            before = heard.get(term)
            if before is None or sure > before.sure:
                heard[term] = Heard(times, sure)
            elif sure == before.sure:
                heard[term] = Heard(before.times + times, sure)
    for name, times in Counter(words.place_names(read)).items():
        heard[_NAME + name] = Heard(times, 1.0)
    for term, times in Counter(terms(read)).items():
        if _LATIN.match(term):
            heard[term] = Heard(times, 1.0)
    return heard


Concept = Meanings
"""One thing a question names: the terms that may stand for it."""


def _alone(found: Iterable[str]) -> list[Concept]:
    return [{term: 1.0} for term in dict.fromkeys(found)]


def concepts_of(question: str, asked: str, told: str, look_up: LookUp) -> list[Concept]:
    """What a question in language ``asked`` names, in the terms that passages in language ``told`` are read in."""
    text = _read(question, look_up)
    if asked == told:
        return _alone(terms(text))
    if (asked, told) == (ENGLISH, CHINESE):
        words = look_up()
        names = _LATIN_WORD.findall(text.casefold().replace("'", ""))
        return _alone([*words.content(text), *(_NAME + name for name in names if words.is_name(name))])
    latin = _alone(term for term in terms(text) if _LATIN.match(term))
    if (asked, told) == (CHINESE, ENGLISH):
        words = look_up()
        named = (words.meanings(word) for word in dict.fromkeys(words.segmented(text)))
        return [*(meanings for meanings in named if meanings), *latin]
    return latin


class Scores(NamedTuple):
    """By paragraph, and by document."""

    paragraphs: Floats
    documents: Floats


class WordIndex:
    """BM25 of paragraphs and of their documents, over bags of one kind and one language."""

    def __init__(self, bags: Sequence[Bag], sizes: Sequence[int], owners: Sequence[int], numbers: WordTuning) -> None:
        """``sizes`` are in terms; ``owners`` is each paragraph's document, counted from 0 without gaps."""
        owner = np.asarray(owners, dtype=np.intp)
        held = np.bincount(owner)
        self._shape = len(bags), len(held)
        self._terms: dict[str, int] = {}
        found = [
            (self._terms.setdefault(term, len(self._terms)), row, heard.times, heard.sure)
            for row, bag in enumerate(bags)
            for term, heard in bag.items()
        ]
        term, row, times, sure = np.array(found, dtype=np.float64).reshape(-1, 4).T
        term, row = term.astype(np.intp), row.astype(np.intp)
        order = np.lexsort((owner[row], term))
        term, row, times, sure = term[order], row[order], times[order], sure[order]
        # A run is one term in one document.
        changes = (np.diff(term, prepend=-1) != 0) | (np.diff(owner[row], prepend=-1) != 0)
        starts = np.flatnonzero(changes)
        run = np.cumsum(changes) - 1
        run_term, run_owner = term[starts], owner[row[starts]]
        inside = np.add.reduceat(sure, starts) if len(starts) else sure
        surest = np.maximum.reduceat(sure, starts) if len(starts) else sure
        # How rare the term is in the document; a short document is judged by the whole language as well.
        everywhere = (np.bincount(term, sure, len(self._terms)) + 0.5) / (len(bags) + 1)
        share = inside + 0.5 + numbers.smoothing * everywhere[run_term]
        rarity = -np.log(np.clip(share / (held[run_owner] + 1 + numbers.smoothing), numbers.rarest, 1.0))
        size = np.maximum(np.asarray(sizes, dtype=np.float64), 1.0)
        length = 1 - numbers.length + numbers.length * size / max(float(size.mean()) if len(size) else 1.0, 1.0)
        times = times * (numbers.saturation + 1) / (times + numbers.saturation * length[row])
        self._row, self._paragraph = row, (sure * times * rarity[run]).astype(np.float32)
        holding = np.bincount(run_term, surest, len(self._terms))
        apart = np.log(1 + (len(held) - holding + 0.5) / (holding + 0.5))
        self._owner, self._document = run_owner, (apart[run_term] * 2 * inside / (inside + 1)).astype(np.float32)
        bounds = np.arange(len(self._terms) + 1)
        self._from, self._run_from = np.searchsorted(term, bounds), np.searchsorted(run_term, bounds)

    def scores(self, concepts: Iterable[Concept]) -> Scores:
        """The sum over what a question names of the best that stands for it."""
        paragraphs, documents = (np.zeros(size, np.float32) for size in self._shape)
        for concept in concepts:
            known = [(self._terms[term], weight) for term, weight in concept.items() if term in self._terms]
            if len(known) == 1:
                self._add(known[0], paragraphs, documents)
            elif known:
                best = Scores(np.zeros_like(paragraphs), np.zeros_like(documents))
                for term in known:
                    alone = Scores(np.zeros_like(paragraphs), np.zeros_like(documents))
                    self._add(term, *alone)
                    np.maximum(best.paragraphs, alone.paragraphs, out=best.paragraphs)
                    np.maximum(best.documents, alone.documents, out=best.documents)
                paragraphs += best.paragraphs
                documents += best.documents
        return Scores(paragraphs, documents)

    def _add(self, term: tuple[int, float], paragraphs: Floats, documents: Floats) -> None:
        number, weight = term
        here = slice(self._from[number], self._from[number + 1])
        paragraphs[self._row[here]] += weight * self._paragraph[here]
        there = slice(self._run_from[number], self._run_from[number + 1])
        documents[self._owner[there]] += weight * self._document[there]


class Shared(NamedTuple):
    """The words a question shares: with each paragraph, with its document as a whole, and with the document's title."""

    paragraphs: Floats
    documents: Floats
    titles: Floats


class _View(NamedTuple):
    """The documents of one language, read in its own or in English terms."""

    rows: Rows
    documents: Rows
    told: WordIndex
    titles: WordIndex


class Words:
    """The words of a library's passages and titles, indexed by language when first asked for. Safe for threads."""

    def __init__(
        self,
        texts: Sequence[str],
        owners: Sequence[int],
        titles: Sequence[str],
        languages: Sequence[str],
        look_up: LookUp,
        numbers: WordTuning,
    ) -> None:
        """``owners`` is each text's document; ``titles`` and ``languages`` are by document."""
        self._texts, self._titles = texts, titles
        self._owners = np.asarray(owners, dtype=np.intp)
        self._languages = np.asarray(languages, dtype=str)
        self._look_up, self._numbers = look_up, numbers
        self._views: dict[tuple[str, bool], _View] = {}
        self._lock = threading.Lock()

    def shared(self, question: str, language: str) -> Shared:
        """What a question of this language shares with every passage, of whatever language."""
        paragraphs = np.zeros(len(self._owners), np.float32)
        documents, titles = (np.zeros(len(self._languages), np.float32) for _ in range(2))
        for told in np.unique(self._languages):
            view = self._view(str(told), in_english=(language, told) == (ENGLISH, CHINESE))
            concepts = concepts_of(question, language, str(told), self._look_up)
            paragraphs[view.rows], documents[view.documents] = view.told.scores(concepts)
            titles[view.documents] = view.titles.scores(concepts).documents
        return Shared(paragraphs, documents, titles)

    def _view(self, told: str, *, in_english: bool) -> _View:
        with self._lock:
            if (told, in_english) not in self._views:
                self._views[told, in_english] = self._read(told, english_bag_of if in_english else bag_of)
            return self._views[told, in_english]

    def _read(self, told: str, bag: Callable[[str, LookUp], Bag]) -> _View:
        rows = np.flatnonzero(self._languages[self._owners] == told)
        holding, owners = np.unique(self._owners[rows], return_inverse=True)

        def index(texts: Sequence[str], belong: Sequence[int]) -> WordIndex:
            sizes = [len(terms(text)) for text in texts]
            return WordIndex([bag(text, self._look_up) for text in texts], sizes, belong, self._numbers)

        return _View(
            rows,
            holding,
            index([self._texts[row] for row in rows.tolist()], owners.tolist()),
            index([self._titles[document] for document in holding.tolist()], range(len(holding))),
        )
