"""The dictionary is made once and kept; whatever became of the file, the words are there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import dictionaries
from retrieval.dictionaries import dictionary
from retrieval.dictionary import Dictionary
from retrieval.terms import terms


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """As in a new process."""
    dictionary.cache_clear()
    yield
    dictionary.cache_clear()


@pytest.fixture(scope="module")
def kept_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where it is kept. To be read only."""
    home = tmp_path_factory.mktemp("dictionary")
    dictionary(home)
    return home


@pytest.fixture
def home(kept_home: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(kept_home, tmp_path / "home"))


def _files(home: Path) -> list[Path]:
    return sorted(home.iterdir())


def _knows_words(found: Dictionary) -> bool:
    return found.meanings("电梯").get(terms("lift")[0]) == 1.0


def test_it_is_made_once_and_then_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dictionary(tmp_path)
    (kept,) = _files(tmp_path)
    before = kept.read_bytes()
    dictionary.cache_clear()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("made a second time")

    monkeypatch.setattr(dictionaries, "made", never)
    monkeypatch.setattr(dictionaries.subprocess, "run", never)
    again = dictionary(tmp_path)
    for word in ("电梯", "补贴", "no such word"):
        assert again.meanings(word) == first.meanings(word)
    assert again.simplified("獎勵") == first.simplified("獎勵")
    assert list(again.place_names("云港市")) == list(first.place_names("云港市"))
    assert again.is_name("yungang") == first.is_name("yungang")
    assert kept.read_bytes() == before


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "folder"])
def test_a_damaged_file_is_made_anew(home: Path, harm: str) -> None:
    (kept,) = _files(home)
    whole = kept.read_bytes()
    if harm == "folder":
        kept.unlink()
        kept.mkdir()
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
        kept.write_bytes({"cut": whole[:middle], "flipped": flipped, "empty": b""}[harm])
    dictionary.cache_clear()
    assert _knows_words(dictionary(home))
    assert [path for path in _files(home) if path != kept] == []
    if harm != "folder":
        assert kept.read_bytes() == whole


def test_one_made_of_other_sources_goes(tmp_path: Path) -> None:
    old = tmp_path / "dictionary-0123456789abcdef"
    old.write_bytes(b"x")
    dictionary(tmp_path)
    assert old not in _files(tmp_path)


def test_without_a_folder_to_write_to_it_is_made(tmp_path: Path) -> None:
    assert _knows_words(dictionary(tmp_path / "absent"))
    assert not (tmp_path / "absent").exists()
