"""Answers and paragraphs as messages: what they show, for every status and any text."""

from __future__ import annotations

import pytest
from fuzz import examples
from hypothesis import given
from hypothesis import strategies as st
from small_desk import CLOSING, LOAN, LONG, OPENING, RULES, SmallDesk, library
from strict import accepted

from bot.answering.answer import Answer, Citation, PointerTo, Question, Status
from bot.telegram.callback import Open, decode, encode
from bot.telegram.pages import Page, safe
from bot.telegram.render import answer_pages, help_pages, paragraph_page
from bot.telegram.start import greeting_page
from documents.library import Library
from documents.models import Document, Paragraph
from prompts.phrases import phrases

texts = st.text(max_size=300) | st.text("<>&_*\"'\n\0\ud800😀 中", max_size=300)
long_texts = st.tuples(texts, st.integers(1, 30)).map(lambda each: each[0] * each[1])
citations = st.builds(
    Citation,
    document=st.just(RULES.id),
    title=texts,
    paragraph=st.integers(1, 4),
    label=st.none() | texts,
    section=st.lists(texts, max_size=3).map(tuple),
    page=st.none() | st.integers(-1, 9999),
    quote=long_texts,
    text=long_texts,
    related=st.booleans(),
)
pointers = st.builds(PointerTo, label=st.none() | texts, title=texts, number=st.none() | texts, present=st.booleans())
answers = st.builds(
    Answer,
    status=st.sampled_from(Status),
    language=st.sampled_from(["en", "zh"]),
    text=texts,
    lead=texts,
    notes=st.lists(texts, max_size=3).map(tuple),
    citations=st.lists(citations, max_size=8).map(tuple),
    pointers=st.lists(pointers, max_size=4).map(tuple),
    suggestions=st.lists(texts, max_size=12).map(tuple),
)


def labels(page: Page) -> list[str]:
    return [button.label for row in page.buttons for button in row]


def answer_to(question: str) -> Answer:
    return SmallDesk().ask(Question(text=question))


@examples(150)
@given(answers)
def test_any_answer_becomes_messages_telegram_accepts_with_every_quote_whole(answer: Answer) -> None:
    pages = answer_pages(answer)
    shown = [accepted(page) for page in pages]
    quoted = "".join(e.of(text) for text, entities in shown for e in entities if "blockquote" in e.type)
    wanted = "".join(c.quote for c in sorted(answer.citations, key=lambda c: c.related))
    assert "".join(quoted.split()) == "".join(safe(wanted).split())
    assert len([label for label in labels(pages[-1]) if "¶" in label or "段" in label]) >= min(5, len(answer.citations))
    assert not any(page.buttons for page in pages[:-1])


@examples(60)
@given(long_texts, st.integers(0, 400), st.integers(1, 400))
def test_any_paragraph_opens_and_its_quote_is_marked(text: str, start: int, length: int) -> None:
    desk = library()
    changed = [each.model_copy(update={"text": text}) for each in desk.paragraphs(RULES.id)]
    quote = text[start : start + length]
    citation = Citation(document=RULES.id, title="T", paragraph=2, quote=quote, text=text)
    answer = Answer(status=Status.ANSWERED, language="en", text="t", lead="lead", citations=(citation,))
    action = decode(answer_pages(answer)[-1].buttons[0][0].data)
    assert isinstance(action, Open)
    page = paragraph_page(Library({RULES: changed}), action)
    assert page is not None
    accepted(page)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_mark_of_a_symbol_and_words(status: Status, language: str) -> None:
    answer = Answer(status=status, language="zh" if language == "zh" else "en", text="x", lead="Lead.")
    first, second = accepted(answer_pages(answer)[0])[0].split("\n")[:2]
    symbol, words = first.split(" ", 1)
    assert len(symbol) == 1
    assert not symbol.isalnum()
    assert words.strip()
    assert second == "Lead."


def test_an_answer_shows_its_quote_and_where_it_stands() -> None:
    page = answer_pages(answer_to("loan"))[0]
    text, entities = accepted(page)
    assert [e.of(text) for e in entities if "blockquote" in e.type] == [LOAN]
    assert "¶ 2 · Rules for the Carriers of the Harbour <provisional> · Money & boats · p. 2\n" + LOAN in text
    assert labels(page) == ["Open ¶ 2"]


@pytest.mark.parametrize(
    ("quote", "dated"), [(LOAN, False), ("Apply by 2010.", True), ("within 3 years", True), ("在2009年底前完成", True)]
)
def test_the_date_of_the_document_stands_beside_a_quote_that_names_a_time(quote: str, dated: bool) -> None:
    cited = answer_to("loan").citations[0].model_copy(update={"quote": quote, "issued_on": RULES.issued_on})
    answer = answer_to("loan").model_copy(update={"citations": (cited,)})
    assert ("1998-05-04" in answer_pages(answer)[0].plain) is dated


def test_related_passages_are_said_to_be_no_answer() -> None:
    text, _ = accepted(answer_pages(answer_to("near"))[0])
    assert text.index(phrases("en")("answer.not_stated_related")) < text.index(LOAN)


