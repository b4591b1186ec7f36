"""The words of the library: documents, their paragraphs, and the pointers between them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value: built once, never changed, and strict about fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentKind(StrEnum):
    """What sort of document it is."""

    CIRCULAR = "circular"
    APPENDIX = "appendix"
    MEASURE = "measure"
    OTHER = "other"


class DocumentStatus(StrEnum):
    """Whether the library holds the text.

    ``omitted``: named by another document, its text is not in the library.
    ``superseded``: a newer edition is in force; still citable.
    """

    PRESENT = "present"
    OMITTED = "omitted"
    SUPERSEDED = "superseded"


class Role(StrEnum):
    """The place of a paragraph in its document."""

    TITLE = "title"
    NUMBER = "number"
    HEADING = "heading"
    BODY = "body"
    APPENDIX = "appendix"
    ISSUER = "issuer"
    DATE = "date"


class Pointer(Frozen):
    """A reference, found in a paragraph, to another document.

    ``target`` is the id of the document pointed to, where the library knows it; ``text`` is the
    verbatim phrase that names it.
    """

    target: str | None = None
    label: str | None = None
    title: str
    number: str | None = None
    text: str


class Document(Frozen):
    """One document of the library, present or only named.

    ``edition`` counts from 1; the edition in force keeps the document's id, those before it have ids of their own
    (``edition_id``) and name in ``superseded_by`` the one in force. ``other_titles`` are those it is known by besides,
    such as that in another language: for recognising it, neither stored nor shown.
    """

    # A document that is added has 80 characters at most; an edition of it that is superseded a few more.
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")
    title: str
    other_titles: tuple[str, ...] = Field(default=(), exclude=True)
    number: str | None = None
    kind: DocumentKind = DocumentKind.OTHER
    issuer: str | None = None
    issued_on: date | None = None
    language: str = "en"
    status: DocumentStatus = DocumentStatus.PRESENT
    parent: str | None = None
    label: str | None = None
    sha256: str | None = None
    source: str | None = None
    edition: int = Field(default=1, ge=1)
    superseded_by: str | None = None

    @property
    def present(self) -> bool:
        """Whether its text can be quoted."""
        return self.status is not DocumentStatus.OMITTED


def edition_id(document_id: str, edition: int) -> str:
    """The id of an edition that is no longer in force."""
    return f"{document_id}.edition-{edition}"


class Paragraph(Frozen):
    """One numbered paragraph. Its identity is ``document`` and ``number``.

    Numbers count from 1 in reading order; in a later edition a paragraph keeps the number it had, and a new one gets
    a number that was never used (``documents.editions``), so they need not be in order there.

    ``text`` is exactly what the source says; ``section`` is the path of headings above it, outermost
    first; ``label`` is the paragraph's own number in the source ("第三条", "（二）", "2.1"), if any.
    """

    document: str
    number: int = Field(ge=1)
    role: Role = Role.BODY
    label: str | None = None
    section: tuple[str, ...] = ()
    page: int | None = None
    text: str
    pointers: tuple[Pointer, ...] = ()

    @property
    def key(self) -> str:
        """``document#number``, unique in a library."""
        return f"{self.document}#{self.number}"
