"""The staff desk as the running bot has it: opened, at work beside the updates, and closed with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Bot

from bot.settings import Settings
from bot.staff.desk import open_staff
from bot.telegram.deliver import Deliver
from bot.telegram.kept import Kept
from bot.telegram.keys import Pseudonyms
from bot.telegram.language import Languages
from bot.telegram.memory import Memory
from bot.telegram.staff.asker import AskerSide
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.letters import Letters
from bot.telegram.staff.mailer import Mailer
from bot.telegram.staff.members import Members
from bot.telegram.staff.threads import Threads
from bot.telegram.staff.timers import Timers
from bot.telegram.staff.uploads import Uploads

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions
    from bot.staff.space import ComparesQuestions


@dataclass(frozen=True, slots=True)
class Service:
    """What serves staff."""

    doorway: Doorway
    threads: Threads
    mailer: Mailer
    timers: Timers


@dataclass(frozen=True, slots=True)
class Office:
    """What the bot has of the staff desk. The log of inquiries is kept in any case; there is a ``service`` where a
    staff's chat or an admin is set."""

    asker: AskerSide
    service: Service | None = None

    async def work(self) -> None:
        """Send messages and keep time until cancelled."""
        if self.service is None:
            await asyncio.Event().wait()
        else:
            await asyncio.gather(self.service.mailer.run(), self.service.timers.run())

    async def finish(self, seconds: float) -> bool:
        """Let messages on their way arrive for so long, and give back the rest; whether all arrived."""
        return self.service is None or await self.service.mailer.finish(seconds)


async def open_office(
    desk: AnswersQuestions,
    settings: Settings,
    bot: Bot,
    deliver: Deliver,
    memory: Memory,
    pseudonyms: Pseudonyms,
    kept: Kept,
    space: Callable[[], ComparesQuestions] | None,
) -> Office:
    """Open it in the bot's database. Raises ``StoreError`` and ``OfficeError``."""
    staffed = settings.staff_chat is not None or bool(settings.admins)
    compares = await asyncio.to_thread(space) if staffed and space is not None else None
    staff = open_staff(
        settings,
        bot=bot.id,
        library=lambda: desk.library,
        pseudonym=pseudonyms.of,
        space=compares,
        database=kept.store.database,
    )
    asker = AskerSide(staff, deliver, memory, pseudonyms, kept.staff, chat=settings.staff_chat, bot=bot.id)
    if not staffed:
        return Office(asker)
    members = Members(bot, settings.staff_chat)
    doorway = Doorway(
        staff,
        deliver,
        members,
        Languages(memory),
        kept.staff,
        chat=settings.staff_chat,
        language=settings.staff_language,
    )
    threads = Threads(bot, doorway, lambda: desk.library)
    mailer = Mailer(doorway, Letters(doorway, threads), staff.mail(kept.presence.name))
    timers = Timers(doorway, lambda: desk.library, Uploads(settings.home))
    return Office(asker, Service(doorway, threads, mailer, timers))
    return Office(asker, Service(doorway, threads, mailer, timers))
