"""Adding documents: how fast, with how much memory, and what one more costs in a small library and in a large one.

A library is filled up to its size with vectors of no meaning; what is timed is embedded as ever.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

import numpy as np

import bot.shelf
from benchmarks.shared import ROOT, machine, memory_mb, table
from bot.settings import Settings
from bot.shelf import Failed, Shelf
from documents.catalogue import Catalogue
from documents.intake import Facts
from documents.library import Library
from documents.loading import blocks_of
from documents.readers.apart import read_apart
from documents.text import language_of
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.weights import Floats
from retrieval.open import embedder_of
from retrieval.spaces import unit

POLICIES = ROOT / "tests" / "gold" / "policies"
DOCUMENTS, PARAGRAPHS = 100, 40
SIZES = (10, 1_000, 10_000)
QUICK = (10, 1_000)
_HERE, _AS_COMMAND = 5, 3
"""How often one more document is added, in this process and as a command."""
_PARTS = ("reading", "database", "embedding", "index")


class Writing:
    """Writes text files of made-up documents: real paragraphs in an order and with figures of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written = 0
        self._texts: dict[str, list[str]] = {"en": [], "zh": []}
        for path in sorted(POLICIES.glob("*/document.txt")):
            blocks = [block.text for block in blocks_of(path.read_text(encoding="utf-8"))][2:]
            long = [text for text in blocks if len(text) > 60 or "。" in text]
            self._texts["zh" if language_of(" ".join(long)) == "zh" else "en"] += long

    def write(self, paragraphs: int = PARAGRAPHS) -> Path:
        """The next document; every other one is Chinese, and no paragraph is like another."""
        number = self._written
        self._written += 1
        chinese = number % 2 == 1
        texts = self._texts["zh" if chinese else "en"]
        title = f"关于第{number}号事项的通知" if chinese else f"Circular on Matter {number}"
        body = [title]
        for at in range(paragraphs - 1):
            text = texts[(number * 31 + at * 7) % len(texts)]
            body.append(f"{text}本款编号为{number}之{at}。" if chinese else f"{text} This is item {number}/{at}.")
        path = self._folder / f"matter-{number}.txt"
        path.write_text("\n\n".join(body) + "\n", encoding="utf-8")
        return path


