"""What is offered inline: passages to send into any chat, each with its source. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.answering.answer import Citation
from bot.telegram.callback import Language, hashed
from bot.telegram.limits import (
    ASKED_UNITS,
    ENTRY_UNITS,
    INLINE_BESIDE_BYTES,
    INLINE_BYTES,
    INLINE_OFFERS,
    INLINE_QUOTE_UNITS,
    INLINE_SHOWN_UNITS,
    INLINE_TITLE_UNITS,
    TITLE_UNITS,
)
from bot.telegram.pages import Block, Page, Run, Style, block, page, parts, shorten, units
from bot.telegram.topics import Topics, Wanted
from prompts.phrases import Phrases, phrases


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One of a list to choose from: its name in the list of at most 64 bytes, two lines, and the message it sends."""

    id: str
    title: str
    description: str
    message: Page


def passage_results(citations: Iterable[Citation], language: Language) -> list[InlineResult]:
    """The first passages, each paragraph once; document and paragraph above the quote."""
    say = phrases(language)
    found: dict[str, InlineResult] = {}
    for each in citations:
        name = hashed(f"{each.document}#{each.paragraph}")
        title = f"{say('telegram.paragraph', number=each.paragraph)} · {each.title}"
        found.setdefault(name, _result(name, title, each, _passage(each, say)))
    return _together(list(found.values())[:INLINE_OFFERS])


def starting_results(topics: Topics, language: Language) -> list[InlineResult]:
    """Some questions to start with, and where the documents state the answer to each."""
    say = phrases(language)
    found = []
    for measure in topics.menu():
        question = topics.question(measure, Wanted.WHO_MAY, language)
        stated = topics.states(measure, Wanted.WHO_MAY)
        if question and stated:
            name = hashed(f"{measure.document}/{measure.id}")
            asked = block(Run(shorten(question, ASKED_UNITS), Style.ITALIC))
            found.append(_result(name, question, stated[0], [asked, *_passage(stated[0], say)]))
    return _together(found[:INLINE_OFFERS])


def _together(results: list[InlineResult]) -> list[InlineResult]:
    """The first of them that fit into one request; five long passages in Chinese do not."""
    sizes = (len(json.dumps([each.id, each.title, each.description, each.message.html])) for each in results)
    ends = accumulate(size + INLINE_BESIDE_BYTES for size in sizes)
    return [each for each, end in zip(results, ends, strict=True) if end <= INLINE_BYTES]


def _result(name: str, title: str, citation: Citation, message: list[Block]) -> InlineResult:
    shown = shorten(citation.quote, INLINE_SHOWN_UNITS)
    return InlineResult(name, shorten(title, INLINE_TITLE_UNITS), shown, page(message))


def _passage(citation: Citation, say: Phrases) -> list[Block]:
    quote = block(citation.quote, quote=True)
    if units(quote.text) > INLINE_QUOTE_UNITS:
        beginning = parts(quote, INLINE_QUOTE_UNITS)[0]
        quote = replace(beginning, runs=(*beginning.runs, Run(" …")))
    details = (
        shorten(citation.title, ENTRY_UNITS),
        citation.number,
        citation.issued_on.isoformat() if citation.issued_on else None,
        *citation.section[-1:],
        citation.label,
        say("telegram.page", page=citation.page) if citation.page is not None else None,
    )
    named = [shorten(each, ENTRY_UNITS if at == 0 else TITLE_UNITS) for at, each in enumerate(details) if each]
    number = Run(say("telegram.paragraph", number=citation.paragraph), Style.BOLD)
    return [quote, block(number, "".join(f" · {each}" for each in named), tight=True)]
