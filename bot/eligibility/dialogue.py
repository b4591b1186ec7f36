"""The state of a check, what a channel shows next, and how a choice moves it on. Pure functions.

A failed condition that is no mere advantage ends the questions: whatever the other answers would be, the sum would
stay the same, and somebody in a hurry is not asked in vain. The rest is told as not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from bot.answering.answer import Citation
from documents.conditions import Condition, Effect, Option, Programme, Programmes
from documents.errors import DeskError
from documents.models import Frozen

About = Literal["role", "programme", "condition"]


class WrongChoice(DeskError, ValueError):
    """What was chosen is not among the choices; the state is as it was. ``choices`` are the ids there are."""

    def __init__(self, about: str, given: str, choices: Iterable[str]) -> None:
        self.about, self.given, self.choices = about, given, tuple(choices)
        there = f"{given!r} is not one of the choices: {', '.join(self.choices)}"
        super().__init__(f"{about}: {there if self.choices else 'nothing is asked any more'}")


class StaleDialogue(DeskError):
    """The state belongs to other conditions than those there are now; ``Check.resume`` begins it again."""

    def __init__(self) -> None:
        super().__init__("what the documents state has changed since this check began; begin it again")


class Dialogue(Frozen):
    """Where a check stands. ``version`` is the digest of the conditions; ``answers`` are pairs of condition and choice.

    Answers stand in the order in which they were given.
    """

    version: str
    role: str | None = None
    programme: str | None = None
    answers: tuple[tuple[str, str], ...] = ()


class Choice(Frozen):
    """What a channel offers: it shows ``text`` and gives back ``id``."""

    id: str
    text: str


class Prompt(Frozen):
    """The next question. ``subject`` is the condition it is about, ``citation`` where the document states that.

    ``number`` of ``total`` counts the conditions that are asked, and is 0 for the questions before them.
    """

    about: About
    subject: str | None = None
    text: str
    choices: tuple[Choice, ...]
    citation: Citation | None = None
    number: int = 0
    total: int = 0
    can_go_back: bool = False


def programme_of(state: Dialogue, data: Programmes) -> Programme | None:
    """The programme that was chosen; ``None`` before that."""
    return next((p for p in data.programmes if p.id == state.programme), None)


def option_of(condition: Condition, choice: str) -> Option:
    """The option of this id; raises ``WrongChoice``."""
    for option in condition.options:
        if option.id == choice:
            return option
    raise WrongChoice(condition.id, choice, (option.id for option in condition.options))


def ends_it(condition: Condition, option: Option) -> bool:
    """Whether nothing that would be asked after this answer could change the sum."""
    return option.effect is Effect.FAILS and not condition.advantage


def next_condition(programme: Programme, state: Dialogue) -> Condition | None:
    """The condition to be asked about next; ``None`` when the check is complete."""
    given = dict(state.answers)
    for condition in programme.asked:
        if condition.id not in given:
            return condition
        if ends_it(condition, option_of(condition, given[condition.id])):
            return None
    return None


def is_of(state: Dialogue, data: Programmes) -> bool:
    """Whether a state, which may come from anywhere, is one that a dialogue over these conditions can be in."""
    if state.version != data.digest:
        return False
    if state.role is not None and state.role not in {role.id for role in data.roles}:
        return False
    programme = programme_of(state, data)
    if programme is None:
        return state.programme is None and not state.answers
    if programme not in data.of_role(state.role):
        return False
    reached = state.model_copy(update={"answers": ()})
    for condition_id, choice in state.answers:
        condition = next_condition(programme, reached)
        if condition is None or condition.id != condition_id or choice not in {o.id for o in condition.options}:
            return False
        reached = reached.model_copy(update={"answers": (*reached.answers, (condition_id, choice))})
    return True


def moved(state: Dialogue, choice: str, data: Programmes) -> Dialogue:
    """The state after a choice. Raises ``WrongChoice``, also where nothing is asked any more."""
    programme = programme_of(state, data)
    if programme is not None:
        condition = next_condition(programme, state)
        if condition is None:
            raise WrongChoice(programme.id, choice, ())
        answer = (condition.id, option_of(condition, choice).id)
        return state.model_copy(update={"answers": (*state.answers, answer)})
    about: About = "role" if state.role is None else "programme"
    there = data.roles if state.role is None else data.of_role(state.role)
    if choice not in {entry.id for entry in there}:
        raise WrongChoice(about, choice, (entry.id for entry in there))
    return state.model_copy(update={about: choice})


def moved_back(state: Dialogue) -> Dialogue:
    """The state before the last choice; the first one is before itself."""
    if state.answers:
        return state.model_copy(update={"answers": state.answers[:-1]})
    if state.programme is not None:
        return state.model_copy(update={"programme": None})
    return state.model_copy(update={"role": None})
