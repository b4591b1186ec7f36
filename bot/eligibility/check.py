"""The one interface every channel drives."""

from __future__ import annotations

from typing import NamedTuple

from bot.eligibility.dialogue import (
    Choice,
    Dialogue,
    Prompt,
    StaleDialogue,
    WrongChoice,
    is_of,
    moved,
    moved_back,
    next_condition,
    programme_of,
)
from bot.eligibility.outcome import Outcome, cite, outcome_of
from documents.conditions import Programme, Programmes, Role
from documents.library import Library
from prompts.phrases import phrases


class NotComplete(ValueError):
    """There is no outcome yet: something is still to be asked. A mistake of the program."""


class Resumed(NamedTuple):
    """A state to go on with, and whether it had to begin again: then the channel says ``check.stale``."""

    state: Dialogue
    restarted: bool


class Check:
    """The check over the programmes of one library. Holds no state of an asker; safe for threads.

    Where the library changes, a channel makes a new one; ``resume`` tells whether a state it holds still fits.
    """

    def __init__(self, data: Programmes, library: Library) -> None:
        self._data, self._library = data, library

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may ask, in the order of the menu."""
        return self._data.roles

    def programmes(self, role: str | None = None) -> tuple[Programme, ...]:
        """The programmes of this role in the order of the menu; all of them for ``None``."""
        return self._data.of_role(role)

    def begin(self, role: str | None = None, programme: str | None = None) -> Dialogue:
        """A new dialogue; what is known beforehand is not asked. Raises ``WrongChoice``."""
        if role is not None and role not in {there.id for there in self._data.roles}:
            raise WrongChoice("role", role, (there.id for there in self._data.roles))
        there = self._data.of_role(role)
        if programme is not None and programme not in {entry.id for entry in there}:
            raise WrongChoice("programme", programme, (entry.id for entry in there))
        return Dialogue(version=self._data.digest, role=role, programme=programme)

    def resume(self, state: Dialogue) -> Resumed:
        """A state that was kept: as it is, or begun again where it belongs to other conditions; its role is kept."""
        if is_of(state, self._data):
            return Resumed(state, restarted=False)
        roles = {role.id for role in self._data.roles}
        return Resumed(self.begin(state.role if state.role in roles else None), restarted=True)

    def prompt(self, state: Dialogue, language: str) -> Prompt | None:
        """What to ask next; ``None`` when the outcome is there. Raises ``StaleDialogue``."""
        self._hold(state)
        programme = programme_of(state, self._data)
        if programme is not None:
            return self._about_condition(programme, state, language)
        if state.role is None:
            roles = tuple(Choice(id=role.id, text=role.name.of(language)) for role in self._data.roles)
            return Prompt(about="role", text=phrases(language)("check.which_role"), choices=roles)
        entries = tuple(Choice(id=p.id, text=p.name.of(language)) for p in self._data.of_role(state.role))
        asked = phrases(language)("check.which_programme")
        return Prompt(about="programme", text=asked, choices=entries, can_go_back=True)

    def reply(self, state: Dialogue, choice: str) -> Dialogue:
        """The state after a choice, given by its id. Raises ``WrongChoice`` or ``StaleDialogue``."""
        self._hold(state)
        return moved(state, choice, self._data)

    def back(self, state: Dialogue) -> Dialogue:
        """The state before the last choice; the first one stays as it is. Raises ``StaleDialogue``."""
        self._hold(state)
        return moved_back(state)

    def outcome(self, state: Dialogue) -> Outcome:
        """What it comes to, once ``prompt`` gives ``None``. Raises ``NotComplete`` before, or ``StaleDialogue``."""
        self._hold(state)
        programme = programme_of(state, self._data)
        if programme is None or next_condition(programme, state) is not None:
            raise NotComplete("something is still to be asked")
        return outcome_of(programme, state, self._library)

    def _hold(self, state: Dialogue) -> None:
        if not is_of(state, self._data):
            raise StaleDialogue

    def _about_condition(self, programme: Programme, state: Dialogue, language: str) -> Prompt | None:
        condition = next_condition(programme, state)
        if condition is None or condition.question is None:
            return None
        return Prompt(
            about="condition",
            subject=condition.id,
            text=condition.question.of(language),
            choices=tuple(Choice(id=option.id, text=option.words.of(language)) for option in condition.options),
            citation=cite(condition.evidence, self._library),
            number=len(state.answers) + 1,
            total=len(programme.asked),
            can_go_back=True,
        )


__all__ = ["Check", "NotComplete", "Resumed", "StaleDialogue", "WrongChoice"]
