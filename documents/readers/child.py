"""The process that reads one file: ``python -m documents.readers.child BYTES PATH`` (see ``readers.apart``)."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

from documents.errors import ReadingError
from documents.readers.detect import read


def _limit(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main() -> None:
    """Read the file named in the arguments, and print what it holds."""
    _limit(int(sys.argv[1]))
    path = Path(sys.argv[2])
    try:
        reading = read(path)
        told: dict[str, object] = {
            "blocks": [[b.text, b.page, b.style.value, b.level] for b in reading.blocks],
            "warnings": list(reading.warnings),
        }
    except ReadingError as error:
        told = {"error": str(error)}
    except MemoryError:
        told = {"error": f"{path.name}: needs too much memory to read; split it"}
    except RecursionError:
        told = {"error": f"{path.name}: is nested too deeply to be read"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
