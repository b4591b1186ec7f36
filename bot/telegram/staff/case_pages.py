"""A case as the staff's chat shows it: a card with its state and buttons, and what does not fit below it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.staff.cases import Case, Given, Record, State
from bot.telegram.callback import Language
from bot.telegram.limits import BUTTONS_A_ROW, PAGE_UNITS, TITLE_UNITS
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, paged, shorten, units
from bot.telegram.people import person_of
from bot.telegram.render import Rows, in_rows
from bot.telegram.staff.case_data import CaseClick, Verb, encode_case
from bot.telegram.staff.limits import CARD_UNITS, COLLEAGUE_UNITS, EARLIER_UNITS, PUT_OFF_HOURS, TOPIC_UNITS
from prompts.phrases import Phrases, phrases

Titles = Callable[[str], str]
"""The title of a document by its id; the id where there is none."""

_VERBS = {
    State.OPEN: (Verb.TAKE, Verb.WHOM, Verb.WHEN, Verb.CLOSE, Verb.WRONG),
    State.ASSIGNED: (Verb.BACK, Verb.WHOM, Verb.WHEN, Verb.CLOSE, Verb.WRONG),
    State.SNOOZED: (Verb.BACK, Verb.WHOM, Verb.CLOSE, Verb.WRONG),
    State.ANSWERED: (Verb.OFFICIAL, Verb.CLOSE, Verb.REOPEN, Verb.WRONG),
    State.CLOSED: (Verb.REOPEN, Verb.WRONG),
}


def topic_name(case: Case, language: Language) -> str:
    """What the topic of a case is called."""
    question = case.record.question if case.record else ""
    return shorten(f"{phrases(language)('casework.case', case=case.id)} · {question}", TOPIC_UNITS)


def case_pages(case: Case, language: Language, holder: str | None, titles: Titles) -> list[Page]:
    """The card, and where it is too long for one message what belongs to it on further ones.

    ``holder`` is the name of whoever has the case.
    """
    say = phrases(language)
    head = _head(case, say, holder)
    if case.record is None:
        return [page([*head, block(say("casework.forgotten"))])]
    body = [*_asked(case.record, say), *_given(case.record.answer, say, titles)]
    foot = block(Run(say("casework.how_to_answer"), Style.ITALIC))
    whole = [*head, *body, foot]
    if sum(units(each.text) + 2 for each in whole) <= PAGE_UNITS and not _is_split(whole, say):
        return [page(whole, case_rows(case, language))]
    short = block(shorten(case.record.question, CARD_UNITS), quote=True)
    card = page([*head, short, block(say("casework.more_below")), foot], case_rows(case, language))
    return [card, *paged(body, say.raw("telegram.page_mark"))]


def case_rows(case: Case, language: Language) -> Rows:
    """What can be done with a case as it stands."""
    say = phrases(language)
    buttons = [
        Button(say(f"casework.do_{verb.value}"), encode_case(CaseClick(verb, case.id))) for verb in _VERBS[case.state]
    ]
    return in_rows(buttons, BUTTONS_A_ROW)


def put_off_rows(case: Case, language: Language) -> Rows:
    """For how long a case may be put off."""
    say = phrases(language)
    choices = [
        Button(
            say("casework.hours", hours=hours) if hours % 24 else say("casework.days", days=hours // 24),
            encode_case(CaseClick(Verb.PUT_OFF, case.id, hours)),
        )
        for hours in PUT_OFF_HOURS
    ]
    return (tuple(choices), _way_back(case, say))


def give_rows(case: Case, colleagues: Sequence[tuple[int, str]], language: Language) -> Rows:
    """To whom a case may be given: people with their names."""
    choices = [
        Button(shorten(name, COLLEAGUE_UNITS), encode_case(CaseClick(Verb.GIVE, case.id, to=person)))
        for person, name in colleagues
    ]
    return (*in_rows(choices, BUTTONS_A_ROW), _way_back(case, phrases(language)))


def _way_back(case: Case, say: Phrases) -> tuple[Button, ...]:
    return (Button(say("casework.do_card"), encode_case(CaseClick(Verb.CARD, case.id))),)


def _is_split(blocks: list[Block], say: Phrases) -> bool:
    return len(paged(blocks, say.raw("telegram.page_mark"))) > 1


def _head(case: Case, say: Phrases, holder: str | None) -> list[Block]:
    state = say(f"staff.state_{case.state.value}")
    if holder is not None and case.state in (State.ASSIGNED, State.SNOOZED, State.ANSWERED):
        state = say("casework.state_with", state=state, holder=holder)
    facts = [say(f"staff.reason_{case.reason.value}"), say(f"casework.language_{case.language}")]
    record = case.record
    if record is not None:
        known = person_of(record.role) if record.role else None
        facts.append(say(f"telegram.person_{known.id}") if known else say("casework.role_unknown"))
        if record.contact is not None:
            named = " ".join(part for part in (record.contact.name, record.contact.phone) if part)
            facts.append(say("casework.agreed", contact=named))
    facts.append(say("staff.asker_reachable" if case.reachable else "staff.asker_unreachable"))
    mark = "" if case.reachable else "⛔ "
    return [
        block(Run(f"{mark}{say('casework.case', case=case.id)} · {state}", Style.BOLD)),
        block(" · ".join(facts), tight=True),
    ]


def _asked(record: Record, say: Phrases) -> Iterable[Block]:
    yield block(Run(say("casework.question"), Style.BOLD))
    yield block(record.question, quote=True, tight=True)
    if record.conversation:
        yield block(Run(say("casework.earlier"), Style.BOLD))
        for each in record.conversation:
            yield block(f"• {shorten(each, EARLIER_UNITS)}", tight=True)


def _given(answer: Given | None, say: Phrases, titles: Titles) -> Iterable[Block]:
    if answer is None:
        return
    yield block(Run(say("casework.answer"), Style.BOLD), f" · {say(f'staff.status_{answer.status}')}")
    yield block(answer.text, quote=True, tight=True)
    for each in answer.citations:
        where = say("telegram.paragraph", number=each.paragraph)
        label = f" · {shorten(each.label, TITLE_UNITS)}" if each.label else ""
        yield block(Run(where, Style.BOLD), f" · {shorten(titles(each.document), TITLE_UNITS)}{label}", tight=True)
