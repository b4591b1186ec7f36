"""The JSON that machines may rely on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answering.answer import Answer


def answer_object(answer: Answer, question: str, identifier: Any) -> dict[str, Any]:
    """An answer as the object that ``ask --json`` and ``ask --batch`` print."""
    row: dict[str, Any] = {
        "id": identifier,
        "question": question,
        "status": answer.status.value,
        "answer": answer.text,
        "language": answer.language,
        "citations": [
            {
                "document": citation.document,
                "title": citation.title,
                "paragraph": citation.paragraph,
                "label": citation.label,
                "section": " > ".join(citation.section) or None,
                "page": citation.page,
                "quote": citation.quote,
                "text": citation.text,
            }
            for citation in answer.citations
        ],
        "pointers": [
            {"label": pointer.label, "title": pointer.title, "number": pointer.number, "present": pointer.present}
            for pointer in answer.pointers
        ],
        "timings_ms": answer.timings_ms,
    }
    if answer.trace is not None:
        row["trace"] = answer.trace
    return row


def to_json(row: dict[str, Any]) -> str:
    """One line of JSON in which every character can be written to any file."""
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace").decode("utf-8")
