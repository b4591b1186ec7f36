"""``circular docs``: the library, for people and for machines."""

from __future__ import annotations

import json
from importlib.metadata import version

import pytest

from documents.loading import load_corpus

from .conftest import Here
from .running import CORPUS_ID

LIBRARY, _ = load_corpus()


def test_the_list_names_every_document_and_says_what_is_there(circular: Here) -> None:
    ran = circular("docs", "list")
    assert (ran.code, ran.err) == (0, "")
    for document in LIBRARY.documents():
        assert f"\n{document.id}\n" in f"\n{ran.out}"
        assert document.title in ran.out
    count = len(LIBRARY.paragraphs(CORPUS_ID))
    assert f"present · Shang Zi Fa [2006] No.556 · 2006-10-16 · en · {count} paragraphs" in ran.out
    assert "omitted · Appendix II · en" in ran.out


def test_the_list_as_json(circular: Here) -> None:
    rows = {row["id"]: row for row in json.loads(circular("docs", "list", "--json").out)}
    assert list(rows) == [document.id for document in LIBRARY.documents()]
    assert rows[CORPUS_ID]["status"] == "present"
    assert rows[CORPUS_ID]["issued_on"] == "2006-10-16"
    assert rows[CORPUS_ID]["paragraphs"] == len(LIBRARY.paragraphs(CORPUS_ID))
    assert rows["appendix-1"]["status"] == "omitted"
    assert rows["appendix-1"]["paragraphs"] == 0
    assert rows["appendix-1"]["parent"] == CORPUS_ID


def test_a_document_is_shown_as_numbered_paragraphs(circular: Here) -> None:
    ran = circular("docs", "show", CORPUS_ID)
    assert ran.code == 0
    for paragraph in LIBRARY.paragraphs(CORPUS_ID):
        assert f" ¶{paragraph.number:<4}{paragraph.text}" in ran.out


def test_a_document_as_json_is_the_library_s(circular: Here) -> None:
    row = json.loads(circular("docs", "show", CORPUS_ID, "--json").out)
    assert [paragraph["text"] for paragraph in row["paragraphs"]] == [p.text for p in LIBRARY.paragraphs(CORPUS_ID)]
    assert [paragraph["number"] for paragraph in row["paragraphs"]] == [p.number for p in LIBRARY.paragraphs(CORPUS_ID)]


@pytest.mark.parametrize("option", ["--paragraph", "-p"])
def test_one_paragraph_is_shown_in_its_context(circular: Here, option: str) -> None:
    out = circular("docs", "show", CORPUS_ID, option, "15").out
    assert "▶¶15" in out
    assert "\n ¶16" in out
    assert out.startswith(" ¶14")
    assert "¶13" not in out
    assert "¶17" not in out


def test_the_first_and_the_last_paragraph_have_one_neighbour(circular: Here) -> None:
    last = len(LIBRARY.paragraphs(CORPUS_ID))
    assert circular("docs", "show", CORPUS_ID, "-p", "1").out.startswith("▶¶1 ")
    out = circular("docs", "show", CORPUS_ID, "-p", str(last)).out
    assert f"▶¶{last}" in out
    assert out.count("¶") == 2


def test_one_paragraph_as_json(circular: Here) -> None:
    row = json.loads(circular("docs", "show", CORPUS_ID, "-p", "14", "--json").out)
    assert row["number"] == 14
    assert row["text"] == LIBRARY.paragraph(CORPUS_ID, 14).text
    assert "appendix-2" in [pointer["target"] for pointer in row["pointers"]]


def test_an_omitted_document_is_shown_to_be_absent(circular: Here) -> None:
    ran = circular("docs", "show", "appendix-2")
    assert ran.code == 0
    assert "its text is not in the library" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such"], "no document 'no-such' in the library; there are: circular-2006-556, appendix-1"),
        ([CORPUS_ID, "-p", "99"], "has no paragraph 99; its paragraphs are 1 to"),
        ([CORPUS_ID, "-p", "0"], "has no paragraph 0"),
        (["appendix-1", "-p", "1"], "its text is not in the library"),
        (["appendix-1", "-p", "1", "--json"], "its text is not in the library"),
    ],
)
def test_what_is_not_there_is_told(circular: Here, arguments: list[str], told: str) -> None:
    ran = circular("docs", "show", *arguments)
    assert told in ran.error_line
    assert ran.out == ""


def test_check_holds_the_prepared_knowledge_against_the_text(circular: Here) -> None:
    ran = circular("docs", "check")
    assert (ran.code, ran.err) == (0, "")
    assert "documents: 1 with their text, 6 known by name" in ran.out
    assert "known questions" in ran.out
    assert ran.out.endswith("every snippet stands in exactly one paragraph\n")


def test_the_version_is_that_of_the_distribution(circular: Here) -> None:
    ran = circular("--version")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip() == version("circular-desk")
