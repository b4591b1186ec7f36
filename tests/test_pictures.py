"""The pictures of the documentation are there, small, said in words, and each of them is shown."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 120_000
_SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def test_every_picture_is_there_small_and_said_in_words_and_none_is_left_over() -> None:
    shown = set()
    for file in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for words, path in _SHOWN.findall(file.read_text("utf-8")):
            picture = (file.parent / path).resolve()
            assert picture.is_file(), f"{file.name}: {path}"
            assert len(words) > 20, f"{file.name}: {path} is not said in words"
            shown.add(picture)
    made = set(PICTURES.glob("*.png"))
    assert made
    assert made <= shown
    assert {each.name for each in made if each.stat().st_size > MOST_BYTES} == set()
