"""Reads PDF files."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdf
from pypdf import PageObject
from pypdf.errors import DependencyError, LimitReachedError

from documents.blocks import Reading
from documents.errors import ReadingError
from documents.readers.pdf_content import DEEPEST_TREE, Fonts, sheet_of
from documents.readers.pdf_layout import blocks_of
from documents.readers.pdf_marks import Sheet
from documents.readers.pdf_salvage import salvaged
from documents.readers.source import fault, load

LARGEST_FILE = 100_000_000
"""Bytes of a file; a larger one is mostly pictures."""
MOST_PAGES = 2_000
"""Pages that are read of one file."""
MOST_FRAGMENTS = 1_500_000
"""Pieces of text that are read of one file; a thousand dense pages have about a hundred thousand."""
LARGEST_STREAM = 20_000_000
"""Bytes of the unpacked instructions of a page, of a font or of a table of objects."""
LARGEST_PACKED_STREAM = 2_000_000
"""Bytes of a damaged packed stream that are tried one by one."""
MOST_TOKENS = 600_000
"""Words and numbers in the instructions of one page."""
LONGEST_READING = 180.0
"""Seconds after which no further page is begun; a thousand pages take about thirty."""

_HEADER_WITHIN = 1024
_SCANNED = 0.25  # share of a page that pictures cover, if there is no text on it
_STAMPED, _STAMP = 0.5, 30  # the same for a page with so few characters: a stamp or a number on a scan
_UNREADABLE = 0.3  # share of characters without text above which a page cannot be used
_MOST_NAMED = 12  # pages that a warning names
_DAMAGE = re.compile(r"xref|startxref|EOF|wrong pointing|Object \d+ \d+|incorrect|decompress|Root", re.I)
_HARMLESS = re.compile(r"wrong pointing object \d+ \d+ \(offset 0\)")

_ADVICE_SCANNED = "make it a searchable PDF with a text recognition (OCR) program and add that"


class _Notices(logging.Handler):
    """Keeps what the library says of damage while a file is read, and keeps it off the screen."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.damaged = False

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        structural = record.name.startswith(("pypdf._reader", "pypdf.filters"))
        if structural and _DAMAGE.search(message) and not _HARMLESS.search(message):
            self.damaged = True


@contextmanager
def _quiet() -> Iterator[_Notices]:
    logger, notices = logging.getLogger("pypdf"), _Notices()
    propagate = logger.propagate
    logger.addHandler(notices)
    logger.propagate = False
    limits: dict[str, Any] = {
        "maximum_declared_stream_length": LARGEST_FILE,
        "array_based_stream_maximum_output_length": LARGEST_STREAM,
        "zlib_maximum_output_length": LARGEST_STREAM,
        "zlib_maximum_recovery_input_length": LARGEST_PACKED_STREAM,
        "lzw_maximum_output_length": LARGEST_STREAM,
        "run_length_maximum_output_length": LARGEST_STREAM,
        "stream_parsing_work_maximum_count": MOST_TOKENS,
        "page_tree_maximum_depth": DEEPEST_TREE,
    }
    try:
        with pypdf.apply_configuration(**limits):
            yield notices
    finally:
        logger.removeHandler(notices)
        logger.propagate = propagate


def _pages_in_words(numbers: Sequence[int]) -> str:
    """Page numbers with ranges: ``page 3``, ``pages 1-4, 7``."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = ranges[-1][0], number
        else:
            ranges.append((number, number))
    shown = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges[:_MOST_NAMED])
    more = " and others" if len(ranges) > _MOST_NAMED else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {shown}{more}"


def _opened(path: Path, data: bytes) -> tuple[pypdf.PdfReader, int, bool]:
    """The file opened, the number of its pages, and whether it had to be salvaged."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _unlock(path, reader)
        count = len(reader.pages)
        if count:
            return reader, count, False
    except ReadingError:
        raise
    except LimitReachedError:
        raise fault(path, "is too large or too deeply nested to be read; print it to a new PDF and add that") from None
    except DependencyError:
        raise _locked(path) from None
    except Exception:  # the library meets damage with many kinds of error
        reader = None
    again = salvaged(data)
    if again is not None:
        try:
            reader = pypdf.PdfReader(io.BytesIO(again))
            count = len(reader.pages)
            if count:
                return reader, count, True
        except Exception:
            reader = None
    if b"/Encrypt" in data and reader is None:
        raise fault(path, "is encrypted and damaged, or encrypted in an unknown way; save it without a password")
    raise fault(path, "is damaged, no page of it can be found; get the file again, or print it to a new PDF")


