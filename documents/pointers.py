"""Pointers: the places where a document hands a matter to another document.

Two kinds are found. A *label* names a part attached to the document ("Appendix II", "附件1"). A *title* names
another document: in Chinese between 《 and 》; in English a phrase in title case that holds the noun of a
document (Measures, Circular, Outline …) after words that make it govern ("in accordance with", "under" …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from documents.models import Document, Pointer
from documents.text import squeezed

_LABEL = re.compile(
    r"\b(?:Appendix|Annex|Attachment|Schedule)\s+(?:[IVX]{1,5}|\d{1,2}|[A-Z])\b"
    r"|(?:附件|附表|附录)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
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
_OMITTED = re.compile(r"\s*[（(]\s*(?:omitted|略)\s*[）)]\s*$", re.I)
_ENTRY = re.compile(rf"^(?P<label>{_LABEL.pattern})\s*[:：.、]?\s*(?P<title>.+)$", re.S)


def label_key(label: str) -> str:
    """A label reduced to what identifies it: "Appendix  II" and "appendix ii" are the same."""
    return squeezed(label)


def _label_after(text: str, end: int) -> str | None:
    rest = re.match(r"\s*[（(]\s*", text[end:])
    if rest and (match := _LABEL.match(text, end + rest.end())):
        return match.group()
    return None


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
            labelled.add(label_key(label))
        found.append((match.start("title"), Pointer(label=label, title=title, text=title)))
    for match in _TITLE_HAN.finditer(text):
        title = match.group().strip("《》")
        label = _label_after(text, match.end())
        if label:
            labelled.add(label_key(label))
        found.append((match.start(), Pointer(label=label, title=title, text=match.group())))
    for match in _LABEL.finditer(text):
        if label_key(match.group()) not in labelled:
            labelled.add(label_key(match.group()))
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


def resolve(pointers: Iterable[Pointer], documents: Iterable[Document]) -> tuple[Pointer, ...]:
    """Name the document each pointer points to, where one of ``documents`` has its label or its title."""
    by_label: dict[str, Document] = {}
    by_title: dict[str, Document] = {}
    for document in documents:
        by_title[squeezed(document.title)] = document
        if document.label:
            by_label[label_key(document.label)] = document
    return tuple(_resolved(pointer, by_label, by_title) for pointer in pointers)


def _resolved(pointer: Pointer, by_label: Mapping[str, Document], by_title: Mapping[str, Document]) -> Pointer:
    document = by_label.get(label_key(pointer.label)) if pointer.label else None
    document = document or by_title.get(squeezed(pointer.title))
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
