"""Every page of the menus and of the check is one that Telegram takes, in both languages, of any library."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import strict
from telegram_html import Entity

from bot.eligibility.check import Check
from bot.telegram.callback import Language, Suggestion, decode
from bot.telegram.check_data import CheckClick, click_of
from bot.telegram.checking import check_page
from bot.telegram.pages import Page
from bot.telegram.people import people
from bot.telegram.prepared import Content, Prepared
from bot.telegram.programmes import menu_page, topic_page
from bot.telegram.sources import sources_page
from bot.telegram.start import ParagraphLink, TopicLink, greeting_page, person_page, read_link
from bot.telegram.topics import Topics, Wanted
from documents.conditions import Programmes
from documents.knowledge import Cell, CellStatus, Evidence, Knowledge
from documents.library import HeldText, Library
from documents.loading import SHIPPED, load_corpus
from documents.measures import Asks, Audience, KnownAs, Measure, Names
from documents.models import Document, DocumentStatus, Paragraph

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def accepted(page: Page) -> tuple[str, list[Entity]]:
    """What Telegram shows of a page, having held it to its rules; no two buttons of a menu do the same."""
    assert len({b.data for row in page.buttons for b in row}) == sum(map(len, page.buttons))
    return strict.accepted(page)


def labels(page: Page) -> list[str]:
    return [button.label for row in page.buttons for button in row]


@pytest.fixture(scope="module")
def content() -> Content:
    return Prepared(SHIPPED).of(load_corpus()[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_programme_shows_what_it_gives_word_for_word(content: Content, language: Language) -> None:
    topics, check = content
    assert len(topics.menu()) == 12
    for measure in topics.menu():
        for person in (None, *people()):
            text, entities = accepted(topic_page(topics, check, measure, person, language))
            quotes = [entity.of(text) for entity in entities if "blockquote" in entity.type]
            assert quotes == [citation.quote for citation in topics.gives(measure)]
            assert quotes
        for citation in topics.gives(measure):
            assert citation.quote in topics.library.paragraph(measure.document, citation.paragraph).text


def test_the_words_of_each_programme_are_its_own(content: Content) -> None:
    topics = content.topics
    gives = {m.id: " ".join(c.quote for c in topics.gives(m)) for m in topics.menu()}
    assert "provide credit insurance" in gives["credit_insurance"]
    assert "policy-based loans" not in gives["credit_insurance"]
    assert gives["enterprise_loans"].startswith("China Development Bank will")
    assert "interest payment" in gives["central_west"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_shown_what_concerns_them(content: Content, language: Language) -> None:
    topics, check = content
    shown = {each.id: labels(person_page(topics, check, each, language)) for each in people()}
    for each in people():
        accepted(person_page(topics, check, each, language))
    names = {m.id: m.names.zh if language == "zh" else m.names.en for m in topics.menu()}
    assert names["talent_training"] in shown["graduate"]
    assert names["enterprise_loans"] in shown["enterprise"]
    assert names["enterprise_loans"] not in shown["graduate"] + shown["staff"]
    assert names["base_cities"] in shown["staff"]
    assert names["base_cities"] not in shown["graduate"] + shown["enterprise"]
    everywhere = [names["information_platform"]]
    assert all(set(everywhere) <= set(each) for each in shown.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_behind_the_buttons_are_those_of_their_cell(content: Content, language: Language) -> None:
    knowledge = load_corpus()[1]
    known = {(q.language, q.question): (q.measure, q.cell) for q in knowledge.questions}
    asked = 0
    for measure in content.topics.menu():
        for wanted in Wanted:
            question = content.topics.question(measure, wanted, language)
            cell = any((c.measure, c.cell) == (measure.id, wanted.value) for c in knowledge.cells)
            assert (question is not None) == cell
            if question is not None:
                assert known[language, question] == (measure.id, wanted.value)
                asked += 1
    assert asked >= 20


def on_the_way(check: Check) -> Iterator[CheckClick]:
    """The steps of 120 checks; mostly the first choice is taken, as a condition that fails ends the questions."""
    for seed in range(120):
        dice, state = random.Random(seed), check.begin()
        while prompt := check.prompt(state, "en"):
            yield click_of(state, check, "en")
            first = prompt.about == "condition" and dice.random() < 0.6
            state = check.reply(state, (prompt.choices[0] if first else dice.choice(prompt.choices)).id)
        yield click_of(state, check, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_outcome_of_the_check_fits(content: Content, language: Language) -> None:
    check = content.check
    ends = 0
    for click in on_the_way(check):
        text, _ = accepted(check_page(check, replace(click, language=language)))
        ends += ("no promise" in text) or ("也不是承诺" in text)
    assert ends == 120


def test_a_choice_too_long_for_its_button_is_read_in_the_text(content: Content) -> None:
    check = content.check
    state = check.begin("enterprise", "credit-insurance")
    state = check.reply(state, "yes")
    page = check_page(check, click_of(state, check, "en"))
    text, _ = accepted(page)
    assert "3 · Another service for customers, such as a call centre, bookkeeping or translation" in text
    assert labels(page)[2].startswith("3 · Another service")


def test_without_prepared_data_the_pages_say_so() -> None:
    library = Library({})
    topics, check = Topics(Knowledge(), library), Check(Programmes(), library)
    assert "No programmes" in accepted(menu_page(topics, 0, "en"))[0]
    assert "No conditions" in accepted(check_page(check, CheckClick("begin", "en")))[0]
    assert "no document" in accepted(sources_page(library, 0, "en"))[0]
    text, _ = accepted(person_page(topics, check, people()[0], "en"))
    assert "No programmes" in text


def big() -> tuple[Topics, Check]:
    """A library of long and many things: 40 programmes, titles and paragraphs of any length, markup everywhere."""
    text = "Every <carrier> & every _boat_ is to be *tarred* 船只须保持干燥。" * 200
    documents = {
        Document(
            id=f"rules-{n}", title="<Rules> & more " * 60, number="No. <7> " * 40, label="Annex <I> " * 20,
            issued_on=date(1998, 5, 4), status=(*DocumentStatus, DocumentStatus.PRESENT)[n % 4],
            parent="rules-0" if n % 4 == 1 else None,
        ): [] if n % 4 == 1 else [Paragraph(document=f"rules-{n}", number=m, text=text) for m in range(1, 9)]
        for n in range(30)
    }  # fmt: skip
    measures = tuple(
        Measure(
            document="rules-0", id=f"m{n}", names=Names(en=f"<M> & {n} " * 60, zh=f"措施{n}" * 100),
            known_as=KnownAs(en=("m",), zh=("m",)), audience=(Audience.ANYONE,), menu=True, order=1,
        )
        for n in range(40)
    )  # fmt: skip
    cells = tuple(
        Cell(
            document="rules-0", measure=f"m{n}", cell="what_it_gives", asks=Asks.WHAT, status=CellStatus.STATED,
            evidence=tuple(Evidence(document="rules-0", paragraph=m, snippet=text[:3000]) for m in range(1, 9)),
        )
        for n in range(40)
    )  # fmt: skip
    library = Library(documents)
    return Topics(Knowledge(measures=measures, cells=cells), library), Check(Programmes(), library)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_library_of_long_things_fit(language: Language) -> None:
    topics, check = big()
    for person in people():
        accepted(person_page(topics, check, person, language))
    accepted(greeting_page(topics.library, language, lost=True))
    accepted(topic_page(topics, check, topics.menu()[0], None, language))
    seen: list[str] = []
    for number in range(5):
        page = menu_page(topics, number, language)
        accepted(page)
        seen += [b.data for row in page.buttons for b in row if b.data.startswith("t")]
    assert len(set(seen)) == 40
    assert sum(accepted(sources_page(topics.library, number, language))[0].count("• ") for number in range(4)) == 30
    assert accepted(sources_page(topics.library, 99, language)) == accepted(sources_page(topics.library, 3, language))


@pytest.mark.parametrize(
    ("payload", "link"),
    [
        ("p-12", ParagraphLink(12)),
        ("p-circular-2006-556-14", ParagraphLink(14, "circular-2006-556")),
        ("p-a_b-1", ParagraphLink(1, "a_b")),
        ("ask-credit_insurance", TopicLink("credit_insurance")),
        ("p-", None),
        ("p-x", None),
        ("ask-", None),
        ("<b>", None),
        ("", None),
        ("p-1-", None),
    ],
)
def test_links_are_read(payload: str, link: object) -> None:
    assert read_link(payload) == link


def test_the_links_of_the_shipped_library_are_allowed_by_telegram(content: Content) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
    payloads = [f"ask-{measure.id}" for measure in content.topics.menu()]
    payloads += [f"p-{each.id}-35" for each in content.topics.library.in_force()]
    for payload in payloads:
        assert len(payload) <= 64
        assert set(payload) <= allowed
        assert read_link(payload) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_once_the_document_left_to_is_in_the_library_a_button_asks_it(language: Language) -> None:
    library = load_corpus()[0]
    added = library.document("appendix-2").model_copy(update={"status": DocumentStatus.PRESENT, "sha256": "0" * 64})
    text = Paragraph(document=added.id, number=1, text="A reward is paid for CMMI level 3.")
    check = Prepared(SHIPPED).of(library.joined([HeldText(added, lambda: (text,))])).check
    state = check.begin("enterprise", "certification-reward")
    for choice in ("yes", "ito", "cmmi"):
        state = check.reply(state, choice)
    page = check_page(check, click_of(state, check, language))
    accepted(page)
    asking = [b for row in page.buttons for b in row if isinstance(decode(b.data), Suggestion)]
    (ask,) = {finding.ask.of(language) for finding in check.outcome(state).findings if finding.ask}
    assert [button.label for button in asking] == [ask]
