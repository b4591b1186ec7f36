"""Buttons of menus and of the check carry all they need within 64 bytes; whatever else a button holds is told apart."""

from __future__ import annotations

import random

import pytest
from fuzz import examples
from hypothesis import given
from hypothesis import strategies as st

from bot.eligibility.check import Check
from bot.eligibility.dialogue import Dialogue
from bot.telegram.callback import decode
from bot.telegram.check_begin import begin_data, begun_again
from bot.telegram.check_data import CheckClick, click_of, decode_check, encode_check, state_of
from bot.telegram.menu_data import (
    AskTopic,
    ChooseLanguage,
    Forget,
    Home,
    MenuAction,
    ShowLibrary,
    ShowMenu,
    ShowPerson,
    ShowTopic,
    decode_menu,
    encode_menu,
    find_topic,
    topic_name,
)
from bot.telegram.people import people
from bot.telegram.topics import Topics, Wanted
from documents.conditions import load_programmes
from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import SHIPPED, load_corpus
from documents.measures import Audience, KnownAs, Measure, Names
from documents.models import Document

languages = st.sampled_from(["en", "zh"])
persons = st.sampled_from([each.id for each in people()])
topics = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}/[a-z][a-z0-9_]{0,19}", fullmatch=True)
page_numbers = st.integers(0, 9_999)
actions = st.one_of(
    st.builds(Home, languages),
    st.builds(ShowPerson, persons, languages),
    st.builds(ShowMenu, page_numbers, languages),
    st.builds(ShowTopic, topics, persons | st.just(""), languages),
    st.builds(AskTopic, topics, st.sampled_from(Wanted), languages),
    st.builds(ShowLibrary, page_numbers, languages),
    st.builds(ChooseLanguage, st.sampled_from(["en", "zh", "follow"]), languages),
    st.builds(Forget, st.booleans(), languages),
)


@pytest.fixture(scope="module")
def check() -> Check:
    library, _ = load_corpus()
    return Check(load_programmes(SHIPPED, library), library)


@examples(200)
@given(actions)
def test_a_button_of_a_menu_says_again_what_it_was_made_of(action: MenuAction) -> None:
    data = encode_menu(action)
    assert 1 <= len(data.encode()) <= 64
    assert decode_menu(data) == action
    assert decode(data) is None
    assert decode_check(data) is None


@examples(300)
@given(st.text(max_size=70) | st.from_regex(r"[a-z][ez]?[0-9]?[bsxo:]?[a-z0-9:./~_-]{0,62}", fullmatch=True))
def test_garbled_data_is_nothing_or_a_button(data: str) -> None:
    action, click = decode_menu(data), decode_check(data)
    assert action is None or len(encode_menu(action)) <= len(data) + 1
    assert click is None or len(encode_check(click).encode()) <= 64


@pytest.mark.parametrize("data", ["he2", "te2:graduate:a/b", "ce2s:00000000:..", "te1:graduate", "fe1:maybe", "me1:-1"])
def test_a_button_of_another_version_is_told_apart(data: str) -> None:
    assert decode_menu(data) is None
    assert decode_check(data) is None


@pytest.mark.parametrize(("document", "measure"), [("c", "m"), ("c" * 80, "m" * 60), ("c" * 17, "m" * 40)])
def test_programmes_of_any_name_are_found_again(document: str, measure: str) -> None:
    names = {"names": Names(en="N", zh="N"), "known_as": KnownAs(en=("n",), zh=("n",))}
    told = Measure(document=document, id=measure, audience=(Audience.ANYONE,), menu=True, order=1, **names)
    other = told.model_copy(update={"id": "other"})
    library = Library({Document(id=document, title="T"): []})
    there = Topics(Knowledge(measures=(other, told)), library)
    longest = max((each.id for each in people()), key=len)
    for action in (ShowTopic(topic_name(told), longest, "zh"), *(AskTopic(topic_name(told), w, "zh") for w in Wanted)):
        data = encode_menu(action)
        assert len(data.encode()) <= 64
        assert decode_menu(data) == action
    assert find_topic(there, topic_name(told)) == told
    assert find_topic(there, "c/gone") is None


def walked(check: Check, dice: random.Random) -> list[Dialogue]:
    """The states of one check, its choices taken at random."""
    states = [check.begin()]
    while prompt := check.prompt(states[-1], "en"):
        states.append(check.reply(states[-1], dice.choice(prompt.choices).id))
    return states


def test_every_state_of_the_check_is_carried_by_its_button(check: Check) -> None:
    seen = set()
    for seed in range(150):
        for state in walked(check, random.Random(seed)):
            data = encode_check(click_of(state, check, "zh", page=99))
            assert len(data.encode()) <= 64
            click = decode_check(data)
            assert click is not None
            assert state_of(click, check) == state
            assert not check.resume(state_of(click, check)).restarted
            seen.add(state.programme)
    assert len(seen) == len(check.programmes()) + 1


def test_a_state_of_other_conditions_begins_again_in_its_role(check: Check) -> None:
    state = check.reply(check.reply(check.begin(), "enterprise"), "credit-insurance")
    click = decode_check(encode_check(click_of(state, check, "en")).replace(state.version[:8], "0123abcd"))
    assert click is not None
    assert check.resume(state_of(click, check)) == (check.begin("enterprise"), True)


@pytest.mark.parametrize(("programme", "answers"), [("none", ""), ("", "0"), ("real", "z"), ("real", "0" * 30)])
def test_a_state_that_no_check_can_be_in_begins_again(check: Check, programme: str, answers: str) -> None:
    real = click_of(check.reply(check.begin("graduate"), "graduate-training"), check, "en")
    named = {"none": "zzzz", "": "", "real": real.programme}[programme]
    click = CheckClick("show", "en", real.digest, real.role, named, answers)
    assert check.resume(state_of(click, check)) == (check.begin("graduate"), True)


def test_a_button_that_begins_outlives_the_conditions(check: Check) -> None:
    begun = check.begin("enterprise", "credit-insurance")
    click = decode_check(begin_data(begun, "en"))
    assert click is not None
    assert begun_again(click, check) == begun
    gone = CheckClick("begin", "en", role="zz9", programme="zz9")
    assert begun_again(gone, check) == check.begin()
