"""A cold shell: ``circular ask`` with a built index, the first of all, and the bare imports beside them."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from benchmarks.shared import machine, table

_RUNS = 7
_QUESTION = "Which bank can lend to our company?"


def _timed(command: Sequence[str], home: str) -> float:
    environment = {**os.environ, "CIRCULAR_HOME": home}
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def _imports(home: str) -> list[tuple[str, float]]:
    """The modules that take longest to import in ``circular ask``, seconds with all they import."""
    command = [sys.executable, "-X", "importtime", "-m", "bot.cli", "ask", _QUESTION]
    result = subprocess.run(
        command, env={**os.environ, "CIRCULAR_HOME": home}, check=True, capture_output=True, text=True
    )
    found = {
        match.group(2): int(match.group(1)) / 1e6
        for match in re.finditer(r"import time:\s+-?\d+ \|\s+(\d+) \|\s+(\S+)", result.stderr)
    }
    wanted = ("chromadb", "onnxruntime", "numpy", "pydantic_settings", "pydantic", "sentencepiece", "typer")
    return [(name, found[name]) for name in wanted if name in found]


def main() -> None:
    ask = [sys.executable, "-m", "bot.cli", "ask", _QUESTION]
    with tempfile.TemporaryDirectory() as home:
        first = _timed(ask, home)
        commands = {
            "circular ask": ask,
            "import chromadb": [sys.executable, "-c", "import chromadb"],
            "import langchain_chroma": [sys.executable, "-c", "import langchain_chroma"],
            "circular docs list": [sys.executable, "-m", "bot.cli", "docs", "list"],
            "circular --help": [sys.executable, "-m", "bot.cli", "--help"],
        }
        samples: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(_RUNS):
            for name, command in commands.items():
                samples[name].append(_timed(command, home))
        imports = _imports(home)
    print(machine(), f"{_RUNS} runs in turn")
    rows = [[name, *(f"{v:.2f}" for v in (min(s), statistics.median(s), max(s)))] for name, s in samples.items()]
    table(["seconds", "fastest", "median", "slowest"], rows)
    print(f"first ask on an empty home, index and memory built: {first:.1f} s")
    print("imports of `circular ask`, with what they import (python -X importtime; two threads import at once):")
    table(["module", "seconds"], [[name, f"{seconds:.2f}"] for name, seconds in imports])


if __name__ == "__main__":
    main()
