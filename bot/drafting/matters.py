"""The matters of a document: its sections, as the measures of a coverage map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drafting.cues import Language, shipped_cues
from bot.drafting.topics import in_sentence, lower_words, slug, subject_of, topic_of, without_label
from documents.models import Document, Paragraph, Role

WHOLE = "document"
"""The measure of what stands under no heading."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A section: the name of its measure, its heading, what that is about, and its paragraphs in order.

    ``aspect`` marks a side of the matter that the whole document is about ("Deadlines"), and the whole document; its
    topic is that ``subject``. ``gives`` marks something that people apply for and get.
    """

    measure: str
    heading: str
    topic: str
    aspect: bool
    gives: bool
    subject: str
    paragraphs: tuple[Paragraph, ...]


def matters_of(document: Document, paragraphs: Sequence[Paragraph], language: Language) -> tuple[Matter, ...]:
    """The matters of a document in the order they begin; only paragraphs of its body are in them."""
    body = [paragraph for paragraph in paragraphs if paragraph.role is Role.BODY]
    lower = lower_words(paragraphs)
    depth, cues = _depth(body), shipped_cues().of(language)
    held: dict[tuple[str, ...], list[Paragraph]] = {}
    for paragraph in body:
        held.setdefault(_section(paragraph, depth, language), []).append(paragraph)
    subject = in_sentence(subject_of(document.title, language), lower)
    taken: Counter[str] = Counter()
    matters = []
    for section, its in held.items():
        heading = section[-1] if section else ""
        topic = topic_of(heading, language, lower)
        aspect = not section or bool(cues.aspects.fullmatch(without_label(heading)))
        gives = not aspect and bool(cues.gives.search(topic))
        name = (slug(without_label(heading), language) if section else WHOLE) or WHOLE
        taken[name] += 1
        measure = name if taken[name] == 1 else f"{name}_{taken[name]}"
        matters.append(Matter(measure, heading, subject if aspect else topic, aspect, gives, subject, tuple(its)))
    return tuple(matters)


def _depth(body: Sequence[Paragraph]) -> int:
    """How many headings deep the sections are told apart: deeper than one that holds nearly everything."""
    outermost = Counter(paragraph.section[0] for paragraph in body if paragraph.section)
    return 2 if len(outermost) == 1 and outermost.total() > 1 else 1


def _section(paragraph: Paragraph, depth: int, language: Language) -> tuple[str, ...]:
    """The headings a paragraph stands under, down to that depth; a number alone, or a sentence, is no heading."""
    numbers = shipped_cues().numbers
    longest = numbers.longest_topic_zh if language == "zh" else numbers.longest_topic_en
    section = paragraph.section[:depth]
    while section and not 1 < len(without_label(section[-1])) <= longest:
        section = section[:-1]
    return section
