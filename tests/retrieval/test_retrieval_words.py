"""Words shared by question and passages: which document, which paragraph, and across languages."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from retrieval.dictionary import Dictionary
from retrieval.ranking_tuning import ranking_tuning
from retrieval.words import Heard, WordIndex, Words, bag_of, concepts_of, english_bag_of

SMALL = Dictionary(
    {"电梯": "lift; elevator", "补贴": "subsidy; grant", "公交": "bus; public transport", "申请": "apply; application"},
    {"云": "yun", "港": "gang"},
    {"電": "电", "貼": "贴", "補": "补", "請": "请"},
)
NUMBERS = ranking_tuning().words


def look_up() -> Dictionary:
    return SMALL


def never() -> Dictionary:
    raise AssertionError("no Chinese was met")


def index(texts: Sequence[str], owners: Sequence[int]) -> WordIndex:
    bags = [bag_of(text, look_up) for text in texts]
    return WordIndex(bags, [sum(int(heard.times) for heard in bag.values()) for bag in bags], owners, NUMBERS)


def words(texts: Sequence[str], owners: Sequence[int], titles: Sequence[str], languages: Sequence[str]) -> Words:
    return Words(texts, owners, titles, languages, look_up, NUMBERS)


def test_a_word_of_every_paragraph_tells_the_document_and_no_paragraph() -> None:
    lift = ["lift grant amount", "lift grant deadline", "lift grant office"]
    bus = ["bus rates amount", "bus rates deadline", "bus rates office"]
    scores = index(lift + bus, [0, 0, 0, 1, 1, 1]).scores([{"lift": 1.0}, {"deadline": 1.0}])
    assert scores.documents[0] > scores.documents[1]
    within = scores.paragraphs[:3]
    assert within.argmax() == 1
    lift_alone = index(lift + bus, [0, 0, 0, 1, 1, 1]).scores([{"lift": 1.0}]).paragraphs
    assert np.ptp(lift_alone[:3]) == 0
    assert lift_alone[0] < 0.5 * (within[1] - within[0])


def test_a_word_of_one_document_tells_it_better_than_a_word_of_all() -> None:
    found = index(["lift grant", "bus grant", "ramp grant"], [0, 1, 2])
    assert found.scores([{"lift": 1.0}]).documents[0] > 3 * found.scores([{"grant": 1.0}]).documents[0]


def test_of_what_may_stand_for_one_thing_the_best_counts_once() -> None:
    found = index(["lift elevator", "lift", "ramp"], [0, 1, 2])
    either = found.scores([{"lift": 1.0, "elevator": 1.0}])
    both = found.scores([{"lift": 1.0}, {"elevator": 1.0}])
    assert 0 < either.paragraphs[0] < both.paragraphs[0]
    assert either.documents[0] == max(found.scores([{term: 1.0}]).documents[0] for term in ("lift", "elevator"))
    assert found.scores([{"lift": 0.5}]).paragraphs[1] == pytest.approx(either.paragraphs[1] / 2)


def test_what_is_less_sure_counts_less() -> None:
    bags = [{"lift": Heard(1, 1.0)}, {"lift": Heard(1, 0.5)}, {"ramp": Heard(1, 1.0)}]
    scores = WordIndex(bags, [1, 1, 1], [0, 1, 2], NUMBERS).scores([{"lift": 1.0}])
    assert scores.paragraphs[0] > scores.paragraphs[1] > scores.paragraphs[2] == 0
    assert scores.documents[0] > scores.documents[1] > scores.documents[2] == 0


def test_repeating_a_word_helps_less_each_time() -> None:
    one, two, three = (
        index(["lift " * times, "ramp"], [0, 1]).scores([{"lift": 1.0}]).paragraphs[0] for times in (1, 2, 9)
    )
    assert one < two < three < one * (NUMBERS.saturation + 1) * 1.5


def test_nothing_shared_or_nothing_there_is_no_score() -> None:
    assert not index(["lift"], [0]).scores([{"ramp": 1.0}]).paragraphs.any()
    assert not index(["lift"], [0]).scores([]).documents.any()
    assert index([], []).scores([{"lift": 1.0}]).paragraphs.shape == (0,)
    assert not index(["", "。"], [0, 1]).scores([{"lift": 1.0}]).paragraphs.any()


def test_an_english_question_finds_the_chinese_passage_that_means_it() -> None:
    held = words(["电梯补贴标准", "公交补贴标准"], [0, 1], ["电梯补贴办法", "公交补贴办法"], ["zh", "zh"])
    shared = held.shared("How much is the grant for a lift?", "en")
    assert shared.paragraphs[0] > shared.paragraphs[1] > 0
    assert shared.documents[0] > shared.documents[1]
    assert shared.titles[0] > shared.titles[1]


@pytest.mark.parametrize("question", ["电梯补贴怎么申请？", "電梯補貼怎麼申請？"])
def test_a_chinese_question_finds_the_english_passage_that_means_it(question: str) -> None:
    held = words(["The lift grant is 5.", "The bus fare is 2."], [0, 1], ["Lift Grant", "Bus Fares"], ["en", "en"])
    shared = held.shared(question, "zh")
    assert shared.paragraphs[0] > shared.paragraphs[1] == 0
    assert shared.documents[0] > shared.documents[1]


def test_traditional_characters_are_the_same_words() -> None:
    held = words(["电梯补贴标准", "公交补贴标准"], [0, 1], ["", ""], ["zh", "zh"])
    assert held.shared("電梯", "zh").paragraphs.tolist() == held.shared("电梯", "zh").paragraphs.tolist() != [0, 0]


def test_numbers_and_latin_letters_cross_languages() -> None:
    held = words(["按 ISO27001 奖励 80 万元", "按规定奖励"], [0, 1], ["", ""], ["zh", "zh"])
    assert held.shared("Which reward does ISO27001 bring?", "en").paragraphs[0] > 0
    back = words(["ISO27001 earns 80", "earns more"], [0, 1], ["", ""], ["en", "en"])
    assert back.shared("ISO27001 能拿多少？", "zh").paragraphs.tolist()[1] == 0
    assert back.shared("ISO27001 能拿多少？", "zh").paragraphs[0] > 0


def test_a_place_is_found_by_its_name_in_latin_letters() -> None:
    assert english_bag_of("云港市财政局", look_up)["@yungang"] == Heard(1, 1.0)
    assert {"@yungang": 1.0} in concepts_of("Who pays in Yungang?", "en", "zh", look_up)
    assert {"@yungang": 1.0} not in concepts_of("Who pays in Yungang?", "en", "en", look_up)


def test_a_language_without_dictionary_shares_latin_words_alone() -> None:
    held = words(["Der ISO27001 Zuschuss", "Anderes"], [0, 1], ["Zuschuss", ""], ["de", "de"])
    assert held.shared("电梯 ISO27001", "zh").paragraphs[0] > 0
    assert not held.shared("电梯", "zh").paragraphs.any()


def test_languages_do_not_disturb_each_other() -> None:
    texts, owners, titles, languages = (
        ["lift grant", "电梯补贴", "bus"],
        [0, 1, 2],
        ["A", "乙", "C"],
        ["en", "zh", "en"],
    )
    joint = words(texts, owners, titles, languages).shared("lift", "en")
    alone = words(["lift grant", "bus"], [0, 1], ["A", "C"], ["en", "en"]).shared("lift", "en")
    assert joint.paragraphs[[0, 2]].tolist() == alone.paragraphs.tolist()
    assert joint.paragraphs[1] > 0


def test_without_chinese_the_dictionary_is_not_read() -> None:
    held = Words(["lift grant"], [0], ["Lift"], ["en"], never, NUMBERS)
    assert held.shared("lift", "en").paragraphs[0] > 0


def test_a_document_without_passages_and_an_empty_library_do_no_harm() -> None:
    held = words(["lift grant"], [1], ["Empty", "Lift"], ["en", "en"])
    assert held.shared("empty lift", "en").titles.tolist()[0] == 0
    assert words([], [], [], []).shared("lift", "en").paragraphs.shape == (0,)


def test_threads_asking_first_at_once_all_get_the_same() -> None:
    texts, owners = ["电梯补贴标准", "lift grant"] * 50, [0, 1] * 50
    read: list[str] = []

    def slow() -> Dictionary:
        read.append("")
        time.sleep(0.0005)
        return SMALL

    alone = words(texts, owners, ["电梯", "Lift"], ["zh", "en"]).shared("lift grant", "en").paragraphs.tolist()
    held = Words(texts, owners, ["电梯", "Lift"], ["zh", "en"], slow, NUMBERS)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: held.shared("lift grant", "en").paragraphs.tolist(), range(8)))
    assert all(scores == alone for scores in found)
    # Each Chinese text was read once, not by every thread.
    assert len(read) < 4 * len(texts)
