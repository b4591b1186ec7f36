"""``python -m benchmarks [NAME ...]``: run these, or all. ``--quick`` shortens those that know of it."""

from __future__ import annotations

import importlib
import sys

ALL = ("adding", "answers", "appendices", "cold", "damaged", "elsewhere", "engines", "killed", "peers", "policies")
ON_DEMAND = ("faults", "intent", "load", "loaders", "memory", "reader", "voices")
"""Run by name only: three learn numbers rather than measure, ``memory`` is for who writes known questions, ``loaders``
installs the loaders it compares with, and ``load`` and ``faults`` try the bot as a process, a minute each."""


def main() -> None:
    names = [name for name in sys.argv[1:] if not name.startswith("-")] or list(ALL)
    unknown = [name for name in names if name not in (*ALL, *ON_DEMAND)]
    if unknown:
        sys.exit(f"benchmarks: no such benchmark: {', '.join(unknown)}; there are {', '.join((*ALL, *ON_DEMAND))}")
    for name in names:
        print(f"\n== {name} ==", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
