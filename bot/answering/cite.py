"""Which paragraphs an answer stands on, and which of their words are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from bot.answering.answer import Citation, PointerTo
from bot.answering.tuning import CitationTuning
from documents.knowledge import KnownStatus
from documents.library import Library
from documents.models import Document, Paragraph
from documents.tables import first_rows, is_row
from documents.text import sentences
from retrieval.evidence import KnownHit, PassageHit
from retrieval.items import openings

_OPENS = re.compile(r"[:：]\s*$")
ELLIPSIS = " … "
"""Stands in a quote for sentences left out between two that are quoted."""


def chosen(hits: Sequence[PassageHit], *, most: int, ratio: float) -> tuple[PassageHit, ...]:
    """The best passage, and up to ``most`` in all whose score is at least ``ratio`` times its."""
    if not hits:
        return ()
    least = hits[0].score * ratio
    return tuple(hit for hit in hits[:most] if hit.score >= least)


def paragraphs_each(known: Sequence[KnownHit], status: KnownStatus) -> float | None:
    """How many paragraphs a known question of this status stands on, weighed by shares; ``None`` without any."""
    held = [hit for hit in known if hit.known.status is status and hit.sentences]
    total = sum(hit.share for hit in held)
    return sum(hit.share * len(hit.sentences) for hit in held) / total if total else None


def elsewhere(
    hits: Sequence[PassageHit], cited: Sequence[PassageHit], prepared: Set[str], *, ratio: float
) -> tuple[PassageHit, ...]:
    """The best passage of a document that the memory does not know, where it is as near as what is cited.

    The memory speaks for the documents it was made for, so what another document says to the same question is heard
    by its passages alone: cited as well where its share of their voice is at least ``ratio`` times that of the best
    cited one.
    """
    least = ratio * max((hit.share for hit in cited), default=0.0)
    others = [hit for hit in hits if hit.paragraph.document not in prepared and hit not in cited]
    best = max(others, key=lambda hit: hit.share, default=None)
    return (best,) if best is not None and cited and best.share >= least else ()


def further(hits: Sequence[PassageHit], cited: Sequence[PassageHit], *, most: int, least: float) -> list[PassageHit]:
    """What comes after the cited passages, where it is at all likely to answer; ``most`` with these."""
    held = {hit.paragraph.key for hit in cited}
    return [hit for hit in hits if hit.paragraph.key not in held and hit.share >= least][: max(0, most - len(cited))]


def with_lists(hits: Sequence[PassageHit], library: Library, *, most: int) -> tuple[PassageHit, ...]:
    """The passages, each that opens a list followed by what it lists: alone it answers nothing. ``most`` items each."""
    found: list[PassageHit] = []
    for hit in hits:
        found.append(hit)
        if not _OPENS.search(hit.paragraph.text):
            continue
        document = library.paragraphs(hit.paragraph.document)
        opened = openings(document)
        items = [p for p in document if (opener := opened.get(p.number)) and opener.number == hit.paragraph.number]
        found += [replace(hit, paragraph=item, sentences={}, sentence_votes={}) for item in items[:most]]
    numbers = [hit.paragraph.key for hit in found]
    return tuple(hit for place, hit in enumerate(found) if numbers.index(hit.paragraph.key) == place)


def _sentence_scores(hit: PassageHit, count: int, sharpness: float) -> list[float]:
    # Similarities lie close together, so they only decide where the memory is silent or undecided.
    total_votes = sum(hit.sentence_votes.values())
    similar = [hit.sentences.get(number, 0.0) for number in range(count)]
    best = max(similar, default=0.0)
    near = [max(0.0, 1 - sharpness * (best - value)) if value else 0.0 for value in similar]
    total_near = sum(near)
    return [
        (hit.sentence_votes.get(number, 0.0) / total_votes if total_votes else 0.0)
        + (near[number] / total_near if total_near else 0.0)
        for number in range(count)
    ]


def quote_of(hit: PassageHit, tuning: CitationTuning, *, brief: bool = False) -> str:
    """The words of a paragraph that answer: the whole of a short one, else its best sentences in their order.

    Every piece between two ellipses is verbatim. A ``brief`` one is the best sentence alone where that says enough.
    """
    text = hit.paragraph.text
    spans = sentences(text)
    if (len(text) <= tuning.whole_below and not brief) or len(spans) <= 1:
        return text
    scores = _sentence_scores(hit, len(spans), tuning.sentence_sharpness)
    least = max(scores) * tuning.sentence_ratio
    taken: list[int] = []
    length = 0
    for number in sorted(range(len(spans)), key=lambda n: -scores[n]):
        size = spans[number].end - spans[number].start
        enough = length >= tuning.least_brief if brief else scores[number] < least
        if taken and (enough or length + size > tuning.longest_quote):
            break
        taken.append(number)
        length += size
    pieces: list[str] = []
    start: int | None = None
    for number in sorted(taken):
        start = spans[number].start if start is None else start
        if number + 1 not in taken:
            pieces.append(text[start : spans[number].end])
            start = None
    return ELLIPSIS.join(pieces)


def citation_of(paragraph: Paragraph, quote: str, library: Library, *, related: bool = False) -> Citation:
    """A citation of this paragraph."""
    document = library.document(paragraph.document)
    rows = first_rows(library.paragraphs(paragraph.document)) if is_row(paragraph) else {}
    return Citation(
        document=document.id,
        title=document.title,
        number=document.number,
        issued_on=document.issued_on,
        document_label=document.label,
        paragraph=paragraph.number,
        label=paragraph.label,
        section=paragraph.section,
        page=paragraph.page,
        first_row=rows[paragraph.number].text if paragraph.number in rows else None,
        quote=quote,
        text=paragraph.text,
        related=related,
    )


def pointer_to(document: Document) -> PointerTo:
    """A pointer to a document that the library knows."""
    return PointerTo(
        document=document.id,
        label=document.label,
        title=document.title,
        other_titles=document.other_titles,
        number=document.number,
        present=document.present,
    )
