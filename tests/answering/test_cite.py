"""What is quoted is verbatim, in the order of the text, bounded, and as little as answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.cite import ELLIPSIS, chosen, citation_of, elsewhere, further, paragraphs_each, quote_of, with_lists
from bot.answering.wording import quoted
from documents.knowledge import KnownStatus
from documents.library import Library
from documents.models import Paragraph
from documents.text import sentences
from prompts.phrases import phrases

from .made import FIRST, FOURTH, LONG, RULES, SECOND, THIRD, UNDATED, citing, hit, known, library


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


def test_the_paragraphs_of_known_questions_are_counted_by_their_shares() -> None:
    one = known(KnownStatus.ANSWERED, 0.6, sentences={("d", 1): (0,)})
    three = known(KnownStatus.ANSWERED, 0.2, sentences={("d", number): () for number in (1, 2, 3)})
    other = known(KnownStatus.REFERRED, 0.2, sentences={("d", 1): (0,), ("d", 2): (0,)})
    assert paragraphs_each([one, three, other], KnownStatus.ANSWERED) == pytest.approx(1.5)
    assert paragraphs_each([one, three, other], KnownStatus.REFERRED) == 2
    assert paragraphs_each([known(KnownStatus.ANSWERED)], KnownStatus.ANSWERED) is None


def test_a_row_of_a_table_brings_the_row_that_names_its_columns() -> None:
    texts = ["Level | Reward", "CMMI 3 | 22", "Paid in May."]
    rows = [Paragraph(document=RULES.id, number=number, text=text) for number, text in enumerate(texts, 1)]
    held = Library({RULES: rows})
    assert [citation_of(row, row.text, held).first_row for row in rows] == [None, "Level | Reward", None]
    assert quoted(citation_of(rows[1], rows[1].text, held), phrases("en")) == "[table: Level | Reward]\n“CMMI 3 | 22”"
    assert quoted(citation_of(rows[2], rows[2].text, held), phrases("en")) == "“Paid in May.”"


def test_what_another_document_says_is_cited_where_it_is_as_near() -> None:
    cited = [hit(2, 0.4), hit(4, 0.1)]
    theirs = hit(1, 0.3, document=UNDATED.id)
    hits = [*cited, hit(3, 0.35), theirs]
    assert elsewhere(hits, cited, {RULES.id}, ratio=0.7) == (theirs,)
    assert elsewhere(hits, cited, {RULES.id}, ratio=0.8) == ()


def test_a_document_the_memory_knows_is_not_cited_beside_it_nor_anything_beside_nothing() -> None:
    hits = [hit(2, 0.4), hit(1, 0.3, document=UNDATED.id)]
    assert elsewhere(hits, hits[:1], {RULES.id, UNDATED.id}, ratio=0.1) == ()
    assert elsewhere(hits, [], {RULES.id}, ratio=0.1) == ()


def test_further_passages_come_in_order_to_a_number_in_all_and_not_where_they_are_unlikely() -> None:
    hits = [hit(2, 0.5), hit(3, 0.3), hit(4, 0.1), hit(1, 0.01)]
    assert further(hits, hits[:1], most=3, least=0.0) == hits[1:3]
    assert further(hits, hits[:1], most=9, least=0.05) == hits[1:3]
    assert further(hits, hits[:2], most=2, least=0.0) == []
    assert further(hits, hits[:3], most=2, least=0.0) == []


def test_a_brief_quote_is_the_best_sentence_alone() -> None:
    assert quote_of(hit(3, votes={1: 0.5, 2: 0.4}), citing(), brief=True) == SECOND
    assert quote_of(hit(3, sentences={3: 0.9}), citing(whole_below=1000), brief=True) == FOURTH


def test_a_citation_tells_the_date_of_its_document() -> None:
    assert citation_of(library().paragraph(RULES.id, 2), "x", library()).issued_on == RULES.issued_on
    assert citation_of(library().paragraph(UNDATED.id, 1), "x", library()).issued_on is None


def test_a_brief_quote_that_says_too_little_gets_the_next_best_sentence() -> None:
    assert (
        quote_of(hit(3, votes={1: 0.9, 2: 0.1}), citing(least_brief=len(SECOND) + 1), brief=True) == f"{SECOND} {THIRD}"
    )


def test_a_paragraph_that_opens_a_list_brings_its_items() -> None:
    texts = (
        ("(1)", (), "(1) The papers are:"),
        ("①", ("(1)",), "① a form;"),
        ("②", ("(1)",), "② a seal."),
        (None, (), "End."),
    )
    paragraphs = [
        Paragraph(document=RULES.id, number=number, label=label, section=section, text=text)
        for number, (label, section, text) in enumerate(texts, 1)
    ]
    held = Library({RULES: paragraphs})
    opening, item, end = (hit(number, held=held) for number in (1, 3, 4))
    assert [h.paragraph.number for h in with_lists([opening, end], held, most=8)] == [1, 2, 3, 4]
    assert [h.paragraph.number for h in with_lists([opening], held, most=1)] == [1, 2]
    assert [h.paragraph.number for h in with_lists([item], held, most=8)] == [3]
