"""A file on its way into the library: what it was read as, added, and what came of that, in one message."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.shelf import Added
from bot.staff.errors import Refused
from bot.staff.roles import Actor
from bot.telegram.callback import Language
from bot.telegram.deliver import Place
from bot.telegram.pages import Page
from bot.telegram.staff.cases_offer import CaseOffers
from bot.telegram.staff.documents_data import Add
from bot.telegram.staff.documents_pages import added_page, fault_page, line, seen_page
from bot.telegram.staff.documents_work import DocumentWork
from bot.telegram.staff.doorway import Doorway, refusal
from bot.telegram.staff.progress import Progress
from documents.errors import DeskError
from prompts.phrases import phrases

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Spot:
    """The message in which a file is shown, and the language it is shown in."""

    place: Place
    message: int
    language: Language


class Adding:
    """Reads and adds files that are kept, and shows how it goes."""

    def __init__(self, doorway: Doorway, work: DocumentWork, offers: CaseOffers) -> None:
        self._doorway, self._work, self._offers = doorway, work, offers

    async def seen(self, key: str, spot: Spot, fault: str = "") -> Page:
        """The page of what a file was read as; raises ``DeskError`` where it cannot be read, and lets go of it."""
        name = await self._work.name(key) or ""
        progress = self._progress(spot)
        try:
            seen = await progress.during(self._work.look(key, progress), _reading(name, spot.language))
        except DeskError:
            await self._work.drop(key)
            raise
        if seen.held is not None:
            await self._work.drop(key)
        return seen_page(seen, key, name, spot.language, fault)

    async def add(self, actor: Actor, action: Add, name: str, spot: Spot) -> None:
        """Add a file, let answers stand on it, and say what came of it; nothing is raised."""
        begun_before = await self._work.begin(action.key)
        await self.put(spot, line("adding", spot.language, file=name))
        progress = self._progress(spot)
        taking = self._work.take(action.key, action.document, progress)
        try:
            added = await progress.during(taking, _reading(name, spot.language))
        except Exception as error:
            await self._work.end(action.key)
            await self.put(spot, await self._once_more(action.key, spot, _reason(error, spot.language)))
            return
        # What a process that was ended has added is not there already, but added by this.
        added = added._replace(already=added.already and not begun_before)
        await self._report(actor, added, spot, progress)
        await self._work.drop(action.key)

    async def put(self, spot: Spot, page: Page) -> None:
        """Show a page in the message, or in a new one where it cannot be edited."""
        if not await self._doorway.deliver.edit(spot.place, spot.message, page):
            await self._doorway.deliver.send(spot.place, page)

    def _progress(self, spot: Spot) -> Progress:
        return Progress(self._doorway.deliver, spot.place, spot.message)

    async def _once_more(self, key: str, spot: Spot, fault: str) -> Page:
        """What a file was read as, and why it was not added; the reason alone where it cannot be read any more."""
        try:
            return await self.seen(key, spot, fault)
        except DeskError:
            return fault_page(fault)

    async def _report(self, actor: Actor, added: Added, spot: Spot, progress: Progress) -> None:
        """Let answers stand on what was added, look for the cases it answers, and say what came of both."""
        language = spot.language
        say = phrases(language)
        notes, found = [], None

        def indexing(done: int, of: int) -> Page:
            return line("indexing", language, done=done, count=of)

        def asking(done: int, of: int) -> Page:
            return line("asking_anew", language, done=done, count=of)

        try:
            await progress.during(self._work.follow(progress), indexing)
            notes.append(say("staff_documents.answers_from_now"))
        except Exception as error:
            notes.append(say("staff_documents.index_later", reason=_reason(error, language)))
        else:
            try:
                found = await progress.during(self._offers.found(actor, added.document, progress), asking)
                days = self._offers.past_days
                notes.append(say("staff_documents.cases_counted", days=days, count=len(found)))
            except Exception as error:
                notes.append(say("staff_documents.cases_not_looked", reason=_reason(error, language)))
        await self.put(spot, added_page(added, language, notes))
        if found:
            page = await self._offers.page(actor, added.document, found, 0, language)
            await self._doorway.deliver.send(spot.place, page, spot.message)


def _reading(name: str, language: Language) -> Callable[[int, int], Page]:
    def shows(page: int, of: int) -> Page:
        return line("reading_page", language, file=name, page=page, pages=of)

    return shows


def _reason(error: Exception, language: Language) -> str:
    """Why something did not work, in one line; what nobody foresaw is in the log."""
    if isinstance(error, Refused):
        return refusal(error, language)
    if isinstance(error, DeskError):
        log.warning("a document was not added, or not all was done for it: %s", error)
        return str(error)
    log.error("a document was not added, or not all was done for it", exc_info=error)
    return phrases(language)("telegram.failed")
