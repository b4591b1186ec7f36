"""What stands under an answer, beside the buttons that open its paragraphs, and the pages these lead to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer import Answer, Citation, Status
from bot.telegram.callback import Language
from bot.telegram.limits import MORE_QUOTE_UNITS
from bot.telegram.pages import Button, Page, Run, Style, block, page
from bot.telegram.render import citation_blocks, opening_rows
from bot.telegram.under_data import AskPerson, More, Vote, check_of, decode_under, encode_under
from prompts.phrases import Phrases, phrases


def with_foot(pages: Sequence[Page], answer: Answer, *, more: bool, person: bool = False) -> list[Page]:
    """The pages of an answer with what can be done about it under the last one.

    ``more`` is whether there are further passages, ``person`` whether there is somebody to hand the question to.
    Whatever else an answer can lead to is another button here, with data of its own in ``under_data`` and a case in
    ``UnderAnswers``.
    """
    if answer.status is Status.CONVERSATION:
        return list(pages)
    say, check = phrases(answer.language), check_of(pages)
    row = [
        Button(say(f"telegram.{name}"), encode_under(Vote(up, check, answer.language)))
        for name, up in (("vote_up", True), ("vote_down", False))
    ]
    row += [_more(say, answer.language)] if more else []
    rows = [tuple(row)]
    if person:
        rows.append((Button(say("casework.ask_person"), encode_under(AskPerson(answer.language))),))
    return [*pages[:-1], replace(pages[-1], buttons=(*pages[-1].buttons, *rows))]


def without_more(shown: Page) -> Page:
    """The page once its further passages are shown below it."""
    rows = (tuple(each for each in row if not isinstance(decode_under(each.data), More)) for row in shown.buttons)
    return replace(shown, buttons=tuple(row for row in rows if row))


def further_page(citations: Sequence[Citation], language: Language, *, more: bool) -> Page:
    """Further passages, the beginning of each; ``more`` is whether there are others after them."""
    say = phrases(language)
    # The button opens a paragraph with nothing marked: all of it is quoted.
    opened = [each.model_copy(update={"quote": ""}) for each in citations]
    rows = opening_rows(opened, say, language, apart=True)
    return page(
        [
            block(Run(say("telegram.more_passages"), Style.BOLD)),
            *(part for each in citations for part in citation_blocks(each, say, most=MORE_QUOTE_UNITS)),
        ],
        (*rows, *([(_more(say, language),)] if more else [])),
    )


def _more(say: Phrases, language: Language) -> Button:
    return Button(say("telegram.more"), encode_under(More(language)))
