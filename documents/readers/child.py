"""The process that reads one file (see ``readers.apart``, which starts it).

On its standard input stand a line, a JSON object with the name of the file, its size and the limit of memory, and then
the bytes of the file. The file itself is never opened here. On its standard output it writes JSON objects, one a line:
``more`` (seconds it needs beside the usual ones), ``at`` (the page it begins, and of how many), and as the last one
either the ``blocks`` and ``warnings``, or the ``error`` in one line.

What libraries print goes nowhere. When the other end goes away, so does this process.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from documents.errors import ReadingError
from documents.readers.source import fault, held

MOST_ROOM = 2
"""How many times the ordinary limit of memory a library that needs more can take (text recognition does)."""
_AT_ONCE = 1024 * 1024


def limit_memory(size: int) -> None:
    """Limit the memory of this process, in bytes; nothing happens where the system has no such limit."""
    with contextlib.suppress(ImportError, ValueError, OSError, AttributeError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size * MOST_ROOM))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _own_output() -> BinaryIO:
    """The standard output for this module alone; whatever else is printed, by C libraries too, goes nowhere."""
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return output


def _leave_with_the_other_end(stdin: BinaryIO) -> None:
    """End this process when the one that started it closes its end, or is no more."""
    with contextlib.suppress(OSError, ValueError):
        while stdin.read(_AT_ONCE):
            pass
    os._exit(1)


class _Told:
    """Writes what the reader tells, one object a line."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output

    def tell(self, **what: object) -> None:
        """Write one object."""
        line = memoryview(json.dumps(what).encode() + b"\n")  # only ASCII, so halves of characters pass too
        while line:
            line = line[self._output.write(line) :]

    def needs(self, seconds: float) -> None:
        """See ``Watch``."""
        self.tell(more=seconds)

    def at(self, page: int, of: int) -> None:
        """See ``Watch``."""
        self.tell(at=[page, of])


def _answer(path: Path, data: bytes, told: _Told) -> dict[str, object]:
    try:
        from documents.readers.detect import read

        with held(path, data):
            reading = read(path, told)
    except ReadingError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": str(fault(path, "needs too much memory to read; split it"))}
    except RecursionError:
        return {"error": str(fault(path, "is nested too deeply to be read; save or print it anew"))}
    except Exception as error:  # a reader that does not know of such damage: the file is named all the same
        what = f"cannot be read: it breaks the reader ({type(error).__name__}); save or print it anew"
        return {"error": str(fault(path, what))}
    return {
        "blocks": [[block.text, block.page, block.style.value, block.level] for block in reading.blocks],
        "warnings": list(reading.warnings),
    }


def main() -> None:
    """Read the file that comes in, and write what it holds."""
    told = _Told(_own_output())
    stdin = sys.stdin.buffer
    asked = json.loads(stdin.readline())
    limit_memory(int(asked["memory"]))
    path, size = Path(asked["path"]), int(asked["size"])
    data = stdin.read(size)
    threading.Thread(target=_leave_with_the_other_end, args=(stdin,), daemon=True).start()
    try:
        told.tell(**_answer(path, data, told))
    except MemoryError:
        told.tell(error=str(fault(path, "holds too much text for the memory there is; split it")))
    os._exit(0)  # not the ordinary way out, on which threads of libraries would be waited for


if __name__ == "__main__":
    main()
