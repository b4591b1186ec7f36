"""The check over the circular, read once, and one over a small document."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.eligibility.check import Check
from documents.conditions import Programmes
from documents.library import Library
from documents.loading import SHIPPED

from .made import loaded, written


@pytest.fixture(scope="session")
def shipped() -> tuple[Programmes, Library]:
    """What is prepared for the shipped corpus, and its library."""
    return loaded(SHIPPED)


@pytest.fixture(scope="session")
def circular(shipped: tuple[Programmes, Library]) -> Check:
    """The check over the shipped corpus."""
    return Check(*shipped)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Programmes, Library]:
    """What is prepared for the small document, and its library."""
    return loaded(written(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def grants(small: tuple[Programmes, Library]) -> Check:
    """The check over the small document."""
    return Check(*small)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """An empty folder for a corpus of the test's own."""
    return tmp_path / "corpus"
