"""From a question to evidence: paragraphs and known questions, each ranked, and weighed together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from documents.knowledge import DOUBLE, Knowledge
from documents.library import Library
from documents.text import for_search, language_of, sentences
from retrieval.dictionaries import dictionary
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.weights import Floats
from retrieval.evidence import Evidence, KnownHit, PassageHit, votes_of
from retrieval.intent.model import intent_for
from retrieval.passages import LibraryPassages, Ranking
from retrieval.place import ARRAYS, Place
from retrieval.ranking import Ranked
from retrieval.reading.open import reader_for
from retrieval.reading.reader import Reading
from retrieval.shares import shares
from retrieval.spaces import Spaces, centred, unit
from retrieval.standing import Standing
from retrieval.store import Store
from retrieval.tuning import Tuning, tuning
from retrieval.words import LookUp


def questions_in(text: str, most: int) -> list[str]:
    """The sentences of a text that ask, where it holds more than those: a story is told around its question.

    The sentences that end in a question mark, else the last one; at most ``most`` of them, the last ones. None where
    the text is a single sentence.
    """
    pieces = [span.of(text) for span in sentences(text)]
    if len(pieces) < 2 or most < 1:
        return []
    return ([piece for piece in pieces if piece.endswith(("?", "？"))] or pieces[-1:])[-most:]


def nearest_of(found: Sequence[Sequence[tuple[str, float]]]) -> list[tuple[str, float]]:
    """Several lists of ids with similarities as one, each id with its best similarity, best first."""
    if len(found) == 1:
        return list(found[0])
    best: dict[str, float] = {}
    for hits in found:
        for identifier, similarity in hits:
            best[identifier] = max(similarity, best.get(identifier, similarity))
    return sorted(best.items(), key=lambda hit: -hit[1])


_TINY = 1e-12
READ = 24
"""How many of a document's best paragraphs are read for a question."""


class AskedQuestion(NamedTuple):
    """A question as it is searched for: text and language, and centred vectors, the whole question's first."""

    text: str
    language: str
    vectors: Floats


