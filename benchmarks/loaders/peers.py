"""The environment in which other loaders run. None of them is a dependency of this project.

It lies in a folder of its own below the user's cache, or where ``CIRCULAR_PEERS`` says, and is made on demand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import platformdirs

PEERS = ("PyPDFLoader", "markitdown", "pymupdf4llm")
"""What the desk's readers are compared with."""
FOR_PDF_ONLY = {"PyPDFLoader", "pymupdf4llm"}
REQUIREMENTS = (
    "langchain-community>=0.4,<0.5", "pypdf>=7.1,<8", "markitdown[pdf,docx]>=0.1,<0.2", "pymupdf4llm>=0.3,<1",
    "pypdfium2>=5,<6", "pillow",
)  # fmt: skip
FOLDER = "CIRCULAR_PEERS"
"""The variable that names the folder of the environment."""

_SCRIPT = Path(__file__).with_name("peer.py")
_SECONDS = 1200


class Told(NamedTuple):
    """What a loader made of a file; ``error`` where it could not read it."""

    pages: tuple[str, ...]
    paged: bool
    seconds: float
    error: str = ""


def python() -> Path:
    """The interpreter of the environment, which is made first if it is not there (about 450 MB)."""
    folder = Path(os.environ.get(FOLDER) or platformdirs.user_cache_path("circular-desk") / "peers")
    found = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not found.exists():
        print(f"loaders: installing the peers in {folder} ...", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True)
        subprocess.run([found, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
    return found


def versions() -> str:
    """The names and versions of the peers."""
    names = ("langchain-community", "pypdf", "markitdown", "pymupdf4llm")
    code = f"from importlib.metadata import version\nprint(', '.join(f'{{n}} {{version(n)}}' for n in {names}))"
    done = subprocess.run([python(), "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def told(loader: str, files: Sequence[Path]) -> list[Told]:
    """What a loader makes of files, in one process."""
    command = [str(python()), str(_SCRIPT), loader, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
    found = []
    for line in done.stdout.split("\n"):
        if "\x1e" in line:
            fields = json.loads(line.rpartition("\x1e")[2])
            found.append(
                Told(
                    tuple(fields.get("pages", ())),
                    fields.get("paged", False),
                    fields["seconds"],
                    fields.get("error", ""),
                )
            )
    return found


def drawn(file: Path, folder: Path, dpi: int) -> list[Path]:
    """The pages of a PDF as pictures in a folder, in order."""
    command = [str(python()), str(_SCRIPT), "draw", str(file), str(folder), str(dpi)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return sorted(folder.glob("*.png"))
