"""From messages as the Bot API holds them to a page that shows them as a phone does. Pure."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

BEYOND = "#ff00fe"
"""The colour of what is not part of the picture."""
_FIRST_MINUTE = 10 * 60 + 24
_CLASSES = {"bold": "b", "italic": "i", "underline": "u", "code": "c", "bot_command": "l"}


@dataclass(frozen=True)
class Scene:
    """A chat: its title, the line below it, its messages, and who of the senders is whoever holds the phone.

    ``pictures`` are the bytes of files by their ids. ``kind`` is ``private`` or ``group``.
    """

    title: str
    subtitle: str
    messages: Sequence[Json]
    me: int
    kind: str = "private"
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def page_of(scene: Scene, style: str) -> str:
    """The page, with ``style`` as its style sheet."""
    bubbles = []
    before: int | None = None
    for number, message in enumerate(_shown(scene.messages)):
        sender = message["from"]["id"]
        bubbles.append(_bubble(scene, message, number, first=sender != before))
        before = sender
    initial = html.escape(scene.title[:1])
    return (
        f"<!doctype html><meta charset='utf-8'><style>{style}</style><body><main>"
        f"<header><span class='back'>‹</span><span class='face'>{initial}</span>"
        f"<span><b>{html.escape(scene.title)}</b><small>{html.escape(scene.subtitle)}</small></span></header>"
        f"<section>{''.join(bubbles)}</section></main></body>"
    )


def _shown(messages: Sequence[Json]) -> list[Json]:
    """The messages, an album as one."""
    shown: list[Json] = []
    for each in messages:
        album = each.get("media_group_id")
        if album is not None and shown and shown[-1].get("media_group_id") == album:
            shown[-1] = {**shown[-1], "photos": [*shown[-1]["photos"], each["photo"]]}
        else:
            shown.append({**each, "photos": [each["photo"]] if "photo" in each else []})
    return shown


def _bubble(scene: Scene, message: Json, number: int, *, first: bool) -> str:
    mine = message["from"]["id"] == scene.me
    inside = ""
    if scene.kind == "group" and not mine and first:
        inside += f"<div class='name n{message['from']['id'] % 4}'>{html.escape(message['from']['first_name'])}</div>"
    replied = message.get("reply_to_message")
    if replied and (replied.get("text") or "document" in replied) and message["from"]["id"] != replied["from"]["id"]:
        shown = replied.get("text") or replied["document"]["file_name"]
        inside += (
            f"<div class='reply'><b>{html.escape(replied['from']['first_name'])}</b>"
            f"<span>{html.escape(shown.splitlines()[0])}</span></div>"
        )
    inside += "".join(_photo(scene, each) for each in message["photos"])
    if "document" in message:
        name = message["document"]["file_name"]
        size = message["document"].get("file_size", 0)
        inside += (
            f"<div class='file'><span>{html.escape(name.rpartition('.')[2].upper())}</span>"
            f"<div><b>{html.escape(name)}</b><small>{size / 1024:.1f} KB</small></div></div>"
        )
    text, entities = message.get("text", ""), message.get("entities", [])
    if not text and not message["photos"]:
        text, entities = message.get("caption", ""), message.get("caption_entities", [])
    if text:
        inside += f"<div class='text'>{formatted(text, entities)}</div>"
    hour, minute = divmod(_FIRST_MINUTE + number, 60)
    inside += f"<div class='time'>{hour}:{minute:02}{' ✓✓' if mine else ''}</div>"
    kind = ("mine" if mine else "theirs") + (" wide" if message["photos"] else "")
    return f"<article class='{kind}'><div class='bubble'>{inside}</div>{_buttons(message)}</article>"


def _photo(scene: Scene, photo: Sequence[Json]) -> str:
    content = base64.b64encode(scene.pictures[photo[0]["file_id"]]).decode()
    return f"<img src='data:image/png;base64,{content}'>"


def _buttons(message: Json) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    shown = ("".join(f"<span>{html.escape(button['text'])}</span>" for button in row) for row in rows)
    return "".join(f"<div class='row'>{row}</div>" for row in shown)


def formatted(text: str, entities: Sequence[Json]) -> str:
    """Text with its entities as HTML; offsets are UTF-16 code units."""
    units = text.encode("utf-16-le")
    bounds = {0, len(units) // 2}
    for each in entities:
        bounds |= {each["offset"], each["offset"] + each["length"]}
    places = sorted(bounds)
    out, quoted = "", None
    for begin, end in pairwise(places):
        over = [each for each in entities if each["offset"] <= begin and end <= each["offset"] + each["length"]]
        quote = next((each for each in over if "blockquote" in each["type"]), None)
        piece = units[2 * begin : 2 * end].decode("utf-16-le")
        if quote is not quoted:
            out += "</span></blockquote>" if quoted else ""
            # A quotation stands on lines of its own already.
            out, piece = (out.removesuffix("\n"), piece) if quote else (out, piece.removeprefix("\n"))
            out += f"<blockquote class='{quote['type']}'><span>" if quote else ""
            quoted = quote
        classes = " ".join(_CLASSES[each["type"]] for each in over if each["type"] in _CLASSES)
        out += f"<span class='{classes}'>{html.escape(piece)}</span>" if classes else html.escape(piece)
    return out + ("</span></blockquote>" if quoted else "")
