"""The real desk over the shipped corpus: its index is built once for the whole run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk, open_desk
from bot.settings import Settings


@pytest.fixture(scope="session")
def today() -> date:
    """The day the shared desk believes it is."""
    return date(2026, 11, 24)


@pytest.fixture(scope="session")
def settings_of() -> Callable[..., Settings]:
    """Makes the default settings with this home and these changes, whatever the environment and ``.env`` say."""
    defaults = {
        field.alias or name: field.get_default(call_default_factory=True)
        for name, field in Settings.model_fields.items()
    }

    def make(home: Path, **more: Any) -> Settings:
        return Settings.model_validate({**defaults, "CIRCULAR_HOME": home, **more})

    return make


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, settings_of: Callable[..., Settings]) -> Path:
    """A home folder with the index of the shipped corpus. To be read only."""
    folder = tmp_path_factory.mktemp("shared-home")
    open_desk(settings_of(folder)).close()
    return folder


@pytest.fixture(scope="session")
def copied_home(home: Path) -> Callable[[Path], Path]:
    """Copies that home to a folder, for whoever changes the library: building an index takes seconds."""

    def copy(folder: Path) -> Path:
        shutil.copytree(home, folder, dirs_exist_ok=True)
        return folder

    return copy


@pytest.fixture(scope="session")
def desk(home: Path, settings_of: Callable[..., Settings], today: date) -> Iterator[Desk]:
    """The desk of the shipped corpus, on a fixed day."""
    opened = open_desk(settings_of(home), today=lambda: today)
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
