"""Progress told from a thread is shown by edits of one message, and whoever tells it ends once nobody waits."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from bot.telegram.deliver import Place
from bot.telegram.pages import Page
from bot.telegram.staff import progress
from bot.telegram.staff.progress import Progress


class Edits:
    def __init__(self) -> None:
        self.shown: list[str] = []

    async def edit(self, _place: Place, _message: int, page: Page) -> bool:
        self.shown.append(page.plain)
        return True


def shows(done: int, of: int) -> Page:
    return Page("", f"{done}/{of}")


@pytest.fixture
def edits(monkeypatch: pytest.MonkeyPatch) -> Edits:
    monkeypatch.setattr(progress, "PROGRESS_SECONDS", 0.01)
    return Edits()


def test_how_far_it_is_is_shown_once_each_and_the_result_given(edits: Edits) -> None:
    async def run() -> str:
        told: Any = Progress(edits, Place(1), 2)  # type: ignore[arg-type]

        async def work() -> str:
            for done in (1, 2):
                await asyncio.to_thread(told, done, 2)
                while f"{done}/2" not in edits.shown:
                    await asyncio.sleep(0.005)
            return "done"

        return str(await told.during(work(), shows))

    assert asyncio.run(run()) == "done"
    assert edits.shown == ["1/2", "2/2"]


def test_a_thread_ends_once_what_waits_for_it_was_cancelled(edits: Edits) -> None:
    ended, begun = threading.Event(), threading.Event()

    async def run() -> None:
        told: Any = Progress(edits, Place(1), 2)  # type: ignore[arg-type]

        def work() -> None:
            try:
                while True:
                    told(1, 2)
                    begun.set()
            finally:
                ended.set()

        waiting = asyncio.create_task(told.during(asyncio.to_thread(work), shows))
        await asyncio.to_thread(begun.wait, 5)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await asyncio.to_thread(ended.wait, 5)

    asyncio.run(run())
