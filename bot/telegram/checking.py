"""The eligibility check as messages: a question with its choices, the outcome in words, the end. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answering.answer import Citation
from bot.eligibility.check import Check
from bot.eligibility.dialogue import Choice, Dialogue, Prompt
from bot.eligibility.outcome import Outcome
from bot.eligibility.wording import ToldFinding, tell
from bot.telegram.callback import Language, Suggestion, encode
from bot.telegram.check_begin import begin_data, begun_again
from bot.telegram.check_data import CheckClick, click_of, encode_check, state_of
from bot.telegram.limits import CHOICE_UNITS, ENTRY_UNITS, EXAMPLE_UNITS, OVERVIEW_QUOTE_UNITS
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, paged, safe, shorten, units
from bot.telegram.programmes import turning_row
from bot.telegram.render import Rows, citation_blocks, opening_rows
from prompts.phrases import Phrases, phrases


def check_page(check: Check, click: CheckClick) -> Page:
    """What a click on a button of a check leads to: a question, an outcome, or its end."""
    say = phrases(click.language)
    if not check.programmes():
        return page([block(say("check.none_prepared"))])
    if click.do == "begin":
        return _shown(check, begun_again(click, check), click, restarted=False)
    state, restarted = check.resume(state_of(click, check))
    if click.do == "stop":
        return _stopped(state, click.language, say)
    return _shown(check, state, click, restarted=restarted)


def _shown(check: Check, state: Dialogue, click: CheckClick, *, restarted: bool) -> Page:
    say = phrases(click.language)
    prompt = check.prompt(state, click.language)
    if prompt is None:
        return _outcome_page(check, state, click)
    programme = next((each for each in check.programmes() if each.id == state.programme), None)
    numbered = any(units(each.text) > CHOICE_UNITS for each in prompt.choices)
    blocks = [
        *([block(Run(say("check.stale"), Style.ITALIC))] if restarted else []),
        _heading(say, programme.name.of(click.language) if programme else None),
        *([block(say("check.progress", number=prompt.number, total=prompt.total), tight=True)] if prompt.total else []),
        block(Run(prompt.text, Style.BOLD)),
        *(_numbered(prompt, say) if numbered else []),
        *([block(say("telegram.check_stated"))] if prompt.citation else []),
        *(citation_blocks(prompt.citation, say, most=OVERVIEW_QUOTE_UNITS) if prompt.citation else []),
    ]
    choices: Rows = tuple(
        (_choice_button(check, state, each, at if numbered else None, click.language, say),)
        for at, each in enumerate(prompt.choices, 1)
    )
    foot = [_button(say("telegram.check_stop"), check, state, click.language, stop=True)]
    if prompt.can_go_back:
        foot.insert(0, _button(say("telegram.check_back"), check, check.back(state), click.language))
    return page(blocks, (*choices, tuple(foot)))


def _numbered(prompt: Prompt, say: Phrases) -> Iterable[Block]:
    for number, choice in enumerate(prompt.choices, 1):
        yield block(
            say("telegram.choice_numbered", number=number, choice=shorten(choice.text, EXAMPLE_UNITS)), tight=number > 1
        )


def _choice_button(
    check: Check, state: Dialogue, choice: Choice, number: int | None, language: Language, say: Phrases
) -> Button:
    label = shorten(choice.text, CHOICE_UNITS)
    if number is not None:
        label = say("telegram.choice_numbered", number=number, choice=label)
    return _button(label, check, check.reply(state, choice.id), language)


def _outcome_page(check: Check, state: Dialogue, click: CheckClick) -> Page:
    say = phrases(click.language)
    outcome = check.outcome(state)
    pages = paged(_outcome_blocks(outcome, say), say.raw("telegram.page_mark"))
    number = min(click.page, len(pages) - 1)
    here = click_of(state, check, click.language)
    rows: Rows = (
        *opening_rows(_cited(outcome), say, click.language, apart=True),
        *_asking(outcome, click.language),
        *turning_row(number, len(pages), say, lambda to: encode_check(replace(here, page=to))),
        (
            _button(say("telegram.check_back"), check, check.back(state), click.language),
            _again(state, click.language, say),
        ),
    )
    return replace(pages[number], buttons=rows)


def _outcome_blocks(outcome: Outcome, say: Phrases) -> Iterable[Block]:
    told = tell(outcome, say)
    yield _heading(say, told.title)
    for line in told.summary:
        yield block(Run(line, Style.BOLD), tight=True)
    for finding in told.findings:
        yield from _finding(finding, say)
    for quotes in told.quotes:
        yield block(Run(quotes.heading, Style.BOLD))
        for citation in quotes.citations:
            yield from citation_blocks(citation, say)
    for at, line in enumerate(told.closing):
        yield block(Run(line, Style.ITALIC), tight=at > 0)


def _finding(finding: ToldFinding, say: Phrases) -> Iterable[Block]:
    yield block(Run(finding.line, Style.BOLD))
    for note in finding.notes:
        yield block(note, tight=True)
    for part in citation_blocks(finding.citation, say):
        yield replace(part, tight=True)


def _cited(outcome: Outcome) -> list[Citation]:
    """The citations of an outcome, one a paragraph: their buttons are named by it."""
    found: dict[tuple[str, int], Citation] = {}
    decides = (outcome.decides,) if outcome.decides else ()
    for each in (*(finding.citation for finding in outcome.findings), *outcome.gives, *decides):
        found.setdefault((each.document, each.paragraph), each)
    return list(found.values())


def _asking(outcome: Outcome, language: Language) -> Rows:
    """What to ask of the documents that open conditions are left to, where the library has them."""
    asks = [
        each.ask.of(language)
        for each in outcome.findings
        if each.ask is not None and each.governed_by is not None and each.governed_by.present
    ]
    return tuple(
        (Button(safe(ask), encode(Suggestion(index, language))),) for index, ask in enumerate(dict.fromkeys(asks))
    )


def _stopped(state: Dialogue, language: Language, say: Phrases) -> Page:
    return page([block(say("telegram.check_stopped"))], ((_again(state, language, say),),))


def _again(state: Dialogue, language: Language, say: Phrases) -> Button:
    return Button(say("telegram.check_again"), begin_data(state.model_copy(update={"programme": None}), language))


def _button(label: str, check: Check, state: Dialogue, language: Language, *, stop: bool = False) -> Button:
    return Button(label, encode_check(click_of(state, check, language, "stop" if stop else "show")))


def _heading(say: Phrases, name: str | None) -> Block:
    title = say("telegram.check_title")
    return block(Run(shorten(f"{title} · {name}" if name else title, ENTRY_UNITS), Style.BOLD))
