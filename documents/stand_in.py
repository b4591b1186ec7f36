"""Whether a file is a document that the library names and does not hold.

A wrong stand-in is worse than none: answers would quote a text as if it were another. So a label alone never
suffices, for every circular has an "Appendix II": the title has to be the same as well, or the parent has to be named
beside the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from documents.attachments import label_key
from documents.models import Document, DocumentStatus
from documents.numbers import numbers_in, same, same_number
from documents.proposal import Proposal
from documents.text import squeezed
from documents.titles import ALIKE_TITLE, folded, is_telling, likest, titles_of
from documents.words import any_of

_NOUNS = any_of("kinds.circular", "kinds.measure")
_BETWEEN = re.compile(rf"\b(?:to|of|the|and|document|{_NOUNS})\b|文件|通知|公告|[的之号號第]|[\W_]+", re.I)
_NUMBER = re.compile(r"[\[〔(（【]\s*(?:19|20)\d{2}\s*[\]〕)）】]\s*(?:No\.?|第)?\s*\d+")


def _names_only(line: str, number: str, label: str) -> bool:
    """Whether a line at the head says the label, the number and nothing else: 商资发〔2006〕556号文件附件二."""
    wanted = next(numbers_in(number), None)
    found = [held for held in numbers_in(line) if wanted is not None and same(held, wanted)]
    if not found:
        return False
    # The code is spelt in one writing or the other; what remains besides it must be words that join the two.
    match = _NUMBER.search(line)
    before, after = (line[: match.start()], line[match.end() :]) if match else (line, "")
    rest = f"{_without_label(before, label)} {_without_label(after, label)}"
    return squeezed(_BETWEEN.sub("", rest)) in {"", squeezed(found[0].code), squeezed(_BETWEEN.sub("", found[0].code))}


def _without_label(text: str, label: str) -> str:
    return text.replace(label, " ", 1)


def _names_parent(said: Proposal, parent: Document) -> bool:
    """Whether the head says that this is an appendix of the parent."""
    label = said.label or ""
    if parent.number:
        if said.number and same_number(said.number, parent.number):
            return True
        if any(_names_only(line, parent.number, label) for line in said.head):
            return True
    telling = [title for title in titles_of(parent) if is_telling(title)]
    names = {f"{joined}{folded(title)}" for title in telling for joined in ("", "附件")}
    return any(folded(_without_label(line, label)) in names for line in said.head)


def _stands_in(said: Proposal, document: Document, parent: Document | None) -> bool:
    own, its = said.label, document.label
    labelled = own is not None and its is not None
    if labelled and label_key(own or "") != label_key(its or ""):
        return False
    if document.number and said.number:
        return same_number(document.number, said.number)
    likeness, known = likest(said.title, document)
    if likeness == 1 and (is_telling(known) or labelled):
        return True
    return labelled and (likeness >= ALIKE_TITLE or (parent is not None and _names_parent(said, parent)))


def propose_stand_in(said: Proposal, documents: Iterable[Document]) -> Document | None:
    """The omitted document whose place a file takes, by what the file says of itself; ``None`` where that is not sure.

    ``documents`` are those of the library, the parents of omitted ones included.
    """
    held = {document.id: document for document in documents}
    found = [
        document
        for document in held.values()
        if document.status is DocumentStatus.OMITTED and _stands_in(said, document, held.get(document.parent or ""))
    ]
    if len(found) != 1:
        return None
    (document,) = found
    # A title that is rather another document's contradicts the label, whatever else is named.
    most = max(likest(said.title, document)[0], ALIKE_TITLE)
    others = (other for other in held.values() if other is not document)
    return None if any(likest(said.title, other)[0] > most for other in others) else document
