"""Damaged files: what the readers make of 200 of each kind. Each must be read, or refused with one line, in time.

Every file is read in one worker process, which is fast; one in ten is read once more in a process of its own with all
its limits, as the desk reads files, and must come out alike. The worker leaves text recognition out.
"""

from __future__ import annotations

import io
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmarks.shared import ROOT, machine, table
from documents.blocks import Reading
from documents.errors import ReadingError
from documents.readers.apart import FileReading, read_apart
from documents.readers.detect import detect, reader_of
from documents.readers.formats import Kind
from documents.readers.source import held

FILES = 200
APART = 10
"""Of so many files one is also read in a process of its own."""
LIMIT = 30.0
"""Seconds above which a file of a few pages hangs."""
_POLICIES = ROOT / "tests" / "gold" / "policies"
_FONT = ROOT / "tests" / "documents" / "readers" / "fonts" / "DeskTestHei.ttf"
_PARAGRAPHS = 16


def policy(name: str) -> list[str]:
    """The first paragraphs of a document of the gold set."""
    text = (_POLICIES / name / "document.txt").read_text(encoding="utf-8")
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()][:_PARAGRAPHS]


# The files before they are damaged


def reportlab_pdf() -> bytes:
    """English, packed, with the standard fonts that are not in the file."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style, buffer = getSampleStyleSheet(), io.BytesIO()
    story: list = []
    for number, text in enumerate(policy("p55")):
        story += [Paragraph(text, style["Heading1" if number == 0 else "BodyText"]), Spacer(1, 6)]
    SimpleDocTemplate(buffer, invariant=1).build(story)
    return buffer.getvalue()


def fpdf_pdf() -> bytes:
    """Chinese, with a font in the file of which only the glyphs that are used are kept."""
    from datetime import UTC, datetime

    from fpdf import FPDF
    from fpdf.enums import WrapMode, XPos, YPos

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_creation_date(datetime(2025, 1, 1, tzinfo=UTC))
    pdf.add_font("hei", fname=str(_FONT))
    pdf.add_page()
    for number, text in enumerate(policy("p44")):
        pdf.set_font("hei", size=18 if number == 0 else 11)
        pdf.multi_cell(0, 18, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=WrapMode.CHAR)
    return bytes(pdf.output())


def word() -> bytes:
    """Headings, numbered paragraphs and a table."""
    import docx

    document, buffer = docx.Document(), io.BytesIO()
    for number, text in enumerate(policy("p55")):
        document.add_paragraph(text, style="Title" if number == 0 else "List Number" if number % 3 else "Heading 1")
    grid = document.add_table(3, 2)
    for at, text in enumerate(policy("p44")[:6]):
        grid.cell(at // 2, at % 2).text = text
    document.save(buffer)
    return buffer.getvalue()


def page() -> bytes:
    """A page in GBK, as offices have them, its paragraphs in a table that lays them out."""
    body = "".join(f"<p>　　{text}<br>{text}</p>" for text in policy("p44"))
    rows = "".join(f"<tr><td>{text[:20]}</td><td>{len(text)}</td></tr>" for text in policy("p44"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="gbk"><title>x</title></head><body><div class="main">'
        f"<h1>{policy('p44')[0]}</h1>{body}<table>{rows}</table></div></body></html>"
    ).encode("gbk", errors="xmlcharrefreplace")


def plain() -> bytes:
    """Text in UTF-8."""
    return "\n\n".join([*policy("p44"), *policy("p55")]).encode()


def plain_gb() -> bytes:
    """Chinese text in GB 18030."""
    return "\r\n".join(policy("p44")).encode("gb18030")


class Sample(NamedTuple):
    """A kind of file, the ending of its name, and what makes it."""

    name: str
    ending: str
    make: Callable[[], bytes]


SAMPLES = (
    Sample("PDF (reportlab)", ".pdf", reportlab_pdf),
    Sample("PDF (fpdf2)", ".pdf", fpdf_pdf),
    Sample("Word", ".docx", word),
    Sample("web page", ".html", page),
    Sample("text (UTF-8)", ".txt", plain),
    Sample("text (GB 18030)", ".txt", plain_gb),
)


# The damage


def _flipped(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 4, 32, 256))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _cut_off(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def _cut_out(data: bytearray, rng: random.Random) -> None:
    start, size = _block(data, rng)
    del data[start : start + size]


def _swapped(data: bytearray, rng: random.Random) -> None:
    start, size = _block(data, rng)
    other = rng.randrange(len(data) - size + 1)
    data[start : start + size], data[other : other + size] = data[other : other + size], data[start : start + size]


def _zeroed(data: bytearray, rng: random.Random) -> None:
    start, size = _block(data, rng)
    data[start : start + size] = bytes(size)


def _doubled(data: bytearray, rng: random.Random) -> None:
    start, size = _block(data, rng)
    data[start:start] = data[start : start + size]


def _block(data: bytearray, rng: random.Random) -> tuple[int, int]:
    size = min(rng.choice((1, 16, 512, 4096)), len(data) // 2)
    return rng.randrange(len(data) - size + 1), size


HARMS = (_flipped, _cut_off, _cut_out, _swapped, _zeroed, _doubled)


def damaged(sample: Sample, data: bytes, number: int) -> bytes:
    """The ``number``-th damaged file of a kind: always the same one."""
    rng = random.Random(f"{sample.name}/{number}")
    harmed = bytearray(data)
    HARMS[number % len(HARMS)](harmed, rng)
    if rng.random() < 0.25 and len(harmed) > 1:
        rng.choice(HARMS)(harmed, rng)
    return bytes(harmed)


# What becomes of it


class Outcome(NamedTuple):
    """``read``, ``refused``, ``lines``, ``crash`` or ``hang``; the number of warnings; what was said."""

    what: str
    warnings: int = 0
    said: str = ""


def _outcome(read: Callable[[], Reading | FileReading]) -> Outcome:
    try:
        reading = read()
    except ReadingError as error:
        return Outcome("refused" if str(error).isprintable() else "lines", 0, str(error))
    except Exception as error:
        return Outcome("crash", 0, f"{type(error).__name__}: {error}")
    one_line = all(warning.isprintable() for warning in reading.warnings)
    sound = reading.blocks and all(block.text.strip() for block in reading.blocks)
    if not sound:
        return Outcome("crash", 0, "an empty reading")
    return Outcome("read" if one_line else "lines", len(reading.warnings), "")


def _read_here(path: Path, data: bytes) -> Reading:
    with held(path, data):
        kind, warnings = detect(path)
        if kind is Kind.PDF:
            from documents.readers.pdf import PdfReader

            reading = PdfReader().read(path)
        else:
            reading = reader_of(kind).read(path)
    return Reading(reading.blocks, (*warnings, *reading.warnings))


def _work(pipe: Connection) -> None:
    """The worker: reads what comes in, one file after another."""
    sys.setrecursionlimit(1000)
    while True:
        try:
            path, data = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(lambda path=path, data=data: _read_here(path, data)))


class Worker:
    """A process that reads files; it is started anew when one breaks it, or when it takes longer than ``limit``."""

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._pipe, other = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(other,), daemon=True)
        self._process.start()
        other.close()

    def read(self, path: Path, data: bytes) -> Outcome:
        """What becomes of a file of this name with this content."""
        try:
            self._pipe.send((path, data))
            if self._pipe.poll(self._limit):
                return self._pipe.recv()
            outcome = Outcome("hang", 0, f"longer than {self._limit:.0f} seconds")
        except (EOFError, OSError):
            outcome = Outcome("crash", 0, "the process is gone")
        self.stop()
        self._start()
        return outcome

    def stop(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


class Result(NamedTuple):
    """A kind of file, how its damaged files came out, what went wrong, and the seconds it took."""

    name: str
    outcomes: Counter[str]
    wrong: tuple[str, ...]
    seconds: float


def in_worker(sample: Sample, files: int = FILES) -> Result:
    """Read so many damaged files of a kind in the worker."""
    data, outcomes, wrong, began = sample.make(), Counter[str](), [], time.perf_counter()
    worker = Worker()
    try:
        whole = worker.read(Path(f"whole{sample.ending}"), data)
        if whole.what != "read" or whole.warnings:
            wrong.append(f"{sample.name}: the file itself: {whole}")
        for number in range(files):
            outcome = worker.read(Path(f"damaged{sample.ending}"), damaged(sample, data, number))
            _count(outcomes, wrong, sample, number, outcome)
    finally:
        worker.stop()
    return Result(sample.name, outcomes, tuple(wrong), time.perf_counter() - began)


def in_child(sample: Sample, numbers: range) -> Result:
    """Read some damaged files of a kind as the desk reads them, each in a process of its own."""
    data, outcomes, wrong, began = sample.make(), Counter[str](), [], time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"damaged{sample.ending}"
        for number in numbers:
            path.write_bytes(damaged(sample, data, number))
            outcome = _outcome(lambda: read_apart(path, seconds=LIMIT))
            if "breaks the reader" in outcome.said:
                outcome = outcome._replace(what="crash")
            elif "takes longer than" in outcome.said:
                outcome = outcome._replace(what="hang")
            _count(outcomes, wrong, sample, number, outcome)
    return Result(sample.name, outcomes, tuple(wrong), time.perf_counter() - began)


def _count(outcomes: Counter[str], wrong: list[str], sample: Sample, number: int, outcome: Outcome) -> None:
    outcomes[outcome.what] += 1
    outcomes["warned"] += outcome.what == "read" and outcome.warnings > 0
    if outcome.what not in {"read", "refused"}:
        wrong.append(f"{sample.name} #{number}: {outcome.what}: {outcome.said}")


def _rows(results: list[Result]) -> Iterator[list[object]]:
    for name, outcomes, _, seconds in results:
        files = sum(count for what, count in outcomes.items() if what != "warned")
        columns = ("read", "warned", "refused", "crash", "hang", "lines")
        yield [name, files, *(outcomes[what] for what in columns), f"{seconds:.1f}"]


def main() -> None:
    print(machine())
    head = ["", "files", "read", "with a warning", "refused in a line", "crash", "hang", "more lines", "seconds"]
    print("all in one worker process, without text recognition:")
    here = [in_worker(sample) for sample in SAMPLES]
    table(head, list(_rows(here)))
    print(f"one in {APART} of them, each in a process of its own with its limits, as the desk reads files:")
    apart = [in_child(sample, range(0, FILES, APART)) for sample in SAMPLES]
    table(head, list(_rows(apart)))
    for result in (*here, *apart):
        for line in result.wrong:
            print(line)


if __name__ == "__main__":
    main()
