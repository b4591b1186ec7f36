"""Opens the search of a library: embedder, index (built or repaired where it must be), searcher."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.build import Progress
from retrieval.dictionaries import dictionary
from retrieval.embedding.cache import FILE, CachedVectors
from retrieval.embedding.embedder import Embedder, load_embedder
from retrieval.embedding.shipped import ShippedVectors
from retrieval.fingerprint import fingerprint
from retrieval.groups import wanted_of
from retrieval.index import DamagedIndex, IndexFolder, IndexFolderError
from retrieval.place import ChromaServerError
from retrieval.search import Searcher
from retrieval.tuning import tuning

_Result = TypeVar("_Result")


def _import_chroma() -> None:
    """Chroma takes a second to import; meanwhile another thread can load the model, which is not Python's work."""
    import chromadb  # noqa: F401


def embedder_of(choice: str, weights: Path | None, threads: int) -> tuple[Embedder, str | None]:
    """The embedder of these settings, and what a user should know of the choice, loaded while Chroma is imported."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        loading = pool.submit(load_embedder, choice, weights=weights, threads=threads)
        _import_chroma()
        return loading.result()


def remembering(embedder: Embedder, home: Path) -> Embedder:
    """The embedder, not asked for vectors that ship or were computed before."""
    return ShippedVectors(CachedVectors(embedder, home / FILE))


@dataclass(frozen=True)
class IndexSettings:
    """Where an index is kept, and what it is made with.

    ``namespace`` tells libraries apart that share a home folder; on a Chroma server every home is apart by itself.
    """

    home: Path
    chroma_url: str | None = None
    namespace: str = ""
    choice: str = "auto"
    weights: Path | None = None
    threads: int = 2


class _HoldingSearcher(Searcher):
    """A searcher whose index no process removes until it is closed."""

    claim: ExitStack

    def close(self) -> None:
        super().close()
        self.claim.close()


class IndexAccess:
    """The index of one library: brought up to date, opened, repaired.

    Made once the model is loaded; ``embedder`` can be handed over where one is at hand. Raises ``WeightsError``, and
    for a home with its index on a server ``IndexFolderError`` where it cannot be written.
    """

    def __init__(
        self,
        settings: IndexSettings,
        library: Library,
        knowledge: Knowledge,
        *,
        embedder: Embedder | None = None,
        progress: Progress = lambda done, total: None,
        notice: Callable[[str], None] = lambda text: None,
    ) -> None:
        if embedder is None:
            embedder, missing = embedder_of(settings.choice, settings.weights, settings.threads)
            if missing:
                notice(missing)
        self.embedder = embedder
        self._home, self._progress, self._notice = settings.home, progress, notice
        self._library, self._knowledge, self._numbers = library, knowledge, tuning()
        self._index = IndexFolder(settings.home, settings.chroma_url)
        told = f"{settings.namespace} {self._index.identity()}" if settings.chroma_url else settings.namespace
        self._key = fingerprint(knowledge, embedder.key, self._numbers, told)
        self._wanted = wanted_of(library, knowledge)

    def searcher(self, *, memory: bool = True, reading: bool = True) -> Searcher:
        """A searcher over an index of exactly this library; what the index lacks is added first.

        Without ``memory`` known questions are not searched, without ``reading`` documents are not read.

        A damaged index is set aside and built anew, once. Raises ``IndexFolderError`` or ``ChromaServerError``.
        """
        if self._index.is_complete(self._key):
            # Whatever is wrong is looked at again below: another process may be changing the index at this moment.
            with suppress(Exception):
                if searcher := self._opened(memory, reading):
                    return searcher

        def opened() -> Searcher:
            if searcher := self._opened(memory, reading):
                return searcher
            raise DamagedIndex("it does not hold what was written")

        return self._repairing(opened)

    def update(self) -> None:
        """Bring the index up to date without opening it: what it costs depends on what changed, not on the library."""
        self._repairing(lambda: None)

    def _opened(self, memory: bool, reading: bool) -> Searcher | None:
        """A searcher over the index as it is; ``None`` where it holds something else than is wanted."""
        place = self._index.place(self._key)
        with ExitStack() as claim:
            # Before anything is looked at: what is there from now on stays.
            claim.enter_context(place.held())
            self._index.check(place.folder)
            searcher = _HoldingSearcher(
                place,
                self._library,
                self._knowledge,
                self.embedder,
                self._numbers,
                memory=memory,
                reading=reading,
                look_up=partial(dictionary, self._home),
            )
            searcher.claim = claim.pop_all()
        digests = searcher.digests()
        if digests == self._wanted.digests():
            return searcher
        searcher.close()
        if digests is None:
            raise DamagedIndex("it is not whole")
        return None

    def _repairing(self, then: Callable[[], _Result]) -> _Result:
        with self._index.locked():
            for attempt in (1, 2):
                try:
                    self._index.update(
                        self._key,
                        self._wanted,
                        self._knowledge,
                        self._numbers,
                        lambda: remembering(self.embedder, self._home),
                        self._progress,
                    )
                    return then()
                except (IndexFolderError, ChromaServerError):
                    raise
                except BaseException as error:  # Chroma raises its own kinds for a damaged folder, and Rust's panics
                    if isinstance(error, (KeyboardInterrupt, SystemExit)):
                        raise
                    folder = self._index.place(self._key).folder
                    self._index.discard(self._key)
                    if attempt == 2:
                        reason = " ".join(str(error).split())
                        raise IndexFolderError(
                            f"{folder}: the index cannot be opened ({reason}); delete the folder, or let CIRCULAR_HOME "
                            "name one that you may write to"
                        ) from None
                    self._notice(f"{folder}: the index was damaged and is built anew")
        raise AssertionError("unreachable")
