"""New editions: which paragraph of the old one each paragraph is, so that a number never stands for other words.

Paragraphs are matched in three rounds: those that did not change, in order; those that changed a little, between
them and in order; those that did not change but stand elsewhere. What is left over is new.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from documents.models import Paragraph
from documents.text import for_search

LEAST_ALIKE = 0.6
"""How alike two texts are, from 0 to 1, from which one is an amendment of the other."""
_SURELY_ALIKE = 0.85
"""How alike a changed paragraph and the one that stands in its place are, from which no other one is looked for."""
_CANDIDATES = 4
"""Paragraphs of the old edition a changed one is compared with: those that share most of its rare words."""
_RARE = 12
"""Paragraphs in which a word may stand and still tell them apart."""
_TELLING = 24
"""Rare words of a paragraph that are looked up."""
_SHARED = 0.2
"""The share of them that a paragraph of the old edition holds from which it is worth comparing."""
_SMALL = 8
"""Paragraphs in a row up to which each is compared with each, rare words or not."""
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]|[%$€£]")


class Changes(NamedTuple):
    """The numbers of the paragraphs of a new edition by what became of them, and those of the old one that are gone.

    Each is in reading order.
    """

    unchanged: tuple[int, ...]
    amended: tuple[int, ...]
    new: tuple[int, ...]
    gone: tuple[int, ...]


class _Match(NamedTuple):
    old: int
    amended: bool


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs whose second members increase; the pairs stand in the order of their first members."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[at], ends[at] = value, index
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _once(texts: Sequence[Hashable], at: Iterable[int]) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    repeated: set[Hashable] = set()
    for index in at:
        if texts[index] in places:
            repeated.add(texts[index])
        places[texts[index]] = index
    return {text: index for text, index in places.items() if text not in repeated}


def _numbered(texts: Sequence[str], at: Iterable[int]) -> dict[Hashable, int]:
    """Where each text stands the first, second … time."""
    seen: Counter[str] = Counter()
    places: dict[Hashable, int] = {}
    for index in at:
        places[(texts[index], seen[texts[index]])] = index
        seen[texts[index]] += 1
    return places


def _paired(old: Mapping[Hashable, int], new: Mapping[Hashable, int]) -> list[tuple[int, int]]:
    return sorted((new[text], old[text]) for text in new.keys() & old.keys())


def _gaps(chain: Iterable[tuple[int, int]], new: range, old: range) -> Iterator[tuple[range, range]]:
    """What lies before, between and after matched pairs, where both sides have something."""
    at_new, at_old = new.start, old.start
    for matched_new, matched_old in [*chain, (new.stop, old.stop)]:
        if at_new < matched_new and at_old < matched_old:
            yield range(at_new, matched_new), range(at_old, matched_old)
        at_new, at_old = matched_new + 1, matched_old + 1


def _same(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal texts in order: beginning and end first, then texts that stand once, then the repeated ones."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[range, range]] = [(range(len(new)), range(len(old)))]
    while waiting:
        in_new, in_old = waiting.pop()
        while in_new and in_old and new[in_new[0]] == old[in_old[0]]:
            found.append((in_new[0], in_old[0]))
            in_new, in_old = in_new[1:], in_old[1:]
        while in_new and in_old and new[in_new[-1]] == old[in_old[-1]]:
            found.append((in_new[-1], in_old[-1]))
            in_new, in_old = in_new[:-1], in_old[:-1]
        if not in_new or not in_old:
            continue
        chain = _increasing(_paired(_once(old, in_old), _once(new, in_new)))
        if chain:
            found += chain
            waiting += _gaps(chain, in_new, in_old)
        else:
            # Nothing here stands once: the first of equal texts is the first, the second the second.
            found += _increasing(_paired(_numbered(old, in_old), _numbered(new, in_new)))
    return sorted(found)


def _grams(text: str) -> Counter[str]:
    words = _WORD.findall(text.casefold())
    # Strings, not pairs: the garbage collector has millions of them not to look at.
    return Counter(words + [f"{word} {after}" for word, after in pairwise(words)])


def _alike(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    if not total:
        return 0.0
    if len(one) > len(other):
        one, other = other, one
    return 2 * sum(min(count, other[gram]) for gram, count in one.items() if gram in other) / total


def alike(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: the share of words, and of words side by side, that they have in common.

    A Chinese character counts as a word. Texts that differ only in typography are alike by 1.
    """
    return _alike(_grams(for_search(one)), _grams(for_search(other)))


