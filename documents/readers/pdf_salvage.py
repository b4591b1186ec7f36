"""What is left of a PDF whose end is lost: its pages, found one by one, under a new list of contents."""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?:^|(?<=[\r\n\s]))(\d{1,8})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_LONGEST_DICTIONARY = 20_000  # bytes of a page's own description that are looked at
_MOST_OBJECTS = 200_000


def salvaged(data: bytes) -> bytes | None:
    """The file with a new list of its pages and a new end, ``None`` where no page is found or it is encrypted.

    The library finds the objects of such a file by itself; what it misses is where to begin.
    """
    if b"/Encrypt" in data:
        return None
    pages: list[bytes] = []
    highest = 0
    for count, match in enumerate(_OBJECT.finditer(data)):
        if count >= _MOST_OBJECTS:
            return None
        highest = max(highest, int(match[1]))
        end = data.find(b"endobj", match.end(), match.end() + _LONGEST_DICTIONARY)
        body = data[match.end() : end if end >= 0 else match.end() + _LONGEST_DICTIONARY]
        body = _STREAM.split(body, maxsplit=1)[0]
        if end >= 0 and _PAGE.search(body) and not _PAGES.search(body):
            pages.append(b"%s %s R" % (match[1], match[2]))
    if not pages:
        return None
    tree, catalog = highest + 1, highest + 2
    added = (
        b"\nendstream\nendobj\n%d 0 obj\n<< /Type /Pages /Count %d /Kids [ %s ] >>\nendobj\n"
        b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n"
        b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n"
    ) % (tree, len(pages), b" ".join(dict.fromkeys(pages)), catalog, tree, catalog + 1, catalog)
    return data + added
