"""What can go wrong around an evaluation, as one clear line."""

from __future__ import annotations

from documents.errors import DeskError


class EvaluationError(DeskError):
    """A file or a request of an evaluation is unusable; the message is one line fit for a person."""
