"""Photographs a page with the Chromium of this machine, and makes the picture small."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from phone import BEYOND
from PIL import Image, ImageColor

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WINDOW = "400,4000"
_SCALE = 2
_COLOURS = (256, 128, 64, 32)
MOST_BYTES = 120_000


class NoBrowserError(Exception):
    """There is no browser on this machine."""


def photographed(page: str, folder: Path) -> bytes:
    """The page as PNG of at most ``MOST_BYTES``, cut where the colour of what is beyond it begins."""
    browser = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if browser is None:
        raise NoBrowserError("no Chromium on this machine; on Debian: apt-get install chromium fonts-noto-cjk")
    source, target = folder / "page.html", folder / "page.png"
    source.write_text(page, encoding="utf-8")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
                *(f"--user-data-dir={profile}", f"--window-size={_WINDOW}", f"--force-device-scale-factor={_SCALE}"),
                *(f"--screenshot={target}", source.as_uri()),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return _small(_cut(Image.open(target).convert("RGB")))


def _cut(picture: Image.Image) -> Image.Image:
    beyond = ImageColor.getrgb(BEYOND)
    height = next((y for y in range(picture.height) if picture.getpixel((0, y)) == beyond), picture.height)
    return picture.crop((0, 0, picture.width, height))


def _small(picture: Image.Image) -> bytes:
    for colours in _COLOURS:
        out = io.BytesIO()
        reduced = picture.quantize(colours, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
        reduced.save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
