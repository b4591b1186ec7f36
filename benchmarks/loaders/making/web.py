"""Web pages: the page of an office with all that stands around a document, and pages to be printed by a browser."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from benchmarks.loaders.making.sources import MARK, Entry
from benchmarks.loaders.truth import Kind


class Around(NamedTuple):
    """What stands around the document: menus of links, a trail, a column of news, what the foot of the page says."""

    site: str
    menu: tuple[str, ...]
    trail: tuple[str, ...]
    aside: tuple[str, ...]
    aside_title: str
    tools: tuple[str, ...]
    foot: tuple[str, ...]


def _paragraph(entry: Entry, note: int, *, breaks: bool) -> str:
    mark = f'<sup><a href="#n{note}" id="r{note}">{note}</a></sup>'
    text = escape(entry.marked, quote=False).replace(MARK, mark)
    tag = {Kind.TITLE: "h1", Kind.HEADING: f"h{entry.depth + 2}"}.get(entry.kind, "p")
    if breaks and tag == "p":
        return f"　　{text}<br>\n"
    classes = {Kind.NUMBER: ' class="number"', Kind.ISSUER: ' class="last"', Kind.DATE: ' class="last"'}
    return f"<{tag}{classes.get(entry.kind, '')}>{text}</{tag}>\n"


def _table(rows: Sequence[Entry]) -> str:
    lines = []
    for at, entry in enumerate(rows):
        cell = "th" if at == 0 else "td"
        lines.append("<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in entry.cells) + "</tr>")
    return f"<table>\n<thead>\n{lines[0]}\n</thead>\n<tbody>\n" + "\n".join(lines[1:]) + "\n</tbody>\n</table>\n"


def document(found: Sequence[Entry], *, breaks: bool = False) -> str:
    """The document itself; ``breaks`` parts its paragraphs by line breaks, as old pages do."""
    parts: list[str] = []
    notes: list[str] = []
    for is_table, group in groupby(found, key=lambda entry: entry.kind is Kind.ROW):
        entries = list(group)
        if is_table:
            parts.append(_table(entries))
            continue
        for entry in entries:
            if entry.note:
                notes.append(entry.note)
            parts.append(_paragraph(entry, len(notes), breaks=breaks))
    if notes:
        listed = "".join(f'<p id="n{n}">[{n}] {escape(text, quote=False)}</p>\n' for n, text in enumerate(notes, 1))
        parts.append(f"<hr>\n{listed}")
    return "".join(parts)


def _links(texts: Sequence[str]) -> str:
    return "".join(f'<li><a href="/{at}/index.html">{escape(text)}</a></li>\n' for at, text in enumerate(texts))


def modern(found: Sequence[Entry], around: Around, language: str) -> str:
    """A page with the tags of today: header, nav, main, aside, footer; scripts and styles in between."""
    trail = " &gt; ".join(f'<a href="/">{escape(text)}</a>' for text in around.trail)
    tools = "".join(f'<a class="tool" href="#">{escape(text)}</a> ' for text in around.tools)
    foot = "".join(f"<p>{escape(text)}</p>\n" for text in around.foot)
    title = escape(found[0].text)
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title} - {escape(around.site)}</title>
<style>.number{{text-align:center}} .last{{text-align:right}}</style>
<script>window.dataLayer = window.dataLayer || []; function gtag(){{dataLayer.push(arguments);}}</script>
</head>
<body>
<a class="skip" href="#content">Skip to main content</a>
<header><div class="logo">{escape(around.site)}</div>
<form role="search"><input name="q"><button>Go</button></form></header>
<nav aria-label="main"><ul>
{_links(around.menu)}</ul></nav>
<div class="trail">{trail}</div>
<div class="layout">
<main id="content">
<article>
{document(found)}</article>
<div class="tools">{tools}</div>
</main>
<aside><h2>{escape(around.aside_title)}</h2><ul>
{_links(around.aside)}</ul></aside>
</div>
<footer>
{foot}<ul>
{_links(around.menu[:3])}</ul></footer>
<script>document.querySelectorAll(".tool").forEach(function (a) {{ a.onclick = function () {{ return false; }}; }});</script>
</body>
</html>
"""


