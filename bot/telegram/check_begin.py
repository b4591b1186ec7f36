"""Where an eligibility check begins: whom a page is for, and what it is about, need not be asked. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.eligibility.check import Check
from bot.eligibility.dialogue import Dialogue
from bot.telegram.callback import Language
from bot.telegram.check_data import CheckClick, encode_check, sum_of
from bot.telegram.pages import Button
from bot.telegram.people import Person
from bot.telegram.render import Rows
from bot.telegram.topics import Topics
from documents.conditions import Programme
from documents.knowledge import Evidence
from documents.library import Library
from documents.measures import Measure
from prompts.phrases import Phrases


def begun_by(check: Check, person: Person) -> Dialogue | None:
    """The check of one kind of asker; ``None`` where there is nothing to check."""
    role = _role(check, person)
    return check.begin(role) if check.programmes(role) else None


def begun_for(check: Check, topics: Topics, measure: Measure, person: Person | None) -> Dialogue | None:
    """The check about what a measure provides; ``None`` where no conditions are prepared for that.

    Several programmes that provide it are left to choose from.
    """
    role = _role(check, person) if person else None
    words = topics.words(measure)
    fitting = [each for each in check.programmes(role) if _provides(each, words, topics.library)]
    if not fitting:
        return None
    return check.begin(role, fitting[0].id if len(fitting) == 1 else None)


def check_row(begun: Dialogue | None, say: Phrases, language: Language) -> Rows:
    """The button that begins a check; no row where there is none."""
    return ((Button(say("telegram.to_check"), begin_data(begun, language)),),) if begun else ()


def begin_data(begun: Dialogue, language: Language) -> str:
    """The data of a button that begins a check in this role, about this programme; it outlives the conditions."""
    role = sum_of(begun.role) if begun.role else ""
    programme = sum_of(begun.programme) if begun.programme else ""
    return encode_check(CheckClick("begin", language, role=role, programme=programme))


def begun_again(click: CheckClick, check: Check) -> Dialogue:
    """What such a button begins; the role and the programme are asked for where there are none of that name now."""
    role = next((each.id for each in check.roles if sum_of(each.id) == click.role), None)
    programme = next((each.id for each in check.programmes(role) if sum_of(each.id) == click.programme), None)
    return check.begin(role, programme)


def _role(check: Check, person: Person) -> str | None:
    return person.role if person.role in {each.id for each in check.roles} else None


def _provides(programme: Programme, words: Sequence[Evidence], library: Library) -> bool:
    """Whether what a programme gives and these words have a stretch of a paragraph in common."""
    return any(
        (one.document, one.paragraph) == (other.document, other.paragraph)
        and _overlap(library.paragraph(one.document, one.paragraph).text, one.snippet, other.snippet)
        for one in programme.gives
        for other in words
    )


def _overlap(text: str, one: str, other: str) -> bool:
    first, second = text.find(one), text.find(other)
    return first >= 0 and second >= 0 and first < second + len(other) and second < first + len(one)
