"""``circular docs``: reads the library without its index."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from bot.cli.chat import source_lines
from bot.cli.render import document_lines, paragraph_lines, show
from bot.cli.session import read_settings
from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import SHIPPED, load_library
from prompts.phrases import phrases

EXPORT_FORMAT = "circular-desk/documents/1"
"""Names the layout of an export: change it when that changes."""


def _load() -> tuple[Library, Knowledge]:
    settings = read_settings()
    library, knowledge, _ = load_library(settings.corpus or SHIPPED, settings.database)
    return library, knowledge


def list_documents(*, as_json: bool) -> None:
    """Print every document of the library."""
    library, _ = _load()
    if as_json:
        rows = [
            {**document.model_dump(mode="json"), "paragraphs": len(library.paragraphs(document.id))}
            for document in library.documents()
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    show(document_lines(library.documents(), library))


def show_document(document_id: str, number: int | None, *, as_json: bool) -> None:
    """Print a document, or one paragraph of it in its context."""
    library, _ = _load()
    document = library.document(document_id)
    if number is not None:
        wanted = library.paragraph(document_id, number)
        if as_json:
            print(json.dumps(wanted.model_dump(mode="json"), ensure_ascii=False, indent=1))
        else:
            show(source_lines(library, [document_id, str(number)]))
        return
    paragraphs = library.paragraphs(document_id)
    if as_json:
        row = document.model_dump(mode="json")
        row["paragraphs"] = [paragraph.model_dump(mode="json") for paragraph in paragraphs]
        print(json.dumps(row, ensure_ascii=False, indent=1))
        return
    show([*document_lines([document], library), ("", "")])
    if not document.present:
        show([(phrases("en")("cli.document_absent", title=document.title), "yellow")])
    show(paragraph_lines(paragraphs))


def export_documents(ids: list[str], output: Path | None) -> None:
    """Print documents with their paragraphs as one JSON object, or write it to a file whole or not at all."""
    library, _ = _load()
    chosen = [library.document(i) for i in ids] if ids else library.documents()
    told = {
        "format": EXPORT_FORMAT,
        "documents": [
            {
                **document.model_dump(mode="json"),
                "paragraphs": [p.model_dump(mode="json") for p in library.paragraphs(document.id)],
            }
            for document in chosen
        ],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    if output is None:
        print(text)
        return
    new = output.with_name(f".{output.name}.new")
    new.write_text(text + "\n", encoding="utf-8")
    new.replace(output)


def check_documents() -> None:
    """Print what was held against the text; whatever does not stand in it is an error on the way."""
    library, knowledge = _load()
    cells = Counter(cell.status.value for cell in knowledge.cells)
    questions = Counter(question.status.value for question in knowledge.questions)
    languages = Counter(str(question.language) for question in knowledge.questions)
    print(f"documents: {len(library.in_force())} with their text, {len(library.documents())} known by name")
    print(f"{len(knowledge.cells)} cells of the coverage map: {_counts(cells)}")
    print(f"{len(knowledge.questions)} known questions: {_counts(questions)}; {_counts(languages)}")
    print("every snippet stands in exactly one paragraph")


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))
