"""A storm: questions to a real bot while the server fails, hangs, repeats itself and confuses the order, and a kill."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from bot_api_server import BOT, BotApiServer, Fault, Json
from conftest import BotProcess

WEATHER = {
    "sendMessage": {"429": 0.02, "500": 0.03, "502": 0.03, "drop": 0.03, "hang": 0.01},
    "getUpdates": {"429": 0.03, "500": 0.04, "502": 0.04, "drop": 0.04, "drop_after": 0.04, "hang": 0.02},
}
"""How often a call fails, and how. A message that is taken and not acknowledged is none of it: no bot can tell."""
TWICE, LATE = 0.1, 0.1
"""How many updates are brought again, and how many after later ones."""
LATE_SECONDS = (0.1, 1.5)
POLL_HANG_SECONDS = 3
NEAR_SECONDS = 1.0
"""A message sent this near to a kill was on its way then."""


class StormServer(BotApiServer):
    """The strict server in bad weather, once it is ``stormy``; ``hang`` is for how long a message hangs, in seconds."""

    def __init__(self, seed: int, hang: int) -> None:
        super().__init__()
        self.stormy = False
        self.struck: Counter[str] = Counter()
        self._random, self._hang = random.Random(seed), hang
        self._late: list[tuple[float, Json]] = []
        self._shown: list[tuple[float, Json]] = []
        self._unheard = [False, False]

    def ask(self, user: int, text: str) -> None:
        """A question, which may be brought late, or once more: at once, or when it is long answered."""
        with self._changed:
            self.say(user, text)
            chance, wait = self._random.random(), self._random.uniform(*LATE_SECONDS)
            if chance < TWICE:
                self.push_again()
            elif chance < 2 * TWICE:
                self._late.append((time.monotonic() + wait, self._updates[-1]))
            elif chance < 2 * TWICE + LATE:
                self._late.append((time.monotonic() + wait, self._updates.pop()))
                self._loop.call_soon_threadsafe(self._wake.set)
            else:
                return
            self.struck["twice" if chance < 2 * TWICE else "late"] += 1

    def _struck(self, method: str, params: Json) -> Fault | None:
        with self._changed:
            if not self.stormy or method not in WEATHER:
                return super()._struck(method, params)
            chances = WEATHER[method]
            (kind,) = self._random.choices(["", *chances], [1 - sum(chances.values()), *chances.values()])
            if not kind:
                return None
            self.struck[kind] += 1
            if kind == "drop_after":
                self._unheard[1] = True
            seconds = 1 if kind != "hang" else self._hang if method == "sendMessage" else POLL_HANG_SECONDS
            return Fault(method, kind, 1, seconds)

    async def _get_updates(self, params: Json) -> list[Json]:
        # Whoever asks on has kept what the poll before brought, if that came through; a process that begins has not.
        unheard, self._unheard = self._unheard[0], [self._unheard[1], False]
        if int(params.get("offset") or 0) > 0 and not unheard:
            self._shown = []
        if self._late:
            params = {**params, "timeout": "0"}
        found = await super()._get_updates(params)
        with self._changed:
            # Never before the first of its kind: what is brought confirms all before it, as a bot sees it.
            brought = max([int(params.get("offset") or 0) - 1, *(each["update_id"] for each in found)])
            due = [each for each in self._late if each[0] <= time.monotonic() and each[1]["update_id"] <= brought]
            self._late = [each for each in self._late if each not in due]
            self._shown += due
            found = [*found, *(update for _, update in self._shown)]
            if self.stormy:
                self._random.shuffle(found)
            return found


class Outcome(NamedTuple):
    """What became of the questions. ``twice`` are those answered more often than once, far from any kill."""

    asked: int
    answered: int
    twice: list[str]
    twice_in_flight: list[str]
    """Answered again as their answer was on its way when the process was killed."""
    struck: dict[str, int]
    seconds: float
    violations: list[str]
    log: str


def storm(server: StormServer, start: Callable[[], BotProcess], questions: int, users: int, a_second: float) -> Outcome:
    """Ask so many questions of so many users, and kill the bot in the middle; the server is started, and stays so."""
    bot = start()
    _until(lambda: len(server.done("setMyCommands")) == 3, 30)
    began, killed = time.monotonic(), 0.0
    server.stormy = True
    for number in range(questions):
        server.ask(1 + number % users, f"question {number}")
        time.sleep(max(0.0, began + number / a_second - time.monotonic()))
        if number == questions // 2:
            bot.signal(signal.SIGKILL)
            bot.ended()
            killed = time.monotonic()
            bot = start()
    asked = {f"question {number}" for number in range(questions)}
    _until(lambda: asked <= set(_answers(server)), 60 + questions / 5)
    server.stormy = False
    seconds = time.monotonic() - began
    # One user's updates are handled in order: once these are answered, whatever would come twice has come.
    last = {f"last {user}" for user in range(1, users + 1)}
    time.sleep(LATE_SECONDS[1])
    for user in range(1, users + 1):
        server.say(user, f"last {user}")
    _until(lambda: last <= set(_answers(server)), 30 + users / 5)
    code = bot.stop()
    assert code == 0, bot.log
    answers = _answers(server)
    twice = [each for each in asked & set(answers) if len(answers[each]) > 1]
    near = [each for each in twice if len(answers[each]) == 2 and abs(answers[each][0] - killed) < NEAR_SECONDS]
    return Outcome(
        questions,
        len(asked & set(answers)),
        sorted(set(twice) - set(near)),
        sorted(near),
        dict(sorted(server.struck.items())),
        seconds,
        list(server.violations),
        bot.log,
    )


def _answers(server: BotApiServer) -> dict[str, list[float]]:
    """When each question was answered, by its text."""
    found: dict[str, list[float]] = {}
    for call in server.done("sendMessage"):
        result: Any = call.result
        if result["from"]["id"] == BOT["id"] and "Echo: " in result["text"]:
            found.setdefault(result["text"].split("Echo: ")[1], []).append(call.at)
    return found


def _until(condition: Callable[[], bool], seconds: float) -> None:
    """Look now and then, as the server has more to do than to be looked at; go on when time is over, too."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
