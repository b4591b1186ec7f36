"""The real desk over the shipped corpus: its index is built once for the whole run, whatever the number of workers."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

import bot.room_maker
import bot.shelf
import bot.staff.desk
import documents.live
import retrieval.open
from bot.desk import Desk, open_desk
from bot.settings import Settings
from documents.loading import SHIPPED, load_corpus
from retrieval.dictionaries import dictionary, made
from retrieval.embedding.embedder import load_embedder

if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # A run in the background of a shell ignores Ctrl-C, and so would every process of the tests that interrupt one.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is; what must not take long has a test of its own.
hypothesis_settings.register_profile("whatever the machine", deadline=None)
hypothesis_settings.load_profile("whatever the machine")


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """The model, the dictionary and the shipped corpus, none of which changes, are read once for all desks here.

    Whatever else is asked for, and whatever fails, is read as ever; so is everything in processes of their own.
    """
    shipped, embedder, words = cache(load_corpus), cache(load_embedder), cache(made)

    def corpus_of(folder: Path = SHIPPED) -> Any:
        return shipped() if folder == SHIPPED else load_corpus(folder)

    def embedder_of(choice: str = "auto", *, weights: Path | None = None, threads: int = 2) -> Any:
        return (embedder if weights is None else load_embedder)(choice, weights=weights, threads=threads)

    with pytest.MonkeyPatch.context() as patched:
        for module in (bot.room_maker, bot.shelf, bot.staff.desk, documents.live):
            patched.setattr(module, "load_corpus", corpus_of)
        patched.setattr(retrieval.open, "load_embedder", embedder_of)
        patched.setattr(retrieval.open, "dictionary", lambda home: words())
        yield


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
    """A home folder with the index of the shipped corpus, and the dictionary. To be read only."""
    alone = os.environ.get("PYTEST_XDIST_WORKER") is None
    # The folder of a worker is in that of the run; whichever worker is first builds for all.
    run = tmp_path_factory.mktemp("run") if alone else tmp_path_factory.getbasetemp().parent
    folder = run / "shared-home"
    with FileLock(run / "shared-home.lock"):
        if not folder.exists():
            built = run / "shared-home.building"
            open_desk(settings_of(built)).close()
            dictionary(built)
            built.rename(folder)
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
