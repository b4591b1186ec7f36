"""The menu of programmes, and the page of each: what it gives in the document's words, and what to ask of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.eligibility.check import Check
from bot.telegram.callback import Language
from bot.telegram.check_begin import begun_for, check_row
from bot.telegram.limits import ENTRY_UNITS, MENU_BUTTONS, MENU_UNITS, OVERVIEW_QUOTE_UNITS, OVERVIEW_QUOTES
from bot.telegram.menu_data import (
    AskTopic,
    Home,
    ShowMenu,
    ShowPerson,
    ShowTopic,
    encode_menu,
    topic_name,
)
from bot.telegram.pages import Button, Page, Run, Style, block, page, shorten
from bot.telegram.people import Person
from bot.telegram.render import Rows, citation_blocks, in_rows, opening_rows
from bot.telegram.topics import Topics, Wanted
from documents.measures import Measure
from prompts.phrases import Phrases, phrases


def menu_page(topics: Topics, number: int, language: Language) -> Page:
    """A page of the menu; the last one where there are fewer than ``number``, which counts from 0."""
    say = phrases(language)
    measures = topics.menu()
    if not measures:
        return page([block(say("telegram.programmes_none"))], (_home(say, language),))
    pages = -(-len(measures) // MENU_BUTTONS)
    number = min(number, pages - 1)
    shown = measures[number * MENU_BUTTONS : (number + 1) * MENU_BUTTONS]
    turning = turning_row(number, pages, say, lambda to: encode_menu(ShowMenu(to, language)))
    blocks = [block(Run(say("telegram.programmes"), Style.BOLD)), block(say("telegram.programmes_what"), tight=True)]
    return page(blocks, (*topic_buttons(shown, "", language), *turning, _home(say, language)))


def topic_page(topics: Topics, check: Check, measure: Measure, person: Person | None, language: Language) -> Page:
    """A programme: its document, what it gives with the paragraphs, and buttons that ask."""
    say = phrases(language)
    document = topics.library.document(measure.document)
    gives = topics.gives(measure)[:OVERVIEW_QUOTES]
    dated = document.issued_on.isoformat() if document.issued_on else None
    blocks = [
        block(Run(shorten(name_of(measure, language), ENTRY_UNITS), Style.BOLD)),
        block(
            " · ".join(shorten(each, ENTRY_UNITS) for each in (document.title, document.number, dated) if each),
            tight=True,
        ),
        block(say("telegram.programme_gives" if gives else "telegram.programme_silent")),
        *(part for each in gives for part in citation_blocks(each, say, most=OVERVIEW_QUOTE_UNITS)),
    ]
    name = topic_name(measure)
    checked = begun_for(check, topics, measure, person)
    asking = [
        Button(say(f"telegram.ask_{wanted.value}"), encode_menu(AskTopic(name, wanted, language)))
        for wanted in Wanted
        if topics.question(measure, wanted, language)
    ]
    rows: Rows = (
        *in_rows(asking, 2),
        *opening_rows(gives, say, language, apart=True),
        *check_row(checked, say, language),
        _way_back(say, person, language),
    )
    return page(blocks, rows)


def topic_buttons(measures: Sequence[Measure], person: str, language: Language) -> Rows:
    """A button for each programme; ``person`` is whose page they stand on, empty for none."""
    return tuple(
        (
            Button(
                shorten(name_of(each, language), MENU_UNITS),
                encode_menu(ShowTopic(topic_name(each), person, language)),
            ),
        )
        for each in measures
    )


def turning_row(number: int, pages: int, say: Phrases, data: Callable[[int], str]) -> Rows:
    """The buttons to the pages before and after one, which is counted from 0; no row where there is no other page."""
    row = []
    if number > 0:
        row.append(Button(say("telegram.page_before", page=number, pages=pages), data(number - 1)))
    if number + 1 < pages:
        row.append(Button(say("telegram.page_after", page=number + 2, pages=pages), data(number + 1)))
    return (tuple(row),) if row else ()


def name_of(measure: Measure, language: Language) -> str:
    """The name of a programme in this language."""
    return measure.names.zh if language == "zh" else measure.names.en


def _home(say: Phrases, language: Language) -> tuple[Button, ...]:
    return (Button(say("telegram.to_start"), encode_menu(Home(language))),)


def _way_back(say: Phrases, person: Person | None, language: Language) -> tuple[Button, ...]:
    menu = Button(say("telegram.to_programmes"), encode_menu(ShowMenu(0, language)))
    if person is None:
        return (menu, *_home(say, language))
    name = say(f"telegram.person_{person.id}")
    return (Button(say("telegram.to_person", name=name), encode_menu(ShowPerson(person.id, language))), menu)
