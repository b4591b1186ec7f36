"""Whether the bot lives and is ready, for whoever watches over it, and what it has counted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.store import Store
from bot.telegram.aside import Aside
from bot.telegram.limits import READY_SECONDS
from bot.telegram.metrics import Metrics
from documents.errors import DeskError

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions


class Health:
    """What the bot says of itself.

    ``/healthz`` is 200 as long as the process does its work, ``/readyz`` 200 when it is connected to Telegram, its
    library can be read and its store answers, and 503 otherwise, with what is missing.
    """

    def __init__(self, desk: AnswersQuestions, store: Store, metrics: Metrics) -> None:
        self._desk, self._store, self._metrics = desk, store, metrics
        self._aside = Aside("health", 2)
        self.alive: Callable[[], bool] = lambda: True
        self.phase = "connecting"
        """``connecting``, ``running`` or ``stopping``."""

    def routes(self, *, metrics: bool = True) -> list[web.RouteDef]:
        """The two, and ``/metrics``."""
        routes = [web.get("/healthz", self._healthz), web.get("/readyz", self._readyz)]
        return [*routes, web.get("/metrics", self._show_metrics)] if metrics else routes

    def close(self) -> None:
        """Let go of its threads."""
        self._aside.close()

    async def _healthz(self, _request: web.Request) -> web.Response:
        alive = self.alive()
        return web.json_response({"alive": alive}, status=200 if alive else 503)

    async def _readyz(self, _request: web.Request) -> web.Response:
        library, store = await asyncio.gather(
            self._check(lambda: self._desk.library.documents()), self._check(self._store.check)
        )
        ready = (library, store, self.phase) == ("ok", "ok", "running")
        said = {"ready": ready, "bot": self.phase, "library": library, "store": store}
        return web.json_response(said, status=200 if ready else 503)

    async def _check(self, call: Callable[[], object]) -> str:
        try:
            await asyncio.wait_for(self._aside(call), READY_SECONDS)
        except TimeoutError:
            return "no answer"
        except DeskError:
            # Its words name places that are nobody's business here; the log has them.
            return "away"
        except Exception:
            return "failed"
        return "ok"

    async def _show_metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
