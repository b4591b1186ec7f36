"""The asker's side of the staff desk: what is confirmed is given, the rest is logged, and handed over."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.answering.answer import Answer
from bot.staff.asking import Logged, Opened
from bot.staff.cases import Opening, Reason, Record
from bot.staff.curated import Kept
from bot.staff.desk import StaffDesk
from bot.staff.inquiries import Asked as Inquiry
from bot.staff.lookup import Found, Sureness
from bot.staff.official import confirmed_answer
from bot.staff.roles import Actor, Role
from bot.staff.rules import Due
from bot.staff.shown import Shown
from bot.staff.waiting import notice_text
from bot.telegram.aside import Aside
from bot.telegram.callback import Language
from bot.telegram.deliver import Deliver, Place
from bot.telegram.handling import current
from bot.telegram.keys import Pseudonyms
from bot.telegram.memory import Asker, Memory
from bot.telegram.pages import safe
from bot.telegram.staff.about import About, given_by
from bot.telegram.staff.asker_pages import notice_page
from documents.errors import DeskError
from documents.library import Library
from documents.text import language_of

log = logging.getLogger(__name__)

CHANNEL = "telegram"


class Confirmed(NamedTuple):
    """What staff confirmed of a question: an answer with its number, or answers that may be meant."""

    answer: Answer | None
    number: int | None
    offered: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """An answer as it was logged, and why a person is to be asked now, if so."""

    about: About
    due: Due | None


class AskerSide:
    """What happens around answers. ``chat`` is the staff's chat; without one nothing is handed over.

    Nothing here raises for what the database does: an asker is answered all the same.
    """

    def __init__(
        self,
        staff: StaffDesk,
        deliver: Deliver,
        memory: Memory,
        pseudonyms: Pseudonyms,
        aside: Aside,
        *,
        chat: int | None,
        bot: int,
    ) -> None:
        self._staff, self._deliver, self._memory = staff, deliver, memory
        self._pseudonyms, self._aside, self._chat, self._bot = pseudonyms, aside, chat, bot

    def hands_over(self, chat: int) -> bool:
        """Whether somebody who asks in a chat can have a person; in the staff's own chat there is nobody else."""
        return self._chat is not None and chat != self._chat

    def confirmed(self, question: str, language: Language | None, library: Library) -> Confirmed | None:
        """What staff confirmed of a question, before the desk is asked. Blocks."""
        try:
            found = self._staff.asking.confirmed(question)
            return None if found is None else self._given(found, language or language_of(question), library)
        except DeskError as error:
            log.warning("what staff confirmed could not be looked up: %s", error)
            return None

    def answer_of(self, number: int, language: Language, library: Library) -> Answer | None:
        """An official answer by its number; ``None`` where it is not in force any more. Blocks."""
        try:
            kept = self._staff.asking.in_force(number)
            return None if kept is None else self._answer(kept, language, library)
        except DeskError as error:
            log.warning("an official answer could not be given: %s", error)
            return None

    async def noted(
        self, asker: Asker, message: int, question: str, answer: Answer, milliseconds: float, curated: int | None
    ) -> Noted:
        """Log an answer; an update that is handled again logs it once."""
        key = self._key(asker.chat, message, question)
        about = About(key, None, asker.user, question, given_by(answer))
        inquiry = Inquiry(
            key=key,
            channel=CHANNEL,
            language=answer.language,
            status=answer.status.value,
            question=question,
            milliseconds=milliseconds,
            curated=curated,
        )
        try:
            logged = await self._aside(self._log, inquiry, asker)
        except DeskError as error:
            log.warning("an inquiry was not logged: %s", error)
            return Noted(about, None)
        return Noted(About(key, logged.inquiry, asker.user, question, about.given), logged.due)

    async def settled(self, about: About, answer: Answer, curated: int | None) -> About:
        """Log what came of an offer: the answer that was given in the end."""
        given = given_by(answer)
        try:
            if about.inquiry is not None:
                await self._aside(self._staff.asking.settled, about.inquiry, about.asker, answer.status.value, curated)
        except DeskError as error:
            log.warning("an inquiry was not logged: %s", error)
        return About(about.key, about.inquiry, about.asker, about.question, given)

    async def judged(self, about: About | None, voter: int, *, up: bool) -> Due | None:
        """Keep what an asker thinks of an answer; why a person is to be asked now, if so."""
        if about is None or about.inquiry is None or voter != about.asker:
            return None
        try:
            logged = await self._aside(self._staff.asking.judged, about.inquiry, 1 if up else -1, voter)
        except DeskError as error:
            log.warning("a vote was not logged: %s", error)
            return None
        return logged.due

    async def hand_over(
        self, about: About, place: Place, message: int, language: Language, due: Due | None = None
    ) -> None:
        """Open a case of a question, or add it to the one that waits, and say so below the answer ``message``.

        By rule it is done where it can be. Raises ``DeskError`` for somebody who asked for it where the database is
        away.
        """
        try:
            await self._hand_over(about, place, message, language, due)
        except DeskError as error:
            if due is None:
                raise
            log.error("a question could not be handed over: %s", error)

    def forget(self, user: int, chat: int) -> None:
        """Remove what the staff desk keeps of whoever asks for it. Blocks; raises ``StoreError``."""
        self._staff.forget(Actor(person=user, role=Role.NOBODY), user)

    def export(self, user: int) -> dict[str, Any]:
        """All that is held of whoever asks for it. Blocks; raises ``StoreError``."""
        return self._staff.export(Actor(person=user, role=Role.NOBODY), user)

    async def _hand_over(self, about: About, place: Place, message: int, language: Language, due: Due | None) -> None:
        asker = Asker(place.chat, about.asker)
        earlier = [text for text in self._memory.earlier(asker, message) if text != about.question]
        opening = Opening(
            key=about.key,
            person=about.asker,
            chat=place.chat,
            language=language,
            reason=due.reason if due else Reason.ASKER,
            record=Record(question=safe(about.question), conversation=tuple(earlier), answer=about.given),
            inquiries=due.inquiries if due else (about.inquiry,) if about.inquiry is not None else (),
        )
        opened = await self._aside(self._staff.asking.wants_person, opening)
        await self._tell(opened, place, message, language)

    async def _tell(self, opened: Opened, place: Place, message: int, language: Language) -> None:
        text = notice_text(opened.notice, self._staff.office, language)
        told = notice_page(text, opened.case, language, new=opened.new, role=None, named=False)
        number = await self._deliver.send(place, told, reply_to=message)
        if number is not None:
            record = {"notice": text, "new": opened.new}
            shown = Shown(place.chat, number, "notice", case=opened.case, record=record)
            await self._aside(self._staff.shown.put, shown)

    def _log(self, inquiry: Inquiry, asker: Asker) -> Logged:
        if asker.chat == asker.user and self._chat is not None:
            self._staff.asking.reached(asker.chat)
        return self._staff.asking.asked(inquiry, asker.user)

    def _given(self, found: Found, language: Language, library: Library) -> Confirmed | None:
        if found.sureness is Sureness.UNSURE:
            return Confirmed(None, None, tuple(near.kept for near in found.near))
        kept = found.near[0].kept
        official = kept.curated.is_official(self._staff.today())
        return Confirmed(self._answer(kept, language, library), kept.id if official else None)

    def _answer(self, kept: Kept, language: Language, library: Library) -> Answer:
        return confirmed_answer(kept, language, library, self._staff.office.zone, self._staff.today())

    def _key(self, chat: int, message: int, question: str) -> str:
        """What names a question among all; the update's number tells a button pressed twice."""
        handling = current()
        update = handling.claimed.number if handling else 0
        check = hashlib.blake2b(question.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        return f"{CHANNEL}:{self._bot}:{self._pseudonyms.of_answer(chat, message, f'{update}:{check}')}"
