"""Token ids are those of another implementation, whatever the text."""

from __future__ import annotations

import pytest
from e5_by_hand import OtherTokenizer
from hostile_texts import HOSTILE

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.embedding.tokenizer import LONGEST_TEXT, Tokenizer
from retrieval.embedding.weights import WeightFile

VARIED = [
    "Which bank can lend to our company?",
    "哪家银行可以给我们公司贷款？",
    "  two  spaces   and a tab\tand a line\nand another\r\n",
    "ＦＵＬＬ　ｗｉｄｔｈ　１２３％",
    "Ⅳ ① ﬁne ™ ½ ㎏ ㍿ ㈱",
    "e\u0301 and é, n\u0303 and ñ",
    "soft\u00adhyphen zero\u200bwidth no\u00a0break",
    "query: passage: query:",
    "CMMI5/CMM-5, ISO27001/BS7799; (SAS70) 300000-400000",
    "https://example.org/a?b=c&d=%20#e user@example.org",
    "Какой банк выдаёт кредиты? Ποια τράπεζα; איזה בנק? أي بنك؟ ธนาคารไหน คะ",
    "どの銀行が融資してくれますか。어느 은행이 대출해 주나요?",
    "xqzjvwkpf Zzyzx qwertzuiop",
    "𝕋𝕙𝕖 𝓆𝓊𝒾𝒸𝓀 🦊 jumps",
    "\u2581 a piece mark",
    "1,234.50 $ € £ ¥ ±1 ≥2 ≠3",
]


ENDLESS = 10**6
"""A limit that no text of these reaches."""


@pytest.fixture(scope="module")
def tokenizer(weights: WeightFile) -> Tokenizer:
    return Tokenizer(weights, limit=ENDLESS)


@pytest.fixture(scope="module")
def other(weights: WeightFile) -> OtherTokenizer:
    return OtherTokenizer(weights)


def test_two_hundred_texts_have_the_ids_of_the_other_tokenizer(
    tokenizer: Tokenizer, other: OtherTokenizer, corpus: tuple[Library, Knowledge]
) -> None:
    library, knowledge = corpus
    paragraphs = [p.text for d in library.in_force() for p in library.paragraphs(d.id)]
    questions = [q.question for q in knowledge.questions]
    step = len(questions) // 150
    texts = [*VARIED, *paragraphs, *questions[::step]]
    assert len(texts) > 190
    assert len({q.language for q in knowledge.questions[::step]}) == 2
    different = [text for text in texts if tokenizer.ids("query: " + text) != other.ids("query: " + text)]
    assert not different


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "special tokens"])
def test_hostile_texts_are_cut_as_well_as_the_other_tokenizer_cuts_them(
    name: str, tokenizer: Tokenizer, other: OtherTokenizer, weights: WeightFile
) -> None:
    """The same ids, or as many of them with the same probability: a letter repeated can be cut in several ways."""
    text = "query: " + HOSTILE[name]
    encodable = text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    ids, expected = tokenizer.ids(text), other.ids(encodable)
    if ids != expected:
        assert "one letter" in name
        assert len(ids) == len(expected)
        assert weights.pieces.scores[ids].sum() == pytest.approx(weights.pieces.scores[expected].sum(), rel=1e-6)


def test_a_text_is_read_up_to_512_tokens_with_begin_and_end(tokenizer: Tokenizer, weights: WeightFile) -> None:
    text = "service outsourcing " * 2_000
    ids = Tokenizer(weights).ids(text)
    assert len(ids) == weights.shape.positions == 512
    assert ids[:-1] == tokenizer.ids(text)[:511]
    assert (ids[0], ids[-1]) == (weights.pieces.begin, weights.pieces.end)
    assert weights.pieces.end not in ids[1:-1]


def test_written_special_tokens_are_text(tokenizer: Tokenizer, weights: WeightFile) -> None:
    """Whoever writes ``</s>`` in a question does not end it."""
    special = {weights.pieces.begin, weights.pieces.end, weights.pieces.padding}
    assert not special & set(tokenizer.ids("one </s> two <s> three <pad>")[1:-1])
