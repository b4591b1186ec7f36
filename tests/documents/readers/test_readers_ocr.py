"""Scanned pages are read: straight or askew, in English and in Chinese, among pages of text, and within the limits."""

from __future__ import annotations

import difflib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageDraw, ImageFont
from pypdf import PdfReader as Pages
from pypdf import PdfWriter
from readers_pdf_making import HEI, WHOLE_PAGE_PICTURE, by_hand, text_at
from scans import A4, drawn, scan, scanned

from documents.blocks import Reading, Style
from documents.errors import ReadingError
from documents.readers import ocr
from documents.readers.apart import read_apart
from documents.readers.detect import read

pytestmark = pytest.mark.skipif(
    not ocr.is_installed(), reason=f"text recognition is not installed; {ocr.INSTALL} brings it"
)

ENGLISH = (
    "Regulations on Repair Vouchers",
    "Article 1. Every firm with ten or more employees may apply for a grant of 2,400 euro from the fund, and the "
    "office decides within thirty days of the application.",
    "Article 2. Sums paid without entitlement are repaid with interest at the base rate plus 2 percentage points.",
)
CHINESE = (
    "专利质押贷款贴息实施细则",
    "第一条为降低中小企业融资成本，引导金融机构扩大专利质押贷款规模，根据市人民政府关于知识产权强市建设的部署，制定本细则。",
    "第二条本细则所称专利质押贷款，是指企业以合法有效的发明专利权出质，从合作银行取得的用于生产经营的人民币贷款。",
)
SENTENCE = "Every firm with ten or more employees may apply for a grant from the fund."


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def alike(found: str, wanted: str) -> float:
    """Share of the characters that are the same."""
    matcher = difflib.SequenceMatcher(None, found, wanted, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(found), len(wanted))


def joined(*paths: Path, to: Path) -> Path:
    writer = PdfWriter()
    for path in paths:
        for page in Pages(path).pages:
            writer.add_page(page)
    writer.write(str(to))
    return to


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Several threads wait for each other by turning round, which takes twice the work where other tests run."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ocr, "_MOST_THREADS", 1)
        ocr._engine.cache_clear()
        yield
        ocr._engine.cache_clear()


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scan(tmp_path_factory.mktemp("scans") / "english.pdf", [scanned(drawn(ENGLISH))])


@pytest.mark.parametrize("known", [ENGLISH, CHINESE], ids=["English", "Chinese"])
def test_a_scan_is_read_in_paragraphs(known: tuple[str, ...], tmp_path: Path) -> None:
    reading = read(scan(tmp_path / "scan.pdf", [scanned(drawn(known, sheet=A4))]))
    assert len(reading.blocks) == len(known)
    assert alike("\n".join(texts(reading)), "\n".join(known)) > 0.99
    assert [block.page for block in reading.blocks] == [1] * len(known)
    assert reading.blocks[0].style is Style.TITLE
    assert [block.style for block in reading.blocks[1:]] == [Style.BODY] * (len(known) - 1)
    assert reading.warnings == ("page 1: scanned, read by text recognition; compare what matters with the original",)


def test_a_scan_is_read_apart_within_the_limits_of_memory(english: Path) -> None:
    told: list[tuple[int, int]] = []
    reading = read_apart(english, progress=lambda page, of: told.append((page, of)))
    assert reading.blocks[0].text == ENGLISH[0]
    assert told == [(1, 1)]


@pytest.mark.parametrize(("angle", "turn"), [(-2.0, 0), (0.5, 90), (0.5, 180), (0.5, 270)])
def test_pages_askew_sideways_and_upside_down(angle: float, turn: int, tmp_path: Path) -> None:
    known = ENGLISH[:2]
    picture = scanned(drawn(known), angle=angle, turn=turn)
    assert alike("\n".join(texts(read(scan(tmp_path / "scan.pdf", [picture])))), "\n".join(known)) > 0.99


def test_a_page_that_the_file_turns_is_seen_as_it_is_shown(tmp_path: Path) -> None:
    sideways = scan(tmp_path / "sideways.pdf", [scanned(drawn(ENGLISH), turn=90)])
    writer = PdfWriter(clone_from=str(sideways))
    writer.pages[0].rotate(90)
    writer.write(str(sideways))
    assert texts(read(sideways)) == list(ENGLISH)


