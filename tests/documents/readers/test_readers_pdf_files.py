"""Files that cannot be read, or not in full: one clear line for each, and never anything but a ``ReadingError``."""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

import pytest
from pypdf import PdfWriter
from readers_pdf_making import (
    HEI,
    WHOLE_PAGE_PICTURE,
    Known,
    Look,
    by_hand,
    composite_font,
    policy,
    text_at,
    with_fpdf,
    with_reportlab,
)

import documents.readers.pdf as pdf_module
import documents.readers.pdf_content as content_module
from documents.blocks import Reading
from documents.errors import ReadingError
from documents.readers.pdf import PdfReader

_SENTENCE = "Every firm with ten or more employees may apply for a grant from the fund."
ALL_VARIANTS = 200
LONGEST_VARIANT = 5.0
"""Seconds that reading a damaged file may take."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """A sound document of three pages."""
    return with_reportlab(tmp_path_factory.mktemp("pdf") / "whole.pdf", policy("p55"), Look(header="Gazette"))


def _error(path: Path) -> str:
    with pytest.raises(ReadingError) as caught:
        PdfReader().read(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(path.name)
    assert len(message) < 250
    return message


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_scanned_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    message = _error(by_hand(tmp_path / "scan.pdf", [WHOLE_PAGE_PICTURE] * 3))
    assert "scanned" in message
    assert "searchable PDF" in message


def test_scans_with_a_stamp_or_a_page_number_are_scans(tmp_path: Path) -> None:
    pages = [WHOLE_PAGE_PICTURE + text_at(280, 30, f"- {number} -") for number in range(1, 4)]
    assert "scanned" in _error(by_hand(tmp_path / "scan.pdf", pages))


def test_pages_that_are_scanned_are_named(tmp_path: Path) -> None:
    text = text_at(72, 700, _SENTENCE)
    scans = {2, 3, 4, 7}
    pages = [WHOLE_PAGE_PICTURE if number in scans else text for number in range(1, 9)]
    reading = PdfReader().read(by_hand(tmp_path / "part.pdf", pages))
    assert [block.page for block in reading.blocks] == [1, 5, 6, 8]
    assert len(reading.warnings) == 1
    assert "pages 2-4, 7" in reading.warnings[0]


def test_a_scan_with_its_text_behind_it_is_read(tmp_path: Path) -> None:
    page = WHOLE_PAGE_PICTURE + f"\nBT 3 Tr /F1 11 Tf 72 700 Td ({_SENTENCE}) Tj ET"
    reading = PdfReader().read(by_hand(tmp_path / "searchable.pdf", [page]))
    assert [block.text for block in reading.blocks] == [_SENTENCE]
    assert reading.warnings == ()


def test_fonts_that_do_not_say_what_they_show_are_refused(tmp_path: Path) -> None:
    page = "BT /F3 11 Tf 72 640 Td <0041004200430044> Tj ET"
    assert "fonts" in _error(by_hand(tmp_path / "made.pdf", [page], fonts={"/F3": composite_font(None)}))


@pytest.mark.parametrize("content", ["", "0 0 m 100 100 l S"])
def test_files_without_text(content: str, tmp_path: Path) -> None:
    assert "no text" in _error(by_hand(tmp_path / "blank.pdf", [content, content]))


def _encrypted(source: Path, path: Path, *, user: str, owner: str, algorithm: str = "RC4-128") -> Path:
    writer = PdfWriter(clone_from=str(source))
    writer.encrypt(user_password=user, owner_password=owner, algorithm=algorithm)
    writer.write(str(path))
    return path


def test_a_password_to_open_is_asked_to_be_removed(whole: Known, tmp_path: Path) -> None:
    message = _error(_encrypted(whole.path, tmp_path / "locked.pdf", user="secret", owner="other"))
    assert "locked with a password" in message


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128"])
def test_a_file_that_only_restricts_is_read(algorithm: str, whole: Known, tmp_path: Path) -> None:
    path = _encrypted(whole.path, tmp_path / "restricted.pdf", user="", owner="other", algorithm=algorithm)
    assert [block.text for block in PdfReader().read(path).blocks] == list(whole.texts)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(200), "not a PDF"),
        ("某某办法\n第一条".encode(), "not a PDF"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF", "damaged"),
        (b"%PDF-1.4\n" + b"[" * 100_000, "damaged"),
    ],
)
def test_what_is_no_pdf_or_nothing_of_one(data: bytes, expected: str, tmp_path: Path) -> None:
    assert expected in _error(_write(tmp_path / "odd.pdf", data))


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert "no such file" in _error(tmp_path / "absent.pdf")
    assert "folder" in _error(tmp_path)


def _texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def test_a_wrong_list_of_objects_is_made_anew(whole: Known, tmp_path: Path) -> None:
    data = whole.path.read_bytes()
    wrong = re.sub(rb"(?m)^\d{10} 00000 n", lambda match: b"%010d 00000 n" % (int(match[0][:10]) + 7), data)
    assert wrong != data
    reading = PdfReader().read(_write(tmp_path / "wrong.pdf", wrong))
    assert _texts(reading) == list(whole.texts)
    assert "damaged" in reading.warnings[-1]


def test_a_wrong_place_of_the_list_is_found(whole: Known, tmp_path: Path) -> None:
    wrong = re.sub(rb"startxref\n\d+", b"startxref\n99999999", whole.path.read_bytes())
    reading = PdfReader().read(_write(tmp_path / "wrong.pdf", wrong))
    assert _texts(reading) == list(whole.texts)
    assert reading.warnings


def test_a_file_without_its_end_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The second producer writes pages one after another, so what is there of a cut file is whole pages."""
    known = with_fpdf(tmp_path / "whole.pdf", policy("p55"), Look(font="Times"))
    data = known.path.read_bytes()
    reading = PdfReader().read(_write(tmp_path / "cut.pdf", data[: data.rindex(b"xref\n0 ")]))
    assert _texts(reading) == list(known.texts)
    assert "damaged" in reading.warnings[-1]


