"""Hand-made evidence, a library of two documents, and the room the steps work in, without a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from bot.answering.answer import Citation, Question, Status
from bot.answering.cite import citation_of
from bot.answering.tuning import AnsweringTuning, CitationTuning, answering_tuning
from bot.answering.turn import Draft, Judgement, Room, Turn
from documents.knowledge import Knowledge, KnownQuestion, KnownStatus
from documents.library import Library
from documents.models import Document, DocumentKind, DocumentStatus, Paragraph, Pointer
from prompts.phrases import phrases
from retrieval.evidence import DocumentHit, Evidence, KnownHit, PassageHit
from retrieval.reading.reader import Reading
from retrieval.search import Searcher

RULES = Document(
    id="harbour-rules",
    title="Rules of the Harbour",
    number="Gang [1998] No.7",
    kind=DocumentKind.CIRCULAR,
    issued_on=date(1998, 5, 4),
)
ANNEX = Document(
    id="annex-1",
    title="Forms of the Harbour",
    kind=DocumentKind.APPENDIX,
    label="Annex I",
    status=DocumentStatus.OMITTED,
    parent=RULES.id,
)
UNDATED = Document(id="customs", title="Customs of the Harbour", language="zh")

TO_ANNEX = Pointer(target=ANNEX.id, label="Annex I", title=ANNEX.title, text="Annex I")

FIRST = "Boats are kept dry and tarred by their carriers."
SECOND = "The harbour bank lends to every licensed carrier."
THIRD = "Dues are paid at the office on the first of May."
FOURTH = "Whoever pays late leaves the harbour for a year."
LONG = f"{FIRST} {SECOND} {THIRD} {FOURTH}"

TEXTS = ("Rules of the Harbour", "Carriers need a licence.", LONG, "Forms are found in Annex I.")


def library() -> Library:
    """Rules whose last paragraph points to the annex, the annex, omitted, and a document of no number or date."""
    rules = [
        Paragraph(
            document=RULES.id,
            number=number,
            text=text,
            section=("Part One", "Money & boats"),
            pointers=(TO_ANNEX,) if "Annex" in text else (),
        )
        for number, text in enumerate(TEXTS, 1)
    ]
    return Library(
        {RULES: rules, ANNEX: (), UNDATED: [Paragraph(document=UNDATED.id, number=1, text="船只须保持干燥。")]}
    )


def tuned(*, citations: Mapping[str, float] | None = None, **more: float) -> AnsweringTuning:
    """The numbers that ship, but for these."""
    numbers = answering_tuning()
    return numbers.model_copy(update={"citations": numbers.citations.model_copy(update=dict(citations or {})), **more})


def citing(**numbers: float) -> CitationTuning:
    """Small bounds for small paragraphs."""
    small = {"whole_below": 60, "sentence_ratio": 0.5, "longest_quote": 110}
    return tuned(citations={**small, **numbers}).citations


def room(
    *,
    today: date = date(2026, 11, 24),
    tuning: AnsweringTuning | None = None,
    held: Library | None = None,
    knowledge: Knowledge | None = None,
) -> Room:
    """A room for every step but the search."""
    no_search = cast(Searcher, None)
    return Room(
        held or library(), no_search, knowledge or Knowledge(), tuning or answering_tuning(), phrases, lambda: today
    )


def hit(
    number: int,
    score: float = 1.0,
    *,
    document: str = RULES.id,
    similarity: float = 0.8,
    sentences: Mapping[int, float] | None = None,
    votes: Mapping[int, float] | None = None,
    held: Library | None = None,
) -> PassageHit:
    """A paragraph of the library as it was found; ``votes`` are the memory's, by sentence."""
    return PassageHit(
        paragraph=(held or library()).paragraph(document, number),
        similarity=similarity,
        share=score,
        votes=0.0,
        score=score,
        sentences=sentences or {},
        sentence_votes=votes or {},
    )


def known(
    status: KnownStatus,
    share: float = 1.0,
    *,
    similarity: float = 0.8,
    pointer: str | None = None,
    sentences: Mapping[tuple[str, int], tuple[int, ...]] | None = None,
) -> KnownHit:
    """A known question as it was found, on the rules unless its status says that it is on nothing."""
    on_topic = status not in (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION)
    question = KnownQuestion(
        id="k",
        document=RULES.id if on_topic else None,
        language="en",
        measure="loans",
        cell="who",
        question="Who lends?",
        status=status,
        pointer=pointer,
    )
    return KnownHit(question, similarity, share, sentences or {})


def evidence(
    passages: Sequence[PassageHit] = (),
    remembered: Sequence[KnownHit] = (),
    prepared: frozenset[str] = frozenset({RULES.id}),
    readings: Mapping[str, Reading] | None = None,
) -> Evidence:
    """What a search would have found, with a memory of questions on the rules unless ``prepared`` says otherwise."""
    return Evidence(
        question="Who lends?",
        language="en",
        passages=tuple(passages),
        known=tuple(remembered),
        trust=1.0 if remembered else 0.0,
        of_passages=0.5 if remembered else 1.0,
        documents={
            document: DocumentHit(
                max(h.similarity for h in passages if h.paragraph.document == document),
                max(h.similarity for h in passages if h.paragraph.document == document),
                sum(h.share for h in passages if h.paragraph.document == document),
            )
            for document in {h.paragraph.document for h in passages}
        },
        prepared=prepared,
        readings=readings or {},
    )


def turn(text: str = "Who lends?", **more: Any) -> Turn:
    """A turn as far as ``more`` says it has come."""
    return Turn(Question(text=text), text=text, **more)


def judged(status: Status, found: Evidence) -> Turn:
    """A turn after the judge."""
    return turn(evidence=found, judgement=Judgement(status, 1.0, {}, "as made"))


def cited(number: int, quote: str | None = None, /, **changes: Any) -> Citation:
    """A citation of the rules, right unless ``changes`` say otherwise."""
    paragraph = library().paragraph(RULES.id, number)
    return citation_of(paragraph, paragraph.text if quote is None else quote, library()).model_copy(update=changes)


def drafted(status: Status, *citations: Citation, **more: Any) -> Turn:
    """A turn after composing."""
    return turn(draft=Draft(status, citations=citations, **more))
