"""Other loaders are compared fairly: what Markdown adds is taken off, and their text is cut as serves them best."""

from __future__ import annotations

import json

from benchmarks.loaders.peers import heard
from benchmarks.loaders.pieces import cuts, rejoined, unmarked
from benchmarks.loaders.score import Share, nothing, right_in_order, score_plain
from benchmarks.loaders.truth import Expected, Kind

WRITTEN = (
    Expected("Rules on the lending of boats", Kind.TITLE, None, 1),
    Expected("1.1 Any resident of the district may borrow a boat for two weeks.", Kind.BODY, "1.1", 1),
    Expected("1.2 The office keeps a list of the boats and of those who have them now.", Kind.BODY, "1.2", 1),
    Expected("Boat | Fee", Kind.ROW, None, 2),
)
LINES = (
    "Rules on the lending of boats\n1.1 Any resident of the district may\nborrow a boat for two weeks.\n"
    "1.2 The office keeps a list of the boats\nand of those who have them now.",
    "Boat Fee",
)


def _best(pages: tuple[str, ...]) -> int:
    return max(right_in_order(WRITTEN, cut) for cut in cuts(pages))


def test_lines_of_pages_are_put_together_to_paragraphs() -> None:
    assert _best(LINES) == 4


def test_blank_lines_and_rows_of_markdown_end_paragraphs() -> None:
    markdown = f"# {WRITTEN[0].text}\n- {WRITTEN[1].text}\n\n{WRITTEN[2].text}\n| Boat | Fee |\n| --- | --- |\n"
    assert right_in_order(WRITTEN, cuts((unmarked(markdown),))[0]) == 4


def test_a_page_that_ends_within_a_sentence_goes_on_in_the_next() -> None:
    pages = ("One page ends within", "a sentence. Next.")
    assert cuts(pages)[0] == ["One page ends within\na sentence. Next."]
    assert cuts(("It ends here.", "Another one."))[0] == ["It ends here.", "Another one."]


def test_blank_lines_between_all_lines_mean_nothing() -> None:
    assert _best(tuple(page.replace("\n", "\n\n") for page in LINES)) == 4


def test_paragraphs_on_one_line_are_cut_at_wide_gaps() -> None:
    line = "| 一、总则\u3000\u3000为规范资金管理。 |  二、对象 |"
    assert ["一、总则", "为规范资金管理。", "二、对象"] in [[part.strip() for part in cut] for cut in cuts((line,))]


def test_running_titles_within_a_paragraph_are_not_taken_off() -> None:
    torn = (LINES[0].replace("\nborrow", "\nPage 1 of 2\nborrow"), LINES[1])
    assert _best(torn) == 3


def test_what_markdown_adds_is_taken_off_and_what_the_document_says_stays() -> None:
    text = (
        "See [the rules](/rules.html), students[[1]](#footnote-1) and\n- H<sub>2</sub>O<br>![map](m.png)\n|---|:--|\n"
    )
    assert unmarked(text).split() == ["See", "the", "rules,", "students[1]", "and", "H2O"]
    assert unmarked("1 < 2, a_b [略] (see Annex 2) — 3-5 %") == "1 < 2, a_b [略] (see Annex 2) — 3-5 %"


def test_words_divided_at_the_end_of_a_line_are_joined() -> None:
    assert rejoined("a semes-\nter of 2024-\n25, part-time") == "a semester of 2024-\n25, part-time"


def test_order_and_slips_of_pieces_count() -> None:
    texts = [one.text for one in WRITTEN]
    assert right_in_order(WRITTEN, texts) == 4
    assert right_in_order(WRITTEN, [texts[0], texts[2], texts[1], texts[3]]) == 3
    assert right_in_order(WRITTEN, [texts[0], texts[1].replace("two", "three"), *texts[2:]]) == 3
    long = Expected("A paragraph of many words. " * 8)
    assert right_in_order([long], [long.text[:-2]]) == 1
    assert right_in_order([long], [long.text[:-9]]) == 0
    assert right_in_order([long, long], [long.text]) == 1


def test_a_page_is_right_where_the_paragraph_begins() -> None:
    found = score_plain(WRITTEN, LINES, paged=True, pieces=cuts(LINES))
    assert (found.right, found.pages) == ((4, 4), (4, 4))
    assert score_plain(WRITTEN, ["\n".join(LINES), ""], paged=True).pages == (3, 4)
    assert score_plain(WRITTEN, LINES, paged=False).pages is None


def test_nothing_read_is_nothing_right_and_no_pages_where_none_are_told() -> None:
    assert nothing(WRITTEN, paged=True) == (Share(0, 4), Share(0, 4), 0.0, Share(0, 4))
    assert nothing(WRITTEN, paged=False).pages is None


def test_what_a_loader_prints_between_is_passed_over() -> None:
    first, second = {"pages": ["a\nb"], "paged": True, "seconds": 0.5}, {"error": "no", "seconds": 0.1}
    said = f"Using OCR\n\x1e{json.dumps(first)}\nwarning\n...\x1e{json.dumps(second)}\n"
    assert [(told.pages, told.paged, told.error) for told in heard(said)] == [(("a\nb",), True, ""), ((), False, "no")]
