"""The desk's readers beside other loaders, document by document, in one run on one machine.

The first table is the desk's alone: paragraphs with at least 99 % of their characters right (the others may be there,
but torn or joined), characters of the whole text in order, paragraphs in order, ends of paragraphs, then numbers,
pages, headings and paths of headings that are right.

Other loaders give pages or Markdown, not paragraphs. The second table holds what can be compared: how much of the
whole text is there in order (``text``, 100 % less the edit distance), how many paragraphs stand in it in one piece
(``whole``: not torn by a column, a page break or a running title), and how many of them on the page they begin on
(``page``).
Compatibility forms, white space and the signs of Markdown are left out of that comparison on all sides, so that
none of them counts against a loader; headers, footers and page numbers in the text do, as text that the document does
not say.
"""

from __future__ import annotations

import subprocess
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.loaders.ours import placed
from benchmarks.loaders.peers import FOR_PDF_ONLY, PEERS, Told, told, versions
from benchmarks.loaders.score import Plain, Score, Share, score, score_plain
from benchmarks.loaders.truth import Truth, load_all
from benchmarks.shared import ROOT, machine, table
from documents.errors import ReadingError
from documents.structure import Placed

MADE = ROOT / "tests" / "documents" / "made"
"""The folder of the made documents."""

_NONE = "-"


class _Ours(NamedTuple):
    """What the desk made of a document; ``score`` is ``None`` where it could not read it."""

    truth: Truth
    score: Score | None
    plain: Plain
    seconds: float


def _pages(read: Sequence[Placed]) -> list[str]:
    """The text of each page, for comparing it with what other loaders give."""
    pages: dict[int, list[str]] = defaultdict(list)
    for paragraph in read:
        pages[paragraph.page or 1].append(paragraph.text)
    return ["\n".join(pages[number]) for number in range(1, max(pages, default=0) + 1)]


def _read(truth: Truth, folder: Path) -> _Ours:
    began = time.perf_counter()
    try:
        read = placed(folder / truth.file, apart=True)
    except ReadingError:
        return _Ours(truth, None, _nothing(truth), time.perf_counter() - began)
    seconds = time.perf_counter() - began
    paged = any(paragraph.page for paragraph in read)
    plain = score_plain(truth.paragraphs, _pages(read), paged=paged)
    return _Ours(truth, score(truth.paragraphs, read), plain, seconds)


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{100 * value:.1f}"


def _row(ours: _Ours) -> list[str]:
    head = [ours.truth.file, ours.truth.maker]
    if ours.score is None:
        return [*head, *[_NONE] * 8]
    found = ours.score
    shares = (found.order, found.ends, found.labels, found.pages, found.headings, found.sections)
    return [
        *head,
        f"{found.texts.hit}/{found.texts.of}",
        _percent(found.characters),
        *(_percent(share.value) if share.of else _NONE for share in shares),
    ]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _sum(shares: Sequence[Share]) -> float | None:
    return sum(s.hit for s in shares) / sum(s.of for s in shares) if sum(s.of for s in shares) else None


def _cells(found: Sequence[Plain | None]) -> str:
    """Text, whole paragraphs and pages; ``None`` stands for a document that is not meant for the loader."""
    there = [plain for plain in found if plain is not None]
    paged = [plain.pages for plain in there if plain.pages is not None]
    text = _mean([plain.similar for plain in there])
    return "/".join((_percent(text), _percent(_sum([plain.whole for plain in there])), _percent(_sum(paged))))


def _nothing(truth: Truth) -> Plain:
    """What a loader scores that cannot read a document."""
    return Plain(0.0, Share(0, len(truth.paragraphs)), Share(0, sum(one.page is not None for one in truth.paragraphs)))


def _peer(name: str, truths: Sequence[Truth], folder: Path) -> tuple[dict[str, Plain], dict[str, Told]]:
    """What a peer makes of the documents it is meant for, and what it said."""
    mine = [truth for truth in truths if truth.file.endswith(".pdf") or name not in FOR_PDF_ONLY]
    given = dict(zip((t.file for t in mine), told(name, [folder / t.file for t in mine]), strict=True))
    scores = {}
    for truth in mine:
        answer = given[truth.file]
        scores[truth.file] = (
            _nothing(truth) if answer.error else score_plain(truth.paragraphs, answer.pages, paged=answer.paged)
        )
    return scores, given


def main() -> None:
    """Read every made document with every loader and print the tables."""
    truths = load_all(MADE)
    ours = [_read(truth, MADE) for truth in truths]
    print(f"{machine()}; {len(truths)} documents, {sum(len(t.paragraphs) for t in truths)} paragraphs")
    head = ["document", "made by", "right", "characters", "order", "ends", "numbers", "pages", "headings", "paths"]
    table(head, [_row(one) for one in ours])
    try:
        named = versions()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"the other loaders cannot be installed or run here: {error}")
        return
    peers = {name: _peer(name, truths, MADE) for name in PEERS}
    print(f"\nper cent text / whole / page; {named}")
    rows = []
    for one in ours:
        file = one.truth.file
        rows.append([file, _cells([one.plain]), *(_cells([scores.get(file)]) for scores, _ in peers.values())])
    sorts = list(dict.fromkeys(truth.sort for truth in truths))
    for sort in (*sorts, "all"):
        files = [one.truth.file for one in ours if sort in ("all", one.truth.sort)]
        mine = [one.plain for one in ours if one.truth.file in files]
        theirs = (_cells([scores.get(file) for file in files]) for scores, _ in peers.values())
        rows.append([f"[{sort}]", _cells(mine), *theirs])
    table(["document", "desk", *peers], rows)
    times = [f"{name} {sum(t.seconds for t in given.values()):.1f}" for name, (_, given) in peers.items()]
    print(f"seconds for all: desk {sum(one.seconds for one in ours):.1f} (a process a file), {', '.join(times)}")
    for name, (_, given) in peers.items():
        for file, answer in given.items():
            if answer.error:
                print(f"{name} cannot read {file}: {answer.error[:90]}")


if __name__ == "__main__":
    main()
