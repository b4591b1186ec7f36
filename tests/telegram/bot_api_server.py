"""A strict Bot API server for tests: it holds a bot to Telegram's rules and misbehaves on demand.

It runs in the test process on 127.0.0.1, in a thread with an event loop of its own. Tests speak as
users (``say``, ``click``, ``edit``), wait for what the bot does (``wait``), and order faults (``fault``).
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from bot_api_chats import Chats, first_name
from bot_api_files import Files, files_of
from telegram_html import UnreadableError, clean, parse_html, utf16

TOKEN = "7301:AAtest-token_of-the-strict-server"
BOT = {"id": 7301, "is_bot": True, "first_name": "Desk", "username": "desk_test_bot"}
FOREVER = 10**9

Json = dict[str, Any]


class RefusedError(Exception):
    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {description}")


@dataclass
class Fault:
    """``kind`` is 429, 500, 502, ``drop`` (before the request is done), ``drop_after`` (once it is done) or ``hang``.

    A request that hangs is never done: its connection ends after ``retry_after`` seconds.
    """

    method: str
    kind: str
    times: int
    retry_after: int = 1
    chat: int | None = None


@dataclass
class Call:
    method: str
    params: Json
    ok: bool
    error: str | None = None
    result: Any = None
    at: float = field(default_factory=time.monotonic)


class BotApiServer(Files, Chats):
    """One bot's Telegram. Every public method may be called from any thread."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        Files.__init__(self)
        Chats.__init__(self)
        self.token = token
        self.calls: list[Call] = []
        self.messages: dict[tuple[int, int], Json] = {}
        self.violations: list[str] = []
        self.commands: dict[str, list[Json]] = {}
        self.blocked: set[int] = set()
        self.url = ""
        self._changed = threading.Condition(threading.RLock())
        self._faults: list[Fault] = []
        self._updates: deque[Json] = deque()
        self._numbers = Counter({"update": 1000, "message": 10, "query": 0})
        self._queries: dict[str, bool] = {}
        self._chats: dict[int, Json] = {}
        self._poll: asyncio.Future[None] | None = None
        self._wake: asyncio.Event
        self._loop = asyncio.new_event_loop()
        self._port = port
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="bot-api", daemon=True)

    # The life of the server.

    def start(self) -> BotApiServer:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._wake = asyncio.Event()
        application = web.Application(client_max_size=2**26)
        application.router.add_get("/file/bot{token}/{path:.*}", self._download)
        application.router.add_route("*", "/bot{token}/{method}", self._request)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        self._loop.run_until_complete(site.start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    # What tests do.

    def fault(self, method: str, kind: str, times: int = 1, *, retry_after: int = 1, chat: int | None = None) -> Fault:
        """Let the next ``times`` calls of ``method`` ("*" for any) fail, in one chat or everywhere."""
        with self._changed:
            self._faults.append(Fault(method, kind, times, retry_after, chat))
            return self._faults[-1]

    def struck(self) -> bool:
        """Whether every fault that was ordered has struck."""
        with self._changed:
            return all(fault.times == 0 for fault in self._faults)

    def say(self, user: int, text: str | None, *, language: str = "en", chat: int | None = None, **more: Any) -> Json:
        """A user's message, in the private chat or in a group (negative ``chat``); ``more`` are further fields."""
        with self._changed:
            sender = more.pop("from", None) or _user(user, language)
            message = self._message(chat or user, sender, text, **more)
            self._push({"message": message})
            return message

    def open_topic(self, user: int, chat: int) -> Json:
        """What every message in a new topic of a forum holds; messages that reply to nothing reply to its opening."""
        with self._changed:
            topic = {"name": "Topic", "icon_color": 7322096}
            opening = self._message(chat, _user(user, "en"), None, forum_topic_created=topic)
            number = opening["message_id"]
            return {"message_thread_id": number, "is_topic_message": True, "reply_to_message": opening}

    def edit(self, message: Json, text: str) -> Json:
        """A user edits one of their messages."""
        with self._changed:
            edited = {**message, "text": text, "edit_date": int(time.time())}
            self.messages[message["chat"]["id"], message["message_id"]] = edited
            self._push({"edited_message": edited})
            return edited

    def click(
        self, user: int, message: Json, data: str, *, language: str = "en", late: bool = False, lost: bool = False
    ) -> str:
        """A click; ``late`` ones can no longer be answered, of ``lost`` ones the message cannot be seen."""
        with self._changed:
            query = str(self._next("query"))
            self._queries[query] = not late
            shown = {"chat": message["chat"], "message_id": message["message_id"], "date": 0} if lost else message
            self._push(
                {
                    "callback_query": {
                        "id": query,
                        "from": _user(user, language),
                        "chat_instance": "1",
                        "message": shown,
                        "data": data,
                    }
                }
            )
            return query

    def type_inline(self, user: int, text: str, *, language: str = "en", late: bool = False) -> str:
        """A user types after the bot's name in some chat; the number of the query."""
        with self._changed:
            query = str(self._next("query"))
            self._queries[query] = not late
            typed = {"id": query, "from": _user(user, language), "query": text, "offset": "", "chat_type": "private"}
            self._push({"inline_query": typed})
            return query

    def push_again(self, times: int = 1) -> None:
        """Deliver the newest update again under the same number."""
        with self._changed:
            newest = self._updates[-1]
            self._updates.extend([newest] * times)

    def push_raw(self, update: Json) -> None:
        """Deliver an update as it is, under a new number."""
        with self._changed:
            self._push(update)

    def press(self, user: int, message: Json, label_part: str, **more: Any) -> str:
        """Click the first button whose label holds ``label_part``."""
        for row in message["reply_markup"]["inline_keyboard"]:
            for button in row:
                if label_part in button["text"]:
                    return self.click(user, self.messages[_key(message)], button["callback_data"], **more)
        raise AssertionError(f"no button with {label_part!r} under {message['text']!r}")

    def taken(self) -> bool:
        """Whether the bot has taken all that was said, clicked and edited: its next poll says so."""
        with self._changed:
            return not self._updates

    def wait(self, condition: Callable[[], Any], seconds: float = 60) -> Any:
        """The first true value of ``condition``, looked at after every call of the bot."""
        end = time.monotonic() + seconds
        with self._changed:
            while not (value := condition()):
                left = end - time.monotonic()
                if left <= 0:
                    recent = "\n".join(f"{c.method} {c.error or 'ok'} {str(c.params)[:150]}" for c in self.calls[-8:])
                    raise AssertionError(f"waited {seconds} s in vain; the last calls were:\n{recent}")
                self._changed.wait(min(left, 0.5))
            return value

    def sent(self, chat: int) -> list[Json]:
        """What the bot's messages in a chat show now."""
        with self._changed:
            return [m for (where, _), m in self.messages.items() if where == chat and m["from"]["id"] == BOT["id"]]

    def wait_sent(self, chat: int, count: int = 1, seconds: float = 60) -> list[Json]:
        """The bot's messages in a chat once there are ``count``."""
        got = self.wait(lambda: (all_ := self.sent(chat)) and len(all_) >= count and all_, seconds)
        return list(got)

    def done(self, method: str, chat: int | None = None) -> list[Call]:
        """Calls of a method that succeeded."""
        with self._changed:
            return [c for c in self.calls if c.ok and c.method == method and chat in (None, c.params.get("chat_id"))]

    # The protocol.

    async def _request(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _failure(RefusedError(401, "Unauthorized"))
        params: Json = {}
        try:
            params = await _params(request)
            fault = self._struck(method, params)
            if fault and fault.kind == "hang":
                await _hang(request, fault.retry_after)
            if fault and fault.kind in ("drop", "hang"):
                return _drop(request)
            if fault and fault.kind in ("500", "502"):
                self._record(Call(method, params, False, fault.kind))
                if fault.kind == "500":
                    return _failure(RefusedError(500, "Internal Server Error"))
                return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
            if fault and fault.kind == "429":
                raise RefusedError(
                    429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after
                )
            result = await self._do(method, params)
        except ConnectionResetError:  # the bot was killed while it asked
            return web.Response()
        except RefusedError as refusal:
            self._record(Call(method, params, False, refusal.description))
            return _failure(refusal)
        self._record(Call(method, params, True, None, result))
        if fault and fault.kind == "drop_after":
            return _drop(request)
        return web.json_response({"ok": True, "result": result})

    def _struck(self, method: str, params: Json) -> Fault | None:
        with self._changed:
            for fault in self._faults:
                here = fault.chat is None or str(fault.chat) == str(params.get("chat_id"))
                if fault.times > 0 and fault.method in (method, "*") and here:
                    fault.times -= 1
                    return fault
        return None

    def _record(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    async def _do(self, method: str, params: Json) -> Any:
        if method == "getUpdates":
            return await self._get_updates(params)
        handler = getattr(self, f"_do_{method}", None)
        if handler is None:
            raise RefusedError(404, "Not Found: method not found")
        with self._changed:
            try:
                return handler(params)
            except RefusedError as refusal:
                # Whom it asks for a bot cannot know to be there.
                if refusal.code == 400 and method != "getChatMember":
                    self.violations.append(f"{method}: {refusal.description}")
                raise

    async def _get_updates(self, params: Json) -> list[Json]:
        offset, limit = _int(params, "offset", 0), _int(params, "limit", 100)
        timeout = _int(params, "timeout", 0)
        if not 1 <= limit <= 100:
            raise bad("limit must be 1-100")
        allowed = _json(params, "allowed_updates", list, [])
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(
                RefusedError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            )
        poll = self._poll = self._loop.create_future()
        end = time.monotonic() + timeout
        while True:
            with self._changed:
                while offset > 0 and self._updates and self._updates[0]["update_id"] < offset:
                    self._updates.popleft()
                ready = [
                    u for u in self._updates if u["update_id"] >= offset and (not allowed or set(allowed) & set(u))
                ]
            left = end - time.monotonic()
            if ready or left <= 0:
                if not poll.done():
                    poll.cancel()
                return ready[:limit]
            self._wake.clear()
            waking = asyncio.ensure_future(self._wake.wait())
            await asyncio.wait({poll, waking}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            waking.cancel()
            if poll.done() and not poll.cancelled():
                poll.result()

    def _do_getMe(self, _params: Json) -> Json:  # noqa: N802
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}

    def _do_deleteWebhook(self, _params: Json) -> bool:  # noqa: N802
        return True

    def _do_setMyCommands(self, params: Json) -> bool:  # noqa: N802
        commands = _json(params, "commands", list)
        for each in commands:
            if not (1 <= len(each["command"]) <= 32 and each["command"].islower()):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= utf16(each["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        scope = _json(params, "scope", dict, {"type": "default"})
        if scope["type"] == "chat" and scope["chat_id"] not in self._chats:
            raise bad("chat not found")
        where = "" if scope["type"] == "default" else f"{scope['chat_id']}:"
        self.commands[where + _str(params, "language_code", "")] = commands
        return True

    def _do_sendChatAction(self, params: Json) -> bool:  # noqa: N802
        self._chat(params)
        if _str(params, "action") != "typing":
            raise bad("wrong parameter action in request")
        return True

    def _do_sendMessage(self, params: Json) -> Json:  # noqa: N802
        chat = self._chat(params)
        text, entities = text_of(params)
        more: Json = {"entities": entities}
        if markup := markup_of(params):
            more["reply_markup"] = markup
        if reply := _json(params, "reply_parameters", dict, None):
            original = self.messages.get((chat, reply["message_id"]))
            if original is None and not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            if original:
                more["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
        if topic := _int(params, "message_thread_id", 0):
            if (chat, topic) not in self.messages or "forum_topic_created" not in self.messages[chat, topic]:
                raise bad("message thread not found")
            more |= {"message_thread_id": topic, "is_topic_message": True}
        return self._message(chat, BOT, text, **more)

    def _do_editMessageText(self, params: Json) -> Json:  # noqa: N802
        chat = self._chat(params)
        message = self.messages.get((chat, _int(params, "message_id")))
        if message is None:
            raise bad("message to edit not found")
        if message["from"]["id"] != BOT["id"]:
            raise bad("message can't be edited")
        text, entities = text_of(params)
        markup = markup_of(params)
        if (text, entities, markup) == (message["text"], message["entities"], message.get("reply_markup")):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        edited = {**message, "text": text, "entities": entities, "edit_date": int(time.time())}
        edited.pop("reply_markup", None)
        if markup:
            edited["reply_markup"] = markup
        self.messages[chat, message["message_id"]] = edited
        return edited

    def _do_deleteMessage(self, params: Json) -> bool:  # noqa: N802
        chat = self._chat(params)
        if self.messages.pop((chat, _int(params, "message_id")), None) is None:
            raise bad("message to delete not found")
        return True

    def _do_answerCallbackQuery(self, params: Json) -> bool:  # noqa: N802
        query = _str(params, "callback_query_id")
        if utf16(_str(params, "text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        if not self._queries.pop(query, False):
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return True

    def _do_answerInlineQuery(self, params: Json) -> bool:  # noqa: N802
        query = _str(params, "inline_query_id")
        results = offers_of(params)
        if not self._queries.pop(query, False):
            raise bad("query is too old and response timeout expired or query ID is invalid")
        params["offered"] = results
        return True

    @staticmethod
    def _bad(description: str) -> RefusedError:
        return bad(description)

    @staticmethod
    def _me() -> Json:
        return BOT

    def _chat(self, params: Json) -> int:
        chat = _int(params, "chat_id")
        if chat in self.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if chat not in self._chats:
            raise bad("chat not found")
        params["chat_id"] = chat
        return chat

    def _message(self, chat: int, sender: Json, text: str | None, **more: Any) -> Json:
        self._chats.setdefault(
            chat,
            {"id": chat, "type": "private", "first_name": "U"}
            if chat > 0
            else {"id": chat, "type": "group", "title": "G"},
        )
        number = self._next("message")
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": self._chats[chat],
            "from": sender,
            **({} if text is None else {"text": text}),
            **more,
        }
        text = message.get("text")
        if text and text.startswith("/") and "entities" not in more:
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": utf16(text.split()[0])}]
        self.messages[chat, number] = message
        return message

    def _refusal(self, code: int, description: str) -> Exception:
        return RefusedError(code, description)

    def _bot(self) -> Json:
        return BOT

    def _push(self, update: Json) -> None:
        self._updates.append({"update_id": self._next("update"), **update})
        self._loop.call_soon_threadsafe(self._wake.set)

    def _next(self, kind: str) -> int:
        self._numbers[kind] += 1
        return self._numbers[kind]


def _key(message: Json) -> tuple[int, int]:
    return message["chat"]["id"], message["message_id"]


def _user(number: int, language: str) -> Json:
    return {"id": number, "is_bot": False, "first_name": first_name(number), "language_code": language}


def _failure(refusal: RefusedError) -> web.Response:
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


def _drop(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _hang(request: web.Request, seconds: float) -> None:
    """Wait, for as long as somebody waits at the other end."""
    end = time.monotonic() + seconds
    while request.transport is not None and time.monotonic() < end:
        await asyncio.sleep(0.1)


async def _params(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    try:
        form = await request.post()
    except UnicodeDecodeError:
        raise bad("strings must be encoded in UTF-8") from None
    written = {key: value for key, value in form.items() if isinstance(value, str)}
    return {**request.query, **written, "_files": files_of(form)}


_REQUIRED = object()
_SURROGATE = re.compile("[\ud800-\udfff]")


def _str(params: Json, name: str, default: Any = _REQUIRED) -> str:
    value = params.get(name, default)
    if value is _REQUIRED or not isinstance(value, str):
        raise bad(f"parameter {name!r} must be a string")
    return value


def _int(params: Json, name: str, default: Any = _REQUIRED) -> int:
    value = params.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad(f"parameter {name!r} must be an integer, not {value!r}") from None


def _json(params: Json, name: str, kind: type, default: Any = _REQUIRED) -> Any:
    value = params.get(name)
    if value is None and default is not _REQUIRED:
        return default
    try:
        parsed = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None
    if not isinstance(parsed, kind):
        raise bad(f"{name} must be a {kind.__name__}")
    return parsed


def offers_of(params: Json) -> list[Json]:
    """What an answer to an inline query offers, each as it would be sent; raises ``RefusedError``."""
    results: list[Json] = _json(params, "results", list)
    if len(results) > 50 or len({each["id"] for each in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    if _int(params, "cache_time", 300) < 0 or len(_str(params, "results").encode()) > 65_536:
        raise bad("RESULTS_TOO_MUCH")
    button = _json(params, "button", dict, {"text": "x", "start_parameter": "x"})
    if not button["text"].strip() or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button["start_parameter"]):
        raise bad("START_PARAM_INVALID")
    for each in results:
        if each["type"] != "article" or not 1 <= len(each["id"].encode()) <= 64 or not each["title"].strip():
            raise bad("RESULT_ID_INVALID")
        content = each["input_message_content"]
        each["shown"], each["entities"] = text_of({**content, "text": content["message_text"]})
    return results


def text_of(params: Json) -> tuple[str, list[Json]]:
    """What is visible of a message, with its entities; raises ``RefusedError``."""
    source, mode = _str(params, "text"), _str(params, "parse_mode", "")
    if "\ufffd" not in source and _SURROGATE.search(source):
        raise bad("strings must be encoded in UTF-8")
    if mode not in ("", "HTML"):
        raise bad("unsupported parse_mode")
    if mode:
        try:
            text, entities = parse_html(source)
        except UnreadableError as error:
            raise bad(f"can't parse entities: {error}") from None
    else:
        text, entities = clean(source).strip(), []
    if not text:
        raise bad("message text is empty")
    if utf16(text) > 4096:
        raise bad("message is too long")
    if len(entities) > 100:
        raise bad("more than 100 entities, the rest would be ignored")
    return text, [entity.as_json() for entity in entities]


def markup_of(params: Json) -> Json | None:
    """The buttons of a message, if it has any; raises ``RefusedError``."""
    markup: Json | None = _json(params, "reply_markup", dict, None)
    if not markup:
        return None
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        raise bad("inline_keyboard must be rows of buttons")
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not isinstance(button.get("text"), str) or not button["text"].strip():
            raise bad("text buttons are unallowed in the inline keyboard")
        data = button.get("callback_data")
        if set(button) != {"text", "callback_data"} or not isinstance(data, str):
            raise bad("a button does exactly one thing")
        if not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    return markup
