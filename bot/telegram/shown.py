"""Which buttons a message of a check shows now, so that a click on one it showed before can be told."""

from __future__ import annotations

from telegram import Message

from bot.telegram.forgetting import Droppable
from bot.telegram.limits import REMEMBERED_REPLIES
from bot.telegram.pages import Page


class Shown:
    """What this process put under the messages of checks, as hashes that say nothing to anybody else.

    Only a hint: a check goes on wherever its buttons are clicked, after a restart and in another process too.
    """

    def __init__(self) -> None:
        self._buttons: Droppable[tuple[int, int], frozenset[int]] = Droppable(REMEMBERED_REPLIES)

    def put(self, chat: int, message: int, page: Page) -> None:
        """The message shows this page now."""
        self._buttons.put((chat, message), frozenset(hash(button.data) for row in page.buttons for button in row))

    def has_passed(self, message: Message, data: str) -> bool:
        """Whether the button is one of a page before.

        Both this process and the message, as it came with the click, have to say so: another process may have moved the
        check on, and a message may come as it was.
        """
        put = self._buttons.get((message.chat.id, message.message_id))
        came = message.reply_markup.inline_keyboard if message.reply_markup else ()
        there = {button.callback_data for row in came for button in row}
        return put is not None and hash(data) not in put and bool(there) and data not in there

    def forget(self, user: int, chat: int) -> None:
        """Remove what is known of the messages in these chats."""
        self._buttons.drop(lambda message: message[0] in (user, chat))
