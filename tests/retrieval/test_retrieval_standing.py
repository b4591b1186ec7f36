"""Known questions vote for the sentences their evidence stands in, and these are found once for each piece."""

from __future__ import annotations

import pytest

from documents.knowledge import Evidence, KnownQuestion, KnownStatus
from documents.models import Paragraph
from retrieval.standing import Standing

TEXT = "Boats are kept dry by their carriers. The bank lends to every carrier. Dues are paid at the office in May."
PARAGRAPHS = {("rules", 2): Paragraph(document="rules", number=2, text=TEXT)}


def known(*evidence: tuple[int, str], document: str = "rules", name: str = "q1") -> KnownQuestion:
    return KnownQuestion(
        id=name,
        document=document,
        language="en",
        measure="loans",
        cell="who",
        question="Who lends?",
        status=KnownStatus.ANSWERED,
        evidence=tuple(Evidence(document=document, paragraph=number, snippet=words) for number, words in evidence),
    )


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("The bank lends", (1,)),
        ("Boats are kept dry by their carriers. The bank lends to every carrier.", (0, 1)),
        ("carriers. The bank lends to every carrier. Dues are paid", (1,)),
        ("kept dry by their carriers. The bank lends to", (0,)),
        ("no such words at all, anywhere", ()),
    ],
)
def test_the_sentences_that_hold_words_or_their_edges(words: str, numbers: tuple[int, ...]) -> None:
    assert Standing(PARAGRAPHS).of(known((2, words))) == {("rules", 2): numbers}


def test_pieces_in_one_paragraph_are_joined_and_unknown_paragraphs_left_out() -> None:
    asked = known((2, "Dues are paid"), (2, "The bank lends"), (7, "The bank lends"))
    assert Standing(PARAGRAPHS).of(asked) == {("rules", 2): (1, 2)}


def test_questions_of_one_name_on_two_documents_are_told_apart() -> None:
    standing = Standing(PARAGRAPHS)
    assert standing.of(known((2, "The bank lends"))) == {("rules", 2): (1,)}
    assert standing.of(known((2, "The bank lends"), document="customs")) == {}
