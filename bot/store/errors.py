"""What can go wrong with the store."""

from documents.errors import DeskError


class StoreError(DeskError):
    """The store's database cannot be used, now or at all. One line, without the password."""


class TurnLost(DeskError):
    """Another replica has taken over the user whose update this one was handling; nothing was written."""
