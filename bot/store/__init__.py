"""What the bot keeps: taken updates, conversations, and what people have chosen. ``open_store`` is the door.

It knows no channel: updates are text with a number here, and people are numbers.
"""

from bot.store.conversations import Changes, Conversation, Reply, Where
from bot.store.errors import StoreError, TurnLost
from bot.store.store import Store, open_store
from bot.store.updates import Arrived, Claimed, Updates
from bot.store.votes import Ballot, Tally

__all__ = [
    "Arrived",
    "Ballot",
    "Changes",
    "Claimed",
    "Conversation",
    "Reply",
    "Store",
    "StoreError",
    "Tally",
    "TurnLost",
    "Updates",
    "Where",
    "open_store",
]
