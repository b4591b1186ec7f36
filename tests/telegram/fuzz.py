"""How the fuzz tests run: the same examples every time, and no shrinking, which takes minutes on long texts.

``CIRCULAR_FUZZ=random`` tries new examples, many more of them.
"""

from __future__ import annotations

import os

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
