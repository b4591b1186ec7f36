"""What is quoted is verbatim, in the order of the text, bounded, and as little as answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.cite import ELLIPSIS, chosen, citation_of, quote_of
from documents.library import Library
from documents.models import Paragraph
from documents.text import sentences

from .made import FIRST, FOURTH, LONG, RULES, SECOND, THIRD, citing, hit, library


def test_the_paragraph_in_these_tests_has_four_sentences() -> None:
    assert [span.of(LONG) for span in sentences(LONG)] == [FIRST, SECOND, THIRD, FOURTH]


def test_a_short_paragraph_is_quoted_whole() -> None:
    assert quote_of(hit(2, sentences={0: 0.9}), citing()) == "Carriers need a licence."
    assert quote_of(hit(3, sentences={1: 0.9}), citing(whole_below=len(LONG))) == LONG


@pytest.mark.parametrize("best", range(4))
def test_of_a_long_one_the_sentence_the_memory_voted_for_is_quoted(best: int) -> None:
    quote = quote_of(hit(3, votes={best: 1.0}), citing())
    assert quote == (FIRST, SECOND, THIRD, FOURTH)[best]


def test_without_votes_the_most_similar_sentence_is_quoted() -> None:
    assert quote_of(hit(3, sentences={0: 0.3, 1: 0.3, 2: 0.8, 3: 0.4}), citing()) == THIRD


def test_neighbouring_sentences_are_quoted_as_one_piece() -> None:
    assert quote_of(hit(3, votes={1: 0.5, 2: 0.5}), citing()) == f"{SECOND} {THIRD}"


def test_an_ellipsis_stands_for_what_is_left_out_and_the_order_is_that_of_the_text() -> None:
    assert quote_of(hit(3, votes={3: 0.6, 0: 0.4}), citing()) == f"{FIRST}{ELLIPSIS}{FOURTH}"


def test_a_sentence_with_little_voice_is_left_out() -> None:
    assert quote_of(hit(3, votes={1: 0.9, 3: 0.1}), citing()) == SECOND


def test_a_quote_ends_before_it_gets_too_long() -> None:
    every = {0: 0.3, 1: 0.25, 2: 0.23, 3: 0.22}
    assert quote_of(hit(3, votes=every), citing()) == f"{FIRST} {SECOND}"
    assert quote_of(hit(3, votes=every), citing(longest_quote=1000)) == LONG
    assert quote_of(hit(3, votes=every), citing(longest_quote=10)) == FIRST


scores = st.dictionaries(st.integers(0, 3), st.floats(0, 1))


@given(similar=scores, votes=scores, longest=st.integers(1, 300), ratio=st.floats(0, 1))
def test_every_piece_stands_in_the_text_in_order(
    similar: dict[int, float], votes: dict[int, float], longest: int, ratio: float
) -> None:
    quote = quote_of(hit(3, sentences=similar, votes=votes), citing(longest_quote=longest, sentence_ratio=ratio))
    at = 0
    for piece in quote.split(ELLIPSIS):
        assert piece
        found = LONG.find(piece, at)
        assert found >= at
        at = found + len(piece)
    longest_sentence = max(map(len, (FIRST, SECOND, THIRD, FOURTH)))
    assert len(quote) <= max(longest, longest_sentence) + 3 * len(ELLIPSIS)


def test_a_long_paragraph_of_one_sentence_is_quoted_whole() -> None:
    text = "word " * 100 + "end."
    held = Library({RULES: [Paragraph(document=RULES.id, number=1, text=text)]})
    assert quote_of(hit(1, held=held), citing()) == text


@pytest.mark.parametrize(
    ("scores", "cited"),
    [
        ([], 0),
        ([0.4], 1),
        ([0.4, 0.1], 1),
        ([0.4, 0.24, 0.1], 2),
        ([0.3, 0.2999, 0.2], 3),
        ([0.2, 0.2, 0.2, 0.2, 0.2], 3),
    ],
    ids=["none", "one", "a weak second", "a near second", "three", "at most three"],
)
def test_those_near_the_best_are_cited_and_no_more_than_the_bound(scores: list[float], cited: int) -> None:
    hits = [hit(2, score) for score in scores]
    assert chosen(hits, most=3, ratio=0.6) == tuple(hits[:cited])


def test_a_citation_says_where_it_stands_and_carries_the_whole_paragraph() -> None:
    citation = citation_of(library().paragraph(RULES.id, 3), SECOND, library(), related=True)
    assert citation.document == RULES.id
    assert citation.title == RULES.title
    assert citation.number == RULES.number
    assert citation.paragraph == 3
    assert citation.section == ("Part One", "Money & boats")
    assert (citation.quote, citation.text) == (SECOND, LONG)
    assert citation.related
