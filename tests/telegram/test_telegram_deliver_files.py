"""Files and pictures as Telegram takes them: albums of at most ten, captions cut, what cannot be sent told."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot_api_server import TOKEN, BotApiServer
from telegram import Bot

from bot.telegram.deliver import Place
from bot.telegram.deliver_files import DeliverFiles, Picture

T = TypeVar("T")


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = (b"\x00" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def done(server: BotApiServer, act: Callable[[DeliverFiles], Awaitable[T]]) -> T:
    """What somebody comes to who sends files by a bot at this server."""

    async def run() -> T:
        async with Bot(TOKEN, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as bot:
            return await act(DeliverFiles(bot))

    return asyncio.run(run())


def test_many_pictures_are_albums_and_one_is_a_picture(server: BotApiServer) -> None:
    said = server.say(5, "Hello")
    pictures = [Picture(f"{n}.png", png(40, 30), f"<{n}> & {'long ' * 400}") for n in range(11)]
    assert done(server, lambda files: files.pictures(Place(5), pictures, said["message_id"]))
    sent = server.sent(5)
    assert [bool(each.get("media_group_id")) for each in sent] == [True] * 10 + [False]
    assert all(
        each["caption"].startswith(f"<{n}> & long") and len(each["caption"]) <= 1024 for n, each in enumerate(sent)
    )
    assert sent[10]["photo"][0]["width"] == 40
    assert sent[0]["reply_to_message"]["message_id"] == said["message_id"]
    assert not server.violations


def test_a_file_comes_as_it_was_under_its_name(server: BotApiServer) -> None:
    server.say(5, "Hello")
    assert done(server, lambda files: files.file(Place(5), "表 <1>.csv", b"a,b\n", "A table"))
    (sent,) = server.sent(5)
    assert server.files[sent["document"]["file_id"]].content == b"a,b\n"
    assert sent["document"]["file_name"] == "表 <1>.csv"
    assert sent["caption"] == "A table"


def test_what_cannot_be_sent_is_no_error(server: BotApiServer) -> None:
    server.say(5, "Hello")
    assert not done(server, lambda files: files.pictures(Place(5), [Picture("x.png", b"no picture", "")]))
    assert not done(server, lambda files: files.file(Place(5), "empty.csv", b""))
    server.blocked.add(5)
    assert not done(server, lambda files: files.file(Place(5), "x.csv", b"x"))
    assert server.sent(5) == []
    assert len(server.violations) == 2
