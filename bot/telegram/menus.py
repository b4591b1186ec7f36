"""Commands and buttons that lead from page to page: each is made of the library as it is when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message

from bot.settings import Settings
from bot.telegram.callback import Language, Open, find_document
from bot.telegram.check_data import CheckClick, decode_check
from bot.telegram.checking import check_page
from bot.telegram.clicks import place_of
from bot.telegram.commands import Command
from bot.telegram.deliver import Deliver, Place
from bot.telegram.forgetting import Forgets
from bot.telegram.language import Languages, Spoken, language_page
from bot.telegram.memory import Asker
from bot.telegram.menu_data import (
    AskTopic,
    ChooseLanguage,
    Forget,
    Home,
    MenuAction,
    ShowLibrary,
    ShowMenu,
    ShowPerson,
    ShowTopic,
    decode_menu,
    find_topic,
)
from bot.telegram.pages import Page
from bot.telegram.people import person_of
from bot.telegram.prepared import Content, Prepared
from bot.telegram.privacy import forget_page, privacy_page
from bot.telegram.programmes import menu_page, topic_page
from bot.telegram.questions import Asked, Questions
from bot.telegram.render import help_pages, line_page, paragraph_page
from bot.telegram.shown import Shown
from bot.telegram.sources import sources_page
from bot.telegram.start import PLAIN_LINK, ParagraphLink, TopicLink, greeting_page, person_page, read_link
from bot.telegram.waiting import while_typing
from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions


class Menus:
    """Shows pages for commands, and moves on in place where a button is clicked.

    ``kept`` is all that keeps anything of a user.
    """

    def __init__(
        self,
        desk: AnswersQuestions,
        deliver: Deliver,
        questions: Questions,
        prepared: Prepared,
        languages: Languages,
        kept: Sequence[Forgets],
        settings: Settings,
    ) -> None:
        self._desk, self._deliver, self._questions = desk, deliver, questions
        self._prepared, self._languages, self._settings = prepared, languages, settings
        self._shown = Shown()
        self._kept = (*kept, self._shown)

    def pages(self, command: Command, rest: str, spoken: Spoken) -> list[Page]:
        """The messages that a command is answered with; blocks where the library has just changed."""
        language = spoken.menus
        match command:
            case "start":
                return [self._started(rest, language)]
            case "programmes":
                return [menu_page(self._content().topics, 0, language)]
            case "check":
                return [check_page(self._content().check, CheckClick("begin", language))]
            case "sources":
                return [sources_page(self._desk.library, 0, language)]
            case "language":
                return [language_page(spoken)]
            case "privacy":
                kept, log = self._settings.keep_days, self._settings.keep_staff_days
                return [privacy_page(language, kept, log, staffed=self._settings.staff_chat is not None)]
            case "forget":
                return [forget_page(language)]
            case _:
                return help_pages(language)

    async def click(self, query: CallbackQuery) -> bool:
        """Do what a button of a menu or of the check asks for; whether it is one."""
        action = decode_menu(query.data or "") or decode_check(query.data or "")
        message = query.message
        if action is None or message is None:
            return False
        place = place_of(message) if isinstance(message, Message) else Place(message.chat.id)
        if refusal := self._refusal(query, action):
            await self._refuse(query, refusal, action.language)
        elif isinstance(action, AskTopic):
            await self._ask(query, place, action)
        elif (page := await while_typing(self._deliver, place, lambda: self._page(action, query))) is None:
            await self._refuse(query, "programme_gone", action.language)
        else:
            await self._deliver.answer_click(query.id)
            number: int | None = message.message_id
            if not await self._deliver.edit(place, message.message_id, page):
                number = await self._deliver.send(place, page)
            if isinstance(action, CheckClick) and number is not None:
                self._shown.put(place.chat, number, page)
        return True

    def _refusal(self, query: CallbackQuery, action: MenuAction | CheckClick) -> str | None:
        """Why a click does nothing: it was not meant for whoever clicks, or the check has moved on."""
        message = query.message
        personal = isinstance(action, CheckClick | ChooseLanguage | Forget)
        # The library makes a message of one that cannot be seen any more, too.
        if not personal or not isinstance(message, Message) or not message.is_accessible:
            return None
        # In a group the message replies to whoever sent the command.
        asker = message.reply_to_message.from_user if message.reply_to_message else None
        if asker and not asker.is_bot and asker.id != query.from_user.id:
            return "check_not_yours" if isinstance(action, CheckClick) else "not_yours"
        if isinstance(action, CheckClick) and self._shown.has_passed(message, query.data or ""):
            return "check_passed"
        return None

    def _page(self, action: MenuAction | CheckClick, query: CallbackQuery) -> Page | None:
        """The page a button leads to; ``None`` where the library no longer has what it names."""
        language = action.language
        match action:
            case CheckClick():
                return check_page(self._content().check, action)
            case Home():
                return greeting_page(self._desk.library, language)
            case ShowPerson():
                person = person_of(action.person)
                topics, check = self._content()
                return person_page(topics, check, person, language) if person else menu_page(topics, 0, language)
            case ShowMenu():
                return menu_page(self._content().topics, action.page, language)
            case ShowTopic():
                return self._topic(action)
            case ShowLibrary():
                return sources_page(self._desk.library, action.page, language)
            case ChooseLanguage():
                return language_page(self._languages.choose(query.from_user, action.chosen), just_chosen=True)
            case Forget():
                if action.confirmed and query.message:
                    for each in self._kept:
                        each.forget(query.from_user.id, query.message.chat.id)
                return line_page("forget_done" if action.confirmed else "forget_kept", language)
            case _:
                return None

    def _started(self, payload: str, language: Language) -> Page:
        library = self._desk.library
        link = read_link(payload)
        if isinstance(link, ParagraphLink):
            documents = library.in_force()
            document = find_document(library, link.document) if link.document else next(iter(documents), None)
            if document is not None:
                opened = Open(document.id, link.paragraph, language, from_answer=False)
                return paragraph_page(library, opened) or line_page("no_such_paragraph", language)
        if isinstance(link, TopicLink):
            topics, check = self._content()
            if measure := topics.of(link.measure):
                return topic_page(topics, check, measure, None, language)
        return greeting_page(library, language, lost=payload not in ("", PLAIN_LINK))

    def _topic(self, action: ShowTopic) -> Page | None:
        topics, check = self._content()
        measure = find_topic(topics, action.topic)
        return topic_page(topics, check, measure, person_of(action.person), action.language) if measure else None

    async def _ask(self, query: CallbackQuery, place: Place, action: AskTopic) -> None:
        question, there = await while_typing(self._deliver, place, lambda: self._question(action))
        if question is None or query.message is None:
            await self._refuse(query, "no_question" if there else "programme_gone", action.language)
            return
        await self._deliver.answer_click(query.id)
        asker = Asker(place.chat, query.from_user.id)
        message = query.message.message_id
        await self._questions.answer(Asked(place, message, asker, question, action.language, own=False))

    def _question(self, action: AskTopic) -> tuple[str | None, bool]:
        topics = self._content().topics
        measure = find_topic(topics, action.topic)
        return (topics.question(measure, action.wanted, action.language), True) if measure else (None, False)

    def _content(self) -> Content:
        return self._prepared.of(self._desk.library)

    async def _refuse(self, query: CallbackQuery, key: str, language: str) -> None:
        await self._deliver.answer_click(query.id, phrases(language)(f"telegram.{key}"))
