"""What staff do with cases: take them, answer, put them off, close them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.staff import outbox
from bot.staff.acting import Acting
from bot.staff.asking import StaffChat
from bot.staff.audit import acted
from bot.staff.case_rows import address_of, due_to_wake, get_case, list_cases, move, say
from bot.staff.cases import ALIVE, Case, Side, State, What
from bot.staff.errors import Refused
from bot.staff.numbers import ColleagueNumbers
from bot.staff.roles import Action, Actor, may
from bot.staff.session import Sessions
from prompts.phrases import phrases

_DAY = 24 * 3600.0


class Handling:
    """The staff's side of cases. Every method raises ``Refused`` where it may not or cannot be done."""

    def __init__(self, sessions: Sessions, staff: StaffChat, colleagues: ColleagueNumbers) -> None:
        self._sessions, self._staff, self._colleagues = sessions, staff, colleagues
        self._acting = Acting(sessions)

    def cases(self, actor: Actor, states: Iterable[State] = ALIVE) -> tuple[Case, ...]:
        """The cases of these states without their course, the oldest first."""
        with self._acting.begun(actor, Action.LIST_CASES) as session:
            return list_cases(session, states)

    def case(self, actor: Actor, case: int) -> Case:
        """A case with its course."""
        with self._acting.begun(actor, Action.READ_CASE, _named(case)) as session:
            return get_case(session, case)

    def look(self, case: int) -> Case:
        """A case with its course as the staff's chat shows it, where everybody reads it; nothing is noted."""
        with self._sessions.begun(writing=False) as session:
            return get_case(session, case)

    def colleagues(self, without: int | None = None) -> tuple[int, ...]:
        """Who of the staff was seen to act lately, whoever did last first, but for ``without``; nothing is noted.

        Whether they are still of the staff is for the channel to say.
        """
        with self._sessions.begun(writing=False) as session:
            return acted(session, session.now - self._colleagues.past_days * _DAY, without)

    def claim(self, actor: Actor, case: int) -> None:
        """Take a case that nobody has; of several who do at once one succeeds."""
        with self._acting.begun(actor, Action.CLAIM, _named(case)) as session:
            move(session, case, What.ASSIGNED, actor.person, holders=(None,), new_holder=actor.person)

    def assign(self, actor: Actor, case: int, to: Actor) -> None:
        """Give a case to somebody of the staff who does not have it; the staff's chat is told.

        ``to`` is whoever is to have it, with their role now.
        """
        with self._acting.begun(actor, Action.ASSIGN, _named(case), to=to.person) as session:
            if not may(to.role, Action.CLAIM):
                raise Refused("not_staff", colleague=to.person)
            number = move(session, case, What.ASSIGNED, actor.person, holders=_theirs(actor), new_holder=to.person)
            if self._staff.chat is not None:
                # Only the channel knows names: it makes the line of these numbers.
                payload = {"kind": "given", "to": to.person, "by": actor.person}
                outbox.put(session, f"case:{case}:{number}", self._staff.chat, payload, case)

    def release(self, actor: Actor, case: int) -> None:
        """Give a case back, so that anybody may take it."""
        with self._acting.begun(actor, Action.RELEASE, _named(case)) as session:
            move(session, case, What.RELEASED, actor.person, holders=_theirs(actor))

    def snooze(self, actor: Actor, case: int, until: float) -> None:
        """Put a case off until a moment (seconds since 1970), at which ``wake`` brings it back."""
        with self._acting.begun(actor, Action.SNOOZE, _named(case), until=until) as session:
            if until <= session.now:
                raise Refused("snooze_past")
            holders = _theirs(actor)
            move(session, case, What.SNOOZED, actor.person, holders=holders, keep_holder=True, wake_at=until)

    def reply(self, actor: Actor, case: int, text: str, key: str) -> bool:
        """Answer an asker; ``False`` where the reply of this key went out already.

        Whoever answers a case that nobody has has it from then on.
        """
        with self._acting.begun(actor, Action.REPLY, _named(case)) as session:
            present = get_case(session, case)
            address = address_of(session, case)
            if address is None:
                raise Refused("forgotten", case=case)
            if not present.reachable:
                raise Refused("blocked", case=case)
            if not say(session, case, Side.STAFF, actor.person, text, key):
                return False
            move(session, case, What.ANSWERED, actor.person, holders=_theirs(actor), new_holder=actor.person)
            lead = phrases(present.language)("staff.from_staff")
            payload = {"kind": "reply", "lead": lead, "text": text, "language": present.language}
            outbox.put(session, f"reply:{key}", address.chat, payload, case)
            return True

    def note(self, actor: Actor, case: int, text: str, key: str) -> None:
        """Leave a note among staff."""
        with self._acting.begun(actor, Action.NOTE, _named(case)) as session:
            say(session, case, Side.NOTE, actor.person, text, key)

    def close(self, actor: Actor, case: int) -> None:
        """Close a case."""
        with self._acting.begun(actor, Action.CLOSE, _named(case)) as session:
            move(session, case, What.CLOSED, actor.person, holders=_theirs(actor), keep_holder=True)

    def reopen(self, actor: Actor, case: int) -> None:
        """Open a case again that was answered or closed; it is with whoever had it."""
        with self._acting.begun(actor, Action.REOPEN, _named(case)) as session:
            if address_of(session, case) is None:
                raise Refused("forgotten", case=case)
            move(session, case, What.REOPENED, actor.person, keep_holder=True)

    def wake(self) -> list[int]:
        """Bring back the snoozed cases whose time has come; those that this process brought back."""
        with self._sessions.begun(writing=False) as session:
            due = due_to_wake(session)
        woken = []
        for case in due:
            try:
                with self._sessions.begun() as session:
                    number = move(session, case, What.WOKEN, None, keep_holder=True, due=True)
                    self._staff.tell(session, f"case:{case}:{number}", "woken", case, case=case)
            except Refused:
                continue  # another process was first
            woken.append(case)
        return woken


def _named(case: int) -> str:
    return f"case {case}"


def _theirs(actor: Actor) -> tuple[int | None, ...] | None:
    """Whose cases somebody may handle: those of nobody and their own, or all."""
    return None if may(actor.role, Action.TAKE_OVER) else (None, actor.person)
