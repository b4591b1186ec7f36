"""Markdown as text: headings, rows and paragraphs without the signs that mark them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence

from documents.blocks import Block, Style
from documents.readers.clean import clean, joined, row_text
from documents.readers.lines import Line, paragraphs

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"^([ \t]*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_NUMBERED = re.compile(r"^[ \t]*(?:\d{1,4}[.)]|[a-zA-Z][.)])[ \t]+(?=\S)")
_GOES_ON = re.compile(r"^(?: {2,}|\t)\s*\S")
_DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]{1,200}\]:\s*\S+")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:\s*")
_FACTS = re.compile(r"\A---[ \t]*\n(?:[\w-]+[ \t]*:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_COMMENT, _COMMENT_END = "<!--", "-->"
_HARD_BREAKS = ("  ", "\\")
_CELL_END = re.compile(r"(?<!\\)\|")

# Signs within a line. Code is taken out first: nothing in it is a sign.
_TICKS = re.compile(r"`+")
_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+\"[^\"]{0,300}\")?\)")
_LINK_BY_NAME = re.compile(r"\[([^\[\]^]{1,500})\]\[[^\[\]]{0,200}\]")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]{1,2000})>")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.I)
_INLINE_TAG = re.compile(
    r"</?(?:b|i|em|strong|u|sub|sup|span|font|center|div|p|small|mark|a)(?:\s[^<>]{0,300})?/?>", re.I
)
_EMPHASIS = (
    re.compile(r"\*\*\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*\*\*"),
    re.compile(r"\*\*(?=\S)((?:[^*\n]|\*(?!\*)){1,1000}?)(?<=\S)\*\*"),
    re.compile(r"(?<!\w)__(?=\S)((?:[^_\n]|_(?!_)){1,1000}?)(?<=\S)__(?!\w)"),
    re.compile(r"~~(?=\S)([^~\n]{1,1000}?)(?<=\S)~~"),
    re.compile(r"\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*"),
    re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_])_(?![\w_])"),
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = "\ue000{}\ue001"
_HELD_BACK = re.compile("\ue000(\\d+)\ue001")

_LONGEST_LINE = 10_000
"""Characters above which a line is text without signs."""
_SIGNS = 2
"""Lines that look like Markdown from which a text without its ending is taken for it."""


def is_markdown(lines: Sequence[str]) -> bool:
    """Whether a text shows by its headings, fences or tables that it is Markdown."""
    signs = 0
    for at, line in enumerate(lines):
        heading = _HEADING.match(line)
        table = "|" in line and at + 1 < len(lines) and "-|-" in lines[at + 1].replace(" ", "").replace(":", "")
        signs += bool(heading and _heading_text(line, heading)) + bool(table) + bool(_FENCE.match(line))
        if signs >= _SIGNS:
            return True
    return False


def _heading_text(line: str, mark: re.Match[str]) -> str:
    """The text of a heading, without the signs that may close it."""
    text = line[mark.end() :].rstrip(" \t")
    opened = text.rstrip("#")
    return text if opened and opened[-1] not in " \t" else opened.rstrip(" \t")


def _without_code(text: str, hold: Callable[[str], str]) -> str:
    """The text with every span of code, between two equal runs of ticks, given to ``hold``."""
    runs = list(_TICKS.finditer(text))
    later: dict[int, list[int]] = {}
    for at, run in enumerate(runs):
        later.setdefault(len(run.group()), []).append(at)
    parts, done, at = [], 0, 0
    while at < len(runs):
        same = later[len(runs[at].group())]
        while same and same[0] <= at:
            same.pop(0)
        if same:
            parts += [text[done : runs[at].start()], hold(text[runs[at].end() : runs[same[0]].start()].strip())]
            done, at = runs[same[0]].end(), same[0]
        at += 1
    return "".join([*parts, text[done:]])


def plain(text: str) -> str:
    """A line without the signs of emphasis, code and links; what they mark stays. Endless lines are left alone."""
    if len(text) > _LONGEST_LINE:
        return text
    held: list[str] = []

    def hold(shown: str) -> str:
        held.append(shown)
        return _HELD.format(len(held) - 1)

    text = _HELD_BACK.sub("", text)
    text = _without_code(text, hold)
    text = _ESCAPE.sub(lambda match: hold(match.group(1)), text)
    text = _AUTOLINK.sub(lambda match: hold(match.group(1)), text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _NOTE_MARK.sub(r"[\1]", _LINK_BY_NAME.sub(r"\1", text))
    text = _INLINE_TAG.sub("", _LINE_BREAK.sub(" ", text))
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    return _HELD_BACK.sub(lambda match: held[int(match.group(1))], html.unescape(text))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [clean(plain(cell.replace("\\|", "|"))) for cell in _CELL_END.split(inner)]


def without_asides(text: str) -> str:
    """The text without the facts at its head (``---``) and without comments; line ends stay where they were."""
    text = _FACTS.sub(lambda match: "\n" * match.group().count("\n"), text, count=1)
    parts, done = [], 0
    while (start := text.find(_COMMENT, done)) >= 0 and (end := text.find(_COMMENT_END, start)) >= 0:
        parts += [text[done:start], "\n" * text.count("\n", start, end)]
        done = end + len(_COMMENT_END)
    return "".join([*parts, text[done:]])


def blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks of Markdown in lines, in order."""
    waiting: list[Line] = []

    def finished() -> Iterator[Block]:
        for line in paragraphs(waiting):
            if text := clean(plain(line.text)):
                yield Block(text, line.page)
        waiting.clear()

    at, fence, item = 0, "", False
    while at < len(lines):
        line = lines[at]
        raw = line.text if fence else _QUOTE.sub("", line.text)
        at += 1
        if opened := _FENCE.match(raw):
            sign = opened.group(1)
            if not fence:
                yield from finished()
                fence = sign
                continue
            if sign.startswith(fence) and not raw.strip().strip(fence[0]):
                fence = ""
                continue
        if fence:
            if text := clean(raw):
                yield Block(text, line.page)
            continue
        below = lines[at].text if at < len(lines) else ""
        if heading := _HEADING.match(raw):
            yield from finished()
            if text := clean(plain(_heading_text(raw, heading))):
                yield Block(text, line.page, Style.HEADING, len(heading.group(1)))
        elif "|" in raw and "|" in below and _DELIMITER.match(below) and len(_cells(raw)) == len(_cells(below)):
            yield from finished()
            yield from _rows([line])
            at += 1
            first = at
            while at < len(lines) and "|" in lines[at].text and lines[at].text.strip():
                at += 1
            yield from _rows(lines[first:at])
        elif (
            raw.strip()
            and _UNDERLINE.match(below)
            and not _BULLET.match(raw)
            and (not waiting or not waiting[-1].text.strip())
        ):
            yield from finished()
            if text := clean(plain(raw)):
                yield Block(text, line.page, Style.HEADING, 1 if "=" in below else 2)
            at += 1
        elif _RULE.match(raw) or _REFERENCE.match(raw):
            yield from finished()
        elif item and waiting and _GOES_ON.match(raw) and not (_BULLET.match(raw) or _NUMBERED.match(raw)):
            last = waiting[-1]
            waiting[-1] = last._replace(text=joined((last.text, raw)))
        else:
            item = bool(_BULLET.match(raw) or _NUMBERED.match(raw))
            if item or _NOTE.match(raw):
                yield from finished()  # an item begins a paragraph of its own, whatever the line before it
            text = _BULLET.sub(r"\1", _NOTE.sub(r"[\1] ", raw))
            breaks = text.endswith(_HARD_BREAKS)
            waiting.append(Line(text.removesuffix("\\") if breaks else text, line.page))
            if breaks:
                yield from finished()
    yield from finished()


def _rows(lines: Sequence[Line]) -> Iterator[Block]:
    for line in lines:
        if text := row_text(_cells(line.text)):
            yield Block(text, line.page, Style.TABLE_ROW)
