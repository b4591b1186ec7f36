"""What a search finds: passages and known questions, and how much each weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from documents.knowledge import KnownQuestion, KnownStatus
from documents.models import Paragraph
from retrieval.reading.reader import Reading

Key = tuple[str, int]
"""A paragraph: document id and number."""


class DocumentHit(NamedTuple):
    """A document as one question sees it.

    The cosine of its nearest item, the score of its best paragraph (``retrieval.ranking``), and its share of the
    passages' voice.
    """

    similarity: float
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A paragraph near the question.

    ``similarity`` is the cosine of its best item (the paragraph or a sentence), ``share`` its share of the passages'
    voice (of all passages, found or not), ``votes`` its share of the known questions' voice, ``score`` both weighed
    together. ``sentences`` are similarities by sentence number, ``sentence_votes`` the known questions' voice by
    sentence number.
    """

    paragraph: Paragraph
    similarity: float
    share: float
    votes: float
    score: float
    sentences: Mapping[int, float]
    sentence_votes: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class KnownHit:
    """A known question near the asker's, its cosine, and its share of the memory's voice.

    ``sentences`` are the sentences its evidence stands in, by paragraph.
    """

    known: KnownQuestion
    similarity: float
    share: float
    sentences: Mapping[Key, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a search found, best first. ``trust`` is how near the memory of questions is, from 0 to 1.

    ``documents`` are those that have passages. ``prepared`` are the documents that the memory holds
    enough questions on to know them; of others it knows nothing, or little. ``readings`` are of the documents most
    likely asked about. ``intent`` is how likely each kind of wish is (``retrieval.intent``), empty where none is told.
    """

    question: str
    language: str
    passages: tuple[PassageHit, ...]
    known: tuple[KnownHit, ...]
    trust: float
    of_passages: float
    documents: Mapping[str, DocumentHit] = field(default_factory=dict)
    prepared: frozenset[str] = frozenset()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    intent: Mapping[str, float] = field(default_factory=dict)

    def best_similarity(self, *, prepared: bool | None = None) -> float:
        """Cosine of the nearest passage, of a document that is ``prepared`` or not; 0 where there is none."""
        return max(
            (
                hit.similarity
                for document, hit in self.documents.items()
                if prepared is None or (document in self.prepared) == prepared
            ),
            default=0.0,
        )

    def best_score(self, documents: Set[str] | None = None) -> float | None:
        """Score of the best passage of some documents, without any of those that are not prepared."""
        chosen = self.documents.keys() - self.prepared if documents is None else self.documents.keys() & documents
        return max((self.documents[name].score for name in chosen), default=None)

    def share_elsewhere(self) -> float:
        """The share of the passages' voice that goes to documents the memory holds no questions on."""
        return sum(hit.share for document, hit in self.documents.items() if document not in self.prepared)

    def best_known(self, *, on_topic: bool) -> float:
        """Cosine of the nearest known question of a document, or of none; 0 where there is none."""
        return max((h.similarity for h in self.known if (h.known.document is not None) == on_topic), default=0.0)

    def left_to(self) -> dict[str, float]:
        """The shares of the nearest referred known questions by the document they point to."""
        votes: dict[str, float] = defaultdict(float)
        for hit in self.known:
            if hit.known.status is KnownStatus.REFERRED and hit.known.pointer:
                votes[hit.known.pointer] += hit.share
        return dict(votes)

    def pointed_to(self) -> str | None:
        """Id of the document that most of the nearest referred known questions point to."""
        votes = self.left_to()
        return max(votes, key=lambda name: votes[name], default=None)

    def heard(self, *statuses: KnownStatus) -> tuple[PassageHit, ...]:
        """The passages weighed anew, hearing of the memory only known questions of these statuses; best first."""
        votes, by_sentence = votes_of([hit for hit in self.known if hit.known.status in statuses])
        of_passages = self.of_passages if votes else 1.0
        hits = [
            replace(
                hit,
                votes=votes.get(key, 0.0),
                score=of_passages * hit.share + (1 - of_passages) * votes.get(key, 0.0),
                sentence_votes=by_sentence.get(key, {}),
            )
            for hit in self.passages
            for key in [(hit.paragraph.document, hit.paragraph.number)]
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score))

    def read(self, documents: Set[str], *, referring: bool, weight: float) -> tuple[PassageHit, ...]:
        """The passages of some documents weighed by what was read in them, best first.

        ``weight`` is that of the reading against the ranking. Where they are to be ``referring``, only passages that
        point to another document are left, each with the vote of the sentence that does.
        """
        shares = {name: self.documents[name].share for name in documents & self.documents.keys()}
        total = sum(shares.values()) or 1.0
        hits = []
        for hit in self.passages:
            name, number = hit.paragraph.document, hit.paragraph.number
            made = self.readings.get(name)
            if name not in shares or (referring and (made is None or number not in made.referrals)):
                continue
            options = {} if made is None else made.referrals if referring else made.answers
            whole = sum(options.values())
            by_reading = options.get(number, 0.0) / whole * shares[name] if whole else hit.share
            pointing = made.pointing.get(number) if made is not None and referring else None
            hits.append(
                replace(
                    hit,
                    score=(weight * by_reading + (1 - weight) * hit.share) / total,
                    votes=0.0,
                    sentence_votes={} if pointing is None else {pointing: 1.0},
                )
            )
        return tuple(sorted(hits, key=lambda hit: -hit.score))


def votes_of(known: Sequence[KnownHit]) -> tuple[dict[Key, float], dict[Key, dict[int, float]]]:
    """The memory's voice by paragraph (summing to 1) and by sentence.

    Each known question spreads its share evenly over its paragraphs, and gives it to every sentence its words stand in.
    """
    votes: dict[Key, float] = defaultdict(float)
    by_sentence: dict[Key, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for hit in known:
        for key, numbers in hit.sentences.items():
            votes[key] += hit.share / len(hit.sentences)
            for number in numbers:
                by_sentence[key][number] += hit.share / len(hit.sentences)
    total = sum(votes.values())
    if total <= 0:
        return {}, {}
    return (
        {key: value / total for key, value in votes.items()},
        {key: {n: value / total for n, value in numbers.items()} for key, numbers in by_sentence.items()},
    )
