"""The dialogue: each choice leads on, one leads back, and whatever is handed in from outside harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.eligibility.check import Check, NotComplete
from bot.eligibility.dialogue import Dialogue, StaleDialogue, WrongChoice
from documents.conditions import Effect, Programmes
from documents.library import Library
from documents.loading import load_corpus

from .made import CONDITIONS, answered, by_id, loaded, walks, written

Data = tuple[Programmes, Library]


def test_it_asks_who_then_what_then_each_condition_with_its_paragraph(grants: Check) -> None:
    state = grants.begin()
    told = []
    for choice in ("firm", "grant", "yes", "machines", "no"):
        prompt = grants.prompt(state, "en")
        assert prompt is not None
        told.append((prompt.about, prompt.subject, prompt.text, [c.id for c in prompt.choices], prompt.can_go_back))
        assert (prompt.citation is not None) == (prompt.about == "condition")
        state = grants.reply(state, choice)
    assert told == [
        ("role", None, "Who is asking?", ["firm", "person"], False),
        ("programme", None, "Which programme?", ["grant", "advice"], True),
        ("condition", "staff", "Has the firm ten or more employees?", ["yes", "no", "unsure"], True),
        ("condition", "purpose", "What is it for?", ["machines", "other"], True),
        ("condition", "north", "Is the firm in the north?", ["yes", "no"], True),
    ]
    assert grants.prompt(state, "en") is None


def test_a_question_counts_itself_and_quotes_what_it_is_about(grants: Check) -> None:
    prompt = grants.prompt(answered(grants, "grant", "yes"), "en")
    assert prompt is not None
    assert (prompt.number, prompt.total) == (2, 3)
    assert prompt.citation is not None
    assert (prompt.citation.document, prompt.citation.paragraph) == ("grants", 2)
    assert prompt.citation.quote == "a grant towards machines, tools, etc."
    assert prompt.citation.quote in prompt.citation.text


def test_it_speaks_both_languages(grants: Check) -> None:
    prompt = grants.prompt(answered(grants, "grant"), "zh")
    assert prompt is not None
    assert prompt.text == "员工是否在十名以上？"
    assert [choice.text for choice in prompt.choices] == ["是", "否", "不确定"]
    first = grants.prompt(grants.begin(), "zh")
    assert first is not None
    assert [choice.text for choice in first.choices] == ["企业", "个人"]


def test_what_is_known_beforehand_is_not_asked(grants: Check) -> None:
    of_a_person = grants.prompt(grants.begin("person"), "en")
    assert of_a_person is not None
    assert [choice.id for choice in of_a_person.choices] == ["advice"]
    advice = grants.prompt(grants.begin(programme="advice"), "en")
    assert advice is not None
    assert advice.subject == "a-firm"


@pytest.mark.parametrize(
    ("role", "programme", "about", "choices"),
    [
        ("king", None, "role", ("firm", "person")),
        (None, "crown", "programme", ("grant", "advice")),
        ("person", "grant", "programme", ("advice",)),
    ],
)
def test_it_cannot_begin_with_what_is_not_there(
    grants: Check, role: str | None, programme: str | None, about: str, choices: tuple[str, ...]
) -> None:
    with pytest.raises(WrongChoice) as caught:
        grants.begin(role, programme)
    assert (caught.value.about, caught.value.choices) == (about, choices)


@pytest.mark.parametrize("given", ["", "YES", "machines", "staff", "1", "\udcff"])
@pytest.mark.parametrize("before", [("grant", ()), ("advice", ())])
def test_a_wrong_choice_is_told_with_the_right_ones_and_changes_nothing(
    grants: Check, before: tuple[str, tuple[str, ...]], given: str
) -> None:
    state = answered(grants, before[0], *before[1])
    kept = state.model_dump_json()
    prompt = grants.prompt(state, "en")
    assert prompt is not None
    with pytest.raises(WrongChoice) as caught:
        grants.reply(state, given)
    assert caught.value.choices == tuple(choice.id for choice in prompt.choices)
    assert caught.value.given == given
    assert "\n" not in str(caught.value)
    assert state.model_dump_json() == kept


@pytest.mark.parametrize("given", ["grant", "king", ""])
def test_a_wrong_role_or_programme_is_a_wrong_choice_too(grants: Check, given: str) -> None:
    with pytest.raises(WrongChoice, match="role: "):
        grants.reply(grants.begin(), given)
    if given != "grant":
        with pytest.raises(WrongChoice, match="programme: "):
            grants.reply(grants.begin("firm"), given)


def test_a_failed_condition_ends_the_questions_and_a_missed_advantage_does_not(grants: Check) -> None:
    failed = answered(grants, "grant", "no")
    assert grants.prompt(failed, "en") is None
    with pytest.raises(WrongChoice, match="nothing is asked any more"):
        grants.reply(failed, "machines")
    assert [c for c, _ in answered(grants, "grant", "unsure", "other", "no").answers] == ["staff", "purpose", "north"]


def test_a_missed_advantage_is_no_end(corpus: Path) -> None:
    first = CONDITIONS.replace('["staff", "purpose", "north", "further"]', '["north", "staff", "purpose", "further"]')
    check = Check(*loaded(written(corpus, first)))
    prompt = check.prompt(answered(check, "grant", "no"), "en")
    assert prompt is not None
    assert prompt.subject == "staff"


def test_every_programme_walked_by_every_choice_ends_and_every_step_back_is_the_step_before(
    shipped: Data, circular: Check
) -> None:
    ends = 0
    for role in circular.roles:
        for programme in circular.programmes(role.id):
            for end in walks(circular, circular.begin(role.id, programme.id)):
                ends += 1
                assert circular.prompt(end, "zh") is None
                assert circular.outcome(end).programme == programme.id
                state, steps = end, [end]
                while (before := circular.back(state)) != state:
                    state = before
                    steps.append(state)
                assert len(steps) == len(end.answers) + 3, "the answers, the programme, the role, the beginning"
                assert state == circular.begin()
                for choice in (role.id, programme.id, *(choice for _, choice in end.answers)):
                    state = circular.reply(state, choice)
                assert state == end
    assert ends > 300


def test_every_choice_of_every_condition_is_reached(shipped: Data, circular: Check) -> None:
    for programme in circular.programmes():
        reached = {pair for end in walks(circular, circular.begin(programme=programme.id)) for pair in end.answers}
        assert reached == {(c.id, o.id) for c in programme.asked for o in c.options}


def test_the_first_question_is_before_itself(grants: Check) -> None:
    assert grants.back(grants.begin()) == grants.begin()


def test_back_from_a_programme_that_was_given_leads_to_the_choice_of_role(grants: Check) -> None:
    assert grants.back(answered(grants, "grant")) == grants.begin()


def test_a_state_is_kept_as_text(grants: Check) -> None:
    state = answered(grants, "grant", "yes", "other")
    kept = state.model_dump_json()
    assert len(kept) < 200
    assert Dialogue.model_validate_json(kept) == state


def test_there_is_no_outcome_before_the_end(grants: Check) -> None:
    for state in (grants.begin(), grants.begin("firm"), answered(grants, "grant", "yes")):
        with pytest.raises(NotComplete):
            grants.outcome(state)


def refused(check: Check, state: Dialogue) -> None:
    """Every move of a state that does not fit says so."""
    for move in (
        lambda: check.prompt(state, "en"),
        lambda: check.reply(state, "yes"),
        lambda: check.back(state),
        lambda: check.outcome(state),
    ):
        with pytest.raises(StaleDialogue, match="has changed since"):
            move()
    assert check.resume(state).restarted


def test_a_state_of_other_conditions_is_recognised_and_begun_again_with_its_role(grants: Check, corpus: Path) -> None:
    changed = Check(*loaded(written(corpus, CONDITIONS.replace("The list is open.", "It is open."))))
    old = grants.reply(grants.begin("firm", "grant"), "yes")
    assert grants.resume(old) == (old, False)
    refused(changed, old)
    assert changed.resume(old) == (changed.begin("firm"), True)


def test_a_role_that_is_gone_is_asked_anew(grants: Check, corpus: Path) -> None:
    firms_only = CONDITIONS.replace('for = ["firm", "person"]', 'for = ["firm"]')
    firms_only = firms_only.replace('[role.person]\nen = "A person"\nzh = "个人"\n', "")
    changed = Check(*loaded(written(corpus, firms_only)))
    assert changed.resume(grants.begin("person")) == (changed.begin(), True)


@pytest.mark.parametrize(
    "change",
    [
        {"role": "king"},
        {"programme": "crown"},
        {"role": "person", "programme": "grant"},
        {"programme": None},
        {"answers": (("purpose", "machines"),)},
        {"answers": (("staff", "perhaps"),)},
        {"answers": (("staff", "yes"), ("staff", "yes"))},
        {"answers": (("staff", "no"), ("purpose", "machines"))},
        {"answers": (("further", "yes"),)},
    ],
)
def test_a_state_no_dialogue_can_be_in_is_begun_again(grants: Check, change: dict[str, object]) -> None:
    """It may come from a file or a button that somebody has changed."""
    refused(grants, answered(grants, "grant", "yes").model_copy(update=change))


def test_a_programme_whose_questions_are_all_set_aside_asks_nothing(corpus: Path) -> None:
    only_open = CONDITIONS.replace('["staff", "purpose", "north", "further"]', '["further"]')
    for name in ("staff", "purpose", "north"):
        start = only_open.index(f"[condition.{name}]")
        only_open = only_open[:start] + only_open[only_open.index("\n[", start) + 1 :]
    for choice in ("unsure", "machines", "other"):
        start = only_open.index(f"[choice.{choice}]")
        only_open = only_open[:start] + only_open[only_open.index("\n[", start) + 1 :]
    data, library = loaded(written(corpus, only_open))
    check = Check(data, library)
    assert by_id(data, "grant").asked == ()
    assert check.outcome(check.begin(programme="grant")).verdict == "not_stated"


def test_nothing_fails_where_the_text_only_does_not_say(shipped: Data) -> None:
    effects = {o.effect for p in shipped[0].programmes for c in p.asked for o in c.options}
    assert effects == set(Effect)


def test_a_library_without_conditions_offers_nothing(corpus: Path) -> None:
    written(corpus)
    library, _ = load_corpus(corpus)
    empty = Check(Programmes(), library)
    assert (empty.roles, empty.programmes()) == ((), ())
    prompt = empty.prompt(empty.begin(), "en")
    assert prompt is not None
    assert prompt.choices == ()
