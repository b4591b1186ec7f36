"""Whether a text can be a new edition of another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from documents.editions import Changes, alike
from documents.models import Document, Paragraph, Role
from documents.numbers import same_number
from documents.parts import Part, parts_of
from documents.titles import ALIKE_TITLE, titles_of


def is_unrelated(
    before: Document,
    old: Sequence[Paragraph],
    after: Document,
    new: Sequence[Paragraph],
    changes: Changes,
    *,
    known_as: Iterable[str] = (),
) -> bool:
    """Whether nothing says that ``after`` is an edition of ``before``: neither text nor title nor number.

    ``new`` has the numbers that ``changes`` tells of; ``known_as`` are further titles of ``before``. Of the text the
    paragraphs that state something count: headings, addressees and signatures are the same in many documents.
    """
    if before.number and after.number and same_number(before.number, after.number):
        return False
    kept = {*changes.unchanged, *changes.amended}
    parts = parts_of(new)
    if any(
        paragraph.number in kept and paragraph.role is Role.BODY and part is Part.MAIN
        for paragraph, part in zip(new, parts, strict=True)
    ):
        return False
    # Here, unlike where a file is recognised, "Revised Rules" and "Rules (2014)" are the next of "Rules".
    titles = {*titles_of(before), *known_as, *_titles_in(old)}
    return not any(
        alike(one.casefold(), other.casefold()) >= ALIKE_TITLE
        for one in titles
        for other in {after.title, *_titles_in(new)}
    )


def _titles_in(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    return tuple(paragraph.text for paragraph in paragraphs if paragraph.role is Role.TITLE)
