"""The environment in which other loaders run. None of them is a dependency of this project.

It lies in a folder of its own below the user's cache, or where ``CIRCULAR_PEERS`` says, and is made on demand, and anew
when what it has to hold changes.
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


class Peer(NamedTuple):
    """A loader the desk's readers are compared with, and which documents it is meant for."""

    name: str
    pdf_only: bool = False
    pictures: bool = False
    """Whether it can recognise the text of scanned pages."""


PEERS = (Peer("PyPDFLoader", pdf_only=True, pictures=True), Peer("markitdown"), Peer("pymupdf4llm", True, True))
"""What the desk's readers are compared with. All recognise text with RapidOCR, as the desk does, where they can."""
REQUIREMENTS = (
    "langchain-community>=0.4,<0.5", "pypdf>=7.1,<8", "markitdown[pdf,docx]>=0.1,<0.2", "pymupdf>=2,<3",
    "rapidocr>=3.10,<4", "pypdfium2>=5,<6", "pillow",
)  # fmt: skip
FOLDER = "CIRCULAR_PEERS"
"""The variable that names the folder of the environment."""

_NAMED = ("langchain-community", "pypdf", "markitdown", "pymupdf", "rapidocr")
_SCRIPT = Path(__file__).with_name("peer.py")
_SECONDS = 1200
_MARK = "\x1e"  # begins what the script says; a loader may print lines of its own
_ISOLATED = "-I"  # neither the folder of the script nor what PYTHONPATH names may stand in for a loader's modules


class Told(NamedTuple):
    """What a loader made of a file; ``error`` where it could not read it."""

    pages: tuple[str, ...]
    paged: bool
    seconds: float
    error: str = ""


def python() -> Path:
    """The interpreter of the environment, which is made first if it is not there (about 1 GB).

    Raises ``CalledProcessError`` where the loaders cannot be installed.
    """
    folder = Path(os.environ.get(FOLDER) or platformdirs.user_cache_path("circular-desk") / "peers")
    found = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done, wanted = folder / "requirements.txt", "\n".join(REQUIREMENTS)
    if not (found.exists() and done.exists() and done.read_text(encoding="utf-8") == wanted):
        print(f"loaders: installing the peers in {folder} ...", file=sys.stderr, flush=True)
        # Only what is an environment already is emptied: the folder may be one the user named.
        venv.create(folder, with_pip=True, clear=(folder / "pyvenv.cfg").exists())
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS]
        subprocess.run([found, *install], check=True)
        done.write_text(wanted, encoding="utf-8")
    return found


def versions() -> str:
    """The names and versions of the peers."""
    code = f"from importlib.metadata import version\nprint(', '.join(f'{{n}} {{version(n)}}' for n in {_NAMED}))"
    done = subprocess.run([python(), _ISOLATED, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def told(loader: str, files: Sequence[Path]) -> list[Told]:
    """What a loader makes of files, in one process; if it ends early, the rest counts as not read."""
    command = [str(python()), _ISOLATED, str(_SCRIPT), loader, *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        said, why = done.stdout, f"its process ended with status {done.returncode}"
    except subprocess.TimeoutExpired as error:
        said, why = error.stdout or b"", f"not read within {_SECONDS} seconds"
    found = heard(said.decode("utf-8", "replace"))
    return [*found, *(Told((), False, 0.0, why) for _ in files[len(found) :])]


def heard(said: str) -> list[Told]:
    """What the script said of file after file, whatever else was printed between."""
    found = []
    for line in said.split("\n"):
        if _MARK in line:
            fields = json.loads(line.rpartition(_MARK)[2])
            pages, paged = tuple(fields.get("pages", ())), fields.get("paged", False)
            found.append(Told(pages, paged, fields["seconds"], fields.get("error", "")))
    return found


def drawn(file: Path, folder: Path, dpi: int) -> list[Path]:
    """The pages of a PDF as pictures in a folder, in order."""
    command = [str(python()), _ISOLATED, str(_SCRIPT), "draw", str(file), str(folder), str(dpi)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return sorted(folder.glob("*.png"))
