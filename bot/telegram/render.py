"""From an answer, a paragraph or the library to messages. Pure: nothing here sends, remembers or reads a clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.answering.answer import Answer, Citation, PointerTo, Status
from bot.answering.naming import label_in, title_in
from bot.answering.times import past_times
from bot.answering.wording import related_key, several_documents
from bot.telegram.callback import Back, Language, Open, QuoteAt, Suggestion, encode, find_document, find_quote
from bot.telegram.limits import (
    ASKED_UNITS,
    BUTTONS_A_ROW,
    CITATION_BUTTONS,
    HEADING_UNITS,
    PART_UNITS,
    SUGGESTION_BUTTONS,
    SUGGESTION_UNITS,
    TITLE_UNITS,
)
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, paged, parts, safe, shorten, units
from documents.library import Library
from documents.models import Document, Paragraph
from prompts.phrases import Phrases, phrases

Rows = tuple[tuple[Button, ...], ...]


def answer_pages(answer: Answer, question: str | None = None, before: Sequence[Block] = ()) -> list[Page]:
    """The messages of an answer: status, lead, quotes with their places, notes, pointers; buttons on the last.

    ``question`` is given where no message of the asker holds it: it is shown, and paragraphs open in messages of their
    own, as the way back to an answer leads over its question. ``before`` is what is said first.
    """
    say = phrases(answer.language)
    stands_on = [each for each in answer.citations if not each.related]
    related = [each for each in answer.citations if each.related]
    dated = several_documents(answer.citations) or any(map(_names_a_time, answer.citations))
    blocks = [
        *before,
        *([block(Run(shorten(question, ASKED_UNITS), Style.ITALIC))] if question else []),
        block(Run(say(f"telegram.mark_{answer.status.value}"), Style.BOLD)),
        block(answer.lead.strip() or answer.text, tight=True),
        *(part for each in stands_on for part in citation_blocks(each, say, dated=dated)),
        *(block(Run(note, Style.ITALIC)) for note in answer.notes),
        *_pointers(answer.pointers, say),
        *([block(Run(say(related_key(answer.status)), Style.BOLD))] if related else []),
        *(part for each in related for part in citation_blocks(each, say, dated=dated)),
        *_listed(answer, say),
    ]
    pages = paged(blocks, say.raw("telegram.page_mark"))
    rows = _answer_buttons(answer, [*stands_on, *related], say, apart=question is not None)
    pages[-1] = replace(pages[-1], buttons=rows)
    return pages


def paragraph_page(library: Library, wanted: Open) -> Page | None:
    """A paragraph in its place, its quote marked; ``None`` where the library has no such paragraph."""
    document = find_document(library, wanted.document)
    if document is None:
        return None
    texts = library.paragraphs(document.id)
    at = next((at for at, text in enumerate(texts) if text.number == wanted.paragraph), None)
    if at is None:
        return None
    say = phrases(wanted.language)
    paragraph = texts[at]
    pieces = parts(_marked(paragraph, wanted.quote), PART_UNITS)
    part = _shown_part(pieces, wanted.part)
    heading = [
        block(Run(shorten(_title(document), HEADING_UNITS), Style.BOLD)),
        block(_where(paragraph, say, of=len(texts), limit=HEADING_UNITS), tight=True),
    ]
    foot = []
    if len(pieces) > 1:
        foot.append(block(Run(say("telegram.part", part=part + 1, parts=len(pieces)), Style.ITALIC)))
    beside = (texts[at - 1].number if at else None, texts[at + 1].number if at + 1 < len(texts) else None)
    buttons = _paragraph_buttons(wanted, document, beside, part, len(pieces), say)
    return page([*heading, pieces[part], *foot], buttons)


def help_pages(language: str) -> list[Page]:
    """How to use the bot."""
    say = phrases(language)
    return paged([block(say("telegram.help"))], say.raw("telegram.page_mark"))


def line_page(key: str, language: str) -> Page:
    """One fixed line of ``telegram.toml``."""
    return page([block(phrases(language)(f"telegram.{key}"))])


def citation_blocks(
    citation: Citation, say: Phrases, *, dated: bool = False, most: int | None = None
) -> Iterable[Block]:
    """Where a quote stands, and the quote; of a longer one than ``most`` units the beginning."""
    yield block(
        Run(say("telegram.paragraph", number=citation.paragraph), Style.BOLD),
        "".join(
            f" · {detail}"
            for detail in (
                shorten(citation.title, TITLE_UNITS),
                *(shorten(name, TITLE_UNITS) for name in citation.section[-1:]),
                *([shorten(citation.label, TITLE_UNITS)] if citation.label else []),
                *([say("telegram.page", page=citation.page)] if citation.page is not None else []),
                *([citation.issued_on.isoformat()] if dated and citation.issued_on else []),
            )
        ),
    )
    if citation.first_row is not None:
        yield block(Run(shorten(citation.first_row, HEADING_UNITS), Style.ITALIC), tight=True)
    quote = block(citation.quote, quote=True, tight=True)
    if most is not None and units(quote.text) > most:
        beginning = parts(quote, most)[0]
        quote = replace(beginning, runs=(*beginning.runs, Run(" …")), tight=True)
    yield quote


def _names_a_time(citation: Citation) -> bool:
    """Whether a quote says by when, or within how long: it is read beside the date of its document then."""
    return bool(past_times(citation.quote, citation.issued_on, date.max))


def _pointers(pointers: Sequence[PointerTo], say: Phrases) -> Iterable[Block]:
    if pointers:
        yield block(Run(say("telegram.pointers"), Style.BOLD))
    for each in pointers:
        presence = say("telegram.present" if each.present else "telegram.absent")
        title = title_in(each.title, each.other_titles, say.language)
        name = " · ".join(part for part in (title, each.number) if part)
        label = label_in(each.label, say) if each.label else None
        yield block(
            "• ",
            Run(say("telegram.label", label=label) if label else "", Style.BOLD),
            say("telegram.pointer", name=name, presence=presence),
            tight=True,
        )


def _suggestion_buttons(suggestions: Sequence[str]) -> dict[int, str]:
    """The suggestions short enough for a button, by their place; a button shows all of its text or none."""
    shown = ((index, safe(each).strip()) for index, each in enumerate(suggestions))
    short = {index: text for index, text in shown if 0 < units(text) <= SUGGESTION_UNITS}
    return dict(list(short.items())[:SUGGESTION_BUTTONS])


def _listed(answer: Answer, say: Phrases) -> Iterable[Block]:
    # The lead of a clarifying answer already asks which of them is meant.
    if answer.suggestions and answer.status is not Status.CLARIFY:
        yield block(Run(say("telegram.suggestions"), Style.BOLD))
    buttons = _suggestion_buttons(answer.suggestions)
    for index, each in enumerate(answer.suggestions):
        if index not in buttons:
            yield block(f"• {each}", tight=True)


def opening_rows(citations: Sequence[Citation], say: Phrases, language: Language, *, apart: bool) -> Rows:
    """A button for each of the first citations, which opens its paragraph."""
    opening = [
        Button(
            say("telegram.open", number=each.paragraph),
            encode(
                Open(
                    each.document,
                    each.paragraph,
                    language,
                    quote=find_quote(each.paragraph, each.quote, each.text),
                    from_answer=not apart,
                    apart=apart,
                )
            ),
        )
        for each in citations[:CITATION_BUTTONS]
    ]
    return in_rows(opening, BUTTONS_A_ROW)


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """Rows of so many buttons."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def _answer_buttons(answer: Answer, citations: Sequence[Citation], say: Phrases, *, apart: bool) -> Rows:
    asking = [
        Button(text, encode(Suggestion(index, answer.language)))
        for index, text in _suggestion_buttons(answer.suggestions).items()
    ]
    return (*opening_rows(citations, say, answer.language, apart=apart), *in_rows(asking, 1))


