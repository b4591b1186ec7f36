"""The cases that a new document answers, with the buttons that send its answers to their askers. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.staff.anew import Renewed
from bot.telegram.callback import Language
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, shorten
from bot.telegram.render import citation_blocks
from bot.telegram.staff.documents_data import (
    SendAll,
    SendOne,
    ShowCases,
    check_of_cases,
    encode_document,
    reference,
)
from bot.telegram.staff.limits import (
    CASE_QUESTION_UNITS,
    CASE_QUOTE_UNITS,
    CASES_NAMED,
    CASES_OFFERED,
    OMITTED_UNITS,
)
from documents.models import Document
from prompts.phrases import Phrases, phrases


def cases_page(
    document: Document, renewed: Sequence[Renewed], sent: Sequence[int], at: int, days: int, language: Language
) -> Page:
    """A page of the cases that a document answers, ``at`` counted from 0; ``sent`` are those that were sent it."""
    say = phrases(language)
    name = shorten(document.label or document.title, OMITTED_UNITS)
    blocks = []
    if sent:
        more = "…" if len(sent) > CASES_NAMED else ""
        numbers = ", ".join(map(str, sent[:CASES_NAMED])) + more
        blocks.append(block(say("staff_documents.cases_sent", document=name, cases=numbers)))
    key = "cases" if renewed else "cases_left_none" if sent else "cases_none"
    lead = say(f"staff_documents.{key}", document=name, count=len(renewed), days=days)
    blocks.append(block(Run(lead, Style.BOLD)))
    at = min(at, max(0, len(renewed) - 1) // CASES_OFFERED)
    shown = renewed[at * CASES_OFFERED : (at + 1) * CASES_OFFERED]
    for each in shown:
        blocks += _case(each, say)
    return page(blocks, _buttons(document, renewed, shown, at, say, language))


def _case(renewed: Renewed, say: Phrases) -> Iterable[Block]:
    case, answer = renewed
    question = case.record.question if case.record is not None else ""
    state = say(f"staff.state_{case.state.value}")
    yield block(
        Run(say("staff_documents.case", case=case.id, state=state), Style.BOLD),
        " " + shorten(question, CASE_QUESTION_UNITS),
    )
    for cited in [each for each in answer.citations if not each.related][:1]:
        yield from citation_blocks(cited, say, most=CASE_QUOTE_UNITS)


def _buttons(
    document: Document, renewed: Sequence[Renewed], shown: Sequence[Renewed], at: int, say: Phrases, language: Language
) -> tuple[tuple[Button, ...], ...]:
    named = reference(document.id)
    rows = [
        (
            Button(
                say("staff_documents.send_one", case=each.case.id),
                encode_document(SendOne(named, each.case.id, language)),
            ),
        )
        for each in shown
    ]
    if len(renewed) > 1:
        check = check_of_cases(tuple(each.case.id for each in renewed))
        label = say("staff_documents.send_all", count=len(renewed))
        rows.append((Button(label, encode_document(SendAll(named, check, language))),))
    turns = []
    if at > 0:
        turns.append(Button(say("staff_documents.earlier"), encode_document(ShowCases(named, at - 1, language))))
    if (at + 1) * CASES_OFFERED < len(renewed):
        turns.append(Button(say("staff_documents.later"), encode_document(ShowCases(named, at + 1, language))))
    return (*rows, *([tuple(turns)] if turns else []))
