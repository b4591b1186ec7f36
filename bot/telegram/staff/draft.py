"""A draft of an official answer: made of a case and a reply, changed line by line, until somebody approves it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from bot.answering.answer import Language, Status
from bot.staff.cases import Case, Given
from bot.staff.curated import Basis, Curated, Kept, Wording
from bot.telegram.staff.errors import RefusedHere
from documents.knowledge import KnownStatus
from documents.library import Library
from documents.models import Frozen
from documents.text import language_of
from prompts.phrases import LANGUAGES, phrases

_PARAGRAPH = re.compile(r"(?:([a-z0-9][a-z0-9._-]{0,79})#)?([0-9]{1,6})")
_LABELLED = ("paragraphs", "until", "also", "question")


class Draft(Frozen):
    """What is to be confirmed, as far as it is written; ``edits`` is the official answer it changes, if it does.

    ``left_open`` is what it says of the question where no paragraphs are named.
    """

    case: int | None = None
    question: str
    wordings: tuple[Wording, ...] = ()
    document: str | None = None
    basis: tuple[Basis, ...] = ()
    pointer: str | None = None
    texts: dict[Language, str]
    expires_on: date | None = None
    left_open: KnownStatus = KnownStatus.NOT_STATED
    edits: int | None = None
    version: int = 0

    @property
    def status(self) -> KnownStatus:
        """What it says of the question: with paragraphs it is stated, or referred to another document."""
        if not self.basis:
            return self.left_open
        return KnownStatus.REFERRED if self.pointer else KnownStatus.ANSWERED


def draft_of(case: Case, text: str, library: Library, expires_on: date) -> Draft:
    """A first draft: the asker's question, the reply as the answer, the paragraphs the desk had cited."""
    record = case.record
    if record is None:
        raise RefusedHere("forgotten", case=case.id)
    basis = basis_of(record.answer)
    return Draft(
        case=case.id,
        question=record.question,
        document=basis[0].document if basis else first_document(library),
        basis=basis,
        texts={language_of(text): text},
        expires_on=expires_on,
    )


def draft_of_kept(kept: Kept) -> Draft:
    """A draft that changes what was confirmed."""
    curated = kept.curated
    return Draft(
        question=curated.question,
        wordings=curated.wordings,
        document=curated.document,
        basis=curated.basis,
        pointer=curated.pointer,
        texts=dict(curated.texts),
        expires_on=curated.expires_on,
        left_open=KnownStatus.NOT_STATED if curated.basis else curated.status,
        edits=kept.id,
        version=kept.version,
    )


def basis_of(given: Given | None) -> tuple[Basis, ...]:
    """The paragraphs an answer stood on; none where it left the question open."""
    if given is None or given.status not in (Status.ANSWERED, Status.REFERRED):
        return ()
    found = {
        (c.document, c.paragraph): Basis(document=c.document, paragraph=c.paragraph, quote=c.quote)
        for c in given.citations
    }
    return tuple(found.values())


def first_document(library: Library) -> str | None:
    """The document a question is about where nothing says which."""
    return next((document.id for document in library.in_force()), None)


def changed(draft: Draft, written: str) -> Draft:
    """The draft with what a reply says of it: labelled lines, and the answer in the language it is written in.

    Raises ``RefusedHere`` for a labelled line that cannot be read.
    """
    rest = []
    for line in written.splitlines():
        label, value = _labelled(line)
        match label:
            case "paragraphs":
                draft = draft.model_copy(update={"basis": paragraphs_of(value, draft.document)})
            case "until":
                draft = draft.model_copy(update={"expires_on": _day(value)})
            case "also":
                wording = Wording(language=language_of(value), text=_some(value, line))
                draft = draft.model_copy(update={"wordings": (*draft.wordings, wording)})
            case "question":
                draft = draft.model_copy(update={"question": _some(value, line)})
            case _:
                rest.append(line)
    text = "\n".join(rest).strip()
    if text:
        draft = draft.model_copy(update={"texts": {**draft.texts, language_of(text): text}})
    return draft


def paragraphs_of(value: str, document: str | None) -> tuple[Basis, ...]:
    """The paragraphs that are named, such as ``12 13`` or ``annex-1#4``; none for a word that says so.

    Raises ``RefusedHere`` for anything else.
    """
    if value.casefold() in _words("none"):
        return ()
    found = []
    for word in re.split(r"[\s,，、;；]+", value.strip()):
        match = _PARAGRAPH.fullmatch(word.lower())
        named = (match[1] or document) if match else None
        if match is None or named is None or int(match[2]) < 1:
            raise RefusedHere("draft_line", line=value[:60])
        found.append(Basis(document=named, paragraph=int(match[2])))
    return tuple(found)


def curated_of(draft: Draft) -> Curated:
    """What is to be confirmed; who approves it and when is set with that."""
    return Curated(
        question=draft.question,
        language=language_of(draft.question),
        wordings=draft.wordings,
        status=draft.status,
        document=draft.document,
        basis=draft.basis,
        pointer=draft.pointer if draft.basis else None,
        texts=draft.texts,
        expires_on=draft.expires_on,
        approved_by=0,
        approved_at=0,
    )


def _labelled(line: str) -> tuple[str | None, str]:
    stripped = line.strip()
    for label in _LABELLED:
        for word in _words(label):
            if stripped.casefold().startswith(word):
                after = stripped[len(word) :]
                if word == "¶" or not after or after[0] in " :：":
                    return label, after.lstrip(" :：").strip()
    return None, line


def _words(label: str) -> Collection[str]:
    """How a line may be labelled, in any language."""
    return [word.casefold() for language in LANGUAGES for word in phrases(language)(f"official.word_{label}").split()]


def _day(value: str) -> date | None:
    if value.casefold() in _words("none"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise RefusedHere("draft_line", line=value[:60]) from None


def _some(value: str, line: str) -> str:
    if not value:
        raise RefusedHere("draft_line", line=line[:60])
    return value
