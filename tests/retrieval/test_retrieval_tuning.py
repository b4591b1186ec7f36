"""The numbers of the search come from the file, and the file says nothing that is not read."""

from __future__ import annotations

import copy
import tomllib
from importlib import resources
from typing import Any

import pytest
from pydantic import ValidationError

from retrieval.background import background
from retrieval.tuning import Tuning, tuning

SECTIONS = ("question", "passages", "known", "fusion")


def held() -> dict[str, Any]:
    return tomllib.loads(resources.files("retrieval").joinpath("tuning.toml").read_text(encoding="utf-8"))


def test_the_shipped_numbers_are_those_of_the_file() -> None:
    assert tuning().model_dump() == held()


@pytest.mark.parametrize("section", [None, *SECTIONS])
def test_an_unknown_number_is_refused(section: str | None) -> None:
    values = held()
    (values if section is None else values[section])["tempreature"] = 3
    with pytest.raises(ValidationError, match="tempreature"):
        Tuning.model_validate(values)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_missing_number_is_refused(section: str) -> None:
    for name in held()[section]:
        values = copy.deepcopy(held())
        del values[section][name]
        with pytest.raises(ValidationError, match=name):
            Tuning.model_validate(values)


def test_numbers_cannot_be_changed_by_who_holds_them() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        tuning().question.centring = 0.0


def test_shares_are_shares() -> None:
    numbers = tuning()
    for share in (numbers.question.centring, numbers.passages.centring, numbers.fusion.passages):
        assert 0 <= share <= 1


def test_the_background_has_questions_in_both_languages() -> None:
    assert set(background()) == {"en", "zh"}
    assert all(len(questions) == len(set(questions)) >= 20 for questions in background().values())
