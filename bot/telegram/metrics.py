"""What is counted of the running bot, in the form Prometheus reads."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot.answering.answer import Answer, Question
from bot.telegram.limits import ANSWER_BUCKETS_SECONDS, WAITED_BUCKETS_SECONDS
from documents.library import Library

if TYPE_CHECKING:
    from bot.desk import AnswersQuestions


class Metrics:
    """Counters of one process. No label holds anything of a user."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._taken = Counter("circular_updates_taken", "Updates kept", registry=registry)
        self._again = Counter("circular_updates_again", "Updates that had come before", registry=registry)
        self._handled = Counter(
            "circular_updates_handled", "Updates, by kind and how they ended", ["kind", "outcome"], registry=registry
        )
        self._waiting = Gauge("circular_updates_waiting", "Updates kept and not done", registry=registry)
        self._active = Gauge("circular_updates_active", "Updates being handled here", registry=registry)
        self._seconds = Histogram(
            "circular_update_seconds", "From kept to done", buckets=WAITED_BUCKETS_SECONDS, registry=registry
        )
        self._answers = Histogram(
            "circular_answer_seconds",
            "Questions to the desk, by status",
            ["status"],
            buckets=ANSWER_BUCKETS_SECONDS,
            registry=registry,
        )
        self._requests = Counter(
            "circular_telegram_requests", "Requests to Telegram", ["method", "outcome"], registry=registry
        )
        self._webhook = Counter("circular_webhook_requests", "Requests to the webhook", ["code"], registry=registry)

    def took(self, came: int, new: int) -> None:
        """Updates came, of which some were new."""
        self._taken.inc(new)
        self._again.inc(came - new)

    def handled(self, kind: str, outcome: str, seconds: float) -> None:
        """An update ended, ``done``, ``failed``, ``left_out`` or ``lost``, so long after it was kept."""
        self._handled.labels(kind, outcome).inc()
        self._seconds.observe(seconds)

    def waiting(self, count: int, active: int) -> None:
        """How many updates wait, and are being handled."""
        self._waiting.set(count)
        self._active.set(active)

    def requested(self, method: str, outcome: str) -> None:
        """A request to Telegram came back."""
        self._requests.labels(method, outcome).inc()

    def called(self, code: int) -> None:
        """The webhook answered a request."""
        self._webhook.labels(str(code)).inc()

    def watched(self, desk: AnswersQuestions) -> AnswersQuestions:
        """The same desk, its answers counted."""
        return _Watched(desk, self._answers)

    def text(self) -> bytes:
        """All of it."""
        return generate_latest(self._registry)


class _Watched:
    def __init__(self, desk: AnswersQuestions, answers: Histogram) -> None:
        self._desk = desk
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    @property
    def library(self) -> Library:
        return self._desk.library

    def follow(self, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
        self._desk.follow(progress)

    def ask(self, question: Question, *, explain: bool = False) -> Answer:
        began, status = time.perf_counter(), "failed"
        try:
            answer = self._desk.ask(question, explain=explain)
            status = answer.status.value
            return answer
        finally:
            self._answers.labels(status).observe(time.perf_counter() - began)
