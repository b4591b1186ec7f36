"""Reads a file in a process of its own, with limits of time and memory: what breaks the reader breaks nothing else.

The child prints one JSON object: the blocks and warnings, or the one line that says what is wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from documents.blocks import Block, Reading, Style
from documents.errors import ReadingError

SECONDS = 120
MEMORY_BYTES = 2 * 1024**3


def read_apart(path: Path, *, seconds: float = SECONDS) -> Reading:
    """Read a file of any kind there is a reader for; raises ``ReadingError`` with one line."""
    command = [sys.executable, "-m", "documents.readers.child", str(MEMORY_BYTES), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise ReadingError(
            f"{path.name}: takes longer than {seconds:.0f} seconds to read; split it or save it anew"
        ) from None
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise ReadingError(f"{path.name}: cannot be read: it breaks the reader or needs too much memory") from None
    if "error" in told:
        raise ReadingError(told["error"])
    blocks = tuple(Block(text, page, Style(style), level) for text, page, style, level in told["blocks"])
    return Reading(blocks, tuple(told["warnings"]))
