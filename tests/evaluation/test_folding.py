"""Typography never decides a score, and a string is found only where it stands alone."""

from __future__ import annotations

import pytest

from bot.evaluation.folding import fold_answer, fold_passage, holds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The “Project”", 'the "project"'),
        ("China’s", "China's"),
        ("2006–2010", "2006-2010"),
        ("a — b", "a-b"),
        ("300,000 yuan", "300000 yuan"),
        ("1,000,000", "1000000"),
        ("４０亩，每亩", "40亩,每亩"),
        ("第 三 条\n（一）", "第三条(一)"),
        ("| 10 | 20 |", "1020"),
        ("co\u00adoperation", "cooperation"),
        ("\u3000indented", "indented"),
    ],
)
def test_passages_written_differently_are_the_same(one: str, other: str) -> None:
    assert fold_passage(one) == fold_passage(other)


@pytest.mark.parametrize(("one", "other"), [("1,5", "15"), ("12,3456", "123456"), ("300.000", "300000")])
def test_only_commas_before_exactly_three_digits_part_thousands(one: str, other: str) -> None:
    assert fold_passage(one) != fold_passage(other)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("It pays 300,000 yuan.", "300000"),
        ("It pays 300000 yuan.", "300,000"),
        ("3 to 5 days", "3-5"),
        ("3至5天", "3-5"),
        ("3 ~ 5 days", "3 to 5"),
        ("最高 800 元", "最高800元"),
        ("Trade & Industry", "trade and industry"),
        ("see Appendix I.", "Appendix I"),
        ("Appendix\n II", "appendix ii"),
        ("the rate is 10%", "10%"),
        ("10.", "10"),
        ("version 2.10", "2.10"),
        ("５０％", "50%"),
    ],
)
def test_a_string_is_found_however_it_is_written(answer: str, wanted: str) -> None:
    assert holds(fold_answer(answer), wanted)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("see Appendix II", "Appendix I"),
        ("see Appendix III", "Appendix II"),
        ("100 yuan", "10"),
        ("210 yuan", "10"),
        ("2.10 yuan", "10"),
        ("10.5 yuan", "10"),
        ("1,000 yuan", "000"),
        ("unbanked", "banked"),
        ("anything", "  "),
        ("a.c", "abc"),
        ("abc", "a.c"),
    ],
)
def test_a_string_is_not_found_inside_another(answer: str, wanted: str) -> None:
    assert not holds(fold_answer(answer), wanted)


def test_words_of_an_answer_stay_apart() -> None:
    assert fold_answer("one\n  two") == "one two"
    assert not holds(fold_answer("one two"), "onetwo")
