"""What is stored of a user and for how long, as pages. Pure."""

from __future__ import annotations

from bot.telegram.callback import Language
from bot.telegram.limits import HISTORY
from bot.telegram.menu_data import Forget, encode_menu
from bot.telegram.pages import Button, Page, Run, Style, block, page
from prompts.phrases import phrases


def privacy_page(language: Language, days: int, log_days: int, *, staffed: bool) -> Page:
    """What is stored, where, for how long (``days`` without use), and how to remove it.

    The log of inquiries is kept for ``log_days``, and so are questions handed to a person where it is ``staffed``.
    """
    say = phrases(language)
    lines = (
        say("telegram.privacy_questions", questions=HISTORY + 1, days=days),
        say("telegram.privacy_replies", days=days),
        say("telegram.privacy_language", days=days),
        say("telegram.privacy_votes", days=days),
        say("telegram.privacy_inquiries", days=log_days),
        *([say("telegram.privacy_cases", days=log_days)] if staffed else []),
        say("telegram.privacy_check"),
        say("telegram.privacy_log"),
    )
    return page(
        [
            block(Run(say("telegram.privacy"), Style.BOLD)),
            *(block(f"• {line}", tight=True) for line in lines),
            block(say("telegram.privacy_forget")),
        ]
    )


def forget_page(language: Language) -> Page:
    """Asks whether it is meant."""
    say = phrases(language)
    row = tuple(
        Button(
            say("telegram.forget_yes" if confirmed else "telegram.forget_no"), encode_menu(Forget(confirmed, language))
        )
        for confirmed in (True, False)
    )
    return page([block(say("telegram.forget_sure"))], (row,))
