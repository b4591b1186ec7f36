"""The first contact: what the desk is, whom it speaks to, and what links lead to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.eligibility.check import Check
from bot.telegram.callback import Language
from bot.telegram.check_begin import begun_by, check_row
from bot.telegram.limits import ENTRY_UNITS, EXAMPLE_UNITS, EXAMPLES, GREETED_DOCUMENTS, MENU_BUTTONS, TITLE_UNITS
from bot.telegram.menu_data import Home, ShowMenu, ShowPerson, encode_menu
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, shorten
from bot.telegram.people import Person, people
from bot.telegram.programmes import topic_buttons
from bot.telegram.render import Rows
from bot.telegram.topics import Topics, Wanted
from documents.library import Library
from documents.models import Document
from prompts.phrases import phrases

PLAIN_LINK = "inline"
"""What follows /start where somebody comes by a link to the bot as a whole."""

_PARAGRAPH_LINK = re.compile(r"p-(?:([a-z0-9][a-z0-9_-]*)-)?([0-9]{1,6})")
_TOPIC_LINK = re.compile(r"ask-([A-Za-z0-9_-]{1,60})")


@dataclass(frozen=True, slots=True)
class ParagraphLink:
    """A link to a paragraph; of the first document in force where none is named."""

    paragraph: int
    document: str | None = None


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A link to a programme, by the id of its measure."""

    measure: str


def read_link(payload: str) -> ParagraphLink | TopicLink | None:
    """What follows /start: ``p-12``, ``p-<document>-12``, ``ask-<measure>``; ``None`` for anything else.

    Telegram lets 64 letters, digits, hyphens and underscores through, so a document whose id holds a full stop cannot
    be named in a link.
    """
    if match := _PARAGRAPH_LINK.fullmatch(payload):
        return ParagraphLink(int(match[2]), match[1])
    if match := _TOPIC_LINK.fullmatch(payload):
        return TopicLink(match[1])
    return None


def greeting_page(library: Library, language: Language, *, lost: bool = False) -> Page:
    """What the desk is and which documents it knows, and a button for each kind of asker.

    ``lost`` says first that the link somebody came by leads to nothing.
    """
    say = phrases(language)
    documents = library.in_force()
    known = [_named(each) for each in documents[:GREETED_DOCUMENTS]]
    if more := len(documents) - len(known):
        known.append(block(say("telegram.knows_more", count=more), tight=True))
    blocks = [
        *([block(Run(say("telegram.unknown_link"), Style.ITALIC))] if lost else []),
        block(Run(say("telegram.start_what"), Style.BOLD)),
        block(say("telegram.start_how"), tight=True),
        block(say("telegram.knows") if known else say("telegram.knows_nothing")),
        *known,
        block(say("telegram.start_ask")),
        block(say("telegram.start_which"), tight=True),
    ]
    row = tuple(
        Button(say(f"telegram.person_{each.id}"), encode_menu(ShowPerson(each.id, language))) for each in people()
    )
    return page(blocks, (row,))


def person_page(topics: Topics, check: Check, person: Person, language: Language) -> Page:
    """What one kind of asker asks, and the programmes that concern them."""
    say = phrases(language)
    measures = topics.menu(person.audience)
    asked = (topics.question(each, Wanted.WHO_MAY, language) for each in measures)
    examples = [each for each in asked if each][:EXAMPLES]
    blocks = [
        block(Run(say(f"telegram.person_{person.id}_intro"), Style.BOLD)),
        *([block(say("telegram.person_asks"))] if examples else []),
        *(block(f"• {shorten(each, EXAMPLE_UNITS)}", tight=True) for each in examples),
        block(say("telegram.person_shows" if measures else "telegram.person_nothing")),
    ]
    foot = (
        Button(say("telegram.to_programmes"), encode_menu(ShowMenu(0, language))),
        Button(say("telegram.to_start"), encode_menu(Home(language))),
    )
    rows: Rows = (
        *topic_buttons(measures[:MENU_BUTTONS], person.id, language),
        *check_row(begun_by(check, person), say, language),
        foot,
    )
    return page(blocks, rows)


def _named(document: Document) -> Block:
    dated = document.issued_on.isoformat() if document.issued_on else None
    details = "".join(f" · {shorten(each, TITLE_UNITS)}" for each in (document.number, dated) if each)
    return block("• ", Run(shorten(document.title, ENTRY_UNITS), Style.BOLD), details, tight=True)
