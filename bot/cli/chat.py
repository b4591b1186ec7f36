"""A conversation in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.answering.answer import Question
from bot.answering.wording import documents_named
from bot.cli.errors import one_line
from bot.cli.render import answer_lines, document_lines, paragraph_lines, show
from documents.errors import DeskError
from documents.library import UnknownDocument, UnknownParagraph
from prompts.phrases import phrases

if TYPE_CHECKING:
    from bot.desk import Desk
    from documents.library import Library

_HISTORY = 6
"""Earlier questions that are handed over."""
_CONTEXT = 1
"""Paragraphs shown before and after a source."""


def source_lines(library: Library, words: list[str]) -> list[tuple[str, str]]:
    """The paragraph that ``/source 12`` or ``/source appendix-1 3`` asks for, in its context."""
    said = phrases("en")
    if not words or not words[-1].isdigit() or len(words) > 2:
        return [(said("cli.chat_source_usage"), "")]
    document = words[0] if len(words) == 2 else library.in_force()[0].id
    try:
        around = library.around(document, int(words[-1]), _CONTEXT, _CONTEXT)
    except (UnknownDocument, UnknownParagraph) as error:
        return [(one_line(error), "red")]
    return paragraph_lines(around, marked=int(words[-1]))


def _read(prompt: str) -> str | None:
    try:
        return input(prompt if sys.stdin.isatty() else "")
    except EOFError:
        return None


def chat(desk: Desk) -> None:
    """Ask and answer until the user ends it or the input does."""
    if sys.stdin.isatty():
        import readline  # noqa: F401 - line editing and recall for input()
    said = phrases("en")
    show([(said("cli.chat_welcome", documents=documents_named(desk.library, said)), "dim")])
    history: list[str] = []
    while (line := _read(said("cli.chat_prompt"))) is not None:
        text = line.strip()
        if not text:
            continue
        command, *words = text.split()
        if command in ("/quit", "/exit"):
            break
        if command == "/help":
            show([(said("cli.chat_welcome", documents=documents_named(desk.library, said)), "dim")])
        elif command == "/source":
            show(source_lines(desk.library, words))
        elif command == "/docs":
            show(document_lines(desk.library.documents(), desk.library))
        elif command == "/new":
            history.clear()
            show([(said("cli.chat_new"), "dim")])
        elif command.startswith("/"):
            show([(said("cli.chat_unknown", command=command), "red")])
        else:
            try:
                answer = desk.ask(Question(text=text, history=tuple(history)))
            except DeskError as error:
                # What is away may be back for the next question.
                show([(one_line(error), "red"), ("", "")])
                continue
            show([*answer_lines(answer), ("", "")])
            history = [*history, text][-_HISTORY:]
    show([(said("cli.chat_bye"), "dim")])
