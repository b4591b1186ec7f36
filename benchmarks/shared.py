"""What several benchmarks need: the questions, figures of a sample, the memory of this process."""

from __future__ import annotations

import json
import platform
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "questions.jsonl"


def gold_rows(path: Path = GOLD) -> list[dict]:
    """The rows of a gold file as they are."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def percentile(samples: Sequence[float], percent: float) -> float:
    """The value below which that share of the samples lies (nearest rank)."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def memory_mb() -> tuple[float, float]:
    """Resident memory now, and at its highest, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    try:
        # The kernel's own figures: a child's ru_maxrss carries that of its parent.
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return (int(lines["VmRSS"].split()[0]) / 1024, int(lines["VmHWM"].split()[0]) / 1024)
    except (OSError, KeyError):
        return peak, peak


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print columns: the first flush left, the others flush right."""
    cells = [list(map(str, head)), *(list(map(str, row)) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        print("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))))


def machine() -> str:
    """The machine in a few words."""
    import os

    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
