"""Texts with form feeds: what stands at the edge of page after page is taken off, and nothing of the text with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.blocks import Block
from documents.readers.text import TextReader

HEAD = "GAZETTE OF THE MINISTRY"


def read(tmp_path: Path, *pages: str, name: str = "a.txt") -> list[Block]:
    path = tmp_path / name
    path.write_text("\n\x0c".join(pages), encoding="utf-8")
    return list(TextReader().read(path).blocks)


def texts(tmp_path: Path, *pages: str) -> list[str]:
    return [block.text for block in read(tmp_path, *pages)]


@pytest.mark.parametrize(
    "foot", ["- {} -", "{}", "Page {} of 3", "第{}页", "RFC 10 [Page {}]", "{} | Gazette of May 2014"]
)
def test_heads_and_page_numbers_go_but_for_the_first_head(tmp_path: Path, foot: str) -> None:
    """A head of the same words stays at the top of the first page: it may be the title."""
    pages = [f"\n  {HEAD}\n\nThe fee of {kind} is due.\n\n      {foot.format(at)}" for at, kind in enumerate("abc", 1)]
    assert read(tmp_path, *pages) == [
        Block(HEAD, 1),
        Block("The fee of a is due.", 1),
        Block("The fee of b is due.", 2),
        Block("The fee of c is due.", 3),
    ]


def test_a_sentence_runs_over_the_end_of_a_page(tmp_path: Path) -> None:
    first = "The applicant whose permit is refused may appeal to the court of the"
    pages = (f"{HEAD}\n\n{first}\n\n- 1 -", f"{HEAD}\n\nplace in which the permit was\nasked for.\n\n- 2 -")
    assert texts(tmp_path, *pages) == [HEAD, f"{first} place in which the permit was asked for."]


def test_a_chinese_sentence_runs_over_the_end_of_a_page(tmp_path: Path) -> None:
    pages = (
        "商务公报\n\n申请人对不予许可的决定不服的，可以自收到决定之日起六十\n日内向作出该决定的机关的上一级机关申请行政复议，也可以\n\n1",
        "商务公报\n\n依法向人民法院提起诉讼。\n\n2",
    )
    assert texts(tmp_path, *pages)[1].endswith("也可以依法向人民法院提起诉讼。")


def test_what_begins_anew_on_a_page_is_not_joined(tmp_path: Path) -> None:
    pages = (
        f"{HEAD}\n\nThe applicant whose permit is refused may appeal to the court of the\n\n- 1 -",
        f"{HEAD}\n\nArticle 2. The authority shall grant the permit within four days of it.\n\n- 2 -",
    )
    assert texts(tmp_path, *pages)[2].startswith("Article 2.")


def test_text_at_the_edge_of_pages_is_kept(tmp_path: Path) -> None:
    """Numbered lines and lines alike but for a figure are text, wherever they stand."""
    pages = [f"Article {n}\n\nThe fee is {n}0 dollars for a ship.\n\nA ship of {n} decks may sail." for n in (1, 2, 3)]
    assert texts(tmp_path, *pages) == [line for page in pages for line in page.split("\n\n")]


def test_pages_without_text_are_counted(tmp_path: Path) -> None:
    assert read(tmp_path, "One.", "", "   \n\n", "Two.") == [Block("One.", 1), Block("Two.", 4)]


def test_pages_of_markdown_lose_their_heads_too(tmp_path: Path) -> None:
    pages = [f"{HEAD}\n\n## Part {kind}\n\nThe fee of {kind} is due.\n\n- {at} -" for at, kind in enumerate("abc", 1)]
    found = [block.text for block in read(tmp_path, *pages, name="a.md")]
    assert found == [HEAD, *(text for kind in "abc" for text in (f"Part {kind}", f"The fee of {kind} is due."))]
