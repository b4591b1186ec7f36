"""Makes scans: PDFs whose pages are pictures, askew and noisy, of pages of text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from readers_pdf_making import HEI

DPI = 200
A4, SHEET = (1654, 2339), (1654, 1170)  # pixels
"""A whole sheet, and the half of one that most tests need: to find lines takes as long as the picture is large."""
_MARGIN, _SIZE, _LEADING = 200, 31, 50  # pixels: eleven points


def drawn(paragraphs: Sequence[str], *, size: int = _SIZE, sheet: tuple[int, int] = SHEET) -> Any:
    """A page with these paragraphs, an empty line between them; the first is larger."""
    page = Image.new("L", sheet, 255)
    draw, top = ImageDraw.Draw(page), _MARGIN
    for number, text in enumerate(paragraphs):
        font = ImageFont.truetype(str(HEI), size * 3 // 2 if number == 0 else size)
        for line in _lines(draw, text, font, sheet[0] - 2 * _MARGIN):
            draw.text((_MARGIN, top), line, font=font, fill=0)
            top += _LEADING + (_LEADING // 2 if number == 0 else 0)
        top += _LEADING
    return page


def _lines(draw: Any, text: str, font: Any, width: int) -> list[str]:
    """A text in lines of at most this many pixels: words stay whole, Chinese breaks anywhere."""
    words = text.split(" ") if text.isascii() else list(text)
    between, lines = (" " if text.isascii() else ""), [""]
    for word in words:
        longer = f"{lines[-1]}{between}{word}" if lines[-1] else word
        if draw.textlength(longer, font=font) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def scanned(page: Any, *, angle: float = 0.5, noise: int = 10, turn: int = 0, seed: int = 1) -> Any:
    """The page as a scanner sees it: askew by some degrees, with noise, and perhaps laid in sideways."""
    rng = random.Random(seed)
    turned = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grain = Image.frombytes("L", turned.size, rng.randbytes(turned.size[0] * turned.size[1]))
    seen = Image.blend(turned, grain, noise / 256)
    return seen.rotate(turn, expand=True) if turn else seen


def scan(path: Path, pages: Sequence[Any]) -> Path:
    """A PDF of these pictures, as a scanner writes it."""
    first, *others = pages
    first.save(path, "PDF", resolution=DPI, save_all=True, append_images=others, quality=80)
    return path
