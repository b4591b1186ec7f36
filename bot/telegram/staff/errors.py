"""What the Telegram side of the staff desk refuses by itself."""

from __future__ import annotations

from bot.staff.errors import Refused


class RefusedHere(Refused):
    """A refusal that the desk knows nothing of; whoever tells it notes it in the audit log."""
