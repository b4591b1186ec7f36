"""A damaged index is noticed when it is opened, said to be damaged, and built anew, once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from three_documents import knowledge, library

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.index import CHANGING, COMPLETE, DamagedIndex, IndexFolder
from retrieval.items import items_of
from retrieval.open import IndexAccess, IndexSettings
from retrieval.place import Place
from retrieval.search import Searcher

pytestmark = pytest.mark.usefixtures("loaded")

NOISE = b"not what was written here\n" * 2000
WHOLE = (len(items_of(library())), len(knowledge().questions))
Damage = Callable[[Path], object]


def vector_folder(index: Path) -> Path:
    """Where Chroma keeps the vectors of the larger collection."""
    return max((p for p in (index / "chroma").iterdir() if p.is_dir()), key=lambda p: len(list(p.iterdir())))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, Damage] = {
    "database gone": lambda index: (index / "chroma/chroma.sqlite3").unlink(),
    "database garbled": lambda index: (index / "chroma/chroma.sqlite3").write_bytes(NOISE),
    "database emptied": lambda index: emptied(index / "chroma/chroma.sqlite3"),
    "database cut short": lambda index: (index / "chroma/chroma.sqlite3").write_bytes(
        (index / "chroma/chroma.sqlite3").read_bytes()[:60_000]
    ),
    "Chroma's folder gone": lambda index: shutil.rmtree(index / "chroma"),
    "arrays garbled": lambda index: (index / "spaces.npz").write_bytes(NOISE),
    "arrays gone": lambda index: (index / "spaces.npz").unlink(),
}
OF_VECTORS: dict[str, Damage] = {
    "vectors gone": lambda index: shutil.rmtree(vector_folder(index)),
    "vectors garbled": lambda index: (vector_folder(index) / "data_level0.bin").write_bytes(NOISE),
    "one bit of a vector flipped": lambda index: flipped(vector_folder(index) / "data_level0.bin"),
    "names of vectors cut short": lambda index: emptied(vector_folder(index) / "index_metadata.pickle"),
}
"""Only a collection of more than a thousand vectors has them in files of their own."""


class Opened:
    """What happens on opening: notices, and how often it is built."""

    def __init__(self, home: Path, texts: Library, asked: Knowledge) -> None:
        self.notices: list[str] = []
        self.builds = 0
        access = IndexAccess(IndexSettings(home), texts, asked, progress=self._progress, notice=self.notices.append)
        self.searcher: Searcher = access.searcher()

    def _progress(self, done: int, total: int) -> None:
        self.builds += done == 0


def index_of(home: Path) -> Path:
    return next(p for p in (home / "index").iterdir() if (p / COMPLETE).exists())


def check(home: Path, texts: Library, asked: Knowledge, question: str, best: tuple[str, int]) -> None:
    first = Opened(home, texts, asked)
    assert first.builds == 1
    assert len(first.notices) == 1
    assert "damaged" in first.notices[0]
    assert "\n" not in first.notices[0]
    again = Opened(home, texts, asked)
    assert (again.builds, again.notices) == (0, []), "the new index is taken for damaged too"
    for searcher in (first.searcher, again.searcher):
        assert searcher.counts() == (len(items_of(texts)), len(asked.questions))
        found = searcher.search(question)
        assert (found.passages[0].paragraph.document, found.passages[0].paragraph.number) == best
        assert found.known
        searcher.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_built_anew_once_and_then_found_whole(damage: str, own_home: Path) -> None:
    DAMAGES[damage](index_of(own_home))
    check(own_home, library(), knowledge(), "When may apples be picked?", ("orchard", 3))


@pytest.mark.parametrize("damage", OF_VECTORS)
def test_lost_vectors_of_a_large_collection_are_noticed(damage: str, index: Place, tmp_path: Path) -> None:
    """Chroma itself goes on without them, from the few it has not filed away yet, or brings the process down."""
    copy = Path(shutil.copytree(index.folder, tmp_path / index.folder.name))
    folder = IndexFolder(tmp_path)
    folder.check(copy)
    OF_VECTORS[damage](copy)
    with pytest.raises(DamagedIndex):
        folder.check(copy)


def test_an_index_with_lost_vectors_is_built_anew(corpus: tuple[Library, Knowledge], tmp_path: Path) -> None:
    library, knowledge = corpus[0], Knowledge(questions=corpus[1].questions[::2][:1100])
    Opened(tmp_path, library, knowledge).searcher.close()
    OF_VECTORS["vectors garbled"](index_of(tmp_path))
    check(tmp_path, library, knowledge, "Which bank can lend to our company?", ("circular-2006-556", 15))


def test_damage_while_an_index_is_open_in_the_same_process(own_home: Path) -> None:
    before = Opened(own_home, library(), knowledge())
    (index_of(own_home) / "spaces.npz").write_bytes(NOISE)
    after = Opened(own_home, library(), knowledge())
    assert (after.builds, len(after.notices)) == (1, 1)
    before.searcher.close()
    assert after.searcher.search("When may apples be picked?").passages[0].paragraph.number == 3
    after.searcher.close()


def test_damage_a_second_time_is_mended_a_second_time(own_home: Path) -> None:
    for _ in range(2):
        (index_of(own_home) / "chroma/chroma.sqlite3").write_bytes(NOISE)
        opened = Opened(own_home, library(), knowledge())
        assert (opened.builds, len(opened.notices)) == (1, 1)
        assert opened.searcher.counts() == WHOLE
        opened.searcher.close()


def test_a_change_that_was_cut_short_and_broke_the_database_is_told(own_home: Path) -> None:
    folder = index_of(own_home)
    (folder / COMPLETE).rename(folder / CHANGING)
    (folder / "chroma/chroma.sqlite3").write_bytes(NOISE)
    check(own_home, library(), knowledge(), "When may apples be picked?", ("orchard", 3))


def test_an_open_index_outlives_its_successor_and_no_more(own_home: Path) -> None:
    """A searcher keeps its index from being removed until it is closed."""
    reader, folder = Opened(own_home, library(), knowledge()), index_of(own_home)
    other = Opened(own_home, library(bridge=""), Knowledge())
    assert folder.exists()
    assert reader.searcher.search("When may apples be picked?").passages[0].paragraph.number == 3
    reader.searcher.close()
    other.searcher.close()
    Opened(own_home, library(orchard=""), Knowledge()).searcher.close()
    assert not folder.exists()


@pytest.mark.parametrize("content", ["", "16412716e57"])
def test_an_index_whose_seal_is_cut_short_counts_as_not_finished(content: str, own_home: Path) -> None:
    (index_of(own_home) / COMPLETE).write_text(content)
    opened = Opened(own_home, library(), knowledge())
    assert (opened.builds, opened.notices) == (1, [])
    assert opened.searcher.counts() == WHOLE
    opened.searcher.close()
    again = Opened(own_home, library(), knowledge())
    assert again.builds == 0
    again.searcher.close()


def test_vectors_missing_from_a_collection_are_noticed(own_home: Path) -> None:
    from retrieval.store import PASSAGES

    client = Place(index_of(own_home)).client()
    collection = client.get_collection(PASSAGES, embedding_function=None)
    collection.delete(ids=collection.get(limit=1)["ids"])
    client.close()
    check(own_home, library(), knowledge(), "When may apples be picked?", ("orchard", 3))