def test_pages_of_a_cut_file_keep_what_their_parent_says(tmp_path: Path) -> None:
    """Fonts and size may be said once for all pages; the file ends before it says which object is the first."""
    content = text_at(72, 300, _SENTENCE).encode()
    data = (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 500 400] /Resources << /Font << "
        b"/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n"
        b"2 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 1 0 R /Contents 2 0 R >>\nendobj\n4 0 obj\n<< /Ty"
    ) % (len(content), content)
    reading = PdfReader().read(_write(tmp_path / "cut.pdf", data))
    assert _texts(reading) == [_SENTENCE]
    assert "damaged" in reading.warnings[-1]


def test_a_page_that_is_damaged_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "made.pdf", [text_at(72, 700, f"{_SENTENCE} Once more: {i}.") for i in "abc"])
    data = path.read_bytes()
    at = data.index(b"Once more: b")
    broken = data[:at] + b"Once mor\\" + data[at + 9 :]
    reading = PdfReader().read(_write(tmp_path / "broken.pdf", broken.replace(b"b.) Tj ET", b"b.( Tj ET")))
    assert [block.page for block in reading.blocks] == [1, 3]
    assert "page 2" in reading.warnings[0]


def test_no_more_pages_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = by_hand(tmp_path / "long.pdf", [text_at(72, 700, _SENTENCE)] * 4)
    monkeypatch.setattr(pdf_module, "MOST_PAGES", 3)
    assert "4 pages" in _error(path)


