"""The library: which documents there are, and their paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from documents.errors import DeskError
from documents.models import Document, DocumentStatus, Paragraph


class UnknownDocument(DeskError, LookupError):
    """No document of the library has this id."""


class UnknownParagraph(DeskError, LookupError):
    """The document has no paragraph of this number."""


class Library:
    """Documents with their paragraphs, in memory, in the order they were added."""

    def __init__(self, texts: Mapping[Document, Iterable[Paragraph]]) -> None:
        self._documents: dict[str, Document] = {}
        self._paragraphs: dict[str, tuple[Paragraph, ...]] = {}
        for document, paragraphs in texts.items():
            if document.id in self._documents:
                raise ValueError(f"two documents have the id {document.id!r}")
            self._documents[document.id] = document
            self._paragraphs[document.id] = tuple(paragraphs)

    def joined(self, added: Mapping[Document, Iterable[Paragraph]]) -> Library:
        """This library with documents added; one that has the id of an omitted document takes its place."""
        replaced = {document.id: (document, paragraphs) for document, paragraphs in added.items()}
        texts: dict[Document, Iterable[Paragraph]] = {}
        for held in self._documents.values():
            omitted = held.status is DocumentStatus.OMITTED
            document, paragraphs = (
                replaced.pop(held.id) if omitted and held.id in replaced else (held, self._paragraphs[held.id])
            )
            texts[document] = paragraphs
        for document_id in replaced.keys() & self._documents.keys():
            raise ValueError(f"two documents have the id {document_id!r}")
        return Library({**texts, **dict(replaced.values())})

    def documents(self) -> tuple[Document, ...]:
        """Every document, present or only named."""
        return tuple(self._documents.values())

    def in_force(self) -> tuple[Document, ...]:
        """The documents whose text answers questions."""
        return tuple(d for d in self._documents.values() if d.status is DocumentStatus.PRESENT)

    def document(self, document_id: str) -> Document:
        """The document with this id; raises ``UnknownDocument``."""
        try:
            return self._documents[document_id]
        except KeyError:
            known = ", ".join(self._documents)
            raise UnknownDocument(f"no document {document_id!r} in the library; there are: {known}") from None

    def paragraphs(self, document_id: str) -> tuple[Paragraph, ...]:
        """All paragraphs of a document in reading order, empty where its text is omitted."""
        self.document(document_id)
        return self._paragraphs[document_id]

    def paragraph(self, document_id: str, number: int) -> Paragraph:
        """One paragraph; raises ``UnknownDocument`` or ``UnknownParagraph``."""
        paragraphs = self.paragraphs(document_id)
        if not 1 <= number <= len(paragraphs):
            raise UnknownParagraph(
                f"{document_id} has no paragraph {number}"
                + (f"; its paragraphs are 1 to {len(paragraphs)}" if paragraphs else ": its text is not in the library")
            )
        return paragraphs[number - 1]
