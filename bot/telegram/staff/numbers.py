"""The numbers of the staff desk in a chat: as text, as pictures, as a table."""

from __future__ import annotations

from telegram import CallbackQuery, Message, Update

from bot.staff.desk import StaffDesk
from bot.staff.digest import stats_lines
from bot.staff.errors import Refused
from bot.staff.inquiries import Inquiry
from bot.staff.plots import stats_plots
from bot.staff.roles import Action, Actor
from bot.staff.stats import Stats
from bot.staff.table import csv_of
from bot.telegram.aside import Aside
from bot.telegram.callback import Language
from bot.telegram.clicks import place_of
from bot.telegram.deliver import Place
from bot.telegram.deliver_files import DeliverFiles, Picture
from bot.telegram.staff.attempts import command_of, is_second_hand
from bot.telegram.staff.doorway import Doorway
from bot.telegram.staff.numbers_pages import PREFIX, Wanted, decode_numbers, stats_pages, wanted_of
from prompts.phrases import phrases

_COMMAND = "stats"


class NumbersPart:
    """A part of the staff desk: /stats, and the buttons under the weekly report."""

    def __init__(self, doorway: Doorway, files: DeliverFiles) -> None:
        self._doorway, self._files = doorway, files
        # One at a time: pictures are drawn with settings of the whole process, and each of them is work.
        self._threads = Aside("numbers", 1)

    async def message(self, update: Update) -> bool:
        """Answer /stats in the staff's chat, or to staff alone."""
        message = update.message
        command = command_of(message, message.get_bot().username, (_COMMAND,)) if message is not None else None
        if message is None or command is None:
            return False
        actor = await self._doorway.actor(message)
        if is_second_hand(message):
            raise await self._doorway.turn_away(actor, _COMMAND, "forwarded")
        if message.chat.type != message.chat.PRIVATE and not self._doorway.is_here(message.chat):
            raise await self._doorway.turn_away(actor, _COMMAND, "not_here")
        wanted = wanted_of(command.rest)
        if wanted is None:
            await self._doorway.allow(actor, Action.STATS)
            raise Refused("stats_usage")
        language = await self._doorway.speaks(message.chat, message.from_user)
        await self._give(actor, wanted, place_of(message), message.message_id, language)
        return True

    async def click(self, query: CallbackQuery) -> bool:
        """Give what a button under the weekly report asks for."""
        data = query.data or ""
        if not data.startswith(PREFIX):
            return False
        actor = await self._doorway.actor(query)
        asked, message = decode_numbers(data), query.message
        if asked is None or message is None:
            raise await self._doorway.turn_away(actor, "button", "forged", data)
        if message.chat.type != message.chat.PRIVATE and not self._doorway.is_here(message.chat):
            raise await self._doorway.turn_away(actor, "button", "not_here", data)
        wanted, language = asked
        await self._doorway.allow(actor, Action.STATS, wanted.form)
        await self._doorway.deliver.answer_click(query.id)
        place = place_of(message) if isinstance(message, Message) else Place(message.chat.id)
        await self._give(actor, wanted, place, message.message_id, language)
        return True

    async def _give(self, actor: Actor, wanted: Wanted, place: Place, reply_to: int, language: Language) -> None:
        staff = self._doorway.staff
        if wanted.form == "csv":
            await self._doorway.allow(actor, Action.STATS, "csv")
            name, table = await self._threads(_table, staff, wanted.days)
            caption = phrases(language)("staff_numbers.table", days=wanted.days)
            await self._files.file(place, name, table, caption, reply_to)
            return
        stats = await self._threads(staff.stats_for, actor, wanted.days)
        if wanted.form == "text":
            for page in stats_pages(stats_lines(stats, language), language):
                await self._doorway.deliver.send(place, page, reply_to)
        pictures = await self._threads(_pictures, stats, staff, wanted.days, language)
        await self._files.pictures(place, pictures, reply_to)


def _table(staff: StaffDesk, days: int) -> tuple[str, bytes]:
    """The log as a file: its name and content, with the mark by which spreadsheets know that it is UTF-8."""
    rows = staff.inquiries(days)
    return f"questions-{days}-days.csv", csv_of(rows, staff.office.zone).encode("utf-8-sig")


def _pictures(stats: Stats, staff: StaffDesk, days: int, language: Language) -> list[Picture]:
    say = phrases(language)
    rows: tuple[Inquiry, ...] = staff.inquiries(days) if stats.questions else ()
    return [
        Picture(f"{plot.slug}.png", plot.render("png"), say(f"staff_numbers.plot_{plot.slug.replace('-', '_')}"))
        for plot in stats_plots(stats, [row.milliseconds for row in rows])
    ]
