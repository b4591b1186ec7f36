"""How a document is called in the language of an answer: its label, and of its titles the one in that language."""

from __future__ import annotations

from bot.answering.answer import PointerTo
from documents.attachments import APPENDIX, attached, is_label_line
from documents.text import language_of
from prompts.phrases import Phrases


def label_in(label: str, phrases: Phrases) -> str:
    """A label such as "Appendix II" as the language writes it, 附件二; any other label as it is."""
    found = attached(label) if is_label_line(label) and language_of(label) != phrases.language else None
    if found is None or found.family != APPENDIX or not (found.number or "").isdecimal():
        return label
    numerals, value = phrases("answer.numerals").split(), int(found.number or 0)
    return phrases("answer.appendix_label", number=numerals[value - 1] if value <= len(numerals) else value)


def title_in(title: str, other_titles: tuple[str, ...], language: str) -> str:
    """The title in this language, where the document is known by one."""
    return next((each for each in (title, *other_titles) if language_of(each) == language), title)


def pointer_name(pointer: PointerTo, phrases: Phrases) -> str:
    """How a pointer is named in a sentence."""
    title = title_in(pointer.title, pointer.other_titles, phrases.language)
    if not pointer.label:
        return phrases("answer.pointer_titled", title=title)
    label = label_in(pointer.label, phrases)
    if pointer.label == pointer.title:
        return label
    return phrases("answer.pointer_labelled", label=label, title=title)
