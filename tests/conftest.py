"""The real desk over the shipped corpus: its index is built once for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.desk import Desk, open_desk
from bot.settings import Settings

TODAY = date(2026, 11, 24)
"""The day the shared desk believes it is."""


def settings_of(home: Path, **more: object) -> Settings:
    """The default settings with this home, whatever the environment and ``.env`` say."""
    defaults = {
        field.alias or name: field.get_default(call_default_factory=True)
        for name, field in Settings.model_fields.items()
    }
    return Settings(_env_file=None, **{**defaults, "CIRCULAR_HOME": home, **more})


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the index of the shipped corpus. To be read only."""
    folder = tmp_path_factory.mktemp("shared-home")
    open_desk(settings_of(folder)).close()
    return folder


@pytest.fixture(scope="session")
def desk(home: Path) -> Iterator[Desk]:
    """The desk of the shipped corpus on the 24th of November 2026."""
    opened = open_desk(settings_of(home), today=lambda: TODAY)
    opened.stay()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one short document without prepared knowledge; its index is built in a moment."""
    folder = tmp_path_factory.mktemp("corpus")
    document = folder / "harbour-rules"
    document.mkdir()
    (document / "document.toml").write_text(
        'id = "harbour-rules"\ntitle = "Rules of the Harbour"\nissued_on = 1998-05-04\n', encoding="utf-8"
    )
    (document / "document.txt").write_text(
        "Rules of the Harbour\n\n"
        "The Harbour Bank grants loans to licensed carriers of the harbour.\n\n"
        "Every carrier pays its dues to the harbour office.\n",
        encoding="utf-8",
    )
    return folder