def test_pointers_say_whether_the_library_has_the_text() -> None:
    text, _ = accepted(answer_pages(answer_to("form"))[0])
    assert "Annex I: Forms (text not in the library)" in text


def test_short_suggestions_are_buttons_and_long_ones_are_listed() -> None:
    long = "which of the many provisions on the tarring of boats applies to me?"
    answer = Answer(
        status=Status.CLARIFY, language="en", text="x", lead="Which?", suggestions=("boats", long, "  ", "crews")
    )
    page = answer_pages(answer)[0]
    assert labels(page) == ["boats", "crews"]
    assert f"• {long}" in accepted(page)[0]


def open_paragraph(number: int, **more: object) -> Page:
    page = paragraph_page(library(), Open(RULES.id, number, "en", **more))  # type: ignore[arg-type]
    assert page is not None
    return page


def test_an_opened_paragraph_is_whole_with_its_quote_marked_and_its_neighbours_a_button_away() -> None:
    action = decode(answer_pages(answer_to("loan"))[0].buttons[0][0].data)
    assert isinstance(action, Open)
    page = paragraph_page(library(), action)
    assert page is not None
    text, entities = accepted(page)
    assert text.endswith(OPENING + LOAN + CLOSING)
    assert [e.of(text) for e in entities if e.type == "underline"] == [LOAN]
    assert "¶ 2 of 4 · Part One › Money & boats · p. 2" in text
    assert labels(page) == ["◀ ¶ 1", "¶ 3 ▶", "↩ Back to the answer"]


def test_reading_on_and_returning_finds_the_mark_again() -> None:
    action = decode(answer_pages(answer_to("loan"))[0].buttons[0][0].data)
    for step in (1, 0):  # the next paragraph, then the one before it
        assert isinstance(action, Open)
        page = paragraph_page(library(), action)
        assert page is not None
        action = decode(page.buttons[0][step].data)
    assert isinstance(action, Open)
    page = paragraph_page(library(), action)
    while page is not None and "¶ 2 of 4" not in page.plain:  # paragraph 3 has several parts
        action = decode(page.buttons[0][0].data)
        assert isinstance(action, Open)
        page = paragraph_page(library(), action)
    assert page is not None
    assert "<b><u>" in page.html


def test_a_long_paragraph_is_read_part_by_part() -> None:
    page = open_paragraph(3)
    seen = ""
    while True:
        text, _ = accepted(page)
        body = text.split("\n\n")[1]
        seen += body
        forward = page.buttons[0][-1]
        action = decode(forward.data)
        assert isinstance(action, Open)
        if action.paragraph != 3:
            break
        following = paragraph_page(library(), action)
        assert following is not None
        page = following
    assert "".join(seen.split()) == "".join(LONG.split())


def test_the_ends_of_a_document_have_one_neighbour_and_deep_links_no_answer_to_go_back_to() -> None:
    assert labels(open_paragraph(1, from_answer=False)) == ["¶ 2 ▶"]
    assert labels(open_paragraph(4, from_answer=False)) == ["◀ ¶ 3"]


@pytest.mark.parametrize(("document", "number"), [(RULES.id, 0), (RULES.id, 5), ("annex-1", 1), ("unknown", 1)])
def test_a_paragraph_the_library_lacks_is_none(document: str, number: int) -> None:
    assert paragraph_page(library(), Open(document, number, "en")) is None


def test_a_document_with_the_longest_id_opens_too() -> None:
    long = RULES.model_copy(update={"id": "a" * 80})
    paragraphs = [each.model_copy(update={"document": long.id}) for each in library().paragraphs(RULES.id)]
    action = decode(encode(Open(long.id, 2, "zh")))
    assert isinstance(action, Open)
    assert paragraph_page(Library({long: paragraphs}), action) is not None


def test_the_greeting_names_the_documents_present_with_number_and_date() -> None:
    text, _ = accepted(greeting_page(library(), "en"))
    assert f"• {RULES.title} · Gang [1998] No.7 · 1998-05-04" in text
    assert "Forms" not in text
    assert "not advise" in text
    assert "不提供建议" in accepted(greeting_page(library(), "zh"))[0]
    accepted(greeting_page(Library({}), "zh"))


def test_of_a_large_library_the_greeting_names_the_first_and_counts_the_rest() -> None:
    long = RULES.model_copy(update={"title": "<Rules> & more " * 300, "number": "No. 7" * 100})
    many: dict[Document, list[Paragraph]] = {long.model_copy(update={"id": f"rules-{n}"}): [] for n in range(300)}
    text, _ = accepted(greeting_page(Library(many), "en"))
    assert text.count("• ") == 5
    assert "… and 295 more: /sources" in text


def test_both_languages_have_every_phrase_with_the_same_fields() -> None:
    def fields(language: str) -> dict[str, list[str]]:
        say = phrases(language)
        return {
            key: sorted(part.split("}")[0] for part in say.raw(key).split("{")[1:])
            for key in say.keys()  # noqa: SIM118
            if key.startswith("telegram.")
        }

    assert fields("en") == fields("zh")
    for language in ("en", "zh"):
        accepted(help_pages(language)[0])
