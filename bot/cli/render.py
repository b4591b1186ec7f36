"""An answer in the terminal: colours and links where it has them, plain text in a pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.answering.answer import Status
from bot.answering.naming import pointer_name
from bot.answering.wording import place, quoted, related_key, several_documents
from documents.readers.source import printable
from prompts.phrases import Phrases, phrases

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.answering.answer import Answer, Citation
    from documents.library import Library
    from documents.models import Document, Paragraph

Line = tuple[str, str]
"""A line and its style, in the words of ``rich``; the empty style is plain."""

_ADDRESS = re.compile(r"https?://[^\s()]+")

_STATUS_STYLE = {
    "answered": "bold green",
    "referred": "bold yellow",
    "not_stated": "bold yellow",
    "clarify": "bold cyan",
    "off_topic": "bold red",
    "conversation": "bold cyan",
}


def show(lines: Iterable[Line]) -> None:
    """Print lines, styled where standard output is a terminal."""
    if not sys.stdout.isatty():
        for text, _ in lines:
            print(text)
        return
    from rich.console import Console

    console = Console()
    for text, style in lines:
        console.print(hanging(text, style))


def hanging(text: str, style: str) -> RenderableType:
    """A line whose continuation, where the terminal breaks it, keeps its indentation."""
    from rich.padding import Padding
    from rich.text import Text

    stripped = text.lstrip(" ")
    return Padding(Text(stripped, style=style), (0, 0, 0, len(text) - len(stripped)))


def _citation_lines(citation: Citation, said: Phrases, *, dated: bool) -> list[Line]:
    return [
        ("", ""),
        *(("  " + line, "italic") for line in quoted(citation, said).split("\n")),
        ("  " + place(citation, said, dated=dated), "dim"),
    ]


def answer_lines(answer: Answer) -> list[Line]:
    """An answer as lines: status, lead, quotes with their places, pointers, notes, suggestions."""
    said = phrases(answer.language)
    status = answer.status.value
    lines: list[Line] = [(said(f"cli.status_{status}"), _STATUS_STYLE[status]), (answer.lead, "")]
    if answer.citations and answer.status is Status.REFERRED:
        lines += [("", ""), (said("answer.referred_where"), "")]
    dated = several_documents(answer.citations)
    told_apart = False
    for citation in answer.citations:
        if citation.related and not told_apart:
            lines += [("", ""), (said(related_key(answer.status)), "")]
            told_apart = True
        lines += _citation_lines(citation, said, dated=dated)
    # The lead has named the first pointer, and said whether it is in the library.
    further = answer.pointers[1:]
    if further:
        lines.append(("", ""))
    for pointer in further:
        held = said("cli.pointer_present" if pointer.present else "cli.pointer_absent")
        lines.append((f"  → {pointer_name(pointer, said)} [{held}]", "yellow"))
    for suggestion in answer.suggestions:
        lines.append((f"  • {suggestion}", ""))
    for note in answer.notes:
        lines += [("", ""), (note, "dim")]
    return lines


def document_lines(documents: Iterable[Document], library: Library) -> list[Line]:
    """The library as lines that a terminal can show, whatever its files are called, a document each."""
    lines: list[Line] = []
    for document in documents:
        facts = [
            document.status.value,
            document.label or "",
            document.number or "",
            document.issued_on.isoformat() if document.issued_on else "",
            document.language,
        ]
        count = len(library.paragraphs(document.id))
        if count:
            facts.append(f"{count} paragraphs")
        lines.append((document.id, "bold"))
        lines.append((f"    {document.title}", ""))
        lines.append(("    " + " · ".join(fact for fact in facts if fact), "dim"))
        if document.source:
            address = _ADDRESS.search(document.source)
            lines.append((f"    {document.source}", f"dim link {address.group()}" if address else "dim"))
    return [(printable(text), style) for text, style in lines]


def paragraph_lines(paragraphs: Iterable[Paragraph], marked: int | None = None) -> list[Line]:
    """Paragraphs with their numbers; headings stand out, the marked one is shown by an arrow too."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        heading = paragraph.role.value in ("heading", "title")
        style = "bold" if heading or paragraph.number == marked else ""
        arrow = "▶" if paragraph.number == marked else " "
        page = f" (p. {paragraph.page})" if paragraph.page else ""
        lines += [(f"{arrow}¶{paragraph.number:<4}{paragraph.text}{page}", style), ("", "")]
    return lines


def explain_lines(answer: Answer) -> list[Line]:
    """What every step saw and decided, indented by depth, with the time each took."""
    lines: list[Line] = [("", ""), ("How this answer was made", "bold")]

    def walk(value: object, depth: int) -> None:
        pad = "  " * depth
        if isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, dict | list) and inner:
                    lines.append((f"{pad}{key}:", "cyan"))
                    walk(inner, depth + 1)
                else:
                    lines.append((f"{pad}{key}: {_brief(inner)}", ""))
        elif isinstance(value, list):
            for inner in value:
                if isinstance(inner, dict):
                    lines.append((pad + "- " + "  ".join(f"{k}={_brief(v)}" for k, v in inner.items()), ""))
                else:
                    lines.append((f"{pad}- {_brief(inner)}", ""))

    for step, seen in (answer.trace or {}).items():
        took = answer.timings_ms.get(step)
        lines.append((f"{step}" + (f" ({took:.1f} ms)" if took is not None else ""), "bold cyan"))
        walk(seen, 1)
    return lines


def _brief(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | dict) and not value:
        return "-"
    return str(value)
