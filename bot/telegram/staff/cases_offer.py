"""Offers to send what a new document answers to the askers of old cases, and sends it when told to."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message

from bot.answering.answer import Answer, Question
from bot.staff.anew import Renewed
from bot.staff.errors import Refused
from bot.staff.roles import Action, Actor
from bot.telegram.callback import Language, find_document
from bot.telegram.clicks import place_of
from bot.telegram.deliver import Place
from bot.telegram.pages import Page
from bot.telegram.staff.cases_pages import cases_page
from bot.telegram.staff.documents_data import SendAll, SendOne, ShowCases, check_of_cases
from bot.telegram.staff.documents_work import DocumentWork, Told
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.limits import CASES_NAMED
from documents.library import Library
from documents.models import Document
from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions


class _Asking:
    """Asks the desk each question once for as long as the library is the same. Safe for threads."""

    def __init__(self, desk: AnswersQuestions) -> None:
        self._desk, self._lock = desk, threading.Lock()
        self._library: Library | None = None
        self._known: dict[Question, Answer] = {}

    def __call__(self, question: Question) -> Answer:
        library = self._desk.library
        with self._lock:
            if library is not self._library:
                self._library, self._known = library, {}
            known = self._known.get(question)
        if known is None:
            known = self._desk.ask(question)
            with self._lock:
                if library is self._library:
                    self._known[question] = known
        return known


class CaseOffers:
    """What its buttons need is in them: the cases are found anew at each click."""

    def __init__(self, doorway: Doorway, desk: AnswersQuestions, work: DocumentWork) -> None:
        self._doorway, self._desk, self._work = doorway, desk, work
        self._ask = _Asking(desk)

    @property
    def past_days(self) -> int:
        """How old the cases are at most, in days."""
        return self._doorway.staff.anew.past_days

    async def found(self, actor: Actor, document: Document, told: Told) -> tuple[Renewed, ...]:
        """The cases that a document answers; ``told`` is told how many are asked, of how many."""
        anew = self._doorway.staff.anew
        return await self._work.apart(anew.answered_by, actor, document, self._ask, told)

    async def page(
        self, actor: Actor, document: Document, renewed: tuple[Renewed, ...], at: int, language: Language
    ) -> Page:
        """A page of them, with those that were sent the answer before."""
        sent = await self._doorway.call(self._doorway.staff.anew.sent, actor, document)
        return cases_page(document, renewed, sent, at, self.past_days, language)

    async def click(self, query: CallbackQuery, actor: Actor, action: ShowCases | SendOne | SendAll) -> None:
        """Do what a button asks for; raises ``Refused``."""
        await self._doorway.allow(actor, Action.LIST_CASES, action.document)
        document = await self._work.apart(self._document, action.document)
        notice, at = None, 0
        match action:
            case ShowCases(_, at):
                await self._doorway.deliver.answer_click(query.id)
            case SendOne():
                await self._send_one(actor, document, action.case)
                notice = phrases(action.language)("staff_documents.sent_one", case=action.case)
            case SendAll():
                notice = await self._send_all(actor, document, action)
        if notice is not None:
            await self._doorway.deliver.answer_click(query.id, notice)
        await self._show(query, actor, document, at, action.language)

    async def _send_all(self, actor: Actor, document: Document, action: SendAll) -> str:
        """Send what was shown, and nothing that nobody has looked at; the notice."""
        say = phrases(action.language)
        renewed = await self.found(actor, document, _untold)
        if check_of_cases(tuple(each.case.id for each in renewed)) != action.check:
            return say("staff_documents.list_changed")
        failed = await self._work.apart(self._sent, actor, document, renewed)
        told = ", ".join(map(str, failed[:CASES_NAMED])) or "–"
        return say("staff_documents.sent_all", count=len(renewed) - len(failed), failed=told)

    async def _send_one(self, actor: Actor, document: Document, case: int) -> None:
        anew = self._doorway.staff.anew
        renewed = await self._work.apart(anew.of_case, actor, document, case, self._ask)
        await self._doorway.call(anew.send, actor, document, renewed)

    def _sent(self, actor: Actor, document: Document, renewed: tuple[Renewed, ...]) -> list[int]:
        """Send answers; the cases whose askers could not be sent theirs."""
        failed = []
        for each in renewed:
            try:
                self._doorway.staff.anew.send(actor, document, each)
            except Refused:
                failed.append(each.case.id)
        return failed

    async def _show(self, query: CallbackQuery, actor: Actor, document: Document, at: int, language: Language) -> None:
        message = query.message
        if message is None:
            return
        place = place_of(message) if isinstance(message, Message) else Place(message.chat.id)
        page = await self.page(actor, document, await self.found(actor, document, _untold), at, language)
        if not await self._doorway.deliver.edit(place, message.message_id, page):
            await self._doorway.deliver.send(place, page)

    def _document(self, reference: str) -> Document:
        document = find_document(self._desk.library, reference)
        if document is None or not document.present:
            raise Refused("no_document", document=reference)
        return document


def _untold(done: int, of: int) -> None:
    """Nobody waits."""
