"""Opens the search of a library: embedder, index (built or repaired where it must be), searcher."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.build import Progress
from retrieval.embedding.embedder import load_embedder
from retrieval.embedding.shipped import ShippedVectors
from retrieval.fingerprint import fingerprint
from retrieval.index import IndexFolder, IndexFolderError
from retrieval.items import items_of
from retrieval.search import Searcher
from retrieval.tuning import tuning


def _import_chroma() -> None:
    """Chroma takes a second to import; meanwhile another thread can load the model, which is not Python's work."""
    import chromadb  # noqa: F401


def open_searcher(
    home: Path,
    library: Library,
    knowledge: Knowledge,
    *,
    choice: str = "auto",
    weights: Path | None = None,
    threads: int = 2,
    memory: bool = True,
    progress: Progress = lambda done, total: None,
    notice: Callable[[str], None] = lambda text: None,
) -> Searcher:
    """A searcher over a complete index of exactly this library, knowledge and embedder.

    A damaged index is set aside and built anew, once. Raises ``WeightsError`` or ``IndexFolderError``.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        loading = pool.submit(load_embedder, choice, weights=weights, threads=threads)
        _import_chroma()
        embedder, missing = loading.result()
    if missing:
        notice(missing)
    numbers = tuning()
    folder = IndexFolder(home)
    key = fingerprint(library, knowledge, embedder.key, numbers)
    for attempt in (1, 2):
        path = folder.ensure(library, knowledge, numbers, embedder.key, lambda: ShippedVectors(embedder), progress)
        try:
            folder.check(path)
            searcher = Searcher(path, library, knowledge, embedder, numbers, memory=memory)
            if searcher.counts() != (len(items_of(library)), len(knowledge.questions)):
                raise IndexFolderError("it is not whole")
            return searcher
        except BaseException as error:  # Chroma raises its own kinds for a damaged folder, and Rust's panics
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            folder.discard(key)
            if attempt == 2:
                reason = " ".join(str(error).split())
                raise IndexFolderError(
                    f"{path}: the index cannot be opened ({reason}); delete the folder, or let CIRCULAR_HOME name one "
                    "that you may write to"
                ) from None
            notice(f"{path}: the index was damaged and is built anew")
    raise AssertionError("unreachable")
