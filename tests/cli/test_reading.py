"""Who adds a scan sees at which page its reading is, on a terminal alone."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from bot.cli.reading import reading_bar
from documents.readers import ocr

from .test_streams import Terminal


class _Screen(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_screen(monkeypatch: pytest.MonkeyPatch) -> _Screen:
    """Standard error from now on; a fixture would set it before pytest takes hold of it for the test."""
    screen = _Screen()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Two pages that are pictures."""
    pages = []
    for name in ("Ferry", "Lamp"):
        page = Image.new("L", (1240, 400), 255)
        text = f"{name} Notice\n\nThe {name.lower()} office is open to all members every Sunday."
        ImageDraw.Draw(page).text((100, 120), text, font=ImageFont.load_default(36), fill=0)
        pages.append(page)
    path = tmp_path / "scan[1].pdf"
    pages[0].save(path, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return path


@pytest.mark.slow
@pytest.mark.skipif(not ocr.is_installed(), reason="text recognition is not installed")
def test_a_scan_shows_its_pages_on_a_terminal_alone(
    scan: Path, copied_home: Callable[[Path], Path], tmp_path: Path
) -> None:
    home = copied_home(tmp_path / "home")
    terminal = Terminal(["docs", "add", str(scan)], home, tmp_path)
    assert terminal.ended() == 0, terminal.words
    for page in (1, 2):
        assert f"scan[1].pdf: page {page} of 2" in terminal.words
    replaced = Terminal(["docs", "replace", "scan-1", str(scan)], home, tmp_path)
    assert replaced.ended() == 0, replaced.words
    assert "page 2 of 2" in replaced.words


def test_without_a_terminal_pages_are_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    with reading_bar(1) as bar:
        bar.page(Path("scan.pdf"), 1, 2)
        bar.done(Path("scan.pdf"))
    with reading_bar(2) as bar:
        bar.page(Path("scan.pdf"), 1, 2)
    assert capsys.readouterr().err == "Adding 2 files ...\n"


def test_names_are_shown_as_they_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_screen(monkeypatch)
    with reading_bar(2) as bar:
        bar.page(Path("[red]a\x1b[31m\u202e.pdf"), 3, 9)
        bar.done(Path("other.pdf"))
    assert "[red]a [31m .pdf: page 3 of 9" in screen.getvalue()
    assert "Adding 2 files" in screen.getvalue()


def test_what_is_printed_to_a_file_meanwhile_stays_there(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = on_screen(monkeypatch)
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    with reading_bar(2):
        print("added")
    assert output.getvalue() == "added\n"
    assert "Adding 2 files" in screen.getvalue()