class Filling:
    """Stands in for an embedder while a library is filled: vectors of no meaning, made in no time.

    Of random directions, which are harder to index than those of texts.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.key, self.languages = embedder.key, embedder.languages
        self._dimensions = embedder.questions(["?"]).shape[1]

    def questions(self, texts: Sequence[str]) -> Floats:
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        seeds = [crc32(text.encode("utf-8")) for text in texts]
        drawn = np.stack([np.random.default_rng(seed).standard_normal(self._dimensions) for seed in seeds])
        return unit(drawn.astype(np.float32))


class Timed:
    """An embedder whose work is timed."""

    def __init__(self, embedder: Embedder, spent: Counter[str]) -> None:
        self._embedder, self._spent = embedder, spent
        self.key, self.languages = embedder.key, embedder.languages

    def questions(self, texts: Sequence[str]) -> Floats:
        with _into(self._spent, "embedding"):
            return self._embedder.questions(texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        with _into(self._spent, "embedding"):
            return self._embedder.passages(texts)


@contextmanager
def _into(spent: Counter[str], part: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        spent[part] += time.perf_counter() - started  # type: ignore[assignment]


def _timed(work: Callable[..., Any], spent: Counter[str], part: str) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        with _into(spent, part):
            return work(*arguments, **named)

    return timed


def settings_of(home: Path) -> Settings:
    """The default settings with this home, whatever the environment says."""
    fields = Settings.model_fields.items()
    defaults = {field.alias or name: field.get_default(call_default_factory=True) for name, field in fields}
    return Settings.model_validate({**defaults, "CIRCULAR_HOME": home})


def add(settings: Settings, paths: Sequence[Path], embedder: Embedder) -> tuple[float, Counter[str], int]:
    """Add files and bring the index up to date: seconds, seconds of each part, paragraphs.

    Two files are read at the same time, so of many files reading sums to more than it takes.
    """
    spent: Counter[str] = Counter()
    with ExitStack() as stack:
        stack.enter_context(patch.object(bot.shelf, "read_apart", _timed(read_apart, spent, "reading")))
        for name in ("texts", "add", "with_content"):
            stack.enter_context(patch.object(Catalogue, name, _timed(getattr(Catalogue, name), spent, "database")))
        started = time.perf_counter()
        with Shelf(settings) as shelf:
            count = 0
            for result in shelf.add(paths, Facts()):
                if isinstance(result, Failed):
                    raise SystemExit(f"adding: {result.error}")
                count += result.paragraphs
            begun = time.perf_counter()
            shelf.bring_index_up_to_date(embedder=Timed(embedder, spent))
            spent["index"] = time.perf_counter() - begun - spent["embedding"]  # type: ignore[assignment]
        return time.perf_counter() - started, spent, count


def _as_command(home: Path, path: Path) -> float:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CIRCULAR_")}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "bot.cli", "docs", "add", str(path)],
        env={**inherited, "CIRCULAR_HOME": str(home)},
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


def _in_library(settings: Settings) -> int:
    with Shelf(settings) as shelf:
        library: Library = shelf.library
        return sum(len(library.paragraphs(document.id)) for document in library.in_force())


def _bulk(folder: Path, embedder: Embedder, writing: Writing) -> None:
    settings = settings_of(folder / "bulk")
    add(settings, [writing.write(2)], embedder)  # the index of the shipped corpus is built with the first one
    paths = [writing.write() for _ in range(DOCUMENTS)]
    seconds, spent, count = add(settings, paths, embedder)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(
        f"{DOCUMENTS} documents of {PARAGRAPHS} paragraphs: {seconds:.1f} s, {count / seconds:.0f} paragraphs a second"
    )
    parts = ", ".join(f"{part} {spent[part]:.1f} s" for part in _PARTS)
    print(f"of it {parts} (two files are read at a time, beside the rest)")
    print(f"memory at its highest: {memory_mb()[1]:.0f} MB here, {children:.0f} MB in the largest reading process")


def _one_more(folder: Path, embedder: Embedder, writing: Writing, sizes: Sequence[int]) -> None:
    home = folder / "growing"
    settings = settings_of(home)
    filling = Filling(embedder)
    add(settings, [writing.write(8)], embedder)
    rows = []
    shipped = _in_library(settings) - 8
    for size in sizes:
        # In batches: what one transaction and one transfer to the index hold stays of ordinary size.
        while (missing := size - (_in_library(settings) - shipped)) > 0:
            paths = [writing.write(min(PARAGRAPHS, missing))] if missing <= PARAGRAPHS else []
            paths = paths or [writing.write() for _ in range(min(50, missing // PARAGRAPHS))]
            add(settings, paths, filling)
        held = _in_library(settings) - shipped
        here = [add(settings, [writing.write()], embedder) for _ in range(_HERE)]
        commands = [_as_command(home, writing.write()) for _ in range(_AS_COMMAND)]
        middle = sorted(here, key=lambda run: run[0])[_HERE // 2]
        rows.append(
            [
                f"{held:,}",
                f"{statistics.median(run[0] for run in here):.2f}",
                *(f"{statistics.median(run[1][part] for run in here):.2f}" for part in _PARTS),
                f"{middle[0] - sum(middle[1][part] for part in _PARTS):.2f}",
                f"{statistics.median(commands):.2f}",
            ]
        )
        print(f"  {held:,} paragraphs: done", flush=True)
    print(f"one more document of {PARAGRAPHS} paragraphs, seconds (median of {_HERE}; of {_AS_COMMAND} as a command):")
    table(["added before", "in a process", *_PARTS, "rest", "circular docs add"], rows)


def main() -> None:
    sizes = QUICK if "--quick" in sys.argv else SIZES
    print(machine())
    embedder, _ = embedder_of("auto", None, 2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        writing = Writing(folder)
        _bulk(folder, embedder, writing)
        _one_more(folder, embedder, writing, sizes)


if __name__ == "__main__":
    main()
