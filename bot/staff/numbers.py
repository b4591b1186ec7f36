"""The numbers of the staff desk, read from ``numbers.toml``."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from pydantic import Field, model_validator

from documents.models import Frozen


class Rule(Frozen):
    """So many in a row, each at most so many minutes after the one before it."""

    in_a_row: int = Field(ge=1)
    within_minutes: float = Field(gt=0)


class Rules(Frozen):
    """What opens a case by itself."""

    not_stated: Rule
    thumbs_down: Rule


class LookupNumbers(Frozen):
    """Cosines from which an official answer is given, or offered."""

    sure: float = Field(ge=0, le=1)
    unsure: float = Field(ge=0, le=1)
    margin: float = Field(ge=0)
    offered: int = Field(ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> LookupNumbers:
        if self.unsure > self.sure:
            raise ValueError("unsure must not be above sure")
        return self


class MemoryNumbers(Frozen):
    """How confirmed questions enter the memory."""

    echoes: int = Field(ge=1)
    least_known: int = Field(ge=0)


class CaseNumbers(Frozen):
    """How long a closed case is opened again by its asker, in days."""

    reopen_days: float = Field(ge=0)


class ColleagueNumbers(Frozen):
    """How long ago somebody of the staff did something who is still known as a colleague, in days."""

    past_days: int = Field(ge=1)


class OfficeNumbers(Frozen):
    """Office hours where no setting says others."""

    zone: str
    hours: str
    closed: tuple[date, ...] = ()


class EstimateNumbers(Frozen):
    """How the time to an answer is told."""

    least_cases: int = Field(ge=1)
    past_days: float = Field(gt=0)
    steps_hours: tuple[float, ...] = Field(min_length=1)


class OutboxNumbers(Frozen):
    """Leases and retries of messages."""

    lease_seconds: float = Field(gt=0)
    most_tries: int = Field(ge=1)
    first_pause_seconds: float = Field(gt=0)
    longest_pause_seconds: float = Field(gt=0)


class StatsNumbers(Frozen):
    """What the numbers show."""

    cluster_distance: float = Field(gt=0, lt=2)
    most_clustered: int = Field(ge=2)
    top: int = Field(ge=1)
    digest_top: int = Field(ge=1)


class AuditNumbers(Frozen):
    """How long the audit log is kept, in days."""

    keep_days: float = Field(gt=0)


class AnewNumbers(Frozen):
    """How old cases are at most that are asked anew when a document comes, in days."""

    past_days: int = Field(ge=1)


class StaffNumbers(Frozen):
    """All of ``numbers.toml``."""

    rules: Rules
    lookup: LookupNumbers
    memory: MemoryNumbers
    cases: CaseNumbers
    colleagues: ColleagueNumbers
    office: OfficeNumbers
    estimate: EstimateNumbers
    outbox: OutboxNumbers
    stats: StatsNumbers
    audit: AuditNumbers
    anew: AnewNumbers


@cache
def staff_numbers() -> StaffNumbers:
    """The numbers that ship."""
    text = resources.files("bot.staff").joinpath("numbers.toml").read_text(encoding="utf-8")
    return StaffNumbers.model_validate(tomllib.loads(text))
