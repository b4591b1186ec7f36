"""What a status may be corrected to, as staff see it, and what the buttons for it carry.

``sw:2`` chooses the third of what is offered, ``sw:yes`` confirms it, ``sw:no`` goes back. Pure.
"""

from __future__ import annotations

import re

from bot.answering.answer import Language
from bot.telegram.limits import TITLE_UNITS
from bot.telegram.pages import Button, Page, Run, Style, block, page, shorten
from bot.telegram.render import in_rows
from bot.telegram.staff.limits import WORDING_UNITS
from bot.telegram.staff.wrong import Choice, Wrong
from documents.library import Library
from prompts.phrases import Phrases, phrases

PREFIX, CONFIRM, BACK = "sw:", "yes", "no"
_FORM = re.compile(r"sw:(yes|no|[0-9]{1,2})")


def decode_wrong(data: str) -> str | None:
    """What a button asks for: ``CONFIRM``, ``BACK`` or a number; ``None`` for anything else."""
    match = _FORM.fullmatch(data)
    return match[1] if match else None


def wrong_page(wrong: Wrong, library: Library, language: Language) -> Page:
    """The question, what was said of it, and a button for each right status; once chosen, whether it is meant."""
    say = phrases(language)
    named = ", ".join(f"¶ {each.paragraph}" for each in wrong.basis)
    blocks = [
        block(Run(say("official.wrong"), Style.BOLD)),
        block(shorten(wrong.question, WORDING_UNITS), quote=True, tight=True),
        block(say("official.wrong_said", status=_status(wrong.said, say))),
        block(say("official.wrong_paragraphs", paragraphs=named or "–"), tight=True),
    ]
    if wrong.chosen is None or wrong.chosen >= len(wrong.choices):
        buttons = [Button(_label(choice, library, say), f"{PREFIX}{at}") for at, choice in enumerate(wrong.choices)]
        hint = block(Run(say("official.wrong_how"), Style.ITALIC))
        return page([*blocks, hint], in_rows(buttons, 2))
    chosen = say("official.wrong_chosen", status=_label(wrong.choices[wrong.chosen], library, say))
    row = (
        Button(say("official.do_confirm"), f"{PREFIX}{CONFIRM}"),
        Button(say("casework.do_card"), f"{PREFIX}{BACK}"),
    )
    return page([*blocks, block(Run(chosen, Style.BOLD))], (row,))


def _label(choice: Choice, library: Library, say: Phrases) -> str:
    status = _status(choice.status.value, say)
    if choice.pointer is None:
        return status
    named = next((d.label or d.title for d in library.documents() if d.id == choice.pointer), choice.pointer)
    return shorten(f"{status} → {named}", TITLE_UNITS)


def _status(name: str, say: Phrases) -> str:
    return say(f"staff.status_{name}") if f"staff.status_{name}" in say.keys() else name  # noqa: SIM118
