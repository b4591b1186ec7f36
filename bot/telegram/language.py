"""Which language somebody is spoken to in, and how they choose it."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import User

from bot.telegram.callback import Language
from bot.telegram.menu_data import ChooseLanguage, Kept, encode_menu
from bot.telegram.pages import Button, Page, block, page
from bot.telegram.remembered import Preferences
from prompts.phrases import phrases


@dataclass(frozen=True, slots=True)
class Spoken:
    """``menus`` is the language of everything but answers; ``answers`` theirs, ``None`` for that of each question."""

    menus: Language
    answers: Language | None = None


class Languages:
    """The language of each user: the one they chose, else that of their Telegram. May block for a moment."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def of(self, user: User | None) -> Spoken:
        """How to speak to a user."""
        chosen = self._preferences.language(user.id) if user else None
        return Spoken(chosen, chosen) if chosen else Spoken(language_of(user))

    def choose(self, user: User, chosen: Kept) -> Spoken:
        """Remember what a user chose, and how they are spoken to from now on."""
        self._preferences.set_language(user.id, None if chosen == "follow" else chosen)
        return self.of(user)


def language_of(user: User | None) -> Language:
    """The language to greet a user in, from the language of their Telegram."""
    return "zh" if user and (user.language_code or "").lower().startswith("zh") else "en"


def language_page(spoken: Spoken, *, just_chosen: bool = False) -> Page:
    """The choice of a language, the present one marked; ``just_chosen`` says what it means."""
    say = phrases(spoken.menus)
    now: Kept = spoken.answers or "follow"
    labels: dict[Kept, str] = {
        "en": phrases("en")("telegram.own_name"),
        "zh": phrases("zh")("telegram.own_name"),
        "follow": say("telegram.language_follow"),
    }
    rows = tuple(
        (
            Button(
                say("telegram.language_chosen", language=label) if kept == now else label,
                encode_menu(ChooseLanguage(kept, spoken.menus)),
            ),
        )
        for kept, label in labels.items()
    )
    line = say(f"telegram.language_now_{now}") if just_chosen else say("telegram.language_which")
    return page([block(line), block(say("telegram.language_about"), tight=True)], rows)
