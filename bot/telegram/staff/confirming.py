"""Confirming in a chat: what is kept counts as done, though the memory may follow later."""

from __future__ import annotations

import logging

from bot.staff.curated import Curated, Kept
from bot.staff.roles import Actor
from bot.telegram.staff.doorway import Doorway
from documents.catalogue import CatalogueError

log = logging.getLogger(__name__)

_FIELDS = ("question", "language", "wordings", "status", "document", "basis", "pointer", "texts", "expires_on")


class Confirming:
    """Confirms, edits and withdraws. Methods raise ``Refused`` and ``StoreError``."""

    def __init__(self, doorway: Doorway) -> None:
        self._doorway = doorway

    async def confirm(self, actor: Actor, curated: Curated, edits: int | None = None, version: int = 0) -> Kept:
        """Confirm it, or put it in the place of what it edits, made of this version."""
        answers = self._doorway.staff.answers
        try:
            if edits is None:
                return await self._doorway.call(answers.confirm, actor, curated)
            changes = {name: getattr(curated, name) for name in _FIELDS}
            changes |= {"wordings": [each.model_dump() for each in curated.wordings]}
            changes |= {"basis": [each.model_dump() for each in curated.basis]}
            return await self._doorway.call(lambda: answers.edit(actor, edits, version, **changes))
        except CatalogueError as error:
            log.error("what was confirmed enters the memory later: %s", error)
            held = await self._doorway.call(answers.answers, actor)
            asked = next((kept for kept in reversed(held) if kept.curated.question == curated.question), None)
            if asked is None:
                raise
            return asked

    async def withdraw(self, actor: Actor, number: int) -> Kept:
        """Take it out of use."""
        answers = self._doorway.staff.answers
        try:
            return await self._doorway.call(answers.withdraw, actor, number)
        except CatalogueError as error:
            log.error("what was withdrawn leaves the memory later: %s", error)
            return await self._doorway.call(answers.answer, actor, number)
