"""Who may do what: one function over the table in ``roles.toml``. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection
from enum import StrEnum
from functools import cache
from importlib import resources

from documents.models import Frozen


class Role(StrEnum):
    """What somebody is at the staff desk."""

    ADMIN = "admin"
    STAFF = "staff"
    NOBODY = "nobody"


class Action(StrEnum):
    """Everything that is allowed or refused by role."""

    LIST_CASES = "list_cases"
    READ_CASE = "read_case"
    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    SNOOZE = "snooze"
    REPLY = "reply"
    NOTE = "note"
    CLOSE = "close"
    REOPEN = "reopen"
    TAKE_OVER = "take_over"
    LIST_ANSWERS = "list_answers"
    DRAFT = "draft"
    APPROVE = "approve"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    ADD_DOCUMENT = "add_document"
    STATS = "stats"
    EXPORT = "export"
    FORGET = "forget"
    AUDIT = "audit"


class Actor(Frozen):
    """Somebody who acts at the staff desk: their number, and what they are."""

    person: int
    role: Role


class _Table(Frozen):
    actions: dict[Action, frozenset[Role]]


@cache
def _table() -> dict[Action, frozenset[Role]]:
    text = resources.files("bot.staff").joinpath("roles.toml").read_text(encoding="utf-8")
    return _Table.model_validate(tomllib.loads(text)).actions


def may(role: Role, action: Action) -> bool:
    """Whether somebody of this role may do this."""
    return role in _table().get(action, frozenset())


def role_of(person: int, admins: Collection[int], is_member: Callable[[int], bool]) -> Role:
    """What a person is: an admin by the list, else one of the staff by membership, which is only asked for then."""
    if person in admins:
        return Role.ADMIN
    return Role.STAFF if is_member(person) else Role.NOBODY
