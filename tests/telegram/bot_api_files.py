"""Files at the strict Bot API server: what users send and bots download, and what bots send, as Telegram takes them."""

from __future__ import annotations

import json
import struct
import threading
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField
from telegram_html import UnreadableError, clean, parse_html, utf16

Json = dict[str, Any]
MB = 2**20
LARGEST_DOWNLOAD, LARGEST_FILE, LARGEST_PHOTO = 20 * MB, 50 * MB, 10 * MB
_PNG = b"\x89PNG\r\n\x1a\n"


class Sent:
    """A file that came with a request."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content


class Files:
    """The part of the server that deals with files, by their ids in ``files``; ``downloads`` are those bots fetched."""

    token: str
    messages: dict[tuple[int, int], Json]
    _changed: threading.Condition
    _message: Callable[..., Json]
    _push: Callable[[Json], None]
    _chat: Callable[[Json], int]
    _next: Callable[[str], int]

    def __init__(self) -> None:
        self.files: dict[str, Sent] = {}
        self.downloads: list[str] = []

    def send_file(
        self,
        user: int,
        name: str | None,
        content: bytes,
        *,
        chat: int | None = None,
        size: int | None = None,
        **more: Any,
    ) -> Json:
        """A user sends a file, in the private chat or in a group; ``size`` is what Telegram says its size is."""
        with self._changed:
            number = f"file-{self._next('file')}"
            self.files[number] = Sent(name or "", content)
            told: Json = {"file_id": number, "file_unique_id": f"u-{number}", "file_size": size or len(content)}
            if name is not None:
                told["file_name"] = name
            return self.say(user, None, chat=chat, document=told, **more)  # type: ignore[attr-defined, no-any-return]

    async def _download(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["path"].partition("/")[2]
        with self._changed:
            held = self.files.get(number)
            known = request.match_info["token"] == self.token and request.match_info["path"].startswith("documents/")
            if held is None or not known:
                return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
            self.downloads.append(number)
            self._changed.notify_all()
        return web.Response(body=held.content, content_type="application/octet-stream")

    def _do_getFile(self, params: Json) -> Json:  # noqa: N802
        number = params.get("file_id")
        held = self.files.get(number) if isinstance(number, str) else None
        if held is None:
            raise self._bad("wrong file_id or the file is temporarily unavailable")
        if len(held.content) > LARGEST_DOWNLOAD:
            raise self._bad("file is too big")
        told = {"file_id": number, "file_unique_id": f"u-{number}", "file_size": len(held.content)}
        return {**told, "file_path": f"documents/{number}"}

    def _do_sendDocument(self, params: Json) -> Json:  # noqa: N802
        chat = self._chat(params)
        sent = self._part(params, params.get("document"), "document")
        if len(sent.content) > LARGEST_FILE:
            raise self._refusal(413, "Request Entity Too Large")
        number = f"sent-{self._next('file')}"
        document = {"file_id": number, "file_unique_id": f"u-{number}", "file_name": sent.name}
        self.files[number] = sent
        return self._message(chat, self._bot(), None, document=document, **self._beside(chat, params, params))

    def _do_sendPhoto(self, params: Json) -> Json:  # noqa: N802
        chat = self._chat(params)
        photo = self._photo(self._part(params, params.get("photo"), "photo"))
        return self._message(chat, self._bot(), None, photo=photo, **self._beside(chat, params, params))

    def _do_sendMediaGroup(self, params: Json) -> list[Json]:  # noqa: N802
        chat = self._chat(params)
        try:
            media = json.loads(params.get("media", ""))
        except ValueError:
            raise self._bad("can't parse media JSON object") from None
        if not isinstance(media, list) or not 2 <= len(media) <= 10:
            raise self._bad("wrong number of media in the album; there must be 2-10")
        album = str(self._next("album"))
        made = []
        for each in media:
            if each.get("type") != "photo":
                raise self._bad("only photos are expected here")
            photo = self._photo(self._part(params, each.get("media"), "photo"))
            made.append((photo, self._beside(chat, params, each)))
        return [
            self._message(chat, self._bot(), None, photo=photo, media_group_id=album, **beside)
            for photo, beside in made
        ]

    def _part(self, params: Json, value: Any, name: str) -> Sent:
        """The file a parameter holds, or names by ``attach://``."""
        files: dict[str, Sent] = params.get("_files", {})
        if isinstance(value, str) and value.startswith("attach://"):
            name = value.removeprefix("attach://")
        elif isinstance(value, str):
            raise self._bad("wrong remote file identifier specified: only files that come with the request")
        if name not in files:
            raise self._bad(f"there is no file {name} in the request")
        if not files[name].content:
            raise self._bad("file must be non-empty")
        return files[name]

    def _photo(self, sent: Sent) -> list[Json]:
        if not sent.content.startswith(_PNG):
            raise self._bad("IMAGE_PROCESS_FAILED")
        width, height = struct.unpack(">II", sent.content[16:24])
        if len(sent.content) > LARGEST_PHOTO or width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise self._bad("PHOTO_INVALID_DIMENSIONS")
        number = f"sent-{self._next('file')}"
        self.files[number] = sent
        return [{"file_id": number, "file_unique_id": f"u-{number}", "width": width, "height": height}]

    def _beside(self, chat: int, params: Json, captioned: Json) -> Json:
        """Caption, reply and topic of a message that holds a file."""
        more: Json = {}
        caption = captioned.get("caption", "")
        if caption:
            try:
                text, entities = parse_html(caption) if captioned.get("parse_mode") == "HTML" else (clean(caption), [])
            except UnreadableError as error:
                raise self._bad(f"can't parse entities: {error}") from None
            if utf16(text) > 1024:
                raise self._bad("message caption is too long")
            more |= {"caption": text, "caption_entities": [entity.as_json() for entity in entities]}
        reply = json.loads(params.get("reply_parameters", "null"))
        if reply is not None:
            original = self.messages.get((chat, reply["message_id"]))
            if original is None and not reply.get("allow_sending_without_reply"):
                raise self._bad("message to be replied not found")
            if original:
                more["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
        if params.get("message_thread_id"):
            topic = int(params["message_thread_id"])
            if (chat, topic) not in self.messages or "forum_topic_created" not in self.messages[chat, topic]:
                raise self._bad("message thread not found")
            more |= {"message_thread_id": topic, "is_topic_message": True}
        return more

    def _bad(self, description: str) -> Exception:
        return self._refusal(400, f"Bad Request: {description}")

    def _refusal(self, code: int, description: str) -> Exception:
        raise NotImplementedError

    def _bot(self) -> Json:
        raise NotImplementedError


def files_of(form: Any) -> dict[str, Sent]:
    """The files of a request, by the names of their parts."""
    return {
        name: Sent(value.filename, value.file.read()) for name, value in form.items() if isinstance(value, FileField)
    }
