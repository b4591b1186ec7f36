"""What of a document an index holds, in one digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from documents.models import Document, Paragraph


def content_digest(document: Document, paragraphs: Iterable[Paragraph]) -> str:
    """Sixteen hexadecimal digits that change when, and only when, what is searched of a document changes.

    That is its language and title, and of each paragraph the number, role, headings and text.
    """
    digest = hashlib.sha256(f"{document.language}\x1f{document.title}".encode("utf-8", "surrogatepass"))
    for paragraph in paragraphs:
        told = "\x1f".join((str(paragraph.number), paragraph.role, *paragraph.section, paragraph.text))
        digest.update(f"\x1e{told}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
