"""How well what was read agrees with what was written. Nothing here reads a file.

Texts are compared as they stand but for white space: a run of it counts as one space. Where other loaders are compared
with the desk, both sides are *folded*: compatibility forms made one, white space and the signs of Markdown gone.
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
_HEAD = 12
"""Characters by which the page is known on which a paragraph begins; few lines are shorter."""

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

    ``texts``: paragraphs with at least ``RIGHT`` of their characters, in order. ``characters``: of the whole text in
    order. ``order``: paragraphs found at all, in order. ``ends``: ends of paragraphs that were found, of those in
    either text. ``labels``, ``pages``, ``sections`` and ``headings``: paragraphs found with the right number, page,
    path of what they belong to, and being a heading or not; a paragraph that was not found has none of them right.
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


def _name(text: str) -> str:
    """What paragraphs call the heading they stand under."""
    return plain(text).rstrip(":：")


def _paths(pairs: Sequence[Pair]) -> list[bool]:
    """Whether each paragraph of the body stands where it belongs, for those that were found.

    A heading is known by what was read of it, so that a slip in it counts once and not for all that stands under it.
    What has no number of its own may stand under the numbered paragraph above it besides.
    """
    written = {
        _name(pair.placed.text): _name(pair.expected.text)
        for pair in pairs
        if pair.placed is not None and pair.expected.kind is Kind.HEADING
    }
    found = []
    above: Pair | None = None
    for pair in pairs:
        one = pair.expected
        if one.kind is Kind.NOTE:
            continue
        if pair.placed is not None:
            path = tuple(map(_name, one.section))
            read = tuple(written.get(_name(title), _name(title)) for title in pair.placed.section)
            further = read[len(path) :] if read[: len(path)] == path else None
            loose = one.label is None and one.kind in {Kind.BODY, Kind.ROW} and above is not None
            found.append(further == () or (loose and further is not None and _names(above, further)))
        if one.kind is not Kind.BODY:
            above = above if one.kind is Kind.ROW else None
        elif one.label is not None:
            above = pair
    return found


def _names(above: Pair | None, path: Sequence[str]) -> bool:
    """Whether a path names a numbered paragraph, by its number or by what it begins with."""
    if above is None or above.placed is None or len(path) != 1:
        return False
    return path[0] == above.placed.label or (len(path[0]) > 1 and _name(above.placed.text).startswith(path[0]))


def _in_order(places: Sequence[int | None], expected: Sequence[Expected]) -> int:
    """How many paragraphs of those that have a place are in order; footnotes are, wherever they stand."""
    found = [(one, at) for one, at in zip(expected, places, strict=True) if at is not None]
    notes = sum(one.kind is Kind.NOTE for one, _ in found)
    return notes + longest_rising([at for one, at in found if one.kind is not Kind.NOTE])


def score(expected: Sequence[Expected], read: Sequence[Placed]) -> Score:
    """Compare a document as read with the document as written."""
    pairs = paired(expected, read)
    found = [(pair.expected, pair.placed) for pair in pairs if pair.placed is not None]
    numbers = [pair.at for pair in pairs if pair.at is not None and pair.expected.kind is not Kind.NOTE]
    body = [one.text for one in expected if one.kind is not Kind.NOTE]
    notes = {pair.at for pair in pairs if pair.expected.kind is Kind.NOTE}
    read_body = [placed.text for at, placed in enumerate(read) if at not in notes]
    written_ends, read_ends = _ends(body), _ends(read_body)
    paged = [(one, placed) for one, placed in found if one.page is not None]
    return Score(
        texts=Share(_in_order([pair.at if pair.alike >= RIGHT else None for pair in pairs], expected), len(pairs)),
        characters=similarity("\n".join(map(plain, body)), "\n".join(map(plain, read_body))),
        order=Share(longest_rising(numbers), len(body)),
        ends=Share(len(written_ends & read_ends), len(written_ends | read_ends)),
        labels=Share(sum(one.label == placed.label for one, placed in found), len(pairs)),
        pages=Share(sum(one.page == placed.page for one, placed in paged), sum(e.page is not None for e in expected)),
        sections=Share(sum(_paths(pairs)), len(body)),
        headings=Share(
            sum((one.kind in {Kind.TITLE, Kind.HEADING}) == (placed.role in _HEADINGS) for one, placed in found),
            len(pairs),
        ),
    )


class Plain(NamedTuple):
    """What of a document is in a loader's text, whatever it knows of paragraphs.

    ``right``: paragraphs that are a piece of the text, with at least ``RIGHT`` of their characters, in order.
    ``whole``: paragraphs that stand in it in one piece, whatever stands around them. ``similar``: the whole text in
    order. ``pages``: paragraphs that begin on their page, where the loader tells pages apart.
    """

    right: Share
    whole: Share
    similar: float
    pages: Share | None


def nothing(expected: Sequence[Expected], *, paged: bool) -> Plain:
    """What a loader scores that cannot read a document; ``paged`` says whether it tells pages apart in others."""
    none, with_page = Share(0, len(expected)), sum(one.page is not None for one in expected)
    return Plain(none, none, 0.0, Share(0, with_page) if paged and with_page else None)


def right_in_order(expected: Sequence[Expected], pieces: Sequence[str]) -> int:
    """How many paragraphs are among the pieces, and in order: each as its equal, else as a piece nearly equal."""
    got = [folded(piece) for piece in pieces]
    wanted = [folded(one.text) for one in expected]
    free: dict[str, list[int]] = {}
    for at, text in enumerate(got):
        free.setdefault(text, []).append(at)
    places: list[int | None] = [same.pop(0) if (same := free.get(text)) else None for text in wanted]
    left = {at for same in free.values() for at in same}
    for index, text in enumerate(wanted):
        if places[index] is None:
            # Two texts cannot be more alike than they are long.
            near = (at for at in sorted(left) if min(len(text), len(got[at])) >= RIGHT * max(len(text), len(got[at])))
            places[index] = next((at for at in near if similarity(text, got[at]) >= RIGHT), None)
            left.discard(places[index] if places[index] is not None else -1)
    return _in_order(places, expected)


def score_plain(
    expected: Sequence[Expected], pages: Sequence[str], *, paged: bool, pieces: Sequence[Sequence[str]] = ()
) -> Plain:
    """Compare the text a loader gives, page by page or as one, with the document as written.

    ``pieces`` are ways to cut the text into paragraphs, of which the best counts; without any, each page is one.
    """
    texts = [folded(page) for page in pages]
    everything = "".join(texts)
    wanted = [folded(one.text) for one in expected]
    with_page = [(one.page, text) for one, text in zip(expected, wanted, strict=True) if one.page is not None]
    on_page = sum(page <= len(texts) and text[:_HEAD] in texts[page - 1] for page, text in with_page)
    return Plain(
        right=Share(max(right_in_order(expected, cut) for cut in pieces or (pages,)), len(wanted)),
        whole=Share(sum(text in everything for text in wanted), len(wanted)),
        similar=similarity("".join(wanted), everything),
        pages=Share(on_page, len(with_page)) if paged and with_page else None,
    )
