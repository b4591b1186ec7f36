"""Official documents of many forms, English and Chinese: role, label, path and part of every paragraph, and the facts.

The documents in ``structure/`` were written for this; the policies are the ones that questions are asked on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from structure_truth import TRUTHS, Truth

from documents.loading import blocks_of
from documents.parts import parts_of
from documents.proposal import propose
from documents.structure import place
from documents.text import squeezed

POLICIES = Path(__file__).parents[1] / "gold" / "policies"
FACTS = ("title", "number", "issuer", "issued_on")
LEAST_PARAGRAPHS = 0.98
LEAST_DOCUMENTS = 0.95


def _same(one: object, other: object) -> bool:
    return squeezed(str(one or "")) == squeezed(str(other or ""))


def _share(rights: Iterable[bool]) -> float:
    held = list(rights)
    return sum(held) / len(held)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
def test_every_paragraph_gets_its_role_its_label_its_path_and_its_part(truth: Truth) -> None:
    placed = place(truth.blocks)
    found = [(p.text, str(p.role), p.label, p.section) for p in placed]
    assert found == [(p.block.text, p.role, p.label, p.section) for p in truth.paragraphs]
    assert [str(part) for part in parts_of(placed)] == [p.part for p in truth.paragraphs]


def test_the_set_is_large_and_of_both_languages() -> None:
    assert len(TRUTHS) >= 40
    for language in ("en", "zh"):
        assert sum(truth.language == language for truth in TRUTHS) >= 20
    assert sum(len(truth.paragraphs) for truth in TRUTHS) >= 800


def test_paragraphs_of_all_documents_together() -> None:
    pairs = [(p, e) for truth in TRUTHS for p, e in zip(place(truth.blocks), truth.paragraphs, strict=True)]
    assert _share((p.role, p.label, p.section) == (e.role, e.label, e.section) for p, e in pairs) >= LEAST_PARAGRAPHS


@pytest.mark.parametrize("fact", [*FACTS, "kind", "language"])
def test_a_fact_of_all_documents_together(fact: str) -> None:
    rights = [_same(getattr(propose(truth.blocks), fact), getattr(truth, fact)) for truth in TRUTHS]
    assert _share(rights) >= LEAST_DOCUMENTS


def _policies() -> list[tuple[str, dict[str, Any], str]]:
    folders = sorted(path.parent for path in POLICIES.glob("*/document.toml"))
    return [
        (
            folder.name,
            tomllib.loads((folder / "document.toml").read_text(encoding="utf-8")),
            (folder / "document.txt").read_text(encoding="utf-8"),
        )
        for folder in folders
    ]


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_of_the_48_policies_by_their_plain_text(fact: str) -> None:
    policies = _policies()
    assert len(policies) == 48
    rights = [_same(getattr(propose(blocks_of(text)), fact), truth[fact]) for _, truth, text in policies]
    assert _share(rights) >= LEAST_DOCUMENTS


def _first(found: Iterable[tuple[str, bool]]) -> list[str]:
    return [name for name, right in found if not right]


@pytest.mark.parametrize(
    "holds",
    [
        lambda placed: placed[0].role == "title" and placed[1].role == "number",
        lambda placed: [p.role for p in placed[-2:]] == ["issuer", "date"],
        lambda placed: all(
            p.section or p.role != "body" for p in placed if p.label and p.label.startswith(("（", "("))
        ),
        lambda placed: all(p.section == () for p in placed if p.role not in ("body", "heading")),
    ],
    ids=["head", "foot", "items have a path", "nothing around the text has one"],
)
def test_the_policies_are_placed_soundly(holds: Callable[[Any], bool]) -> None:
    """Held without a truth of every paragraph: what is so in each of them."""
    found = [(name, holds(place(blocks_of(text)))) for name, _, text in _policies()]
    assert _first(found) == []
