"""Text recognition for pages that are pictures. Its libraries are an extra: ``pip install 'circular-desk[ocr]'``.

RapidOCR brings the models (PP-OCR, Chinese and English) in its wheel, and nothing is downloaded here; PDFium draws the
pages. Drawing a page, and not taking the picture out of it, copes with every kind of picture a scanner may write (fax
and JBIG2 codings, strips, masks, turned pages), at one and the same resolution.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from documents.readers.ocr_sheets import Seen, sheet_of, sureness
from documents.readers.pdf_marks import Sheet
from documents.readers.watch import Watch

INSTALL = "pip install 'circular-desk[ocr]'"
"""What a person types to let the desk read scanned pages."""
MOST_PAGES = 300
"""Pages that are recognised of one file; at three or four seconds a page that is twenty minutes."""
SECONDS_PER_PAGE = 60.0
"""Seconds a page may take, on average, on a slow or busy machine; on two free cores it takes three or four."""
SECONDS_TO_START = 30.0
"""Seconds that loading the models may take."""

_RESOLUTION = 200 / 72  # pixels for a point: what scanners make
_LONGEST_EDGE = 2400  # pixels of a page's longer edge; A4 has 2339
_MOST_THREADS = 4
_UNSURE = 0.75  # how sure the recognition must be of a page, or it is tried turned
_HARD = 0.93  # how sure it must be, or the page counts as hard to read; it is of clear ones by 0.97 and more
_FEW = 3  # lines: a page with fewer is not tried turned
_TURNS = (1, 3, 2)  # quarter turns, the likely ones first
_MODELS = {"Det.model_path": "*_det_*.onnx", "Rec.model_path": "*_rec_*.onnx"}


class Recognised(NamedTuple):
    """Pages as they were recognised, the numbers of those that could not be, and of those that are hard to read."""

    sheets: tuple[Sheet, ...]
    failed: tuple[int, ...] = ()
    unsure: tuple[int, ...] = ()


@cache
def is_installed() -> bool:
    """Whether the libraries of the extra are there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "pypdfium2"))


def _take_more_room() -> None:
    """Let this process use what its limit of memory leaves to libraries that need more (see ``readers.child``)."""
    with contextlib.suppress(ImportError, ValueError, OSError, AttributeError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@cache
def _engine() -> Any:
    """The recognition, with the models that are beside it: where one were missing it would be fetched."""
    library = import_module("rapidocr")
    folder = Path(str(library.__file__)).parent / "models"
    models = {name: str(next(folder.glob(pattern))) for name, pattern in _MODELS.items()}
    threads = max(1, min(_MOST_THREADS, os.cpu_count() or 1))
    return library.RapidOCR(
        params={
            **models,
            "Global.use_cls": False,  # it looks at each line alone and turns short ones that are right
            "Global.log_level": "critical",
            "Rec.rec_batch_num": 1,  # lines are of all lengths; several at once would be filled up to the longest
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )


class Recogniser:
    """Recognises the text on pictures of pages, arrays of height by width by three colours."""

    def __init__(self) -> None:
        """Load the models."""
        self._engine = _engine()
        self._turn = 0  # by which the page before was turned

    def _lines(self, picture: Any) -> tuple[Seen, ...]:
        found = self._engine(picture)
        if found.txts is None or found.boxes is None:
            return ()
        return tuple(
            Seen(str(text), tuple((float(x), float(y)) for x, y in corners), float(score))  # type: ignore[arg-type]
            for text, corners, score in zip(found.txts, found.boxes, found.scores, strict=True)
        )

    def page(self, picture: Any) -> tuple[Any, tuple[Seen, ...]]:
        """The picture the right way up, and the lines on it.

        A page that cannot be read, or whose lines stand, is tried turned; the next page is first tried turned alike.
        """
        numpy = import_module("numpy")

        def turned(turn: int) -> tuple[Any, tuple[Seen, ...]]:
            upright = numpy.ascontiguousarray(numpy.rot90(picture, turn)) if turn else picture
            return upright, self._lines(upright)

        best = turned(self._turn)
        if len(best[1]) < _FEW or _reads(best[1]) >= _UNSURE:
            return best
        kept = self._turn
        for turn in ((turn + kept) % 4 for turn in _TURNS):
            tried = turned(turn)
            if _reads(tried[1]) > _reads(best[1]):
                best, self._turn = tried, turn
            if _reads(best[1]) >= _UNSURE:
                break
        return best


def _reads(seen: Sequence[Seen]) -> float:
    """How sure the recognition is of a page; lines that stand count for nothing."""
    every = sum(len(line.text) for line in seen)
    lying = [line for line in seen if not line.upright]
    return sureness(lying) * sum(len(line.text) for line in lying) / every if every else 0.0


def recognise(data: bytes, numbers: Sequence[int], watch: Watch) -> Recognised:
    """Recognise the pages of a PDF with these numbers (from 1). Raises nothing for damage: such pages have failed."""
    _take_more_room()
    watch.needs(SECONDS_TO_START + SECONDS_PER_PAGE * len(numbers))
    pdfium = import_module("pypdfium2")
    sheets: list[Sheet] = []
    failed: list[int] = []
    unsure: list[int] = []
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return Recognised((), tuple(numbers))
    try:
        engine = Recogniser()
        until = time.monotonic() + SECONDS_PER_PAGE * len(numbers)
        for done, number in enumerate(numbers, 1):
            if time.monotonic() > until:
                failed += numbers[done - 1 :]
                break
            watch.at(done, len(numbers))
            try:
                page = document[number - 1]
                scale = min(_RESOLUTION, _LONGEST_EDGE / max(1.0, *page.get_size()))
                picture, seen = engine.page(page.render(scale=scale).to_numpy())
                page.close()
            except MemoryError:
                raise
            except Exception:  # two libraries meet damaged pictures, each with many kinds of error
                failed.append(number)
                continue
            height, width = picture.shape[:2]
            sheet = sheet_of(number, seen, width, height, 1 / scale)
            sheets.append(sheet)
            if sheet.fragments and sureness(seen) < _HARD:
                unsure.append(number)
    finally:
        document.close()
    return Recognised(tuple(sheets), tuple(failed), tuple(unsure))
