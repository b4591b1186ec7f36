"""The file a person reviews says all that was proposed, and whatever is wrong in it is told with its line."""

from __future__ import annotations

import pytest

from bot.drafting.review import FORMAT, DraftError, read, written
from bot.drafting.row import Row
from bot.drafting.rules import RuleProposer
from documents.knowledge import CellStatus
from documents.measures import Asks

from .made import FERRY, SUBSIDY, document

HOSTILE = 'a "quoted" \\ back\nslash\x7f\t[[cell]]\u2028 # ’“”'


@pytest.mark.parametrize("text", [FERRY, SUBSIDY])
def test_what_is_written_is_read_again(text: str) -> None:
    facts, paragraphs = document(text)
    rows = RuleProposer().propose(facts, paragraphs)
    content = written(facts, paragraphs, rows)
    assert tuple(entry.row() for entry in read(content.encode(), "draft.toml", "made")) == rows
    assert content == written(facts, paragraphs, rows)
    assert content.count("\nconfirmed = false\n") == len(rows)


def test_each_row_names_its_paragraph_and_a_guess_is_marked() -> None:
    facts, paragraphs = document(FERRY)
    content = written(facts, paragraphs, RuleProposer().propose(facts, paragraphs))
    assert "[[cell]]  # ¶8, 9, 10\n" in content
    assert content.count("\nguess = true\n") == content.count("[[cell]]  # a guess\n") == 2


def test_any_text_survives() -> None:
    row = Row(
        id="x",
        measure="m",
        cell="c",
        asks=Asks.WHAT,
        status=CellStatus.REFERRED,
        evidence=(HOSTILE,),
        pointer=HOSTILE,
        note=HOSTILE,
        questions_en=(HOSTILE, ""),
    )
    facts, paragraphs = document(FERRY)
    facts = facts.model_copy(update={"title": "A\ntitle\n[[cell]]"})
    (entry,) = read(written(facts, paragraphs, [row]).encode(), "draft.toml", "made")
    assert entry.row() == row


HEAD = f'format = "{FORMAT}"\ndocument = "made"\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("format = 3\n", "d.toml: is no draft of this version: format = 'circular-desk/draft/1' is missing"),
        (f'format = "{FORMAT}"\ndocument = "b"\n', "d.toml: is a draft of 'b', not of made"),
        (HEAD + "[[cell]]\nconfirmed = yes\n", "d.toml:4: Invalid value"),
        (HEAD + '[[cell]]\nid = "a"\nid = "b"\n', "d.toml:5: Cannot overwrite a value"),
        (HEAD + "other = 1\n", "d.toml: holds format, document and tables [[cell]], and nothing else"),
        (HEAD + "cell = [1]\n", "d.toml: holds format, document and tables [[cell]], and nothing else"),
    ],
)
def test_a_file_that_is_no_draft_is_one_line(content: str, message: str) -> None:
    with pytest.raises(DraftError) as caught:
        read(content.encode(), "d.toml", "made")
    assert str(caught.value) == message


def test_bytes_that_are_no_text_are_one_line() -> None:
    with pytest.raises(DraftError, match=r"^d.toml: not UTF-8: "):
        read(b"\xff\xfe", "d.toml", "made")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('asks = "whence"', "d.toml:8: asks: Input should be"),
        ("evidence = 3", "d.toml:8: evidence: Input should be a valid tuple"),
        ("colour = 1", "d.toml:8: colour: Extra inputs are not permitted"),
        ("", "d.toml:3: status: Field required"),
    ],
)
def test_a_row_that_is_none_names_the_line_of_its_key(line: str, message: str) -> None:
    fields = ['id = "a"', 'measure = "m"', 'cell = "c"', 'asks = "what"' if "asks" not in line else "", line]
    status = 'status = "not_stated"' if line else ""
    content = HEAD + "[[cell]]\n" + "\n".join([*fields, status])
    (entry,) = read(content.encode(), "d.toml", "made")
    with pytest.raises(DraftError) as caught:
        entry.row()
    assert str(caught.value).startswith(message)
