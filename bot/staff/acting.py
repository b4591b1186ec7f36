"""An action of staff: allowed or not, done or refused, and in the audit log whichever it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.staff.audit import Outcome, note
from bot.staff.errors import Refused
from bot.staff.roles import Action, Actor, may
from bot.staff.session import Session, Sessions


class Acting:
    """Begins actions."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    @contextmanager
    def begun(self, actor: Actor, action: Action, subject: str = "", **detail: Any) -> Iterator[Session]:
        """A transaction for an action, with its row of the audit log. ``detail`` holds no words of askers.

        Raises ``Refused`` with the code ``not_allowed`` where the actor's role may not do it.
        """
        if not may(actor.role, action):
            with self._sessions.begun() as session:
                note(session, actor, action.value, subject, Outcome.NOT_ALLOWED, detail)
            raise Refused("not_allowed", action=action.value)
        try:
            with self._sessions.begun() as session:
                note(session, actor, action.value, subject, Outcome.DONE, detail)
                yield session
        except Refused as refused:
            with self._sessions.begun() as session:
                note(session, actor, action.value, subject, Outcome.REFUSED, {**detail, "code": refused.code})
            raise
