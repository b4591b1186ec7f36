"""The shipped corpus, read once, and a writer of small corpora.

This folder has no ``__init__.py``: as a package named ``documents`` it would hide the one under test.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import load_corpus
from documents.models import Paragraph

TOML = """
id = "grants"
title = "Measures for Grants"
language = "en"

[[named]]
id = "grants-annex"
kind = "appendix"
label = "Annex 1"
title = "Table of Rates"
"""
TEXT = """Measures for Grants

No. 7 of 2021

Every firm with ten or more employees may apply for a grant.

Applications are sent to the Office by 1 May. The Office decides.

The rates are laid down in Annex 1 to these Measures. The Office decides.
"""
CELL = {
    "measure": "grant",
    "cell": "who",
    "status": "stated",
    "evidence": ["with ten or more employees"],
    "pointer": None,
    "note": "",
}
QUESTION = {
    "id": "q1",
    "lang": "en",
    "measure": "grant",
    "cell": "who",
    "question": "Who may apply?",
    "status": "answered",
    "evidence": ["Every firm with ten or more employees"],
}


@pytest.fixture(scope="session")
def shipped() -> tuple[Library, Knowledge]:
    """The corpus that comes with the desk."""
    return load_corpus()


@pytest.fixture(scope="session")
def circular(shipped: tuple[Library, Knowledge]) -> tuple[Paragraph, ...]:
    """The paragraphs of the shipped circular."""
    return shipped[0].paragraphs("circular-2006-556")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write one folder of a small corpus, well-formed but for what is given; returns the corpus."""

    def written(
        *,
        name: str = "grants",
        toml: str | bytes | None = TOML,
        text: str | bytes | None = TEXT,
        cells: object = (CELL,),
        questions: object = (QUESTION,),
    ) -> Path:
        def lines(rows: object) -> bytes:
            if isinstance(rows, bytes):
                return rows
            assert isinstance(rows, tuple | list)
            return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

        folder = tmp_path / name
        folder.mkdir()
        for file, content in (("document.toml", toml), ("document.txt", text)):
            if content is not None:
                (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
        (folder / "map.jsonl").write_bytes(lines(cells))
        (folder / "known.jsonl").write_bytes(lines(questions))
        return tmp_path

    return written


@pytest.fixture
def cell() -> Callable[..., dict[str, object]]:
    """A well-formed line of the map but for the fields given."""
    return lambda **changed: {**CELL, **changed}


@pytest.fixture
def question() -> Callable[..., dict[str, object]]:
    """A well-formed line of the known questions but for the fields given."""
    return lambda **changed: {**QUESTION, **changed}