def test_pages_of_text_and_scanned_ones_are_read_in_their_order(english: Path, tmp_path: Path) -> None:
    before = by_hand(tmp_path / "a.pdf", [text_at(72, 700, f"{SENTENCE} This comes first.")])
    behind = by_hand(tmp_path / "b.pdf", [text_at(72, 700, f"{SENTENCE} This comes last.")])
    reading = read(joined(before, english, behind, to=tmp_path / "mixed.pdf"))
    assert texts(reading)[0].endswith("comes first.")
    assert texts(reading)[1:-1] == list(ENGLISH)
    assert texts(reading)[-1].endswith("comes last.")
    assert [block.page for block in reading.blocks] == [1, 2, 2, 2, 3]
    assert len(reading.warnings) == 1
    assert reading.warnings[0].startswith("page 2: scanned, read")


def test_a_scan_with_its_text_behind_it_is_not_recognised_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text behind the picture says something else than the picture shows."""
    layer = " ".join([SENTENCE] * 3)
    page = f"{WHOLE_PAGE_PICTURE}\nBT 3 Tr /F1 5 Tf 30 700 Td ({layer}) Tj ET"
    path = by_hand(tmp_path / "searchable.pdf", [page])
    monkeypatch.setattr(ocr, "recognise", lambda *_: pytest.fail("it is recognised"))
    reading = read(path)
    assert texts(reading) == [layer]
    assert reading.warnings == ()


def test_a_line_that_is_printed_over_every_scan_does_not_hide_what_is_under_it(english: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=str(joined(english, english, to=tmp_path / "two.pdf")))
    stamp = by_hand(tmp_path / "stamp.pdf", [text_at(72, 20, "Downloaded from the library on 1 May 2024", size=8)])
    for page in writer.pages:
        page.merge_page(Pages(stamp).pages[0])
    writer.write(str(tmp_path / "stamped.pdf"))
    found = " ".join(texts(read(tmp_path / "stamped.pdf")))
    assert "Every firm with ten or more employees" in found


def test_a_scan_that_is_encrypted_is_read(english: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=str(english))
    writer.encrypt(user_password="", owner_password="owner", algorithm="RC4-128")
    writer.write(str(tmp_path / "locked.pdf"))
    assert texts(read(tmp_path / "locked.pdf")) == list(ENGLISH)


def test_a_scan_of_nothing_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as caught:
        read(scan(tmp_path / "empty.pdf", [scanned(drawn([]))]))
    assert "is scanned, and no text can be recognised" in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_scan_too_faint_to_be_read_well_is_said_to_be_hard_to_read(tmp_path: Path) -> None:
    tiny = drawn(["", *(["Every firm may apply for a grant of the fund."] * 6)], size=10)
    reading = read(scan(tmp_path / "faint.pdf", [scanned(tiny, noise=100)]))
    assert any("hard to read" in warning for warning in reading.warnings)


def test_a_table_keeps_its_rows(tmp_path: Path) -> None:
    page: Any = drawn(ENGLISH[:2])
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(HEI), 31)
    rows = [("Bank", "Rate", "Term"), ("Harbour", "3.5", "24 months"), ("Hill", "4.1", "36 months")]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            draw.text((200 + 450 * column, 700 + 60 * row), cell, font=font, fill=0)
    reading = read(scan(tmp_path / "table.pdf", [scanned(page)]))
    found = [block.text for block in reading.blocks if block.style is Style.TABLE_ROW]
    assert found == [" | ".join(row) for row in rows]


def test_nothing_is_fetched(english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    ocr._engine.cache_clear()
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert texts(read(english)) == list(ENGLISH)


def test_more_scanned_pages_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = by_hand(tmp_path / "many.pdf", [WHOLE_PAGE_PICTURE] * 4)
    monkeypatch.setattr(ocr, "MOST_PAGES", 3)
    with pytest.raises(ReadingError, match="has 4 scanned pages; split it into files of at most 3"):
        read(path)
