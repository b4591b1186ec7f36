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
    pause = TYPING_AFTER_SECONDS
    while not (await asyncio.wait({work}, timeout=pause))[0]:
        await deliver.typing(place)
        pause = TYPING_EVERY_SECONDS
    return work.result()
