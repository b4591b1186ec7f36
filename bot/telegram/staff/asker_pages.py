"""What an asker is shown of the staff desk: that their question is passed on, a person's answer, offers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.answering.answer import Answer, Status
from bot.staff.curated import Kept
from bot.telegram.callback import Language
from bot.telegram.limits import BUTTONS_A_ROW
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, paged, shorten
from bot.telegram.people import people
from bot.telegram.render import in_rows
from bot.telegram.staff.anew_pages import anew_pages
from bot.telegram.staff.asker_data import ChooseOffered, GiveName, SayRole, encode_asker
from bot.telegram.staff.limits import WORDING_UNITS
from prompts.phrases import phrases


def offer_of(near: Sequence[Kept], language: Language) -> Answer:
    """The offer as an answer: which of these official answers is meant."""
    lead = phrases(language)("staff.did_you_mean")
    wordings = tuple(kept.curated.question for kept in near)
    return Answer(status=Status.CLARIFY, language=language, text=lead, lead=lead, suggestions=wordings)


def offer_page(near: Sequence[Kept], language: Language) -> Page:
    """The questions that official answers are to, and a button for each and for none of them."""
    say = phrases(language)
    listed = (
        block(f"{number}. {shorten(kept.curated.question, WORDING_UNITS)}", tight=number > 1)
        for number, kept in enumerate(near, 1)
    )
    chosen = tuple(
        Button(str(number), encode_asker(ChooseOffered(kept.id, language))) for number, kept in enumerate(near, 1)
    )
    none = Button(say("casework.offer_none"), encode_asker(ChooseOffered(0, language)))
    return page([block(Run(say("staff.did_you_mean"), Style.BOLD)), *listed], (chosen, (none,)))


def notice_page(notice: str, case: int, language: Language, *, new: bool, role: str | None, named: bool) -> Page:
    """What somebody whose question was passed on is told, and what they may add: who they are, their name."""
    say = phrases(language)
    lines = [*(() if new else (say("casework.added_to_case"),)), *notice.split("\n")]
    roles = [
        Button(
            say("telegram.language_chosen", language=label) if person.id == role else label,
            encode_asker(SayRole(case, person.id, language)),
        )
        for person in people()
        for label in [say(f"telegram.person_{person.id}")]
    ]
    name = () if named else ((Button(say("casework.give_name"), encode_asker(GiveName(case, language))),),)
    blocks = [
        *(block(line, tight=at > 0) for at, line in enumerate(lines)),
        block(Run(say("casework.notice_add"), Style.ITALIC)),
        block(say("casework.named" if named else "casework.notice_who"), tight=True),
    ]
    return page(blocks, (*in_rows(roles, BUTTONS_A_ROW), *name))


def reply_pages(payload: Mapping[str, Any]) -> list[Page]:
    """A person's answer, marked as one, or what a new document answers."""
    if "answer" in payload:
        return anew_pages(payload)
    say = phrases(str(payload.get("language", "en")))
    blocks: list[Block] = [
        block("👤 ", Run(str(payload.get("lead", "")), Style.BOLD)),
        block(str(payload.get("text", "")), tight=True),
        block(Run(say("casework.reply_how"), Style.ITALIC)),
    ]
    return paged(blocks, say.raw("telegram.page_mark"))
