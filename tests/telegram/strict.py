"""Pages held to the rules of the strict server as they would be sent, without a request for each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot_api_server import markup_of, offers_of, text_of
from telegram_html import Entity

from bot.telegram.inline_results import InlineResult
from bot.telegram.pages import Page

Json = dict[str, Any]


def accepted(page: Page) -> tuple[str, list[Entity]]:
    """The page as Telegram shows it; raises ``RefusedError`` where it, or its plain text, would be refused."""
    keyboard = [[{"text": b.label, "callback_data": b.data} for b in row] for row in page.buttons]
    markup_of({"reply_markup": json.dumps({"inline_keyboard": keyboard})})
    # As a form holds them: what cannot be written in UTF-8 fails here.
    for label in (b.label for row in page.buttons for b in row):
        label.encode()
    text_of({"text": page.plain.encode().decode()})
    text, entities = text_of({"text": page.html.encode().decode(), "parse_mode": "HTML"})
    return text, [Entity(**each) for each in entities]


def offered(results: Sequence[InlineResult]) -> list[Json]:
    """Inline results as they would be sent; raises ``RefusedError`` where they would be refused."""
    return offers_of({"results": json.dumps([_article(each) for each in results])})


def _article(result: InlineResult) -> Json:
    content = {
        "message_text": result.message.html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    told = {"id": result.id, "title": result.title, "description": result.description}
    return {"type": "article", **told, "input_message_content": content}
