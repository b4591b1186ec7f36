"""A status to be corrected: of which question, to what it may be corrected, and on which paragraphs. Pure."""

from __future__ import annotations

import re

from bot.staff.cases import Given
from bot.staff.curated import Basis, Curated
from bot.telegram.staff.draft import basis_of, first_document, paragraphs_of
from bot.telegram.staff.errors import RefusedHere
from bot.telegram.staff.limits import POINTERS
from documents.knowledge import KnownStatus
from documents.library import Library
from documents.models import Frozen
from documents.text import language_of

_NAMED = re.compile(r"\s*¶\s*(.+)", re.DOTALL)


class Choice(Frozen):
    """A right status, and for a referred question the document that governs it."""

    status: KnownStatus
    pointer: str | None = None


class Wrong(Frozen):
    """A question with what the desk said of it, and what may be chosen instead; ``chosen`` is one of ``choices``."""

    case: int | None = None
    question: str
    said: str
    document: str | None = None
    basis: tuple[Basis, ...] = ()
    choices: tuple[Choice, ...] = ()
    chosen: int | None = None


def wrong_of(case: int | None, question: str, given: Given | None, named: str, library: Library) -> Wrong:
    """What may be chosen for a question; ``named`` are paragraphs such as ``¶ 12 13``, empty for those at hand.

    Those at hand are what the answer stood on, or else what it showed as near. Raises ``RefusedHere``.
    """
    first = first_document(library)
    near = (
        ()
        if given is None
        else tuple(
            Basis(document=each.document, paragraph=each.paragraph, quote=each.quote) for each in given.citations
        )
    )
    basis = basis_of(given) or near
    document = basis[0].document if basis else first
    if named:
        basis = paragraphs_of(_numbers(named), document)
        document = basis[0].document if basis else document
    wrong = Wrong(case=case, question=question, said=given.status if given else "–", document=document, basis=basis)
    return wrong.model_copy(update={"choices": _choices(wrong, library)})


def named_anew(wrong: Wrong, named: str, library: Library) -> Wrong:
    """The same with other paragraphs. Raises ``RefusedHere``."""
    basis = paragraphs_of(_numbers(named), wrong.document)
    changed = wrong.model_copy(update={"basis": basis, "chosen": None})
    return changed.model_copy(update={"choices": _choices(changed, library)})


def correction_of(wrong: Wrong) -> Curated | None:
    """What is to be confirmed; ``None`` where nothing is chosen."""
    if wrong.chosen is None or not 0 <= wrong.chosen < len(wrong.choices):
        return None
    choice = wrong.choices[wrong.chosen]
    with_basis = choice.status in (KnownStatus.ANSWERED, KnownStatus.REFERRED)
    return Curated(
        question=wrong.question,
        language=language_of(wrong.question),
        status=choice.status,
        document=None if choice.status is KnownStatus.OFF_TOPIC else wrong.document,
        basis=wrong.basis if with_basis else (),
        pointer=choice.pointer,
        approved_by=0,
        approved_at=0,
    )


def _choices(wrong: Wrong, library: Library) -> tuple[Choice, ...]:
    others = [document.id for document in library.documents() if document.id != wrong.document][:POINTERS]
    found = [Choice(status=KnownStatus.ANSWERED)] if wrong.basis else []
    found += [Choice(status=KnownStatus.REFERRED, pointer=each) for each in others] if wrong.basis else []
    found += [Choice(status=KnownStatus.NOT_STATED)] if wrong.document else []
    found.append(Choice(status=KnownStatus.OFF_TOPIC))
    # A question that only was given no paragraphs may still be told to be answered, once some are named.
    return tuple(each for each in found if each.status.value != wrong.said or each.status is KnownStatus.REFERRED)


def _numbers(named: str) -> str:
    match = _NAMED.fullmatch(named)
    if match is None:
        raise RefusedHere("draft_line", line=named[:60])
    return match[1].strip()
