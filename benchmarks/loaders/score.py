"""How well what was read agrees with what was written. Nothing here reads a file.

Texts are compared as they stand but for white space: a run of it counts as one space. What loaders without paragraphs
make of a file is compared *folded*: compatibility forms made one, white space and the signs of Markdown gone.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmarks.loaders.distance import similarity
from benchmarks.loaders.truth import Expected, Kind
from documents.models import Role
from documents.structure import Placed

RIGHT = 0.99
"""Share of characters from which a paragraph counts as read right."""
_ALIKE = 0.5
"""Share of characters from which two paragraphs are the same one, read well or badly."""
_TAIL = 10
"""Characters on either side of the end of a paragraph that must be there for the end to be found."""

_SIGNS = re.compile(r"[\s|*#_`\[\]\\<>]+|-{3,}|&(?:amp|lt|gt);")
_HEADINGS = {Role.TITLE, Role.HEADING}


class Share(NamedTuple):
    """So many of so many."""

    hit: int
    of: int

    @property
    def value(self) -> float:
        """The share as a number; 1 of nothing."""
        return self.hit / self.of if self.of else 1.0


class Score(NamedTuple):
    """What of a document was read right.

    ``texts``: paragraphs with at least ``RIGHT`` of their characters. ``characters``: of the whole text in order.
    ``order``: paragraphs in the longest run that is in order. ``ends``: ends of
    paragraphs that were found, of those in either text. ``labels``, ``pages``, ``sections`` and ``headings``: of the
    paragraphs that were found at all, those with the right number, page, path of headings, and being a heading or not.
    Footnotes have no place in the order, and none under the headings.
    """

    texts: Share
    characters: float
    order: Share
    ends: Share
    labels: Share
    pages: Share
    sections: Share
    headings: Share


class Pair(NamedTuple):
    """A paragraph as written and as read (its place among those that were read); ``None`` where there is none."""

    expected: Expected
    placed: Placed | None
    at: int | None
    alike: float


def plain(text: str) -> str:
    """The text with one space for any run of white space."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """The text for comparing whatever loaders make of it."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text))


def paired(expected: Sequence[Expected], read: Sequence[Placed]) -> list[Pair]:
    """Each paragraph with what was read of it: its equal, else the most similar of what is left."""
    texts = [plain(placed.text) for placed in read]
    free: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        free.setdefault(text, []).append(at)
    found: dict[int, int] = {}
    for index, one in enumerate(expected):
        if same := free.get(plain(one.text)):
            found[index] = same.pop(0)
    left = set(range(len(read))) - set(found.values())
    candidates = [
        (similarity(plain(one.text), texts[at]), index, at)
        for index, one in enumerate(expected)
        if index not in found
        for at in left
    ]
    alike = dict.fromkeys(found, 1.0)
    for share, index, at in sorted(candidates, reverse=True):
        if share >= _ALIKE and index not in found and at in left:
            found[index], alike[index] = at, share
            left.discard(at)
    return [
        Pair(one, read[found[i]] if i in found else None, found.get(i), alike.get(i, 0.0))
        for i, one in enumerate(expected)
    ]


def longest_rising(numbers: Sequence[int]) -> int:
    """How many of the numbers can be kept so that each is larger than the one before."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def _ends(texts: Sequence[str]) -> set[tuple[str, str]]:
    """The ends of paragraphs: what stands before each and what behind it."""
    return {(folded(a)[-_TAIL:], folded(b)[:_TAIL]) for a, b in pairwise(texts)}


def _same_path(expected: Expected, placed: Placed) -> bool:
    """Whether a paragraph stands under the right headings; a row may stand under a numbered paragraph besides."""
    path, read = [plain(title) for title in expected.section], [plain(title) for title in placed.section]
    return path == (read[: len(path)] if expected.kind is Kind.ROW else read)


def score(expected: Sequence[Expected], read: Sequence[Placed]) -> Score:
    """Compare a document as read with the document as written."""
    pairs = paired(expected, read)
    found = [(pair.expected, pair.placed) for pair in pairs if pair.placed is not None]
    numbers = [pair.at for pair in pairs if pair.at is not None and pair.expected.kind is not Kind.NOTE]
    body = [one.text for one in expected if one.kind is not Kind.NOTE]
    notes = {pair.at for pair in pairs if pair.expected.kind is Kind.NOTE}
    read_body = [placed.text for at, placed in enumerate(read) if at not in notes]
    written_ends, read_ends = _ends(body), _ends(read_body)
    bodies = [(one, placed) for one, placed in found if one.kind is not Kind.NOTE]
    paged = [(one, placed) for one, placed in found if one.page is not None]
    return Score(
        texts=Share(sum(pair.alike >= RIGHT for pair in pairs), len(pairs)),
        characters=similarity("\n".join(map(plain, body)), "\n".join(map(plain, read_body))),
        order=Share(longest_rising(numbers), len(body)),
        ends=Share(len(written_ends & read_ends), len(written_ends | read_ends)),
        labels=Share(sum(one.label == placed.label for one, placed in found), len(pairs)),
        pages=Share(sum(one.page == placed.page for one, placed in paged), sum(e.page is not None for e in expected)),
        sections=Share(sum(_same_path(one, placed) for one, placed in bodies), len(body)),
        headings=Share(
            sum((one.kind in {Kind.TITLE, Kind.HEADING}) == (placed.role in _HEADINGS) for one, placed in found),
            len(pairs),
        ),
    )


class Plain(NamedTuple):
    """What of a document is in a loader's text, whatever it knows of paragraphs.

    ``similar``: the whole text in order. ``whole``: paragraphs that stand in it in one piece. ``pages``: paragraphs
    that stand whole on the page they begin on, where the loader tells pages apart.
    """

    similar: float
    whole: Share
    pages: Share | None


def score_plain(expected: Sequence[Expected], pages: Sequence[str], *, paged: bool) -> Plain:
    """Compare the text a loader gives, page by page or as one, with the document as written."""
    texts = [folded(page) for page in pages]
    everything = "".join(texts)
    wanted = [folded(one.text) for one in expected]
    starts = [sum(map(len, texts[:number])) for number in range(len(texts))]
    whole, on_page, with_page, at = 0, 0, 0, 0
    for one, text in zip(expected, wanted, strict=True):
        place = everything.find(text, at)
        place = everything.find(text) if place < 0 else place
        whole += place >= 0
        if one.page is not None:
            with_page += 1
            on_page += place >= 0 and 0 < one.page <= len(starts) and sum(s <= place for s in starts) == one.page
        at = place + 1 if place >= 0 else at
    known = Share(on_page, with_page) if paged and with_page else None
    return Plain(similarity("".join(wanted), everything), Share(whole, len(wanted)), known)
