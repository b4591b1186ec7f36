"""From a message of the outbox to what Telegram shows of it, and where."""

from __future__ import annotations

from collections.abc import Callable

from bot.staff.outbox import Letter
from bot.staff.shown import Shown
from bot.telegram.deliver import Place
from bot.telegram.pages import Page, block, paged
from bot.telegram.staff.asker_pages import reply_pages
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.numbers_pages import digest_pages
from bot.telegram.staff.threads import Threads
from prompts.phrases import phrases

REPLY, NEW_CASE, FORGOTTEN, DIGEST, GIVEN = "reply", "new_case", "asker_forgotten", "digest", "given"


class Letters:
    """Sends one letter. What an earlier try has sent of it is left out."""

    def __init__(self, doorway: Doorway, threads: Threads) -> None:
        self._doorway, self._threads = doorway, threads

    async def send(self, letter: Letter, sure: Callable[[], None]) -> None:
        """Send all of it; ``sure`` is called before each message, and raises where it is another's to send.

        Raises ``TelegramError``, ``Refused`` where its case is gone, and ``StoreError``.
        """
        sure()
        if letter.payload.get("kind") == REPLY:
            await self._to_asker(letter, sure)
        elif letter.case is None:
            await self._to_staff(letter, sure)
        elif letter.payload.get("kind") == NEW_CASE:
            await self._threads.opened(letter.case, letter.id, whole=True)
        else:
            if letter.payload.get("kind") == FORGOTTEN:
                await self._threads.erase(letter.case)
            for step, page in await self._left(letter, await self._plain(letter)):
                sure()
                await self._threads.say(letter.case, page, "told", letter=letter.id, step=step)
            await self._threads.redraw(letter.case)

    async def _to_asker(self, letter: Letter, sure: Callable[[], None]) -> None:
        for step, page in await self._left(letter, reply_pages(letter.payload)):
            sure()
            before = await self._before(letter)
            place = Place(letter.chat, None)
            message = await self._doorway.deliver.post(place, page, before)
            shown = Shown(letter.chat, message, REPLY, case=letter.case, letter=letter.id, step=step)
            await self._doorway.call(self._doorway.staff.shown.put, shown)

    async def _to_staff(self, letter: Letter, sure: Callable[[], None]) -> None:
        for step, page in await self._left(letter, await self._plain(letter)):
            sure()
            message = await self._doorway.deliver.post(Place(letter.chat), page)
            shown = Shown(letter.chat, message, "told", letter=letter.id, step=step)
            await self._doorway.call(self._doorway.staff.shown.put, shown)

    async def _before(self, letter: Letter) -> int | None:
        """What the asker was told of the case last, to which the answer replies."""
        if letter.case is None:
            return None
        shown = await self._doorway.call(self._doorway.staff.shown.of_case, letter.case, letter.chat)
        return next((each.message for each in reversed(shown) if each.letter != letter.id), None)

    async def _left(self, letter: Letter, pages: list[Page]) -> list[tuple[int, Page]]:
        sent = await self._doorway.call(self._doorway.staff.shown.of_letter, letter.id)
        done = {each.step for each in sent if each.kind in (REPLY, "told")}
        return [(step, page) for step, page in enumerate(pages) if step not in done]

    async def _plain(self, letter: Letter) -> list[Page]:
        say, text = phrases(self._doorway.language), str(letter.payload.get("text", ""))
        if letter.payload.get("kind") == DIGEST:
            return digest_pages(letter.payload, self._doorway.language)
        if letter.payload.get("kind") == GIVEN:
            names = {who: await self._doorway.name_of(letter.payload[who]) for who in ("to", "by")}
            text = say("staff.given", case=letter.case, **names)
        return paged([block(text)], say.raw("telegram.page_mark"))
