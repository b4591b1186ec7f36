"""The Telegram channel: ``run(desk, settings)`` is all of it. Loaded when first used, as the library takes a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.telegram.app import run as run
    from bot.telegram.errors import BotError as BotError

__all__ = ["BotError", "run"]


def __getattr__(name: str) -> Any:
    if name == "run":
        from bot.telegram.app import run

        return run
    if name == "BotError":
        from bot.telegram.errors import BotError

        return BotError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
