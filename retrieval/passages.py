"""The passages of one library in memory, ranked by a question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from documents.library import Library
from documents.models import Paragraph
from retrieval.dictionaries import dictionary
from retrieval.embedding.weights import Floats
from retrieval.evidence import DocumentHit, Key
from retrieval.groups import title_of
from retrieval.items import WHOLE, contexts, indexed_paragraphs, parse_id
from retrieval.ranking import Passages, Ranked, Ranker
from retrieval.reading.view import DocumentView, SeenParagraph, Usual
from retrieval.words import CHINESE, ENGLISH, LookUp


class Near(NamedTuple):
    """A paragraph as one question sees it.

    Its share of the passages' voice, the cosine of its best item, and that of each of its sentences by number.
    """

    share: float
    similarity: float
    sentences: dict[int, float]


class Ranking(NamedTuple):
    """Paragraphs, best first, and the documents they are of."""

    near: Mapping[Key, Near]
    documents: Mapping[str, DocumentHit]


class LibraryPassages:
    """Every paragraph that answers may stand on, with the vectors an index holds of it. Safe for several threads."""

    def __init__(
        self,
        library: Library,
        ids: Sequence[str],
        vectors: Floats,
        titles: Mapping[str, Floats],
        look_up: LookUp = dictionary,
    ) -> None:
        """``ids`` are of items, ``vectors`` (items, dimensions) theirs, ``titles`` by document (dimensions,)."""
        paragraphs = indexed_paragraphs(library)
        documents = library.in_force()
        self._row_of = {(p.document, p.number): row for row, p in enumerate(paragraphs)}
        number_of = {document.id: number for number, document in enumerate(documents)}
        self.paragraphs: Mapping[Key, Paragraph] = {(p.document, p.number): p for p in paragraphs}
        self._keys = list(self._row_of)
        above = {document.id: contexts(library.paragraphs(document.id)) for document in documents}
        self._above = [above[p.document][p.number] for p in paragraphs]
        parsed = [parse_id(item) for item in ids]
        owners = np.array([self._row_of[document, number] for document, number, _ in parsed], dtype=np.intp)
        sentences = np.array([sentence for *_, sentence in parsed], dtype=np.intp)
        # Items of a paragraph stand together, so that they are found by where they begin.
        order = np.argsort(owners, kind="stable")
        owners, self._sentences = owners[order], sentences[order]
        self._starts = np.searchsorted(owners, np.arange(len(paragraphs) + 1))
        self._documents = np.array([number_of[p.document] for p in paragraphs], dtype=np.intp)
        self._names = [document.id for document in documents]
        self._languages = [document.language for document in documents]
        self._vectors = vectors[order]
        self._means: dict[str, Floats] = {}
        self._item_documents = self._documents[owners]
        # Documents without a passage have titles all the same.
        self._dimensions = max([vectors.shape[1], *(len(title) for title in titles.values())])
        named = np.zeros((len(documents), self._dimensions), dtype=np.float32)
        for document in documents:
            if document.id in titles:
                named[number_of[document.id]] = titles[document.id]
        self._ranker = Ranker(
            Passages(
                vectors=self._vectors if len(vectors) else np.zeros((0, self._dimensions), dtype=np.float32),
                paragraphs=owners,
                whole=self._sentences == WHOLE,
                texts=[f"{above}\n{p.text}" for p, above in zip(paragraphs, self._above, strict=True)],
                documents=self._documents,
                titles=[title_of(document) for document in documents],
                title_vectors=named,
                languages=[document.language for document in documents],
            ),
            look_up=look_up,
        )

    def rank(self, vectors: Floats, text: str, language: str, count: int, also: Collection[Key] = ()) -> Ranking:
        """The ``count`` best paragraphs and those of ``also``, by a question's vectors (questions, dimensions)."""
        if not self._keys:
            return Ranking({}, {})
        return self.ranking(self.ranked(vectors, text, language), count, also)

    def ranked(self, vectors: Floats, text: str, language: str) -> Ranked:
        """Score and similarity of everything there is, by a question's vectors (questions, dimensions)."""
        return self._ranker.rank(vectors, text, language)

    def ranking(self, ranked: Ranked, count: int, also: Collection[Key] = ()) -> Ranking:
        """The ``count`` best paragraphs and those of ``also``."""
        if not self._keys:
            return Ranking({}, {})
        shares = self._ranker.shares(ranked.scores)
        rows = dict.fromkeys([*ranked.best(count).tolist(), *(self._row_of[key] for key in also)])
        near = {self._keys[row]: self._near(row, float(shares[row]), ranked.similarities) for row in rows}
        return Ranking(near, self._hits(ranked, shares))

    def view(self, ranked: Ranked, document: str, most: int | None = None) -> DocumentView:
        """The paragraphs of a document as the question sees them, at most ``most``, best first."""
        number = self._names.index(document)
        rows = np.flatnonzero(self._documents == number)
        items = slice(self._starts[rows[0]], self._starts[rows[-1] + 1]) if len(rows) else slice(0)
        similar = ranked.similarities[items]
        best = rows[np.argsort(-ranked.scores[rows], kind="stable")[:most]]
        scores = ranked.scores[rows]
        return DocumentView(
            document,
            self._languages[number],
            tuple(self._seen(int(row), ranked) for row in best),
            self._mean(document, items),
            Usual(*(float(v) for v in (similar.mean(), similar.std(), scores.mean(), scores.std())))
            if len(rows)
            else Usual(),
        )

    def _mean(self, document: str, items: slice) -> Floats:
        held = self._means.get(document)
        if held is None:
            held = self._means[document] = (
                self._vectors[items].mean(axis=0)
                if len(self._vectors[items])
                else np.zeros(self._dimensions, dtype=np.float32)
            )
        return held

    def _seen(self, row: int, ranked: Ranked) -> SeenParagraph:
        items = np.arange(self._starts[row], self._starts[row + 1])
        parts = items[self._sentences[items] != WHOLE] if len(items) > 1 else items
        return SeenParagraph(
            self.paragraphs[self._keys[row]],
            self._above[row],
            float(ranked.scores[row]),
            float(ranked.similarities[items].max()),
            ranked.similarities[parts],
            self._vectors[parts],
        )

    def warm(self) -> None:
        """Read what the first question of each language would have to wait for."""
        vector = np.zeros((1, self._dimensions), dtype=np.float32)
        for language in (ENGLISH, CHINESE):
            self.rank(vector, "", language, 0)

    def _near(self, row: int, share: float, similarities: Floats) -> Near:
        items = slice(self._starts[row], self._starts[row + 1])
        held = dict(zip(self._sentences[items].tolist(), similarities[items].tolist(), strict=True))
        best = max(held.values())
        held.pop(WHOLE, None)
        return Near(share, best, held)

    def _hits(self, ranked: Ranked, shares: Floats) -> dict[str, DocumentHit]:
        best, scores = (np.full(len(self._names), -np.inf, dtype=np.float32) for _ in range(2))
        np.maximum.at(best, self._item_documents, ranked.similarities)
        np.maximum.at(scores, self._documents, ranked.scores)
        voices = np.bincount(self._documents, shares, len(self._names))
        return {
            name: DocumentHit(float(near), float(score), float(share))
            for name, near, score, share in zip(self._names, best, scores, voices, strict=True)
            if np.isfinite(near)
        }
