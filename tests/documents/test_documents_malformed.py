"""Whatever is wrong with a file of the corpus gives one error that names the file, the line, and the fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.errors import DeskError
from documents.knowledge import KnowledgeError, KnownStatus
from documents.loading import CorpusError, blocks_of, load_corpus, load_folder

Write = Callable[..., Path]
Row = Callable[..., dict[str, object]]

STATED_MAP = b'{"measure": "grant", "cell": "who", "status": "stated", "evidence": ["with ten or more employees"]}\n'


# --- what is right -----------------------------------------------------------------------------------------------


def test_a_small_corpus_is_read_with_its_knowledge(write: Write) -> None:
    library, knowledge = load_corpus(write())
    assert [p.text for p in library.paragraphs("grants")][:2] == ["Measures for Grants", "No. 7 of 2021"]
    assert library.paragraph("grants", 5).pointers[0].target == "grants-annex"
    (cell,) = knowledge.cells
    assert (cell.document, cell.evidence[0].paragraph) == ("grants", 3)
    (question,) = [q for q in knowledge.questions if q.document == "grants"]
    assert (question.status, question.evidence[0].paragraph) == (KnownStatus.ANSWERED, 3)


def test_the_general_questions_go_with_every_corpus(write: Write) -> None:
    general = [q for q in load_corpus(write())[1].questions if q.document is None]
    assert {q.status for q in general} == {KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION}


def test_a_document_needs_no_prepared_knowledge(write: Write) -> None:
    corpus = write()
    (corpus / "grants" / "map.jsonl").unlink()
    (corpus / "grants" / "known.jsonl").unlink()
    assert load_folder(corpus / "grants")[1].cells == ()


def test_line_ends_of_windows_a_mark_of_byte_order_and_other_separators_are_read(write: Write, question: Row) -> None:
    """U+2028 is a line end to Python and a letter to JSON."""
    corpus = write(
        text=b"\xef\xbb\xbfMeasures for Grants\r\n \r\nEvery firm with ten or more employees\r\nmay apply.\r\n",
        questions=[question(question="Who\u2028may apply?")],
        cells=STATED_MAP.replace(b"\n", b"\r\n") + b"\r\n",
    )
    texts, knowledge = load_folder(corpus / "grants")
    assert [p.text for p in next(iter(texts.values()))] == [
        "Measures for Grants",
        "Every firm with ten or more employees\nmay apply.",
    ]
    assert knowledge.questions[0].question == "Who\u2028may apply?"


def test_blocks_are_parted_by_blank_lines_and_furniture_is_left_out_only_as_a_whole_block() -> None:
    text = "Home | Search\n\nTitle\n\u3000 \nHome | Search of firms.\n\n\n\nHome | Search "
    assert [block.text for block in blocks_of(text, ["Home | Search"])] == ["Title", "Home | Search of firms."]


# --- what is wrong with a document --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"toml": None}, r"grants/document\.toml: missing"),
        ({"text": None}, r"grants/document\.txt: missing"),
        ({"toml": 'id = "grants"\ntitle = \nkind = "other"'}, r"grants/document\.toml: cannot be read: .*line 2"),
        ({"toml": b'id = "gr\xff"'}, r"grants/document\.toml: cannot be read: .*utf-8"),
        ({"text": b"Measures \xff"}, r"grants/document\.txt: cannot be read: .*utf-8"),
        ({"toml": 'title = "Measures"'}, r"grants/document\.toml: id: Field required"),
        ({"toml": 'id = "My Grants"\ntitle = "x"'}, r"grants/document\.toml: id: String should match"),
        ({"toml": 'id = "g"\ntitle = "x"\nissuer_name = "y"'}, r"grants/document\.toml: issuer_name: Extra"),
        ({"toml": 'id = "g"\ntitle = "x"\nkind = "poem"'}, r"grants/document\.toml: kind: "),
        ({"toml": 'id = "g"\ntitle = "x"\nissued_on = "soon"'}, r"grants/document\.toml: issued_on: "),
        ({"toml": 'id = "g"\ntitle = "x"\n[[named]]\nid = "h"'}, r"grants/document\.toml: title: Field required"),
        (
            {"toml": 'id = "g"\ntitle = "x"\n[[named]]\nid = "h"\ntitle = "y"\nstatus = "present"'},
            r"grants/document\.toml: .*status",
        ),
        ({"toml": 'id = "g"\ntitle = "x"\nnamed = ["h"]'}, r"grants/document\.toml: .*mapping"),
        (
            {"toml": 'id = "g"\ntitle = "x"\n[[named]]\nid = "g"\ntitle = "y"', "cells": (), "questions": ()},
            r"two documents have the id 'g'",
        ),
    ],
)
def test_a_malformed_document_is_one_error_that_names_the_file(
    write: Write, changed: dict[str, object], message: str
) -> None:
    with pytest.raises(CorpusError, match=message) as caught:
        load_corpus(write(**changed))
    assert isinstance(caught.value, DeskError), "a channel shows the line instead of a traceback"
    assert "\n" not in str(caught.value)


def test_two_folders_with_one_id_are_refused(write: Write) -> None:
    write()
    with pytest.raises(CorpusError, match="two documents have the id 'grants'"):
        load_corpus(write(name="other", text="Measures for Grants\n\nEvery firm with ten or more employees may apply."))


def test_a_corpus_without_documents_says_what_belongs_there(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CorpusError, match=re.escape(str(folder)) + ": no documents"):
            load_corpus(folder)


# --- what is wrong with the knowledge -----------------------------------------------------------------------------


def refused(corpus: Path, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_corpus(corpus)
    assert isinstance(caught.value, DeskError)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (b'{"measure": ', "not JSON"),
        (b'{"measure": "gr\xff"}', "not UTF-8"),
        (b"[1, 2]", "valid dictionary"),
        (b'{"measure": "m", "status": "not_stated"}', "cell: Field required"),
        (b'{"measure": "m", "cell": "c", "status": "perhaps"}', "status: .*stated"),
        (b'{"measure": "m", "cell": "c", "status": "not_stated", "colour": 1}', "colour: Extra"),
        (
            b'{"measure": "grant", "cell": "who", "status": "stated", "evidence": ["by 1 May"]}',
            "the cell grant/who stands twice",
        ),
        (
            b'{"measure": "m", "cell": "c", "status": "stated", "evidence": ["of the Moon"]}',
            "stands in 0 paragraphs instead of one: 'of the Moon'",
        ),
        (
            b'{"measure": "m", "cell": "c", "status": "stated", "evidence": ["The Office decides."]}',
            "stands in 2 paragraphs instead of one",
        ),
        (b'{"measure": "m", "cell": "c", "status": "stated", "evidence": [" "]}', "stands in 0 paragraphs"),
        (b'{"measure": "m", "cell": "c", "status": "stated"}', "evidence goes with stated and referred"),
        (
            b'{"measure": "m", "cell": "c", "status": "not_stated", "evidence": ["by 1 May"]}',
            "evidence goes with stated and referred",
        ),
        (b'{"measure": "m", "cell": "c", "status": "referred", "evidence": ["by 1 May"]}', "a pointer goes with"),
        (
            b'{"measure": "m", "cell": "c", "status": "stated", "evidence": ["by 1 May"], "pointer": "grants-annex"}',
            "a pointer goes with",
        ),
    ],
)
def test_a_malformed_line_of_the_map_is_one_error_that_names_file_and_line(
    write: Write, second: bytes, message: str
) -> None:
    refused(write(cells=STATED_MAP + second), rf"grants/map\.jsonl:2: .*{message}")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"status": "maybe"}, "status: "),
        ({"status": "not_stated", "evidence": []}, "not_stated, but its cell is stated"),
        ({"status": "referred"}, "referred, but its cell is stated"),
        ({"cell": "when"}, "no cell grant/when in the map"),
        ({"lang": "fr"}, "lang: "),
        ({"question": ""}, "question: "),
        ({"colour": "red"}, "colour: Extra"),
        ({"evidence": []}, "evidence goes with answered and referred"),
        ({"evidence": ["of the Moon"]}, "stands in 0 paragraphs instead of one"),
        ({"evidence": ["The Office decides."]}, "stands in 2 paragraphs instead of one"),
        ({"status": "off_topic"}, "evidence goes with answered and referred"),
    ],
)
def test_a_malformed_known_question_is_one_error_that_names_file_and_line(
    write: Write, question: Row, changed: dict[str, object], message: str
) -> None:
    refused(write(questions=[question(), question(id="q2", **changed)]), rf"grants/known\.jsonl:2: .*{message}")


@pytest.mark.parametrize(("line", "message"), [(b"{", "not JSON"), (b'"\xe4"', "not UTF-8")])
def test_a_known_question_that_cannot_be_read_is_counted_with_the_blank_lines_above_it(
    write: Write, line: bytes, message: str
) -> None:
    refused(write(questions=b"\n\n" + line), rf"grants/known\.jsonl:3: {message}")


def test_typography_does_not_part_a_snippet_from_its_paragraph(write: Write, cell: Row) -> None:
    library, knowledge = load_corpus(write(cells=[cell(evidence=["with  ten or\nmore ｅmployees"])]))
    assert knowledge.cells[0].evidence[0].paragraph == 3
    assert library.paragraph("grants", 3).text.startswith("Every firm")
