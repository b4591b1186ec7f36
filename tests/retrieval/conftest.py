"""The model, the index of the shipped corpus, and an index of three short documents: each made once for the run."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import three_documents

import retrieval.open as opening
from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import load_corpus
from retrieval.embedding.embedder import E5Embedder, Embedder
from retrieval.embedding.shipped import ShippedVectors
from retrieval.embedding.weights import WeightFile, find_weights
from retrieval.fingerprint import fingerprint
from retrieval.groups import wanted_of
from retrieval.index import IndexFolder
from retrieval.place import Place
from retrieval.search import Searcher
from retrieval.tuning import tuning


@pytest.fixture(scope="session")
def weights() -> WeightFile:
    """The real weight file."""
    return WeightFile(find_weights())


@pytest.fixture(scope="session")
def embedder() -> E5Embedder:
    """The real multilingual model in the shipped engine."""
    return E5Embedder(find_weights())


@pytest.fixture(scope="session")
def corpus() -> tuple[Library, Knowledge]:
    """The shipped corpus."""
    return load_corpus()


@pytest.fixture(scope="session")
def computed() -> list[tuple[str, str]]:
    """What building the index of the shipped corpus computed: prefix and text of each. Known once ``home`` is."""
    return []


@pytest.fixture(scope="session")
def home(
    embedder: Embedder,
    corpus: tuple[Library, Knowledge],
    computed: list[tuple[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A home with the index of the shipped corpus, built from the vectors that ship. To be read only."""
    folder = tmp_path_factory.mktemp("corpus-home")
    counting = three_documents.Counting(embedder)
    key = fingerprint(corpus[1], counting.key, tuning())
    IndexFolder(folder).update(key, wanted_of(*corpus), corpus[1], tuning(), lambda: ShippedVectors(counting))
    computed += counting.asked
    return folder


@pytest.fixture(scope="session")
def index(home: Path, corpus: tuple[Library, Knowledge], embedder: Embedder) -> Place:
    """The index of the shipped corpus. To be read only."""
    return IndexFolder(home).place(fingerprint(corpus[1], embedder.key, tuning()))


@pytest.fixture(scope="session")
def searcher(index: Place, corpus: tuple[Library, Knowledge], embedder: Embedder) -> Iterator[Searcher]:
    """A searcher over the shipped corpus, asking Chroma."""
    opened = Searcher(index, *corpus, embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def staying(index: Place, corpus: tuple[Library, Knowledge], embedder: Embedder) -> Iterator[Searcher]:
    """A searcher over the shipped corpus with its vectors in memory."""
    opened = Searcher(index, *corpus, embedder)
    opened.stay()
    yield opened
    opened.close()


@pytest.fixture
def loaded(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is not loaded again by every opening of this test: they share the one that is."""
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: (embedder, None))


@pytest.fixture(scope="session")
def vectors(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the vectors of the three documents."""
    return three_documents.write_vectors(embedder, tmp_path_factory.mktemp("vectors"))


Ensure = Callable[..., Place]
"""Ensures the index of the three documents below a home; the embedder is asked for vectors it has on file only."""


@pytest.fixture(scope="session")
def ensure(vectors: Path) -> Ensure:
    def make(home: Path, library: Library | None = None, knowledge: Knowledge | None = None, **more: object) -> Place:
        texts = library or three_documents.library()
        asked = three_documents.knowledge() if knowledge is None else knowledge
        return IndexFolder(home).update(
            fingerprint(asked, three_documents.NotLoaded.key, tuning()),
            wanted_of(texts, asked),
            asked,
            tuning(),
            **{"embedder": lambda: ShippedVectors(three_documents.NotLoaded(), vectors), **more},  # type: ignore[arg-type]
        )

    return make


@pytest.fixture(scope="session")
def small_home(ensure: Ensure, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the index of the three documents. To be read only; ``own_home`` is a copy to break."""
    home = tmp_path_factory.mktemp("small-home")
    ensure(home)
    return home


@pytest.fixture
def own_home(small_home: Path, tmp_path: Path) -> Path:
    """A copy of ``small_home`` for one test."""
    return Path(shutil.copytree(small_home, tmp_path / "home"))