class _Compared:
    """Paragraphs of two editions between two that are equal, and which of them are alike enough."""

    def __init__(self, old: Mapping[int, str], new: Mapping[int, str]) -> None:
        self._old = {at: _grams(text) for at, text in old.items()}
        self._new = {at: _grams(text) for at, text in new.items()}
        self._order = list(old)
        self._places: dict[str, list[int]] = {}

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """New, old, and how alike they are."""
        small = len(self._new) <= _SMALL and len(self._old) <= _SMALL
        near = 0  # among the old ones, the one after the last that was surely found
        for at, grams in self._new.items():
            if near < len(self._order):
                likeness = _alike(grams, self._old[self._order[near]])
                if likeness >= _SURELY_ALIKE:
                    yield at, self._order[near], likeness
                    near += 1
                    continue
            best = (0.0, near)
            for rank in range(len(self._order)) if small else self._candidates(grams, near):
                likeness = _alike(grams, self._old[self._order[rank]])
                best = max(best, (likeness, rank))
                if likeness >= LEAST_ALIKE:
                    yield at, self._order[rank], likeness
            near = best[1] + 1 if best[0] >= _SURELY_ALIKE else near

    def _candidates(self, grams: Counter[str], near: int) -> Iterable[int]:
        if not self._places:
            places: dict[str, list[int]] = defaultdict(list)
            for rank, at in enumerate(self._order):
                for gram in self._old[at]:
                    places[gram].append(rank)
            self._places = places
        shared = (self._places[gram] for gram in grams.keys() & self._places.keys())
        rare = sorted((len(held), held) for held in shared if len(held) < _RARE)
        votes: Counter[int] = Counter()
        looked_up = rare[:_TELLING]
        for _, held in looked_up:
            votes.update(held)
        least = _SHARED * len(looked_up)
        # Among equals, the one that stands nearest.
        likely = (rank for rank, count in votes.items() if count >= least)
        chosen = sorted(likely, key=lambda rank: (-votes[rank], abs(rank - near)))[:_CANDIDATES]
        return [*chosen, near] if near not in votes and near < len(self._order) else chosen


def _best_in_order(pairs: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Pairs in order on both sides whose likenesses add up to most; each paragraph is in one at most."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    if not ordered:
        return []
    places = {place: rank for rank, place in enumerate(sorted({old for _, old, _ in ordered}), 1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)  # a tree of highest sums by the place in the old
    before: list[int] = []
    top = (0.0, -1)
    for index, (_, old, likeness) in enumerate(ordered):
        # Old places of one new paragraph come from the last to the first, so it never follows itself.
        rank = places[old] - 1
        highest = (0.0, -1)
        while rank:
            highest = max(highest, best[rank])
            rank &= rank - 1
        before.append(highest[1])
        here = (highest[0] + likeness, index)
        top = max(top, here)
        rank = places[old]
        while rank <= len(places):
            best[rank] = max(best[rank], here)
            rank += rank & -rank
    chain: list[tuple[int, int]] = []
    at = top[1]
    while at >= 0:
        chain.append(ordered[at][:2])
        at = before[at]
    return chain[::-1]


def _matches(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> dict[int, _Match]:
    """Which paragraph of the old edition each of the new one is, by their places."""
    old_texts = [for_search(paragraph.text) for paragraph in old]
    new_texts = [for_search(paragraph.text) for paragraph in new]
    same = _same(old_texts, new_texts)
    matches = {at: _Match(other, amended=False) for at, other in same}
    gaps = list(_gaps(same, range(len(new)), range(len(old))))
    # A paragraph that only moved is no amendment of what stands in its place now.
    taken = {match.old for match in matches.values()}
    left_new = _numbered(new_texts, (at for at in range(len(new)) if at not in matches))
    left_old = _numbered(old_texts, (at for at in range(len(old)) if at not in taken))
    moved = {at: _Match(other, amended=False) for at, other in _paired(left_old, left_new)}
    matches |= moved
    taken |= {match.old for match in moved.values()}
    for in_new, in_old in gaps:
        compared = _Compared(
            {at: old_texts[at] for at in in_old if at not in taken},
            {at: new_texts[at] for at in in_new if at not in matches},
        )
        matches |= {at: _Match(other, amended=True) for at, other in _best_in_order(compared.pairs())}
    return matches


def _numbers(old: Sequence[Paragraph], count: int, matches: Mapping[int, _Match], used_up_to: int) -> list[int]:
    following = max(used_up_to, max((paragraph.number for paragraph in old), default=0))
    numbers: list[int] = []
    for at in range(count):
        match = matches.get(at)
        if match is None:
            following += 1
        numbers.append(following if match is None else old[match.old].number)
    return numbers


def carry_numbers(old: Sequence[Paragraph], new: Sequence[Paragraph], *, used_up_to: int = 0) -> tuple[Paragraph, ...]:
    """The paragraphs of a new edition, in its reading order, with the numbers they had in the old one.

    A paragraph whose text did not change keeps its number, and so does one that changed a little where it stood. The
    others get numbers above every one of the old edition and above ``used_up_to``: the highest number any earlier
    edition used, where that is higher.
    """
    numbers = _numbers(old, len(new), _matches(old, new), used_up_to)
    return tuple(
        paragraph if paragraph.number == number else paragraph.model_copy(update={"number": number})
        for paragraph, number in zip(new, numbers, strict=True)
    )


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph], *, used_up_to: int = 0) -> Changes:
    """What changed between two editions, told by the numbers ``carry_numbers`` gives."""
    matches = _matches(old, new)
    numbers = _numbers(old, len(new), matches, used_up_to)
    kept = {match.old for match in matches.values()}
    return Changes(
        unchanged=tuple(numbers[at] for at in range(len(new)) if at in matches and not matches[at].amended),
        amended=tuple(numbers[at] for at in range(len(new)) if at in matches and matches[at].amended),
        new=tuple(numbers[at] for at in range(len(new)) if at not in matches),
        gone=tuple(paragraph.number for at, paragraph in enumerate(old) if at not in kept),
    )
