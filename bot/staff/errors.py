"""What the staff desk refuses, each by a code that a phrase ``staff.refused_<code>`` says in words."""

from __future__ import annotations

from documents.errors import DeskError


class Refused(DeskError):
    """An action that cannot be done as things stand; nothing was changed. ``fields`` fill the phrase of ``code``."""

    def __init__(self, code: str, **fields: object) -> None:
        told = ", ".join(f"{name} {value}" for name, value in fields.items())
        super().__init__(f"{code.replace('_', ' ')}{': ' if told else ''}{told}")
        self.code, self.fields = code, fields


class LeaseLost(DeskError):
    """Another process has taken over a message that this one was sending."""
