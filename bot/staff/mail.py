"""The messages of the desk, as a process that sends them sees them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.staff import outbox
from bot.staff.asking import StaffChat
from bot.staff.case_rows import set_reachable
from bot.staff.numbers import OutboxNumbers
from bot.staff.outbox import Letter
from bot.staff.session import Sessions


class Mail:
    """Messages to send, leased to the process ``holder`` (at most 32 characters)."""

    def __init__(self, sessions: Sessions, holder: str, numbers: OutboxNumbers, staff: StaffChat) -> None:
        self._sessions, self._holder, self._numbers, self._staff = sessions, holder, numbers, staff

    def claim(self, places: int) -> list[Letter]:
        """Take up to ``places`` messages that are due, of each chat the oldest alone."""
        with self._sessions.begun() as session:
            return outbox.claim(session, self._holder, places, self._numbers)

    def renew(self) -> set[int]:
        """Keep what this process has taken; which messages those are."""
        with self._sessions.begun() as session:
            return outbox.renew(session, self._holder, self._numbers)

    def release(self, holders: Collection[str] | None = None) -> int:
        """Give back what processes that are gone had taken, or this one; how many messages."""
        with self._sessions.begun() as session:
            return outbox.release(session, [self._holder] if holders is None else holders)

    def sent(self, letter: Letter, result: Any = None) -> None:
        """Say that it was sent. Raises ``LeaseLost`` where another process has it by now."""
        with self._sessions.begun() as session:
            outbox.mark_sent(session, letter.id, self._holder, result)

    def failed(self, letter: Letter, *, after: float | None = None) -> bool:
        """Say that it could not be sent; whether it will be tried again. Staff are told where a reply will not."""
        with self._sessions.begun() as session:
            again = outbox.mark_failed(session, letter, self._holder, self._numbers, after=after)
            if not again and letter.case is not None and letter.chat != self._staff.chat:
                self._staff.tell(session, f"lost:{letter.id}", "not_sent", letter.case, case=letter.case)
            return again

    def blocked(self, letter: Letter) -> list[int]:
        """Say that the asker blocked the bot; the cases that are marked so by it. Staff are told."""
        with self._sessions.begun() as session:
            outbox.mark_blocked(session, letter.id, self._holder)
            cases = set_reachable(session, letter.chat, False)
            for case in cases:
                self._staff.tell(session, f"blocked:{letter.id}:{case}", "asker_blocked", case, case=case)
            return cases

    def waiting(self) -> int:
        """How many are not sent yet."""
        with self._sessions.begun(writing=False) as session:
            return outbox.waiting(session)
