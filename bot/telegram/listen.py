"""HTTP on an address of this machine, by aiohttp's server, in the bot's own event loop."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.telegram.errors import BotError
from bot.telegram.limits import BODY_BYTES, CLOSE_SECONDS

Address = tuple[str, int]


def address_of(text: str, setting: str) -> Address:
    """Host and port of ``host:port``, ``[::1]:port`` or ``:port`` for every address; raises ``BotError``."""
    host, colon, port = text.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if host.startswith("[") else host
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65_535 or any(c in host for c in "/@ "):
        raise BotError(f"{setting} must be host:port, such as 127.0.0.1:8080, and is {text!r}.")
    return host or "0.0.0.0", int(port)  # noqa: S104 - asked for by leaving the host out


@asynccontextmanager
async def listening(address: Address, setting: str, routes: Sequence[web.RouteDef]) -> AsyncIterator[None]:
    """Serve these routes at the address until the end. Raises ``BotError`` where the address cannot be had."""
    application = web.Application(client_max_size=BODY_BYTES)
    application.add_routes(routes)
    # The log of a web server would name addresses and paths; the bot says and counts what matters itself.
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=CLOSE_SECONDS)
    await runner.setup()
    try:
        try:
            family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
            bound = socket.create_server(address, family=family)
        except OSError as error:
            place = f"{address[0]}:{address[1]}"
            raise BotError(f"{setting}: {place} cannot be listened on ({error.strerror or error}).") from None
        await web.SockSite(runner, bound).start()
        yield
    finally:
        await runner.cleanup()
