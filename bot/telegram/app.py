"""The bot as a process: it starts, takes updates by polling or webhook, and stops with what was begun finished."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from telegram import BotCommand, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from bot.settings import Settings
from bot.staff.office import OfficeError
from bot.store import StoreError
from bot.telegram.arrivals import Raw
from bot.telegram.commands import COMMANDS
from bot.telegram.deliver import Deliver
from bot.telegram.errors import BotError
from bot.telegram.handlers import App, Handlers
from bot.telegram.handling import current
from bot.telegram.health import Health
from bot.telegram.journal import Journal
from bot.telegram.kept import Kept
from bot.telegram.keys import Pseudonyms, kept_secret
from bot.telegram.limits import (
    POOL_SECONDS,
    READ_SECONDS,
    SETTLE_SECONDS,
    STARTUP_REMINDER_SECONDS,
    STOP_SECONDS,
    TURN_SECONDS,
)
from bot.telegram.listen import Address, address_of, listening
from bot.telegram.logs import set_up_logging
from bot.telegram.memory import Memory
from bot.telegram.metrics import Metrics
from bot.telegram.order import InOrder
from bot.telegram.persist import is_final, pauses, persist, wait_asked_for
from bot.telegram.polling import Poller
from bot.telegram.staff.commands import list_commands
from bot.telegram.staff.limits import FINISH_SECONDS
from bot.telegram.staff.opening import Office, open_office
from bot.telegram.tasks import daily, first_of, forever, stop_on_signals, unless
from bot.telegram.webhook import Webhook, WebhookAt, set_webhook, webhook_of
from prompts.phrases import LANGUAGES, phrases

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions
    from bot.staff.space import ComparesQuestions

log = logging.getLogger(__name__)

_TOKEN = re.compile(r"[A-Za-z0-9:_-]+")
_HASH_KEY_FILE = "hash.key"


@dataclass(frozen=True, slots=True)
class Way:
    """How the bot and Telegram reach each other."""

    token: str = field(repr=False)
    api: str
    webhook: WebhookAt | None


def run(
    desk: AnswersQuestions,
    settings: Settings,
    *,
    webhook: bool = False,
    space: Callable[[], ComparesQuestions] | None = None,
) -> None:
    """Run the bot by long polling or ``webhook`` until SIGTERM or SIGINT, then finish what was begun and return.

    ``space`` makes what questions are compared in with those that staff confirmed; it is asked for where there is a
    staff desk. Raises ``BotError`` with one line that says what to do when it cannot run.
    """
    token, api = _token(settings), _api(settings)
    hide = set_up_logging(token, settings.log_form)
    try:
        at = webhook_of(settings) if webhook else None
        key = settings.hash_key.get_secret_value() if settings.hash_key else kept_secret(settings.home, _HASH_KEY_FILE)
        for secret in (key, *([at.secret] if at else [])):
            hide(secret)
        with Kept(settings) as kept:
            asyncio.run(_serve(desk, settings, Way(token, api, at), kept, Pseudonyms(key), space))
    except (StoreError, OfficeError) as error:
        raise BotError(str(error)) from None
    except OSError as error:
        place = error.filename or settings.home
        raise BotError(
            f"{place}: {error.strerror or error}; CIRCULAR_HOME must be a folder that can be written."
        ) from None


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


async def _serve(
    desk: AnswersQuestions,
    settings: Settings,
    way: Way,
    kept: Kept,
    pseudonyms: Pseudonyms,
    space: Callable[[], ComparesQuestions] | None,
) -> None:
    stop = stop_on_signals()
    async with AsyncExitStack() as stack:
        metrics = Metrics()
        health = Health(desk, kept.store, metrics)
        stack.callback(health.close)
        webhook = Webhook(way.webhook, metrics) if way.webhook else None
        for at, setting, routes in _doors(settings, way.webhook, webhook, health):
            await stack.enter_async_context(listening(at, setting, routes))
        application = _build(way, Journal(metrics))
        stack.push_async_callback(application.shutdown)
        if not await unless(stop, asyncio.create_task(_connect(application, way))):
            return
        memory, deliver = Memory(), Deliver(application.bot)
        office = await open_office(desk, settings, application.bot, deliver, memory, pseudonyms, kept, space)
        Handlers(metrics.watched(desk), deliver, settings, pseudonyms, memory, office).register(application)
        application.add_error_handler(_note_failure)
        updates = kept.store.updates(application.bot.id, kept.presence.name, TURN_SECONDS)
        settle = SETTLE_SECONDS if webhook else 0.0
        process = partial(_process, application)
        order = InOrder(updates, kept.presence, kept.aside, kept.records, process, pseudonyms, metrics, settle=settle)
        health.alive = lambda: order.alive or health.phase == "stopping"
        await _work(
            application, order, way, webhook, health, stop, office, partial(kept.remove_old, settings.keep_days)
        )
        log.info("stopped")


def _doors(
    settings: Settings, at: WebhookAt | None, webhook: Webhook | None, health: Health
) -> list[tuple[Address, str, list[web.RouteDef]]]:
    """What is served where: health with the webhook, metrics there too unless they have an address of their own."""
    apart = settings.metrics_listen is not None
    doors = []
    if settings.metrics_listen is not None:
        setting = "CIRCULAR_METRICS_LISTEN"
        doors.append((address_of(settings.metrics_listen, setting), setting, health.routes()))
    if at is not None and webhook is not None:
        doors.append((at.listen, "CIRCULAR_WEBHOOK_LISTEN", [*webhook.routes(), *health.routes(metrics=not apart)]))
    return doors


def _build(way: Way, journal: Journal) -> App:
    api = way.api
    builder = ApplicationBuilder().token(way.token).base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
    return (
        builder.updater(None)
        .rate_limiter(journal)
        .read_timeout(READ_SECONDS)
        .pool_timeout(POOL_SECONDS)
        .get_updates_pool_timeout(POOL_SECONDS)
        .build()
    )


async def _connect(application: App, way: Way) -> None:
    """Log in, however long the server takes to come up; ``BotError`` for a rejected token."""
    api = way.api
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
    if way.webhook is None:
        try:
            # A webhook set earlier would keep the updates away.
            await persist(application.bot.delete_webhook)
        except TelegramError as error:
            log.warning("a webhook, if there is one, could not be removed: %s", error)
    log.info("ready as @%s on %s", application.bot.username, api)


async def _work(
    application: App,
    order: InOrder,
    way: Way,
    webhook: Webhook | None,
    health: Health,
    stop: asyncio.Event,
    office: Office,
    remove_old: Callable[[], Awaitable[None]],
) -> None:
    """Take updates and handle them until told to stop, then finish what was begun."""
    poller = Poller(application.bot, order.take, lambda: order.backlog)
    await application.start()
    order.start()
    application.create_task(_introduce(application, office), name="introduce")
    if webhook is not None and way.webhook is not None:
        webhook.open(order.take)
        source = forever(set_webhook(application.bot, way.webhook))
    else:
        source = poller.run()
    health.phase = "running"
    try:
        works = (source, order.ended(), daily(remove_old), office.work())
        await unless(stop, asyncio.create_task(first_of(*works)))
    finally:
        health.phase = "stopping"
        log.info("stopping: finishing what was begun")
        if webhook is not None:
            webhook.close()
        else:
            await poller.confirm()
        end = time.monotonic() + STOP_SECONDS
        done = await order.finish(STOP_SECONDS)
        try:
            await asyncio.wait_for(application.stop(), max(0.1, end - time.monotonic()))
        except TimeoutError:
            done = False
        done = await office.finish(max(FINISH_SECONDS, end - time.monotonic())) and done
        if not done:
            log.warning("not everything begun was finished within %s seconds; the rest is kept", STOP_SECONDS)


async def _process(application: App, raw: Raw) -> None:
    try:
        update = Update.de_json(raw, application.bot)
    except Exception:
        log.exception("update %s cannot be read and is left out", raw.get("update_id"))
        return
    await application.process_update(update)


async def _note_failure(_update: object, _context: object) -> None:
    if (handling := current()) is not None:
        handling.failed = True


async def _introduce(application: App, office: Office) -> None:
    """Name the commands in each language; the bot works without."""
    bot = application.bot
    try:
        for language in (None, *LANGUAGES):
            say = phrases(language or LANGUAGES[0])
            commands = [BotCommand(name, say(f"telegram.command_{name}")) for name in COMMANDS]
            await persist(partial(bot.set_my_commands, commands, language_code=language))
    except TelegramError as error:
        log.warning("the list of commands could not be set: %s", error)
    if office.service is not None:
        await list_commands(bot, office.service.doorway)
