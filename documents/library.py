"""The library: which documents there are, and their paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from documents.digest import content_digest
from documents.errors import DeskError
from documents.models import Document, DocumentStatus, Paragraph, edition_id


class UnknownDocument(DeskError, LookupError):
    """No document of the library has this id."""


class UnknownParagraph(DeskError, LookupError):
    """The document has no paragraph of this number."""


@dataclass(frozen=True)
class HeldText:
    """The paragraphs of one document, read when they are first asked for; ``known_digest`` where it is at hand."""

    document: Document
    read: Callable[[], Iterable[Paragraph]]
    known_digest: str | None = None
    _kept: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """In reading order."""
        if "all" not in self._kept:
            self._kept["all"] = tuple(self.read())
        return self._kept["all"]

    @cached_property
    def digest(self) -> str:
        """``content_digest`` of the document."""
        return self.known_digest or content_digest(self.document, self.paragraphs)

    @cached_property
    def place(self) -> dict[int, int]:
        """Where in reading order the paragraph of each number stands, from 0."""
        return {paragraph.number: at for at, paragraph in enumerate(self.paragraphs)}

    def renamed(self, document: Document) -> HeldText:
        """The same text as that of another id."""
        paragraphs = self.paragraphs
        return HeldText(document, lambda: (p.model_copy(update={"document": document.id}) for p in paragraphs))


class Library:
    """Documents with their paragraphs, in the order they were added.

    Raises ``ValueError`` where two have the same id.
    """

    def __init__(self, texts: Mapping[Document, Iterable[Paragraph]] | Iterable[HeldText]) -> None:
        if isinstance(texts, Mapping):
            texts = [_given(document, paragraphs) for document, paragraphs in texts.items()]
        self._texts: dict[str, HeldText] = {}
        for text in texts:
            if text.document.id in self._texts:
                raise ValueError(f"two documents have the id {text.document.id!r}")
            self._texts[text.document.id] = text

    def joined(self, added: Iterable[HeldText]) -> Library:
        """This library with documents added.

        One that has the id of an omitted document takes its place; one that is a later edition of a document of this
        library supersedes it. Raises ``ValueError`` where an id is taken otherwise.
        """
        new = {text.document.id: text for text in added}
        texts: list[HeldText] = []
        for held in self._texts.values():
            newer = new.get(held.document.id)
            if newer is None:
                texts.append(held)
            elif held.document.status is DocumentStatus.OMITTED:
                texts.append(new.pop(held.document.id))
            elif newer.document.edition > held.document.edition:
                texts += [new.pop(held.document.id), held.renamed(superseded(held.document))]
            else:
                raise ValueError(f"two documents have the id {held.document.id!r}")
        return Library([*texts, *new.values()])

    def documents(self) -> tuple[Document, ...]:
        """Every document, present or only named."""
        return tuple(text.document for text in self._texts.values())

    def in_force(self) -> tuple[Document, ...]:
        """The documents whose text answers questions."""
        return tuple(d for d in self.documents() if d.status is DocumentStatus.PRESENT)

    def _text(self, document_id: str) -> HeldText:
        try:
            return self._texts[document_id]
        except KeyError:
            known = ", ".join(list(self._texts)[:_SHOWN])
            more = f" and {len(self._texts) - _SHOWN} more" if len(self._texts) > _SHOWN else ""
            raise UnknownDocument(f"no document {document_id!r} in the library; there are: {known}{more}") from None

    def document(self, document_id: str) -> Document:
        """The document with this id; raises ``UnknownDocument``."""
        return self._text(document_id).document

    def digest(self, document_id: str) -> str:
        """What tells whether an index holds this document as it is (``documents.digest``)."""
        return self._text(document_id).digest

    def paragraphs(self, document_id: str) -> tuple[Paragraph, ...]:
        """All paragraphs of a document in reading order, empty where its text is omitted."""
        return self._text(document_id).paragraphs

    def paragraph(self, document_id: str, number: int) -> Paragraph:
        """One paragraph; raises ``UnknownDocument`` or ``UnknownParagraph``."""
        text = self._text(document_id)
        if number not in text.place:
            numbers = text.place.keys()
            raise UnknownParagraph(
                f"{document_id} has no paragraph {number}"
                + (
                    f"; its paragraphs are {min(numbers)} to {max(numbers)}"
                    if numbers
                    else ": its text is not in the library"
                )
            )
        return text.paragraphs[text.place[number]]

    def around(self, document_id: str, number: int, before: int, after: int) -> tuple[Paragraph, ...]:
        """A paragraph with up to so many before and after it in reading order; raises as ``paragraph`` does."""
        self.paragraph(document_id, number)
        text = self._text(document_id)
        at = text.place[number]
        return text.paragraphs[max(0, at - before) : at + after + 1]


_SHOWN = 20
"""Documents named in an error, at most."""


def superseded(document: Document) -> Document:
    """The document as it is kept once a newer edition is in force."""
    return document.model_copy(
        update={
            "id": edition_id(document.id, document.edition),
            "status": DocumentStatus.SUPERSEDED,
            "superseded_by": document.id,
        }
    )


def _given(document: Document, paragraphs: Iterable[Paragraph]) -> HeldText:
    kept = tuple(paragraphs)
    return HeldText(document, lambda: kept)
