"""What a document and its headings are about, in words a question can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.drafting.cues import Language, shipped_cues
from documents.models import Paragraph, Role
from documents.structure import label_of
from documents.text import for_search
from retrieval.glossary import glossary

_LOWER = re.compile(r"\b[a-z]+\b")
_INSIDE = re.compile(r"(?<=[\w,] )[A-Z][a-z]*\b")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]*\b")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_BRACKETED = re.compile(r"^[（(【\[]\s*(.+?)\s*[）)】\]]$")


def without_label(text: str) -> str:
    """A heading or sentence without the number it begins with, and the brackets around the rest."""
    label = label_of(text)
    rest = text[label.end :].strip(" \t\n\u3000.、．:：—–-") if label else text.strip().rstrip(":：")
    bracketed = _BRACKETED.match(rest)
    return bracketed.group(1) if bracketed else rest


def lower_words(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    """The English words a document writes small, or nowhere but at the beginning of a sentence with a capital.

    The others keep their capital in the middle of a sentence.
    """
    texts = [paragraph.text for paragraph in paragraphs if paragraph.role is Role.BODY]
    inside = {word for text in texts for word in _INSIDE.findall(text)}
    begin = {word.lower() for text in texts for word in _CAPITALISED.findall(text) if word not in inside}
    return frozenset(begin.union(*(_LOWER.findall(text) for text in texts)))


def in_sentence(text: str, lower: frozenset[str]) -> str:
    """A title, heading or beginning of a sentence as it stands in the middle of one."""
    return _CAPITALISED.sub(lambda m: m.group().lower() if m.group().lower() in lower else m.group(), text)


def topic_of(heading: str, language: Language, lower: frozenset[str]) -> str:
    """What a heading names, as in the middle of a sentence, without "conditions" and the like at its end."""
    topic = without_label(heading)
    first, _, rest = topic.partition(" ")
    if first.istitle() and (not rest or rest.islower()):
        topic = topic.lower()  # its capital is that of a line
    topic = in_sentence(topic, lower)
    return shipped_cues().of(language).topic_tail.sub("", topic) or topic


def subject_of(title: str, language: Language) -> str:
    """What a document is about: its title without its kind and whoever issued it; the title where nothing is left."""
    cues = shipped_cues().of(language)
    found = cues.title_inner.search(title)
    subject = found.group("subject") if found else title
    subject = cues.title_tail.sub("", cues.title_head.sub("", subject.strip(), count=1)).strip()
    return subject if len(subject) > 1 else title.strip()


def slug(topic: str, language: Language) -> str:
    """The name of a measure: small letters for English, the words themselves for Chinese."""
    numbers = shipped_cues().numbers
    if language == "zh":
        return re.sub(r"[\s/]+", "", topic)[: numbers.longest_topic_zh]
    return _NOT_SLUG.sub("_", topic.lower()).strip("_")[: numbers.longest_topic_en].strip("_")


def named_in(topic: str, language: Language) -> str | None:
    """A topic of the other language in this one, where the glossary has just this; words put together may mislead."""
    folded = for_search(topic).lower()
    if language == "en":
        senses = glossary().get(folded)
        return senses.split(";")[0].strip() if senses else None
    return _chinese().get(folded) or _chinese().get(folded.removesuffix("s"))


@cache
def _chinese() -> dict[str, str]:
    """The Chinese word for an English one that is the first meaning of it."""
    first: dict[str, str] = {}
    for word, senses in glossary().items():
        first.setdefault(senses.split(";")[0].strip().lower(), word)
    return first
