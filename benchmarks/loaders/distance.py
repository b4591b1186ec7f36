"""How many characters have to be put in, taken out or changed to make one text of another."""

from __future__ import annotations


def edit_distance(first: str, second: str) -> int:
    """The distance of Levenshtein, a column of its table at a time in the bits of one number (Myers 1999, Hyyrö 2003).

    Time grows with the length of the one text times that of the other over the bits of a machine word.
    """
    if not first or not second:
        return len(first) + len(second)
    where: dict[str, int] = {}
    for at, character in enumerate(first):
        where[character] = where.get(character, 0) | 1 << at
    everywhere, last = (1 << len(first)) - 1, 1 << len(first) - 1
    up, down, distance = everywhere, 0, len(first)
    for character in second:
        same = where.get(character, 0)
        level = (((same & up) + up) ^ up) | same | down
        more, less = down | (everywhere & ~(level | up)), up & level
        distance += bool(more & last) - bool(less & last)
        more, less = (more << 1 | 1) & everywhere, (less << 1) & everywhere
        up, down = less | (everywhere & ~(level | more)), more & level
    return distance


def similarity(first: str, second: str) -> float:
    """1 where two texts are equal, 0 where they have nothing in common."""
    longest = max(len(first), len(second))
    return 1.0 - edit_distance(first, second) / longest if longest else 1.0
