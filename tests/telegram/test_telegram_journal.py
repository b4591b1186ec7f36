"""The one door of requests: marks of typing have a limit of their own and take no place of a message."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from bot.telegram.journal import Journal
from bot.telegram.limits import MARKS_A_SECOND
from bot.telegram.metrics import Metrics


def test_marks_above_their_limit_are_left_out_and_hold_up_no_message() -> None:
    made: list[str] = []

    async def requests() -> None:
        journal = Journal(Metrics())

        async def ask(method: str) -> Any:
            async def sent() -> bool:
                made.append(method)
                return True

            return await journal.process_request(sent, (), {}, method, {"chat_id": 1}, None)

        assert all(await asyncio.gather(*(ask("sendChatAction") for _ in range(200))))
        began = time.monotonic()
        await ask("sendMessage")
        assert time.monotonic() - began < 0.5

    asyncio.run(requests())
    assert made[-1] == "sendMessage"
    assert MARKS_A_SECOND <= made.count("sendChatAction") <= MARKS_A_SECOND + 5
