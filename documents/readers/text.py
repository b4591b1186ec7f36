"""Reads plain text and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from documents.blocks import Block, Reading
from documents.readers import markdown
from documents.readers.encoding import decode
from documents.readers.formats import Kind, expect
from documents.readers.lines import Line, paragraphs
from documents.readers.source import fault, load
from documents.readers.text_pages import lines_of

LARGEST_TEXT = 10 * 1024 * 1024
"""Bytes above which a text is not read."""
_MARKDOWN_ENDINGS = frozenset({".md", ".markdown"})
_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x1c-\x1e\x85\u2028\u2029]")


def _lines(text: str) -> list[Line]:
    """The lines of a text with the page they stand on, where form feeds tell pages apart."""
    pages = [_LINE_END.split(content) for content in text.rstrip().split("\x0c")]
    if len(pages) == 1:
        return [Line(entry) for entry in pages[0]]
    for entries in pages[:-1]:
        if not entries[-1] and len(entries) > 1:
            entries.pop()  # the form feed stands on a line of its own
    return lines_of(pages)


class TextReader:
    """Reads plain text, and Markdown by its ending or by its looks."""

    def read(self, path: Path) -> Reading:
        """Read a text: paragraphs by blank lines or by their form, pages by form feeds. Raises ``ReadingError``."""
        data = load(path, LARGEST_TEXT)
        expect(path, data, Kind.TEXT)
        decoded = decode(data, path)
        lines = _lines(decoded.text)
        if path.suffix.lower() in _MARKDOWN_ENDINGS or markdown.is_markdown([line.text for line in lines]):
            blocks = tuple(markdown.blocks(_lines(markdown.without_asides(decoded.text))))
        else:
            blocks = tuple(Block(line.text, line.page) for line in paragraphs(lines))
        if not blocks:
            raise fault(path, "holds no text; save the document again")
        return Reading(blocks, decoded.warnings)
