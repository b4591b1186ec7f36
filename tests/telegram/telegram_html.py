"""A reader of Telegram's HTML that refuses what Telegram refuses; test equipment, independent of the bot's code."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "span": "spoiler",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG = re.compile(
    r"(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*)\s*$"
)
_ENTITY = re.compile(r"&(?:#([0-9]+)|#x([0-9a-fA-F]+)|([a-zA-Z]+));")
_PLAIN = re.compile(r"[^<&]+")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f]")
_REMOVED = re.compile("[\u2028-\u202e]")


class UnreadableError(ValueError):
    """What follows "can't parse entities:" in Telegram's refusal."""


@dataclass(frozen=True)
class Entity:
    type: str
    offset: int
    length: int

    def of(self, text: str) -> str:
        data = text.encode("utf-16-le")
        return data[self.offset * 2 : (self.offset + self.length) * 2].decode("utf-16-le")

    def as_json(self) -> dict[str, object]:
        return {"type": self.type, "offset": self.offset, "length": self.length}


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The visible text and its entities. Raises ``UnreadableError`` with the reason."""
    out: list[str] = []
    length = 0
    open_tags: list[tuple[str, str, int]] = []
    entities: list[Entity] = []

    def put(text: str) -> None:
        nonlocal length
        out.append(text)
        length += utf16(text)

    at = 0
    while at < len(source):
        character = source[at]
        if character == "&":
            match = _ENTITY.match(source, at)
            decoded = _decode(match) if match else None
            if match and decoded is not None:
                put(decoded)
                at = match.end()
                continue
            # Telegram is lenient here; a writer that escapes never needs it to be.
            raise UnreadableError(f"bare & at character {at}")
        if character != "<":
            plain = _PLAIN.match(source, at)
            assert plain
            put(plain[0])
            at = plain.end()
            continue
        end = source.find(">", at)
        if end < 0:
            raise UnreadableError(f"Unclosed start tag at character {at}")
        match = _TAG.match(source[at + 1 : end])
        if not match:
            raise UnreadableError(f'Unsupported start tag "{source[at + 1 : end][:20]}" at character {at}')
        closing, name, attributes = match[1], match[2].lower(), match[3].strip()
        at = end + 1
        if closing:
            _close(name, length, open_tags, entities)
        else:
            open_tags.append((name, _kind(name, attributes, open_tags), length))
    if open_tags:
        raise UnreadableError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return _trimmed("".join(out), entities)


def clean(text: str) -> str:
    """Control characters as Telegram shows them."""
    return _REMOVED.sub("", _CONTROLS.sub(" ", text.replace("\r", "")))


def _decode(match: re.Match[str]) -> str | None:
    if match[3]:
        return NAMED.get(match[3])
    code = int(match[1]) if match[1] else int(match[2], 16)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else None


def _kind(name: str, attributes: str, open_tags: list[tuple[str, str, int]]) -> str:
    if name not in SIMPLE:
        raise UnreadableError(f'Unsupported start tag "{name}"')
    outer = [tag for tag, _, _ in open_tags]
    if {"code", "pre"} & set(outer) and not (name == "code" and outer[-1] == "pre"):
        raise UnreadableError(f"nothing can stand inside {outer[-1]}")
    if name == "blockquote":
        if "blockquote" in outer:
            raise UnreadableError("block quotations can't be nested")
        if attributes not in ("", "expandable"):
            raise UnreadableError(f"unknown attribute {attributes!r} of blockquote")
        return "expandable_blockquote" if attributes else "blockquote"
    if name == "span" and attributes not in ('class="tg-spoiler"', "class='tg-spoiler'"):
        raise UnreadableError('Tag "span" must have class "tg-spoiler"')
    if name not in ("a", "span", "code", "pre") and attributes:
        raise UnreadableError(f"unknown attribute {attributes!r} of {name}")
    return SIMPLE[name]


def _close(name: str, length: int, open_tags: list[tuple[str, str, int]], entities: list[Entity]) -> None:
    if not open_tags:
        raise UnreadableError(f'Unexpected end tag "{name}"')
    expected, kind, start = open_tags.pop()
    if expected != name:
        raise UnreadableError(f'Unmatched end tag, expected "</{expected}>", found "</{name}>"')
    if length > start:
        entities.append(Entity(kind, start, length - start))


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    text = clean(text)
    left = utf16(text) - utf16(text.lstrip())
    text = text.strip()
    kept = []
    for entity in sorted(entities, key=lambda each: (each.offset, -each.length)):
        start = max(0, entity.offset - left)
        end = min(utf16(text), entity.offset + entity.length - left)
        if end > start:
            kept.append(Entity(entity.type, start, end - start))
    return text, kept
