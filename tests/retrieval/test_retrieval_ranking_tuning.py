"""The numbers passages are ranked with."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from retrieval.ranking_tuning import RankingTuning, ranking_tuning


def test_what_is_asked_is_as_likely_in_a_paragraph_as_the_paragraph_is_long() -> None:
    assert ranking_tuning().long == pytest.approx(1 / ranking_tuning().temperature)


def test_a_number_that_nobody_reads_is_refused() -> None:
    with pytest.raises(ValidationError):
        RankingTuning.model_validate({**ranking_tuning().model_dump(), "nearest": 5})
