"""The bot as a process: it starts, polls, and stops with what was begun finished."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from telegram import BotCommand, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from bot.settings import Settings
from bot.telegram.commands import COMMANDS
from bot.telegram.deliver import Deliver
from bot.telegram.errors import BotError
from bot.telegram.handlers import App, Handlers
from bot.telegram.limits import POOL_SECONDS, READ_SECONDS, REMEMBERED_UPDATES, STARTUP_REMINDER_SECONDS, STOP_SECONDS
from bot.telegram.logs import set_up_logging
from bot.telegram.memory import Recent
from bot.telegram.order import InOrder
from bot.telegram.persist import is_final, pauses, persist, wait_asked_for
from bot.telegram.polling import Poller, Raw
from prompts.phrases import LANGUAGES, phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions

log = logging.getLogger(__name__)

_TOKEN = re.compile(r"[A-Za-z0-9:_-]+")


def run(desk: AnswersQuestions, settings: Settings) -> None:
    """Run the bot by long polling until SIGTERM or SIGINT, then finish what was begun and return.

    Raises ``BotError`` with one line that says what to do when it cannot run.
    """
    token, api = _token(settings), _api(settings)
    set_up_logging(token)
    asyncio.run(_serve(desk, settings, token, api))


def _token(settings: Settings) -> str:
    token = settings.telegram_token.get_secret_value().strip() if settings.telegram_token else ""
    if not token:
        raise BotError("TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather, set it and start again.")
    if not _TOKEN.fullmatch(token):
        raise BotError("TELEGRAM_BOT_TOKEN does not look like a token; copy it anew from @BotFather.")
    return token


def _api(settings: Settings) -> str:
    api = settings.telegram_api.strip().rstrip("/")
    address = urlsplit(api)
    if address.scheme not in ("http", "https") or not address.netloc or "{" in api:
        raise BotError(f"TELEGRAM_API_BASE_URL must be an http or https address, and is {settings.telegram_api!r}.")
    return api


async def _serve(desk: AnswersQuestions, settings: Settings, token: str, api: str) -> None:
    stop = _stop_on_signals()
    application = _build(token, api)
    Handlers(desk, Deliver(application.bot), settings).register(application)
    connecting = asyncio.create_task(_connect(application, api))
    try:
        if not await _unless(stop, connecting):
            return
        await _poll(application, stop)
        log.info("stopped")
    finally:
        await application.shutdown()


def _build(token: str, api: str) -> App:
    builder = ApplicationBuilder().token(token).base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
    return (
        builder.updater(None)
        .rate_limiter(AIORateLimiter())
        .concurrent_updates(InOrder())
        .read_timeout(READ_SECONDS)
        .pool_timeout(POOL_SECONDS)
        .get_updates_pool_timeout(POOL_SECONDS)
        .build()
    )


async def _connect(application: App, api: str) -> None:
    """Log in, however long the server takes to come up; ``BotError`` for a rejected token."""
    said = float("-inf")
    for pause in pauses():
        try:
            await application.initialize()
            break
        except InvalidToken:
            # The library's own message holds the token.
            raise BotError(
                f"{api} rejects TELEGRAM_BOT_TOKEN; check the token with @BotFather (and TELEGRAM_API_BASE_URL)."
            ) from None
        except TelegramError as error:
            if is_final(error):
                raise BotError(f"{api} refuses the bot: {error}") from None
            if time.monotonic() - said > STARTUP_REMINDER_SECONDS:
                log.warning("no answer from %s yet (%s). Trying on.", api, error)
                said = time.monotonic()
            await asyncio.sleep(max(pause, wait_asked_for(error)))
    try:
        # A webhook set earlier would keep the updates away.
        await persist(application.bot.delete_webhook)
    except TelegramError as error:
        log.warning("a webhook, if there is one, could not be removed: %s", error)
    log.info("ready as @%s on %s", application.bot.username, api)


async def _poll(application: App, stop: asyncio.Event) -> None:
    processor = application.update_processor
    queue = application.update_queue
    poller = Poller(application.bot, _taker(application), lambda: queue.qsize() + processor.current_concurrent_updates)
    await application.start()
    application.create_task(_introduce(application), name="introduce")
    try:
        await _unless(stop, asyncio.create_task(poller.run()))
    finally:
        log.info("stopping: finishing what was begun")
        await poller.confirm()
        try:
            await asyncio.wait_for(application.stop(), STOP_SECONDS)
        except TimeoutError:
            log.warning("not everything begun was finished within %s seconds", STOP_SECONDS)


def _taker(application: App) -> Callable[[Raw], None]:
    seen: Recent[int, bool] = Recent(REMEMBERED_UPDATES)

    def take(raw: Raw) -> None:
        number = raw.get("update_id")
        if not isinstance(number, int) or seen.get(number):
            return
        seen.put(number, True)
        try:
            update = Update.de_json(raw, application.bot)
        except Exception:
            log.exception("update %s cannot be read and is left out", number)
            return
        application.update_queue.put_nowait(update)

    return take


async def _introduce(application: App) -> None:
    """Name the commands in each language; the bot works without."""
    bot = application.bot
    try:
        for language in (None, *LANGUAGES):
            say = phrases(language or LANGUAGES[0])
            commands = [BotCommand(name, say(f"telegram.command_{name}")) for name in COMMANDS]
            await persist(partial(bot.set_my_commands, commands, language_code=language))
    except TelegramError as error:
        log.warning("the list of commands could not be set: %s", error)


def _stop_on_signals() -> asyncio.Event:
    """An event set by the first SIGTERM or SIGINT; a second one ends the process at once."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    signals = (signal.SIGINT, signal.SIGTERM)

    def stopping() -> None:
        stop.set()
        for each in signals:
            signal.signal(each, signal.SIG_DFL)

    for each in signals:
        try:
            loop.add_signal_handler(each, stopping)
        except NotImplementedError:  # Windows
            signal.signal(each, lambda *_: loop.call_soon_threadsafe(stopping))
    return stop


async def _unless(stop: asyncio.Event, task: asyncio.Task[None]) -> bool:
    """Wait for the task unless the bot is told to stop; whether the task came to its end. Raises what it raises."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if task.done():
        task.result()
        return True
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return False
