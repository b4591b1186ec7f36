"""Words as the lexical index counts them, and the order they put texts in."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.lexical import LexicalIndex, terms

TEXTS = [
    "China Development Bank grants policy-based loans to enterprises.",
    "Base cities establish complaint centres for intellectual property rights.",
    "国家开发银行向服务外包企业提供政策性贷款。",
    "Graduates are trained before their first job.",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loan", "loans"),
        ("grant", "granted"),
        ("train", "training"),
        ("company", "companies"),
        ("city", "cities"),
        ("class", "classes"),
        ("process", "processes"),
        ("LOAN", "loan"),
        ("ＬＯＡＮ", "loan"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), [("base", "bus"), ("is", "ing"), ("port", "sport"), ("ITO", "BPO")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_short_words_keep_their_ending() -> None:
    assert terms("is was red") == ["is", "was", "red"]


def test_chinese_is_counted_in_pairs_of_neighbours() -> None:
    assert terms("服务外包") == ["服务", "务外", "外包"]
    assert terms("贷款，银") == ["贷款", "银"]


def test_both_scripts_in_one_text() -> None:
    assert sorted(terms("ISO27001认证 rewards")) == sorted(["iso27001", "reward", "认证"])


def test_punctuation_alone_is_no_term() -> None:
    assert terms("?!，。 -- 😀") == []


def test_the_text_that_holds_the_words_comes_first() -> None:
    index = LexicalIndex(TEXTS)
    assert index.scores("which banks grant a loan").argmax() == 0
    assert index.scores("where do cities take complaints").argmax() == 1
    assert index.scores("哪家银行提供贷款").argmax() == 2
    assert index.scores("which banks grant a loan")[3] == 0


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    index = LexicalIndex(["loans loans bank", "loans insurance bank", "loans bank", "loans bank"])
    scores = index.scores("insurance loans")
    assert scores.argmax() == 1


@pytest.mark.parametrize("question", ["", "xylophone", "?", "保险", "\ud800\x00"])
def test_no_word_in_common_scores_zero(question: str) -> None:
    scores = LexicalIndex(TEXTS).scores(question)
    assert scores.shape == (len(TEXTS),)
    assert not scores.any()


@pytest.mark.parametrize("texts", [[], ["", "？！"]])
def test_texts_without_words_score_zero(texts: list[str]) -> None:
    scores = LexicalIndex(texts).scores("which bank")
    assert np.array_equal(scores, np.zeros(len(texts)))
