"""Whatever stands in a paragraph, every kind of page that shows it is one that Telegram takes, and shows all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

from bot_api_server import RefusedError
from fuzz import LONGEST, paragraphs
from strict import accepted, offered

from bot.answering.answer import Answer, Citation, Language, PointerTo, Status
from bot.answering.cite import citation_of
from bot.staff.cases import Case, Contact, Reason, Record, State, given_of
from bot.telegram.callback import Open, decode
from bot.telegram.inline_results import passage_results
from bot.telegram.limits import MORE_AT_ONCE
from bot.telegram.pages import Page, safe, shorten
from bot.telegram.render import answer_pages, paragraph_page
from bot.telegram.staff.asker_pages import reply_pages
from bot.telegram.staff.case_pages import case_pages, topic_name
from bot.telegram.under import further_page, with_foot
from documents.library import Library
from documents.models import Document, Paragraph

PLACE = 2
"""The number of the paragraph that holds the text."""
SHORT = 1_500
"""Characters up to which a text is shown once on a page that may show it more often."""


def library_of(text: str) -> Library:
    """A document that is named, parted and labelled by its text as well."""
    document = Document(id="fuzzed", title=text[:400], number=text[:90], label=text[:70])
    texts = ("Before.", text, "After.")
    return Library(
        {
            document: [
                Paragraph(document=document.id, number=n, text=each, section=(text[:400],), label=text[:80], page=n)
                for n, each in enumerate(texts, 1)
            ]
        }
    )


def answer_on(cited: Citation, status: Status, language: Language) -> Answer:
    text = cited.text
    return Answer(
        status=status,
        language=language,
        text=text,
        lead=text[:300],
        notes=(text[:200],),
        citations=(cited, cited.model_copy(update={"quote": text[-len(text) // 3 :], "related": True})),
        pointers=(PointerTo(label=text[:80], title=text[:300], number=text[:60]),),
        suggestions=(text[:50], text[:200]),
    )


def body(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def quoted(pages: list[Page]) -> str:
    shown = [accepted(page) for page in pages]
    return body(e.of(text) for text, entities in shown for e in entities if "blockquote" in e.type)


def opened(library: Library, wanted: Open) -> str:
    """What the parts of an opened paragraph show between heading and foot."""
    shown = []
    for part in count():
        page = paragraph_page(library, replace(wanted, part=part))
        assert page is not None
        between = accepted(page)[0].partition("\n\n")[2]
        following = [decode(button.data) for row in page.buttons for button in row]
        more = any(isinstance(f, Open) and (f.paragraph, f.part) == (PLACE, part + 1) for f in following)
        shown.append(between.rpartition("\n\n")[0] if more or part else between)
        if not more:
            return body(shown)
    raise AssertionError


def hold(text: str, number: int) -> None:
    """Hold every page that shows this text to what Telegram takes."""
    library = library_of(text)
    language: Language = "en" if number % 2 else "zh"
    cited = citation_of(library.paragraph("fuzzed", PLACE), text, library)
    answer = answer_on(cited, list(Status)[number % len(Status)], language)
    pages = answer_pages(answer, text if number % 3 == 0 else None)
    assert quoted(with_foot(pages, answer, more=True, person=True)) == body(
        safe(each.quote) for each in answer.citations
    )

    action = decode(pages[-1].buttons[0][0].data)
    assert isinstance(action, Open)
    assert opened(library, action) == body([safe(text)])

    # More than one of short texts would be the same again.
    many = 5 if len(text) > SHORT else 1
    accepted(further_page([cited] * min(many, MORE_AT_ONCE), language, more=True))
    offers = [cited.model_copy(update={"paragraph": n}) for n in range(1, many + 1)]
    assert 1 <= len(offered(passage_results(offers, language))) <= many

    record = Record(question=safe(text), conversation=(text,) * many, role="graduate", answer=given_of(answer))
    if number % 2:
        record = record.model_copy(update={"contact": Contact(agreed=True, name=text[:120], phone=text[:40])})
    state = list(State)[number % len(State)]
    times = {"opened_at": 0.0, "changed_at": 0.0}
    case = Case(
        id=number, state=state, reason=Reason.ASKER, holder=1, record=record, language=language,
        reachable=number % 5 > 0, **times,
    )  # fmt: skip
    for page in case_pages(case, language, shorten(text, 60), lambda _: text[:500]):
        accepted(page)
    name = topic_name(case, language)
    assert 1 <= len(name) <= 128
    assert name.strip()
    for page in reply_pages({"lead": text[:90], "text": text, "language": language}):
        accepted(page)


def test_every_page_of_2000_fuzzed_paragraphs_is_accepted() -> None:
    held = 0
    longest = 0
    for number, text in enumerate(paragraphs(2_000)):
        try:
            hold(text, number)
        except (RefusedError, AssertionError, ValueError) as fault:
            raise AssertionError(f"paragraph {number}, {text[:300]!r}: {fault}") from fault
        held += 1
        longest = max(longest, len(text))
    assert (held, longest) == (2_000, LONGEST)
