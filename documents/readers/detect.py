"""Which reader a file needs: by its content first, then by its ending."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from documents.blocks import Reader, Reading
from documents.readers.formats import Foreign, Kind, kind_of, refuse
from documents.readers.source import LARGEST_ACCEPTED, fault, held, load
from documents.readers.watch import Watch

ENDINGS = {
    ".pdf": Kind.PDF,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), Kind.WORD),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), Kind.PAGE),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), Kind.TEXT),
}
# Files that show by their ending that they are no documents although they are text.
_BY_ENDING = {
    **dict.fromkeys((".exe", ".dll", ".com", ".scr", ".bin"), "is a program; add a document"),
    ".svg": "is a drawing; a document is needed, not a picture of it",
}
_HTML_TAG = re.compile(rb"<(?:html|head|body|p|div|table|br|h[1-6]|span|title|meta)\b", re.I)
_HTML_WITHIN = 64 * 1024
"""Bytes from the beginning among which a file with the ending of a web page has to show a tag."""


class Detected(NamedTuple):
    """The kind of a file, and what the person who adds it should know."""

    kind: Kind
    warnings: tuple[str, ...] = ()


def detect(path: Path) -> Detected:
    """The kind of the document in a file.

    Raises ``ReadingError`` that says what the file is and what to do, where there is no reader for it.
    """
    return _detected(path, load(path, LARGEST_ACCEPTED))


def _detected(path: Path, data: bytes) -> Detected:
    ending = path.suffix.lower()
    promised = ENDINGS.get(ending)
    found = kind_of(data)
    if isinstance(found, Foreign):
        refuse(path, found)
    if found is None:
        if ending in _BY_ENDING:
            raise fault(path, _BY_ENDING[ending])
        page = promised is Kind.PAGE and (
            _HTML_TAG.search(data, 0, _HTML_WITHIN) or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        )
        found = Kind.PAGE if page else Kind.TEXT
    if promised in {Kind.PDF, Kind.WORD} and found is Kind.TEXT and not _is_text(data):
        raise fault(path, f"is damaged: it does not begin as a {promised} does; get or save the file again")
    if promised is found:
        return Detected(found)
    if promised is None and (found is Kind.TEXT or not ending):
        return Detected(found)
    return Detected(found, (f"the ending is {ending or 'missing'}, but the content is a {found}; read as that",))


def reader_of(kind: Kind, watch: Watch | None = None) -> Reader:
    """The reader for a kind of file. Its library is loaded only when it is asked for."""
    match kind:
        case Kind.PDF:
            from documents.readers.pdf import PdfReader

            return PdfReader(watch, recognition=True)
        case Kind.WORD:
            from documents.readers.docx import DocxReader

            return DocxReader()
        case Kind.PAGE:
            from documents.readers.html import HtmlReader

            return HtmlReader()
        case Kind.TEXT:
            from documents.readers.text import TextReader

            return TextReader()


def read(path: Path, watch: Watch | None = None) -> Reading:
    """Read a document of any kind, with what is to be known of its ending among the warnings.

    The file is read once, however many readers look at it. ``watch`` is told of what takes long. Raises
    ``ReadingError`` with one line that says what is wrong with the file and what to do.
    """
    data = load(path, LARGEST_ACCEPTED)
    with held(path, data):
        kind, warnings = _detected(path, data)
        reading = reader_of(kind, watch).read(path)
    return Reading(reading.blocks, (*warnings, *reading.warnings))


def _is_text(data: bytes) -> bool:
    """Whether a file of no known kind holds hardly any control characters at its beginning."""
    head = data[:_HTML_WITHIN]
    return len(re.findall(rb"[\x00-\x08\x0e-\x1f\x7f]", head)) * 200 <= len(head)
