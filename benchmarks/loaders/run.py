"""The desk's readers beside other loaders, document by document, in one run on one machine.

The first table is the desk's alone: paragraphs with at least 99 % of their characters right, in order (the others may
be there, but torn or joined), characters of the whole text in order, all paragraphs in order, ends of paragraphs, then
numbers, pages, headings and paths that are right. Below it stand the figures for each sort of document and for all.

The second table is what can be compared, for each sort of document:

* *right*: paragraphs that are a piece of the text with at least 99 % of their characters, in order. Other loaders give
  pages or Markdown, not paragraphs; their text is cut into pieces in many ways (``pieces.cuts``: at blank lines, at
  every line, behind short lines, behind stops, before numbers), with and without joining words that are divided at the
  ends of lines, and for each document the way counts that serves the loader best. The desk's pieces are its paragraphs.
* *whole*: paragraphs that stand in the text in one piece, whatever stands around them, so that no cut is needed.
* *text*: 100 % less the edit distance of the whole text.
* *numbers*: paragraphs with the right number. *pages*: paragraphs that begin on their page.

A dash stands for what a loader does not tell (none but the desk tells numbers apart from text, and markitdown no
pages), and for documents it is not meant for; what it is meant for and cannot read counts as nothing read.
Compatibility forms, white space and what Markdown adds (its signs, addresses of links, rules, bullets) are left out of
that comparison, so that none of them counts against a loader; headers, footers, page numbers and menus do, as text that
the document does not say.

Tests hold the desk's readers to these very documents, which the other loaders were never tuned to.
"""

from __future__ import annotations

import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.loaders.ours import placed
from benchmarks.loaders.peers import PEERS, Peer, Told, told, versions
from benchmarks.loaders.pieces import cuts, rejoined, unmarked
from benchmarks.loaders.score import Plain, Score, Share, nothing, score, score_plain
from benchmarks.loaders.truth import Truth, load_all
from benchmarks.shared import ROOT, machine, table
from documents.errors import ReadingError
from documents.structure import Placed

MADE = ROOT / "tests" / "documents" / "made"
"""The folder of the made documents."""
AIMS = {"right": 0.99, "numbers": 0.98, "pages": 0.98}
"""Shares of the paragraphs of all documents that the desk has to reach."""

_NONE = "-"
_SCANNED = "PDF, scanned"
_FIGURES = ("right", "whole", "text", "numbers", "pages")


class _Ours(NamedTuple):
    """What the desk made of a document; ``score`` is ``None`` where it could not read it."""

    truth: Truth
    score: Score | None
    plain: Plain
    seconds: float


class _Group(NamedTuple):
    """Documents whose figures are taken together."""

    name: str
    holds: Callable[[Truth], bool]


def _groups(truths: Sequence[Truth]) -> list[_Group]:
    """Each sort of document, each language, and what all loaders can read."""
    sorts, languages = dict.fromkeys(t.sort for t in truths), dict.fromkeys(t.language for t in truths)

    def of_sort(sort: str) -> _Group:
        return _Group(f"[{sort}]", lambda truth: truth.sort == sort)

    def of_language(language: str) -> _Group:
        return _Group(f"[{language}]", lambda truth: truth.language == language)

    text = _Group("[PDF with text]", lambda truth: truth.file.endswith(".pdf") and truth.sort != _SCANNED)
    return [*map(of_sort, sorts), *map(of_language, languages), text, _Group("[all]", lambda _: True)]


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
        return _Ours(truth, None, nothing(truth.paragraphs, paged=True), time.perf_counter() - began)
    seconds = time.perf_counter() - began
    paged = any(paragraph.page for paragraph in read)
    pieces = [[paragraph.text for paragraph in read]]
    plain = score_plain(truth.paragraphs, _pages(read), paged=paged, pieces=pieces)
    return _Ours(truth, score(truth.paragraphs, read), plain, seconds)


def _percent(value: float | None) -> str:
    return _NONE if value is None else f"{100 * value:.1f}"


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _sum(shares: Sequence[Share]) -> Share:
    return Share(sum(share.hit for share in shares), sum(share.of for share in shares))


def _value(share: Share) -> float | None:
    return share.value if share.of else None


def _figures(found: Sequence[_Ours]) -> list[str]:
    """The figures of the first table for documents taken together; one that cannot be read counts as nothing read."""
    read = [one.score for one in found if one.score is not None]
    lost = len(found) - len(read)
    missing = sum(len(one.truth.paragraphs) for one in found if one.score is None)

    def share(part: Callable[[Score], Share]) -> str:
        held = _sum([*map(part, read), Share(0, missing)])
        return _percent(_value(held))

    right = _sum([*(one.texts for one in read), Share(0, missing)])
    return [
        f"{right.hit}/{right.of}",
        _percent(_mean([*(one.characters for one in read), *[0.0] * lost])),
        share(lambda one: one.order),
        share(lambda one: one.ends),
        share(lambda one: one.labels),
        share(lambda one: one.pages),
        share(lambda one: one.headings),
        share(lambda one: one.sections),
    ]


