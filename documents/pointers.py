"""Pointers: the places where a document hands a matter to another document.

Two kinds are found. A *label* names a part attached to the document ("Appendix II", "附件1"). A *title* names
another document: in Chinese between 《 and 》; in English a phrase in title case that holds the noun of a
document (Measures, Circular, Outline …) after words that make it govern ("in accordance with", "under" …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from documents.attachments import label_key
from documents.models import Document, Pointer
from documents.numbers import LONGEST_LINE, numbers_in, same_number
from documents.text import squeezed

_LABEL = re.compile(
    r"\b(?:Appendix|Annex|Attachment|Schedule)\s+(?:[IVX]{1,5}|\d{1,2}|[A-Z])\b"
    r"|(?:附件|附表|附录|附錄)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
)
_TITLE_HAN = re.compile(r"《[^《》]{2,80}》")

_NOUN = (
    "Measures|Circular|Outline|Regulations?|Rules|Guidelines|Guidance|Code|Act|Ordinance|Order|Law|Statute|Procedures?"
    "|Manual|Handbook|Standards?|Catalogue|List|Tariff|Provisions|Decision|Opinions|Notice|Plan|Agreement|Directive"
)
_WORD = r"(?:[A-Z][\w’'&/-]*|\d{4}|\"[^\"]{2,80}\"|“[^”]{2,80}”)"
_LINK = r"(?:of|on|for|the|and|in|to|by|with|from|at)"
_TITLE = re.compile(
    r"\b(?P<govern>[Ii]n accordance with|[Aa]ccording to|[Pp]ursuant to|[Uu]nder|[Ll]aid down in|[Ss]et out in"
    r"|[Gg]overned by|[Pp]rovided (?:for )?in|[Ss]pecified in|[Cc]ontained in|[Rr]equired by|[Ff]ollows?|[Ss]ubject to)"
    r"\s+(?:the requirements (?:in|of)\s+)?(?:the\s+)?"
    rf"(?P<title>{_WORD}(?:\s+(?:{_LINK}\s+){{0,3}}{_WORD})*)"
)
_HAS_NOUN = re.compile(rf"\b(?:{_NOUN})\b")
_OPENS = re.compile(r"\s*[（(]\s*")
_IN_BRACKETS = re.compile(rf"(?:[^（()）]|[(（]\d{{4}}[)）]){{1,{LONGEST_LINE}}}(?=[）)])")
_OMITTED = re.compile(r"\s*[（(]\s*(?:omitted|略)\s*[）)]\s*$", re.I)
_ENTRY = re.compile(rf"^(?P<label>{_LABEL.pattern})\s*[:：.、]?\s*(?P<title>.+)$", re.S)


def _label_after(text: str, end: int) -> str | None:
    rest = _OPENS.match(text, end)
    if rest and (match := _LABEL.match(text, rest.end())):
        return match.group()
    return None


def _number_after(text: str, end: int) -> str | None:
    """The document number in brackets after a title: 《…的通知》（商资发〔2006〕556号）."""
    rest = _OPENS.match(text, end)
    found = _IN_BRACKETS.match(text, rest.end()) if rest else None
    if found is None or next(numbers_in(found.group()), None) is None:
        return None
    return found.group().strip()


def find_pointers(text: str, *, own_title: str = "") -> tuple[Pointer, ...]:
    """All pointers of a paragraph, in the order they stand; ``own_title`` is never a pointer.

    A title followed by its label in brackets is one pointer that carries both.
    """
    found: list[tuple[int, Pointer]] = []
    labelled: set[str] = set()
    for match in _TITLE.finditer(text):
        title = match.group("title")
        if not _HAS_NOUN.search(title):
            continue
        label = _label_after(text, match.end())
        if label:
            labelled.add(squeezed(label))
        number = None if label else _number_after(text, match.end())
        found.append((match.start("title"), Pointer(label=label, title=title, number=number, text=title)))
    for match in _TITLE_HAN.finditer(text):
        title = match.group().strip("《》")
        label = _label_after(text, match.end())
        if label:
            labelled.add(squeezed(label))
        number = None if label else _number_after(text, match.end())
        found.append((match.start(), Pointer(label=label, title=title, number=number, text=match.group())))
    for match in _LABEL.finditer(text):
        if squeezed(match.group()) not in labelled:
            labelled.add(squeezed(match.group()))
            found.append((match.start(), Pointer(label=match.group(), title=match.group(), text=match.group())))
    own = squeezed(own_title)
    ordered = [pointer for _, pointer in sorted(found, key=lambda item: item[0])]
    return tuple(p for p in ordered if not own or squeezed(p.title) != own)


def appendix_entry(text: str) -> tuple[str, str] | None:
    """Label and title of an entry in the list of appendices, without its "(omitted)"; ``None`` if it is not one."""
    match = _ENTRY.match(text.strip())
    if not match:
        return None
    title = _OMITTED.sub("", match.group("title")).strip()
    return (match.group("label"), title) if title else None


def resolve(
    pointers: Iterable[Pointer], documents: Iterable[Document], *, of: Document | None = None
) -> tuple[Pointer, ...]:
    """Name the document each pointer points to, where one of ``documents`` has its label, its number or its title.

    ``of`` is the document the pointers stand in: a label names an appendix of that document, or one that is attached
    to the same document as itself. Without it a label names any appendix that bears it.
    """
    held = tuple(documents)
    family = tuple(document for document in held if of is None or _of_one_family(document, of))
    exact = {squeezed(document.label): document for document in family if document.label}
    by_label = {label_key(document.label): document for document in family if document.label}
    by_title = {squeezed(document.title): document for document in held}
    numbered = tuple(document for document in held if document.number)
    return tuple(_resolved(pointer, {**by_label, **exact}, by_title, numbered) for pointer in pointers)


def _of_one_family(document: Document, of: Document) -> bool:
    return document.parent is not None and document.parent in (of.id, of.parent)


def _resolved(
    pointer: Pointer,
    by_label: Mapping[str, Document],
    by_title: Mapping[str, Document],
    numbered: Iterable[Document],
) -> Pointer:
    document = None
    if pointer.label:
        document = by_label.get(squeezed(pointer.label)) or by_label.get(label_key(pointer.label))
    document = document or by_title.get(squeezed(pointer.title))
    if document is None and pointer.number:
        document = next((held for held in numbered if same_number(pointer.number, held.number or "")), None)
    if document is None:
        return pointer
    return pointer.model_copy(
        update={
            "target": document.id,
            "label": document.label,
            "title": document.title,
            "number": document.number,
        }
    )
