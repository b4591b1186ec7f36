"""Whom the greeting speaks to, kept as data in ``people.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from pydantic import Field

from documents.measures import Audience
from documents.models import Frozen


class Person(Frozen):
    """One kind of asker: the audiences whose programmes concern them, and their role in the eligibility check.

    ``id`` names the phrases ``person_<id>`` and ``person_<id>_intro`` of ``telegram.toml``.
    """

    id: str = Field(pattern=r"^[a-z]{1,12}$")
    audience: tuple[Audience, ...] = Field(min_length=1)
    role: str | None = None


class _People(Frozen):
    person: tuple[Person, ...] = Field(min_length=1)


@cache
def people() -> tuple[Person, ...]:
    """All of them, in the order of their buttons."""
    text = resources.files("bot.telegram").joinpath("people.toml").read_text(encoding="utf-8")
    return _People.model_validate(tomllib.loads(text)).person


def person_of(person_id: str) -> Person | None:
    """The one of this id."""
    return next((each for each in people() if each.id == person_id), None)
