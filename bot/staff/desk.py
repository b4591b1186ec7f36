"""The staff desk as a whole: every channel's door to cases, official answers, the log and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bot.settings import Settings
from bot.staff import curated_rows, inquiries, outbox
from bot.staff.acting import Acting
from bot.staff.anew import Anew
from bot.staff.asking import Asking, StaffChat
from bot.staff.audit import Noted, Outcome, note, noted, remove_old_notes
from bot.staff.case_rows import cases_of, count_waiting, remove_old_cases
from bot.staff.curated import Standing
from bot.staff.curating import Curating
from bot.staff.digest import digest_text
from bot.staff.handling import Handling
from bot.staff.inquiries import Inquiry
from bot.staff.lookup import Lookup
from bot.staff.mail import Mail
from bot.staff.numbers import StaffNumbers, staff_numbers
from bot.staff.office import Office, read_office
from bot.staff.people import export_person, forget_person
from bot.staff.roles import Action, Actor, role_of
from bot.staff.session import Session, Sessions
from bot.staff.shown import ShownMessages, remove_old_shown
from bot.staff.space import ComparesQuestions
from bot.staff.stats import Stats, stats_of
from bot.store.database import Database
from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import SHIPPED, load_corpus

_DAY = 24 * 3600.0
_WEEK = 7


class StaffDesk:
    """Blocking and thread-safe. Every method raises ``StoreError``; those of staff ``Refused``.

    ``asking`` is the asker's side, ``cases`` and ``answers`` are those of staff; ``shown`` is what messages show.
    """

    def __init__(
        self,
        sessions: Sessions,
        settings: Settings,
        *,
        library: Callable[[], Library],
        pseudonym: Callable[[int], str],
        space: ComparesQuestions | None = None,
        known: Knowledge | None = None,
        numbers: StaffNumbers | None = None,
    ) -> None:
        self._sessions, self._settings, self._pseudonym, self._space = sessions, settings, pseudonym, space
        self._numbers = numbers or staff_numbers()
        self._known = known
        self._acting = Acting(sessions)
        self.office: Office = read_office(settings.office_hours, self._numbers.office)
        self._staff = StaffChat(settings.staff_chat, settings.staff_language)
        lookup = None if space is None else Lookup(space, self._numbers.lookup)
        self.asking = Asking(sessions, pseudonym, self.office, self._numbers, self._staff, lookup, self.today, library)
        self.cases = Handling(sessions, self._staff, self._numbers.colleagues)
        self.shown = ShownMessages(sessions)
        self.anew = Anew(sessions, self._staff, self._numbers.anew)
        self.answers = Curating(sessions, library, settings.database, self._shipped, self._staff, self._numbers.memory)

    def actor(self, person: int, is_member: Callable[[int], bool]) -> Actor:
        """Somebody as they act here; ``is_member`` says whether a person is in the staff's chat."""
        return Actor(person=person, role=role_of(person, self._settings.admins, is_member))

    def allow(self, actor: Actor, action: Action, subject: str = "") -> None:
        """Note an action that is done elsewhere; raises ``Refused`` where the actor may not do it."""
        with self._acting.begun(actor, action, subject):
            pass

    def turned_away(self, actor: Actor, action: str, subject: str, outcome: Outcome, code: str) -> None:
        """Note an attempt that a channel refused by itself, such as a forged button."""
        with self._sessions.begun() as session:
            note(session, actor, action, subject, outcome, {"code": code})

    def mail(self, holder: str) -> Mail:
        """The messages to send, as the process of this name sends them."""
        return Mail(self._sessions, holder, self._numbers.outbox, self._staff)

    def inquiries(self, days: int) -> tuple[Inquiry, ...]:
        """The inquiries of the last days, today's included, by the clock of the office."""
        begin = datetime.combine(self._first(days), datetime.min.time(), self.office.zone)
        with self._sessions.begun(writing=False) as session:
            return inquiries.inquiries(session, begin.timestamp())

    def stats(
        self, days: int, rows: tuple[Inquiry, ...] | None = None, space: ComparesQuestions | None = None
    ) -> Stats:
        """The numbers of the last days, today included.

        Of ``rows`` where they are at hand, with questions compared in ``space`` where it is not that of the desk.
        """
        found = self.inquiries(days) if rows is None else rows
        first, last = self._first(days), self.today()
        return stats_of(found, first, last, self.office.zone, self._numbers.stats, space or self._space)

    def stats_for(self, actor: Actor, days: int) -> Stats:
        """The same, for somebody who asks for it in a chat."""
        with self._acting.begun(actor, Action.STATS, days=days):
            pass
        return self.stats(days)

    def digest(self, days: int = _WEEK) -> str:
        """The last week in words, for the staff's chat."""
        return self.digest_of(self.stats(days), self._settings.staff_language)

    def post_digest(self) -> bool:
        """Have last week's numbers sent to the staff's chat, once a week whoever asks; whether it was this time."""
        year, week, _ = self.today().isocalendar()
        key = f"digest:{year}-{week}"
        with self._sessions.begun(writing=False) as session:
            if self._settings.staff_chat is None or outbox.known(session, key):
                return False
        payload = {"kind": "digest", "text": self.digest()}
        with self._sessions.begun() as session:
            return outbox.put(session, key, self._settings.staff_chat, payload)

    def digest_of(self, stats: Stats, language: str) -> str:
        """Numbers in words, with what waits for staff now."""
        with self._sessions.begun(writing=False) as session:
            waiting = count_waiting(session)
            aside = len(curated_rows.listed(session, (Standing.ASIDE,)))
        return digest_text(stats, language, self._numbers.stats.digest_top, waiting=waiting, aside=aside)

    def export(self, actor: Actor, person: int) -> dict[str, Any]:
        """All that is held of a person, for an admin, or for whoever it is."""
        asker = self._pseudonym(person)
        if actor.person == person:
            with self._sessions.begun(writing=False) as session:
                return export_person(session, person, asker)
        with self._acting.begun(actor, Action.EXPORT, f"asker {asker}") as session:
            return export_person(session, person, asker)

    def forget(self, actor: Actor, person: int) -> int:
        """Remove all that is held of a person but what they did as staff, for an admin, or for whoever it is."""
        asker = self._pseudonym(person)
        if actor.person == person:
            with self._sessions.begun() as session:
                return self._forget(session, person, asker)
        with self._acting.begun(actor, Action.FORGET, f"asker {asker}") as session:
            return self._forget(session, person, asker)

    def _forget(self, session: Session, person: int, asker: str) -> int:
        cases = cases_of(session, person)
        touched = forget_person(session, person, asker)
        for case in cases:
            # What stands in the staff's chat is to go as well.
            self._staff.tell(session, f"case:{case.id}:forgotten", "asker_forgotten", case.id, case=case.id)
        return touched

    def audit(self, actor: Actor, since: float = 0.0) -> tuple[Noted, ...]:
        """The audit log, oldest first."""
        with self._acting.begun(actor, Action.AUDIT) as session:
            return noted(session, since)

    def remove_old(self) -> int:
        """Remove what is older than the settings say: inquiries, closed cases, sent messages, the audit log."""
        with self._sessions.begun() as session:
            before = session.now - self._settings.keep_staff_days * _DAY
            removed = inquiries.remove_old_inquiries(session, before) + remove_old_cases(session, before)
            removed += outbox.remove_old_letters(session, before) + remove_old_shown(session, before)
            return removed + remove_old_notes(session, session.now - self._numbers.audit.keep_days * _DAY)

    def _shipped(self) -> Knowledge:
        if self._known is None:
            self._known = load_corpus(self._settings.corpus or SHIPPED)[1]
        return self._known

    def close(self) -> None:
        """Let go of the database."""
        self._sessions.close()

    def now(self) -> float:
        """The time by the clock of the staff desk, in seconds since 1970."""
        with self._sessions.begun(writing=False) as session:
            return session.now

    def today(self) -> date:
        """The date by the clock of the office."""
        with self._sessions.begun(writing=False) as session:
            return self.office.local(session.now).date()

    def _first(self, days: int) -> date:
        return self.today() - timedelta(days=days - 1)


def open_staff(
    settings: Settings,
    *,
    bot: int,
    library: Callable[[], Library],
    pseudonym: Callable[[int], str],
    space: ComparesQuestions | None = None,
    known: Knowledge | None = None,
    clock: Callable[[], float] | None = None,
    database: Database | None = None,
) -> StaffDesk:
    """The staff desk of these settings; ``bot`` is the id of the bot whose cases and messages it sees.

    ``pseudonym`` gives the keyed hash that stands for a person in the log. Without a ``space`` nothing confirmed is
    found. ``known`` is what is known of the corpus, read where it is not at hand. ``clock`` is the time where it is not
    to be that of the database. ``database`` is the bot's where it is open; it is closed with the desk.
    Raises ``StoreError`` and ``OfficeError``.
    """
    database = database or Database(settings.bot_database)
    try:
        sessions = Sessions(database, bot, clock)
        return StaffDesk(sessions, settings, library=library, pseudonym=pseudonym, space=space, known=known)
    except BaseException:
        database.close()
        raise


__all__ = ["StaffDesk", "open_staff"]
