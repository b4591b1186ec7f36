"""How a document is called in the language of an answer: its label, and of its titles the one in that language."""

from __future__ import annotations

import re

from bot.answering.answer import PointerTo
from documents.ordinals import ordinal, roman
from documents.text import language_of
from prompts.phrases import Phrases

_APPENDIX = re.compile(r"(?:appendix|annex)\s*(?P<number>\w+)|附件(?P<han>\w+)", re.IGNORECASE)


def label_in(label: str, phrases: Phrases) -> str:
    """A label such as "Appendix II" as the language writes it, 附件二; any other label as it is."""
    match = _APPENDIX.fullmatch(label.strip())
    if match is None or language_of(label) == phrases.language:
        return label
    written = match["number"] or match["han"]
    value = ordinal(written) or roman(written)
    if value is None:
        return label
    numerals = phrases("answer.numerals").split()
    number = numerals[value - 1] if value <= len(numerals) else str(value)
    return phrases("answer.appendix_label", number=number)


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