def _aims(found: Sequence[_Ours]) -> str:
    """The figures that are aimed at, and whether they are reached."""
    read = [one.score for one in found if one.score is not None]
    missing = Share(0, sum(len(one.truth.paragraphs) for one in found if one.score is None))
    parts = {
        "right": _sum([*(one.texts for one in read), missing]),
        "numbers": _sum([*(one.labels for one in read), missing]),
        "pages": _sum([*(one.pages for one in read), missing]),
    }
    said = []
    for name, aim in AIMS.items():
        reached = "reached" if parts[name].value >= aim else "MISSED"
        said.append(f"{name} {_percent(parts[name].value)} of {_percent(aim)} {reached}")
    return f"the desk's aims, of all paragraphs: {', '.join(said)}"


def _cell(found: Sequence[Plain | None], numbers: Sequence[Share] = ()) -> str:
    """The figures of the second table; ``None`` stands for a document that is not meant for the loader."""
    there = [plain for plain in found if plain is not None]
    if not there:
        return _NONE
    values = (
        _sum([plain.right for plain in there]).value,
        _sum([plain.whole for plain in there]).value,
        _mean([plain.similar for plain in there]),
        _value(_sum(numbers)),
        _value(_sum([plain.pages for plain in there if plain.pages is not None])),
    )
    return "/".join(map(_percent, values))


def _meant(peer: Peer, truth: Truth) -> bool:
    return (truth.file.endswith(".pdf") or not peer.pdf_only) and (truth.sort != _SCANNED or peer.pictures)


def _best(truth: Truth, answer: Told) -> Plain:
    """The score of a loader's text, cut in the way that serves it best."""
    pages = [unmarked(page) for page in answer.pages]
    ways = cuts(pages)
    found = []
    for change in (str, rejoined):
        pieces = [[change(piece) for piece in way] for way in ways]
        found.append(score_plain(truth.paragraphs, list(map(change, pages)), paged=answer.paged, pieces=pieces))
    return max(found, key=lambda plain: (plain.right.hit, plain.whole.hit, plain.similar))


def _peer(peer: Peer, truths: Sequence[Truth], folder: Path) -> tuple[dict[str, Plain], dict[str, Told]]:
    """What a peer makes of the documents it is meant for, and what it said."""
    mine = [truth for truth in truths if _meant(peer, truth)]
    given = dict(zip((t.file for t in mine), told(peer.name, [folder / t.file for t in mine]), strict=True))
    paged = any(answer.paged for answer in given.values())
    scores = {}
    for truth in mine:
        answer = given[truth.file]
        scores[truth.file] = nothing(truth.paragraphs, paged=paged) if answer.error else _best(truth, answer)
    return scores, given


def _compare(ours: Sequence[_Ours], groups: Sequence[_Group]) -> None:
    """Print the second table."""
    truths = [one.truth for one in ours]
    named = versions()
    peers = {peer.name: _peer(peer, truths, MADE) for peer in PEERS}
    print(f"\nper cent {'/'.join(_FIGURES)}; {named}")
    rows = []
    for group in groups:
        mine = [one for one in ours if group.holds(one.truth)]
        desk = _cell([one.plain for one in mine], [one.score.labels for one in mine if one.score is not None])
        theirs = (_cell([scores.get(one.truth.file) for one in mine]) for scores, _ in peers.values())
        rows.append([group.name, desk, *theirs])
    table(["", "desk", *peers], rows)
    times = [f"{name} {sum(t.seconds for t in given.values()):.1f}" for name, (_, given) in peers.items()]
    print(f"seconds for all: desk {sum(one.seconds for one in ours):.1f} (a process a file), {', '.join(times)}")
    for name, (_, given) in peers.items():
        for file, answer in given.items():
            if answer.error:
                print(f"{name} cannot read {file}: {answer.error[:90]}")


def main() -> None:
    """Read every made document with every loader and print the tables."""
    truths = load_all(MADE)
    ours = [_read(truth, MADE) for truth in truths]
    groups = _groups(truths)
    print(f"{machine()}; {len(truths)} documents, {sum(len(t.paragraphs) for t in truths)} paragraphs")
    rows = [[one.truth.file, one.truth.maker, *_figures([one])] for one in ours]
    rows += [[group.name, "", *_figures([one for one in ours if group.holds(one.truth)])] for group in groups]
    head = ["document", "made by", "right", "characters", "order", "ends", "numbers", "pages", "headings", "paths"]
    table(head, rows)
    print(_aims(ours), flush=True)
    try:
        _compare(ours, groups)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"the other loaders cannot be installed or run here: {error}")


if __name__ == "__main__":
    main()
