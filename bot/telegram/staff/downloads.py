"""Files that somebody sent, fetched from Telegram."""

from __future__ import annotations

import logging

from telegram import Document, Message
from telegram.error import BadRequest, TelegramError

from bot.staff.errors import Refused
from bot.telegram.persist import persist
from bot.telegram.staff.limits import DOWNLOAD_SECONDS, FILE_BYTES

log = logging.getLogger(__name__)

_MB = 2**20


def document_in(message: Message) -> Document | None:
    """The file a message holds; a moving picture, which Telegram sends as a file too, is none."""
    return None if message.animation else message.document


def name_of(document: Document) -> str:
    """The name of a file, which need not have one."""
    return document.file_name or "document"


async def fetched(document: Document) -> bytes:
    """The content of a file; raises ``Refused`` where it is too large, or cannot be had."""
    if document.file_size is not None and document.file_size > FILE_BYTES:
        raise _too_large()
    try:
        data = await persist(lambda: _content(document), DOWNLOAD_SECONDS)
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise _too_large() from None
        log.warning("a file cannot be fetched: %s", error)
        raise Refused("file_gone") from None
    except TelegramError as error:
        log.warning("a file cannot be fetched: %s", error)
        raise Refused("file_not_fetched") from None
    if len(data) > FILE_BYTES:
        raise _too_large()
    return data


async def _content(document: Document) -> bytes:
    return bytes(await (await document.get_file()).download_as_bytearray())


def _too_large() -> Refused:
    return Refused("file_too_large", largest=FILE_BYTES // _MB)
