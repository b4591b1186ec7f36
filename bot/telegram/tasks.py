"""Tasks of the running bot: told to stop by a signal, run together, every day, or until then."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress

from bot.telegram.limits import DAY_SECONDS


async def daily(work: Callable[[], Awaitable[None]]) -> None:
    """Do the work now and every day."""
    while True:
        await work()
        await asyncio.sleep(DAY_SECONDS)


async def forever(first: Awaitable[None]) -> None:
    """Wait until cancelled, once ``first`` is done; raises what it raises."""
    await first
    await asyncio.Event().wait()


async def first_of(*works: Coroutine[None, None, None]) -> None:
    """Run all of them until one ends; raises what it raises."""
    tasks = [asyncio.create_task(each) for each in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def stop_on_signals() -> asyncio.Event:
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


async def unless(stop: asyncio.Event, task: asyncio.Task[None]) -> bool:
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
