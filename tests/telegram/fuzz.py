"""How the fuzz tests run: the same examples every time, and no shrinking, which takes minutes on long texts.

``paragraphs`` are those every kind of page is tried on.

``CIRCULAR_FUZZ=random`` tries new examples, many more of them.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

from hypothesis import Phase, settings

_RANDOM = os.environ.get("CIRCULAR_FUZZ") == "random"

_BASE = settings(
    deadline=None,
    derandomize=not _RANDOM,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)


def examples(count: int) -> settings:
    """Settings for ``count`` examples, twenty times as many of them at random."""
    return settings(parent=_BASE, max_examples=count * (20 if _RANDOM else 1))


SPECIALS = (
    *"<>&\"'_*`[]()\\/{}~|#+-=.!%$@^:;\n\r\t\0\x1b\x7f\x85\xa0\u2028\u202e\u200d\ufe0f\u0301\ufeff\ud800\udfff",
    *("&lt;", "&#0;", "&amp;amp;", "</b>", "<b>", "</blockquote>", "<blockquote expandable>", "<tg-spoiler>", "<!--"),
    *(
        "```",
        "||",
        "**",
        "[x](tg://user?id=1)",
        "@all",
        "/start",
        "👩\u200d👩\u200d👧",
        "🇨🇳",
        "中文。",
        "مرحبا",
        "{page}",
        "%s",
    ),
)
LONGEST = 10_000
"""Characters of the longest of them."""
_UNICODE = 0x110000


def paragraphs(count: int = 2_000) -> Iterator[str]:
    """Texts that together hold every code point of Unicode, with what markup is made of thrown in; some are long."""
    dice = random.Random(None if _RANDOM else 2_000)
    codes = list(range(_UNICODE))
    dice.shuffle(codes)
    for number in range(count):
        often = dice.choice((0.0, 0.05, 0.5))
        own = codes[number::count]
        text = "".join(chr(code) + (dice.choice(SPECIALS) if dice.random() < often else "") for code in own)
        yield _made(text, number, dice)


def _made(text: str, number: int, dice: random.Random) -> str:
    """The text as it is, or as a long one: repeated, or of one special alone, with and without places to cut."""
    if number % 80 == 0:
        return (text * LONGEST)[:LONGEST]
    if number % 80 == 1:
        return ((dice.choice(SPECIALS) * dice.randint(1, 99) + dice.choice(("", " ", "\n"))) * LONGEST)[:LONGEST]
    return text