def old(found: Sequence[Entry], around: Around, charset: str) -> str:
    """A page as offices made them twenty years ago: tables lay it out, line breaks part the paragraphs."""
    menu = " | ".join(f'<a href="/{at}/">{escape(text)}</a>' for at, text in enumerate(around.menu))
    side = "".join(
        f'<tr><td>·<a href="/n{at}.htm">{escape(text)}</a></td></tr>\n' for at, text in enumerate(around.aside)
    )
    trail = "&gt;&gt;".join(f'<a href="/">{escape(text)}</a>' for text in around.trail)
    foot = "<br>\n".join(map(escape, around.foot))
    tools = "".join(f'【<a href="javascript:void(0)">{escape(text)}</a>】' for text in around.tools)
    inner = document(found[1:], breaks=True)
    return f"""<HTML><HEAD>
<META http-equiv="Content-Type" content="text/html; charset={charset}">
<TITLE>{escape(found[0].text)}－{escape(around.site)}</TITLE>
<SCRIPT language="javascript">var today = new Date(); function show(n) {{ document.write(n); }}</SCRIPT>
</HEAD><BODY bgcolor="#FFFFFF">
<table width="980" align="center"><tr><td>{escape(around.site)}</td></tr>
<tr><td>{menu}</td></tr></table>
<table width="980" align="center"><tr><td colspan="2">当前位置：{trail}</td></tr>
<tr><td width="220" valign="top"><table><tr><td>{escape(around.aside_title)}</td></tr>
{side}</table></td>
<td width="760" valign="top"><table><tr><td align="center"><b><font size="5">{escape(found[0].text)}</font></b></td></tr>
<tr><td><div id="zoom">
{inner}</div></td></tr>
<tr><td align="right">{tools}</td></tr></table></td></tr></table>
<table width="980" align="center"><tr><td align="center">{foot}</td></tr></table>
</BODY></HTML>
"""


class Printed(NamedTuple):
    """How a page is printed."""

    language: str
    font: str
    size: float = 11.0
    columns: int = 1
    justify: bool = False
    indent: float = 0.0
    letter_space: float = 0.0
    margin: str = "22mm 20mm"


def for_print(found: Sequence[Entry], look: Printed, font: bytes = b"") -> str:
    """A page as it is printed: nothing stands around the document. ``font`` is a TrueType font that comes with it."""
    source = f"url(data:font/ttf;base64,{b64encode(font).decode()})"
    face = f"@font-face {{ font-family: '{look.font}'; src: {source}; }}" if font else ""
    align = "justify" if look.justify else "start"
    return f"""<!DOCTYPE html>
<html lang="{look.language}"><head><meta charset="utf-8"><title>{escape(found[0].text)}</title>
<style>
{face}
@page {{ size: A4; margin: {look.margin}; }}
body {{ font: {look.size}pt/1.5 '{look.font}'; margin: 0; }}
.text {{ column-count: {look.columns}; column-gap: 8mm; text-align: {align}; }}
h1 {{ text-align: center; font-size: 1.6em; column-span: all; }}
h2, h3 {{ font-size: 1.05em; letter-spacing: {look.letter_space}em; break-after: avoid; text-align: start; }}
p {{ margin: 0 0 0.5em; text-indent: {look.indent}em; orphans: 2; widows: 2; }}
.number {{ text-align: center; text-indent: 0; }} .last {{ text-align: right; text-indent: 0; }}
table {{ border-collapse: collapse; width: 100%; text-align: start; font-size: 0.95em; margin: 0.6em 0; }}
th, td {{ border: 0.6pt solid #333; padding: 2pt 5pt; vertical-align: top; text-align: left; }}
tr {{ break-inside: avoid; }}
</style></head><body><div class="text">
{document(found)}</div></body></html>
"""
