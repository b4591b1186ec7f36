"""Words as they are counted where texts are compared."""

from __future__ import annotations

import pytest

from retrieval.terms import terms


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
