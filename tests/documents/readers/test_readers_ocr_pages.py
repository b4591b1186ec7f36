"""What is made of lines that were recognised, and which pages are: without a picture, and without the libraries."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from readers_pdf_making import WHOLE_PAGE_PICTURE, by_hand, text_at

from documents.errors import ReadingError
from documents.readers import ocr
from documents.readers.ocr_pages import standing, with_recognised
from documents.readers.ocr_sheets import Seen, evened, mended, sheet_of, sureness
from documents.readers.pdf import PdfReader
from documents.readers.pdf_marks import Fragment, Sheet

SENTENCE = "Every firm with ten or more employees may apply for a grant from the fund."


def seen(text: str, x: float, y: float, width: float, height: float = 36.0, *, score: float = 1.0) -> Seen:
    return Seen(text, ((x, y), (x + width, y), (x + width, y + height), (x, y + height)), score)


def askew(line: Seen, degrees: float, width: float = 1000.0, height: float = 1000.0) -> Seen:
    angle = math.radians(degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    a, b, c, d = (
        (
            (x - width / 2) * cosine - (y - height / 2) * sine + width / 2,
            (x - width / 2) * sine + (y - height / 2) * cosine + height / 2,
        )
        for x, y in line.corners
    )
    return line._replace(corners=(a, b, c, d))


def page(number: int, text: str = "", *, pictured: float = 0.0, unreadable: int = 0, size: float = 11.0) -> Sheet:
    fragments = (Fragment(text, 72.0, 400.0, 100.0, size),) if text else ()
    return Sheet(number, 595.0, 842.0, fragments, (), pictured, unreadable)


# Lines on a page


def test_pixels_become_points() -> None:
    sheet = sheet_of(3, [seen("a line of text that is long enough", 100, 200, 600)], 1000, 2000, 0.36)
    (fragment,) = sheet.fragments
    assert (sheet.number, sheet.width, sheet.height) == (3, 360.0, 720.0)
    assert (fragment.left, fragment.right) == pytest.approx((36.0, 252.0))
    assert 0.36 * 200 < fragment.baseline < 0.36 * 236
    assert 10 < fragment.size < 13


@pytest.mark.parametrize("degrees", [-3.0, 0.5, 3.0])
def test_a_page_askew_is_set_straight(degrees: float) -> None:
    """Three lines, the last in two parts far from each other, come to stand as they do on a straight page."""
    lines = [
        seen("a line of text that is long enough", 100, 200, 800),
        seen("another line of text that is long", 100, 260, 800),
        seen("the left of it", 100, 320, 300),
        seen("the right of it", 600, 320, 300),
    ]
    straight = sheet_of(1, lines, 1000, 1000, 1.0)
    found = sheet_of(1, [askew(line, degrees) for line in lines], 1000, 1000, 1.0)
    for one, other in zip(found.fragments, straight.fragments, strict=True):
        assert one.baseline == pytest.approx(other.baseline, abs=1.0)
        assert one.left == pytest.approx(other.left, abs=1.0)


def test_what_runs_from_top_to_bottom_is_left_out() -> None:
    stamp = Seen("COPY", ((10, 10), (40, 10), (40, 300), (10, 300)), 1.0)
    assert [f.text for f in sheet_of(1, [stamp, seen("text", 100, 100, 80)], 1000, 1000, 1.0).fragments] == ["text"]


def test_a_box_that_is_high_by_chance_makes_no_large_type() -> None:
    lines = [seen("this is a line of thirty letters", 100, 50 * n, 600) for n in range(1, 6)]
    high = seen("here is a line of thirty letters", 100, 400, 600, 50)
    sizes = [fragment.size for fragment in sheet_of(1, [*lines, high], 1000, 1000, 1.0).fragments]
    assert max(sizes) <= 1.1 * min(sizes)


def test_large_type_stays_large() -> None:
    lines = [seen("this is a line of thirty letters", 100, 50 * n, 600) for n in range(1, 6)]
    title = seen("a title of letters", 100, 400, 600, 60)
    sizes = [fragment.size for fragment in sheet_of(1, [*lines, title], 1000, 1000, 1.0).fragments]
    assert sizes[-1] > 1.4 * sizes[0]


def test_sizes_that_are_alike_become_one() -> None:
    sheets = [page(1, "x" * 50, size=10.6), page(2, "x" * 90, size=11.2), page(3, "title", size=18.0)]
    assert [sheet.fragments[0].size for sheet in evened(sheets)] == [11.2, 11.2, 18.0]
    assert [sheet.fragments[0].size for sheet in evened(sheets, 11.0)] == [11.0, 11.0, 18.0]
    assert [sheet.fragments[0].size for sheet in evened(sheets, 8.0)] == [11.2, 11.2, 18.0]
    assert evened([]) == ()


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("县(区)可以给予", "县（区）可以给予"),
        ("附件1)、合同", "附件1)、合同"),
        ("（附件1)、合同", "（附件1）、合同"),
        ("名单(略）", "名单（略）"),
        ("the payment (see Article 2) is", "the payment (see Article 2) is"),
        ("企业(以下简称", "企业（以下简称"),
        ("申请人)应当", "申请人）应当"),
        ("(a) text", "(a) text"),
        ("(一) 扶持对象", "（一）扶持对象"),
        ("（一） Annex", "（一） Annex"),
    ],
)
def test_brackets_among_chinese_are_of_one_kind(found: str, wanted: str) -> None:
    assert mended(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("Article 5Amount and terms", "Article 5 Amount and terms"),
        ("Section 12General", "Section 12 General"),
        ("Article 5 Amount", "Article 5 Amount"),
        ("Article 5A applies", "Article 5A applies"),
        ("under Article 5Amount", "under Article 5Amount"),
        ("ISO 9001Standards", "ISO 9001Standards"),
    ],
)
def test_the_number_a_line_begins_with_stands_apart_from_its_words(found: str, wanted: str) -> None:
    assert mended(found) == wanted


def test_how_sure_a_page_is_counts_characters() -> None:
    assert sureness([seen("x" * 90, 0, 0, 100, score=1.0), seen("y" * 10, 0, 0, 9, score=0.5)]) == pytest.approx(0.95)
    assert sureness([]) == 0.0


# Which pages


def test_which_pages_can_be_read() -> None:
    sheets = [
        page(1, "x" * 500),
        page(2, pictured=0.9),
        page(3, "- 3 -", pictured=0.9),
        page(4, "x" * 500, pictured=1.0),
        page(5, "x" * 100, unreadable=80),
        page(6),
        page(7, "A cover with some words on a picture", pictured=1.0),
    ]
    found = standing(sheets)
    assert found.scanned == (2, 3)
    assert found.unreadable == (5,)
    assert found.usable == (1, 4, 7)
    assert found.sparse == (7,)


def test_the_same_line_over_several_pictures_is_no_text_of_theirs() -> None:
    line = "Downloaded from the library on 1 May 2024, page {} of 20"
    sheets = [page(number, line.format(number), pictured=1.0) for number in (1, 2)]
    assert standing(sheets).scanned == (1, 2)


def test_a_page_keeps_its_text_where_recognition_sees_hardly_more() -> None:
    words = "A cover with some words on a picture"
    sheets = [page(1, "x" * 500), page(2, pictured=1.0), page(3, words, pictured=1.0)]
    found = standing(sheets)
    merged, numbers = with_recognised(sheets, [page(2, "seen"), page(3, f"{words}, seen")], found)
    assert numbers == (2,)
    assert [sheet.fragments[0].text for sheet in merged] == ["x" * 500, "seen", words]
    merged, numbers = with_recognised(sheets, [page(3, "y" * 300), page(2)], found)
    assert numbers == (3,)
    assert [sheet.number for sheet in merged] == [1, 2, 3]


# Without the libraries


def refused(path: Path) -> str:
    with pytest.raises(ReadingError) as caught:
        PdfReader(recognition=True).read(path)
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_without_the_extra_a_scan_is_called_one_and_the_extra_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    line = refused(by_hand(tmp_path / "scan.pdf", [WHOLE_PAGE_PICTURE] * 2))
    assert line.startswith("scan.pdf: is scanned: ")
    assert "pip install 'circular-desk[ocr]' lets the desk read it" in line
    path = by_hand(tmp_path / "mixed.pdf", [text_at(72, 700, SENTENCE), WHOLE_PAGE_PICTURE])
    (warning,) = PdfReader(recognition=True).read(path).warnings
    assert warning.startswith("page 2: scanned, without text, not read; pip install 'circular-desk[ocr]'")
    assert "pip install" in refused(by_hand(tmp_path / "drawn.pdf", ["0 0 m 9 9 l S"]))


def test_nothing_is_recognised_unless_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "recognise", lambda *_: pytest.fail("it is recognised"))
    with pytest.raises(ReadingError, match="is scanned"):
        PdfReader().read(by_hand(tmp_path / "scan.pdf", [WHOLE_PAGE_PICTURE]))
