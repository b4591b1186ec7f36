"""Pages written by hand, one for each thing that files do to text; and what is read of them."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from readers_pdf_making import by_hand, composite_font, text_at
from reportlab.pdfbase.pdfmetrics import stringWidth

from documents.blocks import Block, Style
from documents.readers.pdf import PdfReader
from documents.readers.pdf_content import sheet_of

_NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six")
_SENTENCE = "Every firm with ten or more employees may apply for a grant from the fund."


def _lines(texts: list[str], *, x: float = 72, y: float = 760, step: float = 14, font: str = "/F1") -> str:
    return "".join(text_at(x, y - step * i, text, font=font) for i, text in enumerate(texts))


def _flush(texts: list[str], *, y: float = 760, width: float = 400) -> str:
    """Lines all of one width, as text that is set flush has them: the width of each is stretched to it."""
    shown = [f"/F1 11 Tf {100 * width / stringWidth(t, 'Helvetica', 11):.3f} Tz ({t}) Tj" for t in texts]
    return "".join(f"BT 1 0 0 1 72 {y - 14 * i} Tm {text} ET\n" for i, text in enumerate(shown))


def _read(tmp_path: Path, *pages: str, **more: object) -> tuple[Block, ...]:
    return PdfReader().read(by_hand(tmp_path / "made.pdf", pages, **more)).blocks  # type: ignore[arg-type]


def _texts(tmp_path: Path, *pages: str, **more: object) -> list[str]:
    return [block.text for block in _read(tmp_path, *pages, **more)]


def test_divided_words_are_whole_again_and_compounds_keep_their_hyphen(tmp_path: Path) -> None:
    page = _flush(
        [
            "The conditions of this scheme apply to every enterprise that is state-",
            "owned and to the small and medium-sized enterprises under the regu-",
            "lations of the departments that deal with loans of the kind called long-",
            "term in the budget, and to the partnerships of the years 2024-",
            "2026, whatever the part-",
            "ners are called in the Anglo-",
            "Saxon countries, as well as to any other small and medium-",
            "sized firm.",
        ]
    )
    text = " ".join(_texts(tmp_path, page))
    assert text == (
        "The conditions of this scheme apply to every enterprise that is state-owned and to the small and medium-sized "
        "enterprises under the regulations of the departments that deal with loans of the kind called long-term in the "
        "budget, and to the partnerships of the years 2024-2026, whatever the partners are called in the Anglo-Saxon "
        "countries, as well as to any other small and medium-sized firm."
    )


def test_ligatures_controls_and_odd_spaces_are_mended(tmp_path: Path) -> None:
    codes = {
        1: "ﬁ", 2: "rm", 3: "\u00a0", 4: "o", 5: "ﬃ", 6: "ce", 7: "\x00", 8: "\x07", 9: "\ufeff", 10: "s", 11: "⼾",
        12: "⻔", 13: "\ud835\udc00",
    }  # fmt: skip
    codes = {code: text for code, text in codes.items() if code != 13}
    shown = "".join(f"{code:04X}" for code in (1, 2, 10, 3, 4, 5, 6, 7, 8, 9, 10, 3, 11, 12))
    page = f"BT /F3 11 Tf 72 700 Td <{shown}> Tj ET\n" + text_at(72, 640, _SENTENCE)
    assert _texts(tmp_path, page, fonts={"/F3": composite_font(codes)}) == ["firms offices 户门", _SENTENCE]


def test_full_width_punctuation_stays_as_it_is(tmp_path: Path) -> None:
    text = "《办法》（试行）：“第一条”，自２０２４年起施行；ＡＢＣ。"
    codes = dict(enumerate(dict.fromkeys(text), 1))
    code_of = {character: code for code, character in codes.items()}
    shown = "".join(f"{code_of[character]:04X}" for character in text)
    page = f"BT /F3 11 Tf 72 700 Td <{shown}> Tj ET"
    assert _texts(tmp_path, page, fonts={"/F3": composite_font(codes)}) == [text]


def test_text_printed_twice_to_look_bold_is_there_once(tmp_path: Path) -> None:
    page = text_at(72, 700, "Chapter 1 All") + text_at(72.3, 700, "Chapter 1 All") + _lines([_SENTENCE] * 4, y=660)
    heading = _read(tmp_path, page)[0]
    assert (heading.text, heading.style) == ("Chapter 1 All", Style.HEADING)


def test_letters_shown_one_by_one_are_words(tmp_path: Path) -> None:
    at, shown = 72.0, []
    for letter in "All fulfilling offers":
        if letter != " ":
            shown.append(text_at(at, 700, letter))
        at += stringWidth(letter, "Helvetica", 11)
    assert _texts(tmp_path, "\n".join(shown)) == ["All fulfilling offers"]


def test_kerning_and_gaps_within_one_instruction(tmp_path: Path) -> None:
    page = "BT /F1 11 Tf 72 700 Td [(A) 70 (v) 70 (ailable) -280 (for) -280 (lo) 20 (ans)] TJ ET"
    assert _texts(tmp_path, page) == ["Available for loans"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_are_read_upright(rotate: int, tmp_path: Path) -> None:
    """A page that is to be turned holds its text turned the other way."""
    matrix = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[rotate]
    content = "\n".join(text_at(72, 500 - 30 * i, text) for i, text in enumerate(["Measures", _SENTENCE, "Annex 1"]))
    page = f"q {matrix} cm\n{content}\nQ"
    assert _texts(tmp_path, page, rotate=rotate) == ["Measures", _SENTENCE, "Annex 1"]


def test_a_slanting_watermark_is_left_out(tmp_path: Path) -> None:
    watermark = "BT /F2 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (DRAFT COPY) Tj ET\n"
    assert _texts(tmp_path, watermark + text_at(72, 700, _SENTENCE)) == [_SENTENCE]


def test_a_stamp_along_the_edge_is_left_out(tmp_path: Path) -> None:
    stamp = "BT 0 1 -1 0 30 300 Tm /F1 9 Tf (Received 4 May 2024) Tj ET\n"
    assert _texts(tmp_path, stamp + text_at(72, 700, _SENTENCE)) == [_SENTENCE]


def test_where_text_begins_and_ends(tmp_path: Path) -> None:
    """Spacing of letters and words, scaling and indentation by spaces, each as the format defines it."""
    shown = {
        "(ab cd)": "/F1 10 Tf (ab cd) Tj",
        "words": "/F1 10 Tf 5 Tw (ab cd) Tj",
        "letters": "/F1 10 Tf 0 Tw 2 Tc (ab cd) Tj",
        "scaled": "/F1 10 Tf 0 Tw 0 Tc 50 Tz (ab cd) Tj",
        "indented": "/F1 10 Tf 100 Tz (  ab cd ) Tj",
    }
    content = "".join(f"BT 1 0 0 1 100 {700 - 20 * i} Tm {text} ET\n" for i, text in enumerate(shown.values()))
    page = pypdf.PdfReader(by_hand(tmp_path / "made.pdf", [content])).pages[0]
    width, space = stringWidth("ab cd", "Helvetica", 10), stringWidth(" ", "Helvetica", 10)
    placed = [(round(f.left, 2), round(f.right, 2)) for f in sheet_of(page, 1, {}).fragments]
    assert placed == [
        (100, round(100 + width, 2)),
        (100, round(100 + width + 5, 2)),
        (100, round(100 + width + 8, 2)),
        (100, round(100 + width / 2, 2)),
        (round(100 + 2 * space, 2), round(100 + 2 * space + width, 2)),
    ]


def test_a_margin_that_the_file_names_is_left_out_on_a_single_page(tmp_path: Path) -> None:
    margin = f"/Artifact <</Type /Pagination /Subtype /Header>> BDC {text_at(72, 800, 'Gazette of Halvenia')} EMC\n"
    kept = f"/Artifact <</Type /Layout>> BDC {text_at(72, 720, 'Notice to all')} EMC\n"
    assert _texts(tmp_path, margin + kept + text_at(72, 680, _SENTENCE)) == ["Notice to all", _SENTENCE]


def test_text_within_forms_is_read_and_forms_that_hold_themselves_end(tmp_path: Path) -> None:
    forms = {"/Inner": text_at(72, 700, _SENTENCE)}
    assert _texts(tmp_path, "/Inner Do", forms=forms) == [_SENTENCE]
    endless = {"/Self": text_at(72, 700, "Once") + " /Self Do /Self Do"}
    assert _texts(tmp_path, "/Self Do", forms=endless)[0].startswith("Once")


def test_senseless_instructions_are_passed_over(tmp_path: Path) -> None:
    page = "Q Q ET /Nothing Do /F9 12 Tf (lost) Tj 1 0 0 cm (x) Td [1 2] Tf /A BDC EMC EMC 1e999 Tz T* ' \n"
    assert _texts(tmp_path, page + text_at(72, 700, _SENTENCE))[-1] == _SENTENCE


def test_codes_of_a_font_without_a_table_are_no_text(tmp_path: Path) -> None:
    page = "BT /F3 11 Tf 72 640 Td <0041004200430044> Tj ET\n"
    fonts = {"/F3": composite_font(None)}
    reading = PdfReader().read(by_hand(tmp_path / "made.pdf", [_lines([_SENTENCE] * 2), page * 3], fonts=fonts))
    assert [block.text for block in reading.blocks] == [_SENTENCE, _SENTENCE]
    assert "page 2" in reading.warnings[0]
    assert "fonts" in reading.warnings[0]


def test_headers_footers_and_page_numbers_of_any_form_are_dropped(tmp_path: Path) -> None:
    def page(number: int) -> str:
        return "\n".join(
            [
                text_at(72, 800, f"Gazette No. {number + 40}"),
                text_at(72, 700, f"{_NUMBERS[number]} things are said on this page."),
                text_at(72, 660, "1. This line is on every page, far from its edges."),
                text_at(280, 50, f"Page {number + 1} of 6"),
            ]
        )

    texts = _texts(tmp_path, *map(page, range(6)))
    assert not any("Gazette" in text or text.startswith("Page") for text in texts)
    assert sum(text.startswith("1. This line") for text in texts) == 6
    assert len(texts) == 12


def test_notes_at_the_foot_come_after_the_paragraph_they_would_part(tmp_path: Path) -> None:
    first = ["Every firm with ten or more employees may apply for a grant from the fund if", "it has paid all dues and"]
    second = ["has kept the accounts that the law asks for in the three years before it", "applies."]
    note = "BT /F1 7 Tf 72 90 Td (1 The fund is the one set up by Act 7.) Tj ET"
    blocks = _read(tmp_path, _flush(first) + note, _flush(second[:1]) + _lines(second[1:], y=746))
    assert [(block.text, block.page) for block in blocks] == [
        (" ".join(first + second), 1),
        ("1 The fund is the one set up by Act 7.", 1),
    ]


def test_bulleted_and_numbered_lists_hang_and_stay_apart(tmp_path: Path) -> None:
    page = "\n".join(
        [
            _lines(["The following may apply for the grants of this scheme and of the next one too:"]),
            text_at(80, 746, "\x95"),
            text_at(94, 746, "firms that have been registered for two years or longer and have"),
            text_at(94, 732, "paid all dues;"),
            text_at(80, 718, "\x95"), text_at(94, 718, "farms."),
            text_at(80, 704, "(1)"), text_at(104, 704, "Farms are those that"),
        ]
    )  # fmt: skip
    assert _texts(tmp_path, page) == [
        "The following may apply for the grants of this scheme and of the next one too:",
        "• firms that have been registered for two years or longer and have paid all dues;",
        "• farms.",
        "(1) Farms are those that",
    ]
