"""From styled text to messages Telegram accepts: escaping, measuring, and cutting between words.

Text is kept as blocks of styled runs until the last moment, so a cut can never fall inside a tag, an
entity or a character.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.telegram.limits import PAGE_ENTITIES, PAGE_MARK_UNITS, PAGE_UNITS, PIECE_UNITS, SHORT_QUOTE_UNITS


class Style(Enum):
    """How a run looks; the value is its opening and closing tags."""

    PLAIN = ("", "")
    BOLD = ("<b>", "</b>")
    ITALIC = ("<i>", "</i>")
    MARK = ("<b><u>", "</u></b>")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a message. ``tight`` puts it on the line after the block before it, and with it."""

    runs: tuple[Run, ...]
    quote: bool = False
    tight: bool = False

    @property
    def text(self) -> str:
        """What is visible of it."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its label and what it sends back, at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Page:
    """One message: as HTML, as plain text, and the rows of buttons under it."""

    html: str
    plain: str
    buttons: tuple[tuple[Button, ...], ...] = ()


_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_UNSHOWN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_DIRECTIONS = re.compile("[\u202a-\u202e]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = (re.compile(r"\n"), re.compile(r"[.!?;]\s|[。！？；]\s?"), re.compile(r"\s"))
_LOOK_BACK = 40


def safe(text: str) -> str:
    """The text as Telegram will show it, and nothing a server could refuse.

    Control characters become spaces, every line end a newline, lone surrogates the replacement
    character; marks that turn the direction of what follows are left out.
    """
    text = _DIRECTIONS.sub("", _UNSHOWN.sub(" ", _LINE_ENDS.sub("\n", text)))
    return _SURROGATES.sub("\ufffd", text)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """The text on one line, cut to ``limit`` units with an ellipsis where it is longer."""
    line = " ".join(safe(text).split())
    if units(line) <= limit:
        return line
    return line[: _cut(line, limit - 1, by_words=True)].rstrip() + "…"


def block(*runs: Run | str, quote: bool = False, tight: bool = False) -> Block:
    """A block of safe text; plain strings are runs without style."""
    made = (run if isinstance(run, Run) else Run(run) for run in runs)
    return Block(tuple(Run(safe(run.text), run.style) for run in made if run.text), quote, tight)


def paged(blocks: Iterable[Block], mark: str = "{page}/{pages}") -> list[Page]:
    """The messages that hold the blocks, in order; blank blocks are left out."""
    laid = _lay([each for each in blocks if each.text.strip()], PAGE_UNITS - PAGE_MARK_UNITS)
    if len(laid) > 1:
        for number, content in enumerate(laid, 1):
            content.append(block(Run(mark.format(page=number, pages=len(laid)), Style.ITALIC)))
    return [page(content) for content in laid]


def page(blocks: Sequence[Block], buttons: tuple[tuple[Button, ...], ...] = ()) -> Page:
    """One message of blocks that are known to fit."""
    return Page(_joined(blocks, _block_html), _joined(blocks, lambda each: each.text), buttons)


def parts(whole: Block, limit: int) -> list[Block]:
    """The block in pieces of at most ``limit`` units; their texts joined are its text."""
    pieces: list[Block] = []
    while units(whole.text) > limit:
        head, whole = _split(whole, limit)
        pieces.append(head)
    return [*pieces, whole]


def _joined(blocks: Sequence[Block], form: Callable[[Block], str]) -> str:
    text = ""
    for each in blocks:
        text += ("" if not text else "\n" if each.tight else "\n\n") + form(each)
    return text


def _block_html(each: Block) -> str:
    inside = "".join(
        f"{run.style.value[0]}{html.escape(run.text, quote=False)}{run.style.value[1]}" for run in each.runs
    )
    if not each.quote:
        return inside
    tag = "<blockquote>" if units(each.text) <= SHORT_QUOTE_UNITS else "<blockquote expandable>"
    return f"{tag}{inside}</blockquote>"


def _entities(each: Block) -> int:
    return each.quote + sum(run.style.value[0].count("<") for run in each.runs)


def _lay(blocks: list[Block], limit: int) -> list[list[Block]]:
    laid: list[list[Block]] = []
    room = entities = 0
    for index, each in enumerate(blocks):
        rest: Block | None = each
        while rest is not None:
            gap = 0 if not laid or not laid[-1] else 1 if rest.tight else 2
            size, together = units(rest.text), _together(rest, blocks[index + 1 :], limit)
            styled = entities + _entities(rest)
            if laid and gap + together <= room and (styled <= PAGE_ENTITIES or not laid[-1]):
                laid[-1].append(rest)
                room -= gap + size
                entities = styled
                rest = None
            elif size > limit and laid and room - gap >= PIECE_UNITS:
                head, rest = _split(rest, room - gap)
                laid[-1].append(head)
                room = 0
            else:
                laid.append([])
                room, entities = limit, 0
    return laid


def _together(first: Block, following: Sequence[Block], limit: int) -> int:
    """Units of the block with the tight blocks after it that should stand on the same page."""
    size = units(first.text)
    for each in following if size <= limit else ():
        if not each.tight:
            break
        wanted = size + 1 + units(each.text)
        if wanted > limit:
            return min(limit, size + 1 + PIECE_UNITS)
        size = wanted
    return size


def _split(whole: Block, room: int) -> tuple[Block, Block]:
    at = _cut(whole.text, room, by_words=True)
    head: list[Run] = []
    tail: list[Run] = []
    for run in whole.runs:
        here = max(0, min(at, len(run.text)))
        at -= len(run.text)
        head += [replace(run, text=run.text[:here])] if here else []
        tail += [replace(run, text=run.text[here:])] if here < len(run.text) else []
    return replace(whole, runs=tuple(head)), replace(whole, runs=tuple(tail), tight=False)


def _cut(text: str, room: int, *, by_words: bool) -> int:
    """Where to cut so that at most ``room`` units, and at least one character, come before."""
    end, used = 0, 0
    for character in text:
        used += 2 if character > "\uffff" else 1
        if used > room:
            break
        end += 1
    if end == len(text):
        return end
    if by_words:
        for pattern in _BREAKS:
            places = [match.end() for match in pattern.finditer(text, end * 2 // 3, end)]
            if places:
                return places[-1]
    for at in range(end, max(1, end - _LOOK_BACK), -1):
        if not _joins(text[at - 1], text[at]):
            return at
    return max(1, end)


def _joins(before: str, after: str) -> bool:
    """Whether two characters are shown as one, as a letter with its accent or an emoji with its skin."""
    return (
        unicodedata.category(after) in ("Mn", "Me", "Mc")
        or "\u200d" in (before, after)
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or ("\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff")
    )
