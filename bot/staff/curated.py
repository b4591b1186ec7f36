"""What staff have confirmed of a question: its status and paragraphs, and where they gave one, the official answer.

An official answer is bound to its paragraphs by their content: one that changes or goes sets it aside. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.answering.answer import Language
from bot.staff.errors import Refused
from documents.knowledge import KnownStatus
from documents.library import Library, UnknownDocument, UnknownParagraph
from documents.models import DocumentStatus, Frozen
from documents.text import for_search, language_of

_Words = Annotated[str, Field(min_length=1, max_length=4000)]
_WITH_BASIS = (KnownStatus.ANSWERED, KnownStatus.REFERRED)
_OF_NO_DOCUMENT = (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION)


class Standing(StrEnum):
    """Whether it is used: in force, set aside because its paragraphs changed, or withdrawn by staff."""

    LIVE = "live"
    ASIDE = "aside"
    WITHDRAWN = "withdrawn"


class Basis(Frozen):
    """A paragraph it stands on, the words that say it (the whole paragraph where none), and the hash of its content."""

    document: str
    paragraph: int = Field(ge=1)
    quote: str = ""
    hash: str = ""


class Wording(Frozen):
    """The question put in other words."""

    language: Language
    text: _Words


class Curated(Frozen):
    """A question as staff confirmed it; an official answer where ``texts`` (by language) holds one.

    ``document`` is the one the question is about; ``pointer`` the id of the document it is referred to. ``expires_on``
    is the first day on which the official answer is not given any more. ``aside`` says why it was set aside.
    ``digest`` is that of the whole document where no paragraph is named: what it leaves open a new edition may state.
    """

    question: _Words
    language: Language
    wordings: tuple[Wording, ...] = ()
    status: KnownStatus
    document: str | None = None
    basis: tuple[Basis, ...] = ()
    pointer: str | None = None
    texts: dict[Language, _Words] = Field(default_factory=dict)
    expires_on: date | None = None
    approved_by: int
    approved_at: float
    aside: tuple[str, ...] = ()
    digest: str = ""

    def asked(self) -> tuple[Wording, ...]:
        """The question and its wordings."""
        return (Wording(language=self.language, text=self.question), *self.wordings)

    def is_official(self, today: date) -> bool:
        """Whether there is an official answer that has not expired; the status it was confirmed with does not."""
        return bool(self.texts) and (self.expires_on is None or today < self.expires_on)

    def text(self, language: Language) -> tuple[Language, str]:
        """The official answer in a language, or in the one there is, and which that is.

        Raises ``StopIteration`` where there is none.
        """
        return (language, self.texts[language]) if language in self.texts else next(iter(self.texts.items()))


class Kept(Frozen):
    """What staff confirmed as it is kept: with its number, its version, and where it stands."""

    id: int
    version: int
    standing: Standing
    changed_at: float
    curated: Curated


def folded(question: str) -> str:
    """A question as it is compared with another of the same words: without differences of case, width and space."""
    return for_search(question).casefold()


def content_hash(text: str) -> str:
    """The hash of a paragraph's content: what is only set in other spaces or widths of letters has the same."""
    return hashlib.sha256(for_search(text).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def held_against(curated: Curated, library: Library) -> Curated:
    """The same with the hashes of its paragraphs as they are now.

    Raises ``Refused`` where it does not stand: paragraphs that are not in the library, words that are not in them, a
    status that goes without paragraphs or needs them, a wording in another language than it says.
    """
    if curated.status is KnownStatus.CLARIFY:
        raise Refused("clarify_not_confirmed")
    if (curated.status in _WITH_BASIS) != bool(curated.basis):
        raise Refused("basis_needed" if curated.status in _WITH_BASIS else "basis_too_much")
    if (curated.status is KnownStatus.REFERRED) != bool(curated.pointer):
        raise Refused("pointer_needed" if curated.status is KnownStatus.REFERRED else "pointer_too_much")
    documents = {document.id: document for document in library.documents()}
    if curated.pointer is not None and curated.pointer not in documents:
        raise Refused("no_document", document=curated.pointer)
    about = curated.document or (curated.basis[0].document if curated.basis else None)
    if curated.status in _OF_NO_DOCUMENT:
        about = None
    elif about is None or about not in documents or documents[about].status is not DocumentStatus.PRESENT:
        raise Refused("no_document", document=about or "–")
    seen: set[str] = set()
    for wording in curated.asked():
        words = folded(wording.text)
        if not words or words in seen:
            raise Refused("wording_twice", wording=wording.text[:60])
        if language_of(words) != wording.language:
            raise Refused("wording_language", wording=wording.text[:60])
        seen.add(words)
    basis = tuple(_held(each, library) for each in curated.basis)
    digest = library.digest(about) if about is not None and not basis else ""
    return curated.model_copy(update={"document": about, "basis": basis, "aside": (), "digest": digest})


def _held(basis: Basis, library: Library) -> Basis:
    try:
        text = library.paragraph(basis.document, basis.paragraph).text
    except (UnknownDocument, UnknownParagraph):
        raise Refused("no_paragraph", document=basis.document, paragraph=basis.paragraph) from None
    if basis.quote not in text:
        raise Refused("no_quote", document=basis.document, paragraph=basis.paragraph)
    return basis.model_copy(update={"hash": content_hash(text)})


def moved_on(curated: Curated, library: Library) -> tuple[str, ...]:
    """The paragraphs (``document#number``) that have changed or gone since it was approved, or the document itself."""
    found = []
    present = {document.id for document in library.in_force()}
    about = curated.document
    if about is not None and (about not in present or (curated.digest and library.digest(about) != curated.digest)):
        found.append(about)
    for basis in curated.basis:
        try:
            text = library.paragraph(basis.document, basis.paragraph).text
        except (UnknownDocument, UnknownParagraph):
            text = None
        if basis.document not in present or text is None or content_hash(text) != basis.hash:
            found.append(f"{basis.document}#{basis.paragraph}")
    return tuple(found)


def clashing(curated: Curated, others: Iterable[Kept]) -> Kept | None:
    """One of the others that has a question or wording of this one already."""
    mine = {folded(wording.text) for wording in curated.asked()}
    for other in others:
        if mine & {folded(wording.text) for wording in other.curated.asked()}:
            return other
    return None


def changed_fields(before: Curated, after: Curated) -> Mapping[str, object]:
    """What an edit changed, field by field, as it was before."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    left_out = {"approved_by", "approved_at"}
    return {name: old[name] for name in old if name not in left_out and old[name] != new[name]}
