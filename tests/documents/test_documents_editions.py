"""A paragraph keeps its number in a new edition while it is the same one; a number never comes to stand for another."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.editions import Changes, alike, carry_numbers, compare
from documents.models import Paragraph
from documents.text import for_search

CIRCULAR = (
    "Measures for Trade Fairs",
    "Every firm with ten or more employees may apply for a grant.",
    "Applications are sent to the Trade Office by 1 May of each year.",
    "A grant covers half of the rent of a stand at a fair abroad.",
    "The Office decides within thirty days.",
)


def edition(*texts: str, numbers: Sequence[int] | None = None) -> tuple[Paragraph, ...]:
    counted = numbers or range(1, len(texts) + 1)
    return tuple(Paragraph(document="fairs", number=n, text=t) for n, t in zip(counted, texts, strict=True))


def carried(old: Sequence[str], new: Sequence[str], **more: int) -> list[int]:
    return [p.number for p in carry_numbers(edition(*old), edition(*new), **more)]


# --- single cases ------------------------------------------------------------------------------------------------


def test_an_identical_edition_changes_nothing() -> None:
    old = edition(*CIRCULAR)
    assert carry_numbers(old, old) == old
    assert compare(old, old) == Changes((1, 2, 3, 4, 5), (), (), ())


def test_a_paragraph_put_in_gets_a_new_number_and_moves_no_other() -> None:
    new = (*CIRCULAR[:2], "A firm in liquidation is excluded.", *CIRCULAR[2:])
    assert carried(CIRCULAR, new) == [1, 2, 6, 3, 4, 5]
    assert compare(edition(*CIRCULAR), edition(*new)) == Changes((1, 2, 3, 4, 5), (), (6,), ())


def test_a_number_whose_paragraph_is_gone_is_not_given_again() -> None:
    new = (*CIRCULAR[:4], "Loans are repaid in quarterly instalments to the State Bank.")
    assert carried(CIRCULAR, new) == [1, 2, 3, 4, 6]
    assert compare(edition(*CIRCULAR), edition(*new)) == Changes((1, 2, 3, 4), (), (6,), (5,))


def test_a_number_that_an_earlier_edition_used_is_not_given_again() -> None:
    assert carried(CIRCULAR[:3], (*CIRCULAR[:3], CIRCULAR[4]), used_up_to=9) == [1, 2, 3, 10]
    assert carried(CIRCULAR[:3], (*CIRCULAR[:3], CIRCULAR[4]), used_up_to=2) == [1, 2, 3, 4]


def test_an_amended_paragraph_keeps_its_number_and_is_told() -> None:
    new = (*CIRCULAR[:2], CIRCULAR[2].replace("1 May", "15 June"), *CIRCULAR[3:])
    assert carried(CIRCULAR, new) == [1, 2, 3, 4, 5]
    assert compare(edition(*CIRCULAR), edition(*new)) == Changes((1, 2, 4, 5), (3,), (), ())


@pytest.mark.parametrize(
    ("old", "new", "amended"),
    [
        ("企业应当于每年3月31日前向商务局提出申请。", "企业应当于每年4月30日前向商务局提出书面申请。", True),
        ("企业应当于每年3月31日前向商务局提出申请。", "资金由市财政局拨付到项目单位，专款专用。", False),
        ("A grant covers half of the rent of a stand.", "A grant covers a third of the rent of a stand.", True),
        ("A grant covers half of the rent of a stand.", "Repayment is due where the firm closes early.", False),
    ],
)
def test_a_little_is_an_amendment_and_much_is_another_paragraph(old: str, new: str, amended: bool) -> None:
    assert carried([CIRCULAR[0], old, CIRCULAR[4]], [CIRCULAR[0], new, CIRCULAR[4]]) == [1, 2 if amended else 4, 3]


def test_white_space_and_width_are_no_change() -> None:
    new = edition(
        "Measures  for\nTrade Fairs", "Ｅvery firm with ten or more employees may apply for a grant.", *CIRCULAR[2:]
    )
    assert compare(edition(*CIRCULAR), new).amended == ()
    assert carry_numbers(edition(*CIRCULAR), new) == new, "the text of the new edition stands"


def test_a_paragraph_that_moved_as_it_is_keeps_its_number() -> None:
    new = (CIRCULAR[0], CIRCULAR[3], CIRCULAR[1], CIRCULAR[2], CIRCULAR[4])
    assert carried(CIRCULAR, new) == [1, 4, 2, 3, 5]
    assert compare(edition(*CIRCULAR), edition(*new)).unchanged == (1, 4, 2, 3, 5)


def test_what_stands_in_the_place_of_a_moved_paragraph_does_not_take_its_number() -> None:
    new = (*CIRCULAR[:2], CIRCULAR[2].replace("1 May", "15 June"), *CIRCULAR[3:], CIRCULAR[2])
    assert carried(CIRCULAR, new) == [1, 2, 6, 4, 5, 3]


def test_of_two_paragraphs_made_of_one_only_one_keeps_its_number() -> None:
    first, second = (CIRCULAR[2].replace("1 May", day) for day in ("15 June", "1 July"))
    assert sorted(carried(CIRCULAR, (*CIRCULAR[:2], first, second, *CIRCULAR[3:]))) == [1, 2, 3, 4, 5, 6]


def test_repeated_paragraphs_are_told_apart_by_their_order() -> None:
    old = ("Part I", "Omitted.", "Part II", "Omitted.", "Part III", "Omitted.")
    assert carried(old, ("Part I", "Omitted.", "Part III", "Omitted.")) == [1, 2, 5, 6]
    assert carried(old, ("Part I", "Omitted.", "Part II", "Omitted.", "Omitted.", "Part III", "Omitted.")) == [
        1, 2, 3, 4, 7, 5, 6,
    ]  # fmt: skip


def test_numbers_that_are_out_of_order_since_an_earlier_edition_stay_with_their_paragraphs() -> None:
    old = edition("First it says this.", "Second it says that.", "Third it says more.", numbers=(1, 7, 2))
    new = edition("First it says this.", "Third it says more.", "A wholly new paragraph stands at the end here.")
    assert [p.number for p in carry_numbers(old, new)] == [1, 2, 8]
    assert compare(old, new).gone == (7,)


def test_everything_but_the_number_is_of_the_new_edition() -> None:
    new = tuple(p.model_copy(update={"page": 4, "section": ("II",)}) for p in edition("New it is here.", *CIRCULAR))
    carried_over = carry_numbers(edition(*CIRCULAR), new)
    assert [p.model_copy(update={"number": q.number}) for p, q in zip(carried_over, new, strict=True)] == list(new)


def test_the_first_edition_and_the_last() -> None:
    assert carry_numbers((), edition(*CIRCULAR)) == edition(*CIRCULAR)
    assert carry_numbers(edition(*CIRCULAR), ()) == ()
    assert compare(edition(*CIRCULAR), ()) == Changes((), (), (), (1, 2, 3, 4, 5))


def test_likeness_is_told_in_words_and_in_characters() -> None:
    assert alike("one two three", "one two three") == 1
    assert alike("one two three", "ONE  two, three!") == 1
    assert alike("one two three", "four five six") == 0
    assert alike("", "") == alike("", "one") == 0
    assert 0 < alike("企业应当登记。", "企业可以登记。") < 1


# --- what always holds -------------------------------------------------------------------------------------------

WORDS = st.sampled_from([*("firm", "grant", "office", "fair", "rent", "loan", "city", "year"), *"企业补贴"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join) | st.just("Omitted."), max_size=14)


@given(TEXTS)
def test_an_edition_that_did_not_change_keeps_every_number(texts: list[str]) -> None:
    old = edition(*texts)
    assert carry_numbers(old, old) == old
    assert compare(old, old) == Changes(tuple(range(1, len(texts) + 1)), (), (), ())


@given(TEXTS, TEXTS, st.integers(0, 40))
def test_numbers_are_never_given_twice_nor_given_again(old: list[str], new: list[str], used: int) -> None:
    before = edition(*old)
    after = carry_numbers(before, edition(*new), used_up_to=used)
    assert [p.text for p in after] == new, "the reading order is that of the new edition"
    numbers = [p.number for p in after]
    assert len(set(numbers)) == len(numbers)
    fresh = [n for n in numbers if n > len(old)]
    assert all(n > used for n in fresh)
    assert fresh == sorted(fresh)


@given(TEXTS, TEXTS)
def test_a_kept_number_stands_for_the_same_or_nearly_the_same_words(old: list[str], new: list[str]) -> None:
    before, after = edition(*old), carry_numbers(edition(*old), edition(*new))
    changes = compare(before, edition(*new))
    texts = {p.number: p.text for p in before}
    for p in after:
        if p.number in changes.unchanged:
            assert for_search(texts[p.number]) == for_search(p.text)
        elif p.number in changes.amended:
            assert texts[p.number] != p.text
            assert alike(texts[p.number], p.text) >= 0.6
    assert sorted((*changes.unchanged, *changes.amended, *changes.gone)) == list(range(1, len(old) + 1))
    assert sorted((*changes.unchanged, *changes.amended, *changes.new)) == sorted(p.number for p in after)


@given(TEXTS, TEXTS)
def test_a_text_that_stands_as_often_as_before_keeps_all_its_numbers(old: list[str], new: list[str]) -> None:
    after = carry_numbers(edition(*old), edition(*new))
    for text in set(old) & set(new):
        kept = [p.number for p in after if p.text == text and p.number <= len(old) and old[p.number - 1] == text]
        assert len(kept) == min(old.count(text), new.count(text))


@given(st.lists(st.text(min_size=1), max_size=12, unique_by=for_search), st.data())
def test_paragraphs_taken_out_and_put_in_leave_the_others_alone(texts: list[str], data: st.DataObject) -> None:
    keep = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    kept = [(n, t) for n, (t, stays) in enumerate(zip(texts, keep, strict=True), 1) if stays]
    assert carried(texts, [t for _, t in kept]) == [n for n, _ in kept]


# --- long editions -----------------------------------------------------------------------------------------------


def _long(count: int) -> list[str]:
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(2000)]
    return [" ".join(chance.choices(words, k=chance.randint(15, 60))) for _ in range(count)]


def test_ten_thousand_paragraphs_are_aligned_in_seconds() -> None:
    """Some amended, some taken out, one put in; not compared each with each, which would take hours."""
    old = _long(10_000)
    new = [f"{text} amended" if at % 10 == 3 else text for at, text in enumerate(old) if at % 50]
    new.insert(5_000, "This paragraph was never there before and says so at some length.")
    before, after = edition(*old), edition(*new)
    begin = time.process_time()
    changes = compare(before, after)
    assert time.process_time() - begin < 4
    assert (len(changes.unchanged), len(changes.amended), len(changes.new), len(changes.gone)) == (8_800, 1_000, 1, 200)


@pytest.mark.parametrize("kind", ["all amended", "all repeated", "all the other way round"])
def test_ten_thousand_paragraphs_that_are_hard_to_align(kind: str) -> None:
    old = ["Omitted.", "See above."] * 5_000 if kind == "all repeated" else _long(10_000)
    new = {
        "all amended": [f"{text} amended" for text in old],
        "all repeated": old[1:],
        "all the other way round": old[::-1],
    }[kind]
    begin = time.process_time()
    changes = compare(edition(*old), edition(*new))
    assert time.process_time() - begin < 8
    assert changes.new == ()
