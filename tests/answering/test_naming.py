"""Documents are called by the title and the label of the asker's language, where they are known by one."""

from __future__ import annotations

import pytest

from bot.answering.answer import PointerTo
from bot.answering.naming import label_in, pointer_name, title_in
from prompts.phrases import phrases

BOTH = PointerTo(label="Appendix II", title="Circular on Rewards", other_titles=("关于奖励的通知",))


@pytest.mark.parametrize(
    ("label", "language", "named"),
    [
        ("Appendix II", "zh", "附件二"),
        ("Annex 3", "zh", "附件三"),
        ("Appendix XIV", "zh", "附件14"),
        ("附件三", "en", "Appendix III"),
        ("附件2", "en", "Appendix II"),
        ("Appendix II", "en", "Appendix II"),
        ("附件三", "zh", "附件三"),
        ("Appendix of forms", "zh", "Appendix of forms"),
        ("Schedule 2", "zh", "Schedule 2"),
    ],
)
def test_a_label_is_written_as_the_language_writes_it(label: str, language: str, named: str) -> None:
    assert label_in(label, phrases(language)) == named


def test_a_title_of_the_language_is_taken_where_there_is_one() -> None:
    assert title_in("Circular on Rewards", ("关于奖励的通知",), "zh") == "关于奖励的通知"
    assert title_in("Circular on Rewards", ("关于奖励的通知",), "en") == "Circular on Rewards"
    assert title_in("关于奖励的通知", (), "en") == "关于奖励的通知"


def test_a_pointer_is_named_by_both() -> None:
    assert pointer_name(BOTH, phrases("zh")) == "附件二《关于奖励的通知》"
    assert pointer_name(BOTH, phrases("en")) == "Appendix II (Circular on Rewards)"
    assert pointer_name(PointerTo(title="Rules", other_titles=("规则",)), phrases("zh")) == "《规则》"
    assert pointer_name(PointerTo(label="Appendix I", title="Appendix I"), phrases("zh")) == "附件一"
