"""Reads PDF files."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pypdf
from pypdf import PageObject
from pypdf.errors import DependencyError, LimitReachedError

from documents.blocks import Reading
from documents.errors import ReadingError
from documents.readers import ocr
from documents.readers.ocr_pages import standing, with_recognised
from documents.readers.pdf_content import DEEPEST_TREE, Fonts, sheet_of
from documents.readers.pdf_layout import blocks_of
from documents.readers.pdf_marks import Sheet
from documents.readers.pdf_salvage import salvaged
from documents.readers.source import LARGEST_ACCEPTED, fault, load
from documents.readers.watch import Unwatched, Watch

LARGEST_FILE = LARGEST_ACCEPTED
"""Bytes of a file."""
MOST_PAGES = 10_000
"""Pages that are read of one file."""
MOST_FRAGMENTS = 1_500_000
"""Pieces of text that are read of one file; a thousand dense pages have about a hundred thousand."""
LARGEST_STREAM = 20_000_000
"""Bytes of the unpacked instructions of a page, of a font or of a table of objects."""
LARGEST_PACKED_STREAM = 2_000_000
"""Bytes of a damaged packed stream that are tried one by one."""
MOST_TOKENS = 600_000
"""Words and numbers in the instructions of one page."""
LONGEST_READING = 90.0
"""Seconds after which no further page is begun, for a file of few pages."""
SECONDS_PER_PAGE = 0.2
"""Seconds more for every page, half of them for following its instructions; a dense page takes a tenth of it."""

_HEADER_WITHIN = 1024
_MOST_NAMED = 12  # pages that a warning names
_DAMAGE = re.compile(r"xref|startxref|EOF|wrong pointing|Object \d+ \d+|incorrect|decompress|Root", re.I)
_HARMLESS = re.compile(r"wrong pointing object \d+ \d+ \(offset 0\)")

_WITH_EXTRA = f"{ocr.INSTALL} lets the desk read it, or make it a searchable PDF"
_WITHOUT = "make it a searchable PDF with another text recognition (OCR) program and add that"


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


class _Opened(NamedTuple):
    """A file with pages: the bytes they are in, and whether those had to be salvaged."""

    reader: pypdf.PdfReader
    pages: int
    data: bytes
    lost: bool


def _opened(path: Path, data: bytes) -> _Opened:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        _unlock(path, reader)
        count = len(reader.pages)
        if count:
            return _Opened(reader, count, data, lost=False)
    except ReadingError:
        raise
    except LimitReachedError:
        raise fault(path, "is too large or too deeply nested to be read; print it to a new PDF and add that") from None
    except DependencyError:
        raise _locked(path) from None
    except (MemoryError, RecursionError):
        raise
    except Exception:  # the library meets damage with many kinds of error
        reader = None
    again = salvaged(data)
    if again is not None:
        try:
            reader = pypdf.PdfReader(io.BytesIO(again))
            count = len(reader.pages)
            if count:
                return _Opened(reader, count, again, lost=True)
        except (MemoryError, RecursionError):
            raise
        except Exception:
            reader = None
    if b"/Encrypt" in data and reader is None:
        raise fault(path, "is encrypted and damaged, or encrypted in an unknown way; save it without a password")
    raise fault(path, "is damaged, no page of it can be found; get the file again, or print it to a new PDF")


def _locked(path: Path) -> ReadingError:
    return fault(
        path, "is encrypted with AES, and the package `cryptography` is not installed; save it without protection"
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


def _sheets(reader: pypdf.PdfReader, count: int) -> tuple[list[Sheet], list[int]]:
    """The pages that can be read, and the numbers of those that cannot."""
    fonts: Fonts = {}
    sheets: list[Sheet] = []
    failed: list[int] = []
    fragments = 0
    until = time.monotonic() + LONGEST_READING + SECONDS_PER_PAGE / 2 * count
    for number in range(1, count + 1):
        if time.monotonic() > until:
            failed += range(number, count + 1)
            break
        try:
            page: PageObject = reader.pages[number - 1]
            sheet = sheet_of(page, number, fonts)
        except MemoryError:
            raise
        except DependencyError:
            if reader.is_encrypted:
                raise
            failed.append(number)
        except Exception:  # the library meets damage with many kinds of error
            failed.append(number)
        else:
            sheets.append(sheet)
            fragments += len(sheet.fragments)
        if fragments > MOST_FRAGMENTS:
            failed += range(number, count + 1)
            sheets.pop()
            break
    return sheets, failed


class PdfReader:
    """The reader of PDF files: see ``documents.blocks.Reader``."""

    def __init__(self, watch: Watch | None = None, *, recognition: bool = False) -> None:
        """``watch`` is told how long a file with many pages takes.

        ``recognition`` says whether pages that are pictures are recognised, where the extra for it is installed.
        """
        self._watch = watch or Unwatched()
        self._recognises = recognition and ocr.is_installed()

    def read(self, path: Path) -> Reading:
        """Read a file; raises ``ReadingError`` with one line that says what is wrong with it and what to do."""
        data = load(path, LARGEST_FILE)
        if b"%PDF-" not in data[:_HEADER_WITHIN]:
            raise fault(path, "is not a PDF; check what kind of file it is")
        with _quiet() as notices:
            try:
                opened = _opened(path, data)
                if opened.pages > MOST_PAGES:
                    raise fault(path, f"has {opened.pages} pages; split it into files of at most {MOST_PAGES}")
                self._watch.needs(SECONDS_PER_PAGE * opened.pages)
                sheets, failed = _sheets(opened.reader, opened.pages)
                damaged = opened.lost or notices.damaged
                return self._reading(path, opened, sheets, failed, damaged=damaged)
            except DependencyError:
                raise _locked(path) from None
            except RecursionError:
                raise fault(path, "is too deeply nested to be read; print it to a new PDF and add that") from None
            except MemoryError:
                raise fault(path, "needs too much memory; print it to a new PDF and add that") from None

    def _recognised(self, path: Path, data: bytes, wanted: Sequence[int], scanned: int) -> ocr.Recognised:
        if not self._recognises or not wanted:
            return ocr.Recognised(())
        if scanned > ocr.MOST_PAGES:
            raise fault(path, f"has {scanned} scanned pages; split it into files of at most {ocr.MOST_PAGES}")
        return ocr.recognise(data, wanted[: ocr.MOST_PAGES], self._watch)

    def _reading(
        self, path: Path, opened: _Opened, sheets: Sequence[Sheet], failed: list[int], *, damaged: bool
    ) -> Reading:
        found = standing(sheets)
        wanted = sorted({*found.scanned, *found.unreadable, *found.sparse})
        if not (wanted or found.usable or failed or damaged):
            wanted = [sheet.number for sheet in sheets]  # text that is drawn as lines and shapes
        recognised = self._recognised(path, opened.data, wanted, len(found.scanned))
        sheets, seen = with_recognised(sheets, recognised.sheets, found)
        scanned = [number for number in found.scanned if number not in seen]
        unreadable = [number for number in found.unreadable if number not in seen]
        if not (found.usable or seen):
            raise self._textless(path, scanned, unreadable, opened.pages, damaged=bool(failed) or damaged)
        blocks = blocks_of([sheet for sheet in sheets if sheet.number not in unreadable])
        if not blocks:
            raise fault(path, "has no text beside headers and page numbers; check that it is the right file")
        unsure = [number for number in recognised.unsure if number in seen]
        advice = _WITHOUT if self._recognises else _WITH_EXTRA
        told = {
            "scanned, read by text recognition; compare what matters with the original": seen,
            "hard to read; scan them anew, larger or clearer": unsure,
            f"scanned, without text, not read; {advice}": scanned,
            f"fonts without characters, not read; {advice}": unreadable,
            "damaged or too large, not read": failed,
        }
        warnings = [f"{_pages_in_words(numbers)}: {what}" for what, numbers in told.items() if numbers]
        if damaged:
            warnings.append("the file is damaged; compare what was read with the original")
        return Reading(blocks, tuple(warnings))

    def _textless(
        self, path: Path, scanned: Sequence[int], unreadable: Sequence[int], count: int, *, damaged: bool
    ) -> ReadingError:
        """Why nothing of a file could be read."""
        advice = _WITHOUT if self._recognises else _WITH_EXTRA
        if unreadable and len(unreadable) >= len(scanned):
            return fault(path, f"its fonts do not say which characters they show; {advice}")
        if scanned and self._recognises:
            return fault(path, f"is scanned, and no text can be recognised on its pages; scan it anew, or {_WITHOUT}")
        if scanned:
            return fault(path, f"is scanned: its pages are pictures without text; {advice}")
        if damaged:
            what = "is damaged or unpacks to too much, no page of it can be read"
            return fault(path, f"{what}; get the file again, or print it to a new PDF")
        return fault(path, f"has no text on its {_many(count)}; if they show any, {advice}")


def _many(count: int) -> str:
    return "one page" if count == 1 else f"{count} pages"