class Searcher:
    """Searches one complete index. Safe to use from several threads."""

    def __init__(
        self,
        place: Place,
        library: Library,
        knowledge: Knowledge,
        embedder: Embedder,
        numbers: Tuning | None = None,
        *,
        memory: bool = True,
        reading: bool = True,
        look_up: LookUp = dictionary,
    ) -> None:
        self._numbers = numbers or tuning()
        self._embedder = embedder
        self._reader = reader_for(embedder) if reading else None
        self._intent = intent_for(embedder)
        self._known = knowledge.questions if memory else ()
        self._on_none = frozenset(str(row) for row, known in enumerate(self._known) if known.document is None)
        known = Counter(known.document for known in self._known if known.document)
        self._prepared = frozenset(name for name, count in known.items() if count >= self._numbers.known.least)
        self._spaces = Spaces.read(place.folder / ARRAYS)
        # Last of what is on disk, so that arrays that cannot be read leave no open database behind.
        self._store = Store(place)
        try:
            ids, held = self._store.passages()
            self._passages = LibraryPassages(library, ids, held, self._store.titles(), look_up)
        except BaseException:
            self._store.close()
            raise
        self._standing = Standing(self._passages.paragraphs)

    def counts(self) -> tuple[int, int]:
        """How many passages and known questions the index holds."""
        return self._store.counts()

    def digests(self) -> dict[str, str] | None:
        """The digests of the groups it holds; ``None`` where it holds other than its ledger says."""
        ledger = self._store.ledger
        return {name: entry.digest for name, entry in ledger.items()} if self._store.is_whole() else None

    def stay(self) -> None:
        """Prepare for many questions: keep known questions in memory where they are few enough, read the words."""
        self._store.make_resident(self._numbers.resident_limit)
        self._passages.warm()

    def close(self) -> None:
        """Let go of the index."""
        self._store.close()

    def asked(self, question: str, before: str = "") -> AskedQuestion:
        """A question as it is searched for; ``before`` is what it continues, if anything."""
        text = for_search(f"{before} {question}")
        language = language_of(for_search(question))
        vectors = self._continued(text, before) if before else self._asked(text)
        share = self._numbers.question.centring
        return AskedQuestion(text, language, centred(vectors, [language] * len(vectors), self._spaces.asked, share))

    def search(self, question: str, before: str = "") -> Evidence:
        """The paragraphs and known questions nearest to a question; ``before`` is what it continues, if anything."""
        numbers = self._numbers
        text, language, vectors = asked = self.asked(question, before)
        known = self._known_hits(self._nearest_known(vectors) if self._known else [])
        voted = {key for hit in known for key in hit.sentences}
        ranked = self._passages.ranked(vectors, text, language)
        ranking = self._passages.ranking(ranked, numbers.passages.nearest, voted)
        intent = self._intent.of(vectors[0]) if self._intent is not None else {}
        return self._weigh(text, language, ranking, known, self._read(asked, ranked, ranking), intent)

    def _read(self, asked: AskedQuestion, ranked: Ranked, ranking: Ranking) -> dict[str, Reading]:
        """What each of the documents most likely asked about makes of a question."""
        if self._reader is None:
            return {}
        numbers = self._numbers.reading
        likely = sorted(ranking.documents, key=lambda name: -ranking.documents[name].share)[: numbers.documents]
        chosen = [name for name in likely if ranking.documents[name].share >= numbers.least_share]
        if not chosen:
            return {}
        seen = self._reader.asking(asked.vectors[0], asked.text, asked.language)
        views = [self._passages.view(ranked, name, READ) for name in chosen]
        readings = {
            view.document: self._reader.read(seen, view)
            for view in views
            if len(view.paragraphs) >= numbers.least_paragraphs
        }
        return {name: reading for name, reading in readings.items() if reading is not None}

    def _asked(self, text: str) -> Floats:
        """The vector of a question, and of the sentences of it that ask."""
        return self._embedder.questions([text, *questions_in(text, self._numbers.question.parts)])

    def _continued(self, text: str, before: str) -> Floats:
        """The vector of a question after what it continues, moved on from that.

        The earlier question is mostly longer and drowns the later one; what the later one changed is added once more.
        """
        both, earlier = self._embedder.questions([text, for_search(before)])
        moved: Floats = (both + np.float32(self._numbers.question.moving_on) * (both - earlier))[np.newaxis]
        return unit(moved)

    def _nearest_known(self, vectors: Floats) -> list[tuple[str, float]]:
        """The nearest known questions, and of those on no document always the nearest few.

        How near one of these is must not hang on how many others are nearer.
        """
        numbers = self._numbers.known
        found = nearest_of(
            [self._store.questions(v, numbers.looked_at) for v in unit(vectors @ self._spaces.whitening)]
        )
        nearest, rest = found[: numbers.nearest], found[numbers.nearest :]
        lacking = max(0, numbers.off_topic - sum(row in self._on_none for row, _ in nearest))
        return [*nearest, *islice((hit for hit in rest if hit[0] in self._on_none), lacking)]

    def _known_hits(self, found: Sequence[tuple[str, float]]) -> tuple[KnownHit, ...]:
        numbers = self._numbers.known
        near = [similarity for _, similarity in found]
        known = [self._known[int(row)] for row, _ in found]
        weights = shares(near, numbers.temperature)
        # One that asks two things at once has the status of one of them, and is near to both.
        weights *= [numbers.double if each.style == DOUBLE else 1.0 for each in known]
        weights /= max(float(weights.sum()), _TINY)
        standing = map(self._standing.of, known)
        return tuple(map(KnownHit, known, near, weights.tolist(), standing))

    def _weigh(
        self,
        text: str,
        language: str,
        ranking: Ranking,
        known: tuple[KnownHit, ...],
        readings: Mapping[str, Reading],
        intent: Mapping[str, float],
    ) -> Evidence:
        votes, sentence_votes = votes_of(known)
        trust = self._trust(known)
        of_passages = 1 - trust * (1 - self._numbers.fusion.passages) if votes else 1.0
        hits = [
            PassageHit(
                paragraph=self._passages.paragraphs[key],
                similarity=near.similarity,
                share=near.share,
                votes=votes.get(key, 0.0),
                score=of_passages * near.share + (1 - of_passages) * votes.get(key, 0.0),
                sentences=near.sentences,
                sentence_votes=sentence_votes.get(key, {}),
            )
            for key, near in ranking.near.items()
        ]
        hits.sort(key=lambda hit: -hit.score)
        return Evidence(
            question=text,
            language=language,
            passages=tuple(hits),
            known=known,
            trust=trust,
            of_passages=of_passages,
            documents=ranking.documents,
            prepared=self._prepared,
            readings=readings,
            intent=intent,
        )

    def _trust(self, known: Sequence[KnownHit]) -> float:
        if not known:
            return 0.0
        fusion = self._numbers.fusion
        return 1 / (1 + math.exp(-fusion.memory_slope * (known[0].similarity - fusion.memory_half)))