def _title(document: Document) -> str:
    return " · ".join(part for part in (document.title, document.number) if part)


def _where(paragraph: Paragraph, say: Phrases, *, of: int, limit: int) -> str:
    details = [say("telegram.paragraph_of", number=paragraph.number, total=of)]
    details += [shorten(" › ".join(paragraph.section), limit)] if paragraph.section else []
    details += [shorten(paragraph.label, TITLE_UNITS)] if paragraph.label else []
    details += [say("telegram.page", page=paragraph.page)] if paragraph.page is not None else []
    return " · ".join(details)


def _marked(paragraph: Paragraph, quote: QuoteAt | None) -> Block:
    text = paragraph.text
    if quote is None or quote.paragraph != paragraph.number or not quote.within(text):
        return block(text)
    return block(text[: quote.start], Run(text[quote.start : quote.end], Style.MARK), text[quote.end :])


def _shown_part(pieces: Sequence[Block], wanted: int | None) -> int:
    if wanted is not None:
        return min(wanted, len(pieces) - 1)
    marked = (index for index, each in enumerate(pieces) if any(run.style is Style.MARK for run in each.runs))
    return next(marked, 0)


def _paragraph_buttons(
    wanted: Open, document: Document, beside: tuple[int | None, int | None], part: int, of: int, say: Phrases
) -> Rows:
    """``beside`` are the numbers of the paragraphs before and after it in reading order."""
    previous, following = beside
    here = replace(wanted, document=document.id, apart=False)
    row = []
    if part > 0:
        row.append(Button(say("telegram.previous_part", part=part), encode(replace(here, part=part - 1))))
    elif previous is not None:
        before = replace(here, paragraph=previous, part=None)
        row.append(Button(say("telegram.previous", number=before.paragraph), encode(before)))
    if part + 1 < of:
        row.append(Button(say("telegram.next_part", part=part + 2), encode(replace(here, part=part + 1))))
    elif following is not None:
        after = replace(here, paragraph=following, part=None)
        row.append(Button(say("telegram.next", number=after.paragraph), encode(after)))
    rows: list[tuple[Button, ...]] = [tuple(row)] if row else []
    if wanted.from_answer:
        rows.append((Button(say("telegram.back"), encode(Back(wanted.language))),))
    return tuple(rows)