def test_a_page_beyond_its_limit_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "\n".join(text_at(72, 700, "word") for _ in range(30))
    path = by_hand(tmp_path / "made.pdf", [text_at(72, 700, _SENTENCE), many])
    monkeypatch.setattr(content_module, "MOST_INSTRUCTIONS", 100)
    reading = PdfReader().read(path)
    assert [block.page for block in reading.blocks] == [1]
    assert "page 2" in reading.warnings[0]


def test_no_page_is_begun_after_the_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = by_hand(tmp_path / "made.pdf", [text_at(72, 700, _SENTENCE)] * 3)
    monkeypatch.setattr(pdf_module, "LONGEST_READING", -1.0)
    assert "damaged or too large" in _error(path) or "no page" in _error(path)


def test_packed_content_that_grows_without_end_is_not_unpacked(tmp_path: Path) -> None:
    """Forty million spaces take forty kilobytes."""
    path = by_hand(tmp_path / "bomb.pdf", [text_at(72, 700, _SENTENCE), b" " * 40_000_000], packed=True)
    assert path.stat().st_size < 100_000
    begun = time.monotonic()
    reading = PdfReader().read(path)
    assert time.monotonic() - begun < LONGEST_VARIANT
    assert [block.page for block in reading.blocks] == [1]
    assert "page 2" in reading.warnings[0]


def test_what_the_library_says_of_damage_stays_off_the_screen(
    whole: Known, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = re.sub(rb"startxref\n\d+", b"startxref\n99999999", whole.path.read_bytes())
    PdfReader().read(_write(tmp_path / "wrong.pdf", wrong))
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def damaged(rng: random.Random, data: bytes) -> bytes:
    """A file with bytes changed, cut out, cut off, put in or swapped, or with other digits."""
    bad = bytearray(data)
    kind = rng.randrange(6)
    if kind == 0:
        for _ in range(rng.choice([1, 5, 50, 500])):
            bad[rng.randrange(len(bad))] = rng.randrange(256)
    elif kind == 1:
        del bad[rng.randrange(len(bad)) :]
    elif kind == 2:
        start = rng.randrange(len(bad))
        del bad[start : start + rng.choice([1, 20, 2000])]
    elif kind == 3:
        size = rng.choice([8, 200, 3000])
        a, b = (rng.randrange(len(bad) - size) for _ in range(2))
        bad[a : a + size], bad[b : b + size] = bad[b : b + size], bad[a : a + size]
    elif kind == 4:
        digits = [at for at, byte in enumerate(bad) if byte in b"0123456789"]
        for _ in range(rng.choice([1, 10, 40])):
            bad[rng.choice(digits)] = rng.choice(b"0123456789")
    else:
        at = rng.randrange(len(bad))
        bad[at:at] = rng.randbytes(rng.choice([1, 30, 300]))
    return bytes(bad)


@pytest.mark.parametrize("producer", ["reportlab", "fpdf2"])
def test_damaged_files_are_read_in_part_or_refused(producer: str, tmp_path: Path) -> None:
    """Half of all variants for each producer in the ordinary run, all where ``CIRCULAR_ALL_VARIANTS`` is set."""
    path = tmp_path / "made.pdf"
    if producer == "reportlab":
        known = with_reportlab(path, policy("p55")[:16], Look(header="Gazette"))
    else:
        known = with_fpdf(path, policy("p44")[:16], Look(font=str(HEI), chinese=True))
    data = known.path.read_bytes()
    rng = random.Random(20_24)
    count = ALL_VARIANTS if os.environ.get("CIRCULAR_ALL_VARIANTS") else ALL_VARIANTS // 2
    read = refused = 0
    for _ in range(count):
        path.write_bytes(damaged(rng, data))
        begun = time.monotonic()
        try:
            reading = PdfReader().read(path)
        except ReadingError:
            refused += 1
        else:
            read += 1
            assert all(block.text for block in reading.blocks)
            "".join(block.text for block in reading.blocks).encode("utf-8")  # no halves of characters
        assert time.monotonic() - begun < LONGEST_VARIANT
    assert read > refused > 0
