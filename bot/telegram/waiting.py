"""The typing mark, shown while somebody waits for longer than a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.telegram.deliver import Deliver, Place
from bot.telegram.limits import TYPING_AFTER_SECONDS, TYPING_EVERY_SECONDS

T = TypeVar("T")


async def while_typing(deliver: Deliver, place: Place, call: Callable[[], T]) -> T:
    """What the blocking ``call`` returns or raises; it runs in a thread, and the mark is shown until it is done."""
    work = asyncio.create_task(asyncio.to_thread(call))
    if not (await asyncio.wait({work}, timeout=TYPING_AFTER_SECONDS))[0]:
        # Apart, so that nobody waits for a mark that does not get through once the work is done.
        mark = asyncio.create_task(_typing(deliver, place))
        try:
            await asyncio.wait({work})
        finally:
            mark.cancel()
    return work.result()


async def _typing(deliver: Deliver, place: Place) -> None:
    while True:
        await deliver.typing(place)
        await asyncio.sleep(TYPING_EVERY_SECONDS)
