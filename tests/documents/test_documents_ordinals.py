"""The value of the numbers that lists write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.ordinals import han, letter, ordinal, roman
from documents.readers import numerals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3), ("１２", 12), ("③", 3), ("㈢", 3), ("three", 3), ("Twelve", 12), ("三", 3), ("十", 10), ("二十", 20),
        ("二十三", 23), ("一百零三", 103), ("〇", 0), ("二〇〇六", 2006), ("叁", 3), ("拾貳", 12), ("廿三", 23),
        ("x", None), ("", None), ("三x", None), ("多", None),
    ],
)  # fmt: skip
def test_figures_words_and_chinese_numbers(text: str, value: int | None) -> None:
    assert ordinal(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("I", 1), ("iv", 4), ("IX", 9), ("XIV", 14), ("MMVI", 2006), ("IIX", None), ("IC", None), ("A", None), ("", None)],
)
def test_roman_numerals_as_they_are_written(text: str, value: int | None) -> None:
    assert roman(text) == value


@given(st.integers(1, 3999))
def test_every_roman_numeral_is_read_back(number: int) -> None:
    assert roman(numerals.roman(number)) == number


@given(st.integers(1, 9999))
def test_every_chinese_number_is_read_back(number: int) -> None:
    assert han(numerals.han(number)) == number


def test_letters_count_from_a() -> None:
    assert [letter(text) for text in ("a", "Z", "ä", "ab", "")] == [1, 26, None, None, None]
