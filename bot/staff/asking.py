"""What an asker does: asks, says what they think of an answer, wants a person, writes on to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from bot.staff import curated_rows, inquiries, outbox
from bot.staff.case_rows import (
    address_of,
    case_of_key,
    cases_of,
    get_case,
    move,
    open_case,
    say,
    set_reachable,
    set_record,
    waited,
)
from bot.staff.cases import WAITING, Case, Contact, Opening, Side, State, What
from bot.staff.curated import Kept, Standing, moved_on
from bot.staff.errors import Refused
from bot.staff.inquiries import Asked
from bot.staff.lookup import Found, Lookup
from bot.staff.masking import masked
from bot.staff.numbers import StaffNumbers
from bot.staff.office import Office
from bot.staff.rules import Due, due
from bot.staff.session import Session, Sessions
from bot.staff.waiting import Notice, notice_of
from documents.library import Library
from prompts.phrases import phrases

_DAY = 24 * 3600.0


class Logged(NamedTuple):
    """An inquiry as it was kept, and the reason for which a case is to be opened now, if there is one."""

    inquiry: int
    due: Due | None


class Opened(NamedTuple):
    """The case of somebody who wanted a person; ``new`` is false where they had one that waits, or this very one."""

    case: int
    new: bool
    notice: Notice


class StaffChat(NamedTuple):
    """Where staff are told of cases, and in which language; nowhere where ``chat`` is ``None``."""

    chat: int | None
    language: str

    def tell(self, session: Session, key: str, phrase: str, about: int | None = None, **fields: object) -> None:
        """Have staff told something, once for each key; ``about`` is the case it is of."""
        if self.chat is not None:
            payload: Mapping[str, Any] = {"kind": phrase, "text": phrases(self.language)(f"staff.{phrase}", **fields)}
            outbox.put(session, key, self.chat, payload, about)


class Asking:
    """The asker's side of the desk. ``pseudonym`` gives the keyed hash that stands for a person."""

    def __init__(
        self,
        sessions: Sessions,
        pseudonym: Callable[[int], str],
        office: Office,
        numbers: StaffNumbers,
        staff: StaffChat,
        lookup: Lookup | None,
        today: Callable[[], date],
        library: Callable[[], Library],
    ) -> None:
        self._sessions, self._pseudonym, self._office = sessions, pseudonym, office
        self._numbers, self._staff, self._lookup, self._today = numbers, staff, lookup, today
        self._library = library

    def confirmed(self, question: str) -> Found | None:
        """What staff confirmed of a question, or official answers it may have meant; ``None`` where there is none near.

        ``confirmed_answer`` makes an answer of it.
        """
        if self._lookup is None:
            return None
        with self._sessions.begun(writing=False) as session:
            live = curated_rows.listed(session, (Standing.LIVE,))
        library = self._library()
        # What has moved on since is not given, even before ``Curating.reconcile`` has set it aside.
        answers = [kept for kept in live if not moved_on(kept.curated, library)]
        return self._lookup.find(question, answers, self._today())

    def asked(self, asked: Asked, person: int | None = None) -> Logged:
        """Keep an inquiry; of a person's the asker is set here, and the rules are looked at."""
        asker = None if person is None else self._pseudonym(person)
        with self._sessions.begun() as session:
            number = inquiries.log(session, asked.model_copy(update={"asker": asker}))
            return Logged(number, self._due(session, asker))

    def in_force(self, answer: int) -> Kept | None:
        """An official answer that was offered, where it may still be given."""
        with self._sessions.begun(writing=False) as session:
            live = curated_rows.listed(session, (Standing.LIVE,))
        kept = next((each for each in live if each.id == answer), None)
        if kept is None or moved_on(kept.curated, self._library()) or not kept.curated.is_official(self._today()):
            return None
        return kept

    def settled(self, inquiry: int, person: int, status: str, curated: int | None) -> None:
        """Keep how an inquiry ended that official answers were offered to first; nothing where it is not theirs."""
        with self._sessions.begun() as session:
            inquiries.settle(session, inquiry, self._pseudonym(person), status, curated)

    def judged(self, inquiry: int, feedback: int, person: int) -> Logged:
        """Keep what an asker thinks of an answer (-1, 0 or 1); raises ``Refused`` where it was not theirs."""
        asker = self._pseudonym(person)
        with self._sessions.begun() as session:
            inquiries.set_feedback(session, inquiry, max(-1, min(1, feedback)), asker)
            return Logged(inquiry, self._due(session, asker) if feedback < 0 else None)

    def wants_person(self, opening: Opening) -> Opened:
        """Open a case, or add the question to the one of this asker that waits."""
        opening = opening.model_copy(update={"record": opening.record.kept()})
        with self._sessions.begun() as session:
            notice = self._notice(session)
            if (known := case_of_key(session, opening.key)) is not None:
                return Opened(known, False, notice)
            waiting = next((c for c in cases_of(session, opening.person) if c.state in WAITING), None)
            if waiting is not None:
                key, question = f"{opening.key}:more", opening.record.question
                if say(session, waiting.id, Side.ASKER, opening.person, question, key):
                    self._staff.tell(session, f"said:{key}", "asker_wrote", waiting.id, case=waiting.id, text=question)
                inquiries.end_with(session, opening.inquiries, waiting.id)
                return Opened(waiting.id, False, notice)
            case, new = open_case(session, opening)
            if new:
                reason = phrases(self._staff.language)(f"staff.reason_{opening.reason.value}")
                question = opening.record.question
                self._staff.tell(
                    session, f"case:{case}:opened", "new_case", case, case=case, reason=reason, question=question
                )
            return Opened(case, new, notice)

    def writes(self, person: int, text: str, key: str) -> Case | None:
        """Add what an asker writes to their case, waking or reopening it; ``None`` where they have none to add to."""
        with self._sessions.begun() as session:
            case = self._present(session, person)
            if case is None:
                return None
            kept = text if case.record is not None and case.record.contact is not None else masked(text)
            if not say(session, case.id, Side.ASKER, person, kept, key):
                return case
            back = {State.ANSWERED: What.REOPENED, State.CLOSED: What.REOPENED, State.SNOOZED: What.WOKEN}
            if case.state in back:
                move(session, case.id, back[case.state], person, keep_holder=True)
            self._staff.tell(session, f"said:{key}", "asker_wrote", case.id, case=case.id, text=kept)
            return case

    def describes(self, person: int, case: int, *, role: str | None = None, contact: Contact | None = None) -> Case:
        """Add to a case what its asker says of themselves: their role, or that they may be called, and how.

        Raises ``Refused`` where the case is not theirs.
        """
        with self._sessions.begun() as session:
            address = address_of(session, case)
            present = get_case(session, case) if address is not None and address.person == person else None
            if present is None or present.record is None:
                raise Refused("no_case", case=case)
            said = {name: value for name, value in (("role", role), ("contact", contact)) if value is not None}
            record = present.record.model_copy(update=said)
            if record != present.record:
                set_record(session, case, record)
            return present.model_copy(update={"record": record})

    def reached(self, chat: int) -> None:
        """Say that somebody who may have blocked the bot writes to it again."""
        with self._sessions.begun() as session:
            for case in set_reachable(session, chat, True):
                self._staff.tell(session, f"reached:{case}:{session.now}", "asker_reached", case, case=case)

    def notice(self) -> Notice:
        """What somebody who wanted a person now would be told."""
        with self._sessions.begun(writing=False) as session:
            return self._notice(session)

    def _present(self, session: Session, person: int) -> Case | None:
        for case in cases_of(session, person):
            reopens = case.changed_at >= session.now - self._numbers.cases.reopen_days * _DAY
            if case.alive or reopens:
                return case
        return None

    def _due(self, session: Session, asker: str | None) -> Due | None:
        if asker is None:
            return None
        rules = self._numbers.rules
        # What was only conversation does not count, so there may be more rows than the rules look at.
        most = 4 * max(rules.not_stated.in_a_row, rules.thumbs_down.in_a_row)
        return due(inquiries.last_of(session, asker, most), rules)

    def _notice(self, session: Session) -> Notice:
        numbers = self._numbers.estimate
        past = waited(session, session.now - numbers.past_days * _DAY)
        return notice_of(past, self._office, session.now, numbers)
