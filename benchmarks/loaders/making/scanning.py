"""A document as an office scans it: pictures of its pages and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from benchmarks.loaders.peers import drawn

DPI = 200
_QUALITY = 30


def scanned(path: Path, source: Path, *, grey: bool = True, dpi: int = DPI) -> None:
    """Write a PDF that holds the pages of another as pictures: shades of grey (JPEG), or black on white (CCITT)."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = [Image.open(file) for file in drawn(source, Path(folder), dpi)]
        made = [
            picture.convert("L") if grey else picture.point(lambda v: 255 * (v > 150)).convert("1")
            for picture in pictures
        ]
        quality = {"quality": _QUALITY} if grey else {}
        fixed = {"creationDate": None, "modDate": None}
        made[0].save(path, "PDF", resolution=dpi, save_all=True, append_images=made[1:], **quality, **fixed)