def _locked(path: Path) -> ReadingError:
    return fault(
        path, "is encrypted in a way that cannot be opened here (AES); open it, save it without protection and add that"
    )


def _unlock(path: Path, reader: pypdf.PdfReader) -> None:
    """Open a file that only restricts what may be done with it; raises ``ReadingError`` where a password is needed."""
    if not reader.is_encrypted:
        return
    try:
        opened = reader.decrypt("")
    except DependencyError:
        raise _locked(path) from None
    if not opened:
        raise fault(path, "is locked with a password; open it, save it without one and add that")


def _is_scanned(sheet: Sheet) -> bool:
    characters = sum(len(fragment.text.strip()) for fragment in sheet.fragments)
    return sheet.pictured >= (_STAMPED if characters else _SCANNED) and characters < _STAMP


def _is_unreadable(sheet: Sheet) -> bool:
    characters = sum(len(fragment.text.strip()) for fragment in sheet.fragments)
    return sheet.unreadable > _UNREADABLE * max(characters, 1)


def _sheets(reader: pypdf.PdfReader, count: int) -> tuple[list[Sheet], list[int]]:
    """The pages that can be read, and the numbers of those that cannot."""
    fonts: Fonts = {}
    sheets: list[Sheet] = []
    failed: list[int] = []
    fragments = 0
    begun = time.monotonic()
    for number in range(1, count + 1):
        if time.monotonic() - begun > LONGEST_READING:
            failed += range(number, count + 1)
            break
        try:
            page: PageObject = reader.pages[number - 1]
            sheet = sheet_of(page, number, fonts)
        except Exception:  # the library meets damage with many kinds of error
            failed.append(number)
            continue
        fragments += len(sheet.fragments)
        if fragments > MOST_FRAGMENTS:
            failed += range(number, count + 1)
            break
        sheets.append(sheet)
    return sheets, failed


class PdfReader:
    """The reader of PDF files: see ``documents.blocks.Reader``."""

    def read(self, path: Path) -> Reading:
        """Read a file; raises ``ReadingError`` with one line that says what is wrong with it and what to do."""
        data = load(path, LARGEST_FILE)
        if b"%PDF-" not in data[:_HEADER_WITHIN]:
            raise fault(path, "is not a PDF; check what kind of file it is")
        with _quiet() as notices:
            try:
                reader, count, lost = _opened(path, data)
                if count > MOST_PAGES:
                    raise fault(path, f"has {count} pages; split it into files of at most {MOST_PAGES}")
                sheets, failed = _sheets(reader, count)
                return self._reading(path, sheets, failed, count, damaged=lost or notices.damaged)
            except RecursionError:
                raise fault(path, "is too deeply nested to be read; print it to a new PDF and add that") from None
            except MemoryError:
                raise fault(path, "needs too much memory; print it to a new PDF and add that") from None

    @staticmethod
    def _reading(path: Path, sheets: Sequence[Sheet], failed: list[int], count: int, *, damaged: bool) -> Reading:
        scanned = [sheet.number for sheet in sheets if _is_scanned(sheet)]
        unreadable = [sheet.number for sheet in sheets if _is_unreadable(sheet)]
        usable = [s for s in sheets if s.number not in set(scanned) | set(unreadable) and s.fragments]
        if not usable:
            if unreadable and len(unreadable) >= len(scanned):
                raise fault(path, f"its fonts do not say which characters they show; {_ADVICE_SCANNED}")
            if scanned:
                raise fault(path, f"is scanned: its pages are pictures without text; {_ADVICE_SCANNED}")
            if failed or damaged:
                raise fault(path, "is damaged, no page of it can be read; get the file again, or print it to a new PDF")
            raise fault(path, f"has no text on its {_many(count)}; if they show any, {_ADVICE_SCANNED}")
        blocks = blocks_of([sheet for sheet in sheets if sheet.number not in set(unreadable)])
        if not blocks:
            raise fault(path, "has no text beside headers and page numbers; check that it is the right file")
        warnings = []
        if scanned:
            warnings.append(
                f"{path.name}: {_pages_in_words(scanned)}: scanned, without text, not read; {_ADVICE_SCANNED}"
            )
        if unreadable:
            warnings.append(
                f"{path.name}: {_pages_in_words(unreadable)}: fonts without characters, not read; {_ADVICE_SCANNED}"
            )
        if failed:
            warnings.append(f"{path.name}: {_pages_in_words(failed)}: damaged or too large, not read")
        if damaged:
            warnings.append(f"{path.name}: the file is damaged; compare what was read with the original")
        return Reading(blocks, tuple(warnings))


def _many(count: int) -> str:
    return "one page" if count == 1 else f"{count} pages"
