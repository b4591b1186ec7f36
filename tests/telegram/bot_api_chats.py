"""What the strict server knows of groups: who is in them, whether they have topics, what the bot may do there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
NAMES: dict[int, str] = {}
"""What people are called who have a name; the others are called by their number."""


def first_name(person: int) -> str:
    """What somebody is called."""
    return NAMES.get(person, f"User {person}")


class Chats:
    """The part of the server that deals with groups.

    ``members`` are the people of each group by what they are there; a group of ``forums`` has topics, which the bot may
    open unless the group is one of ``powerless``.
    """

    messages: dict[tuple[int, int], Json]
    _changed: Any
    _chats: dict[int, Json]
    _message: Callable[..., Json]
    _chat: Callable[[Json], int]
    _bad: Callable[[str], Exception]

    def __init__(self) -> None:
        self.members: dict[int, dict[int, str]] = {}
        self.forums: set[int] = set()
        self.powerless: set[int] = set()
        self._people: set[int] = set()

    def found_group(self, chat: int, *people: int, forum: bool = False) -> None:
        """Make a supergroup with the bot and these people in it."""
        with self._changed:
            self._chats[chat] = {"id": chat, "type": "supergroup", "title": "Staff"}
            if forum:
                self._chats[chat]["is_forum"] = True
                self.forums.add(chat)
            self.members[chat] = dict.fromkeys(people, "member")

    def in_topic(self, chat: int, topic: int) -> Json:
        """What every message in a topic holds that replies to nothing else."""
        opening = self.messages[chat, topic]
        return {"message_thread_id": topic, "is_topic_message": True, "reply_to_message": opening}

    def delete_topic(self, chat: int, topic: int) -> None:
        """Delete a topic with what stands in it, as an administrator may."""
        with self._changed:
            for key, message in list(self.messages.items()):
                if key[0] == chat and topic in (message["message_id"], message.get("message_thread_id")):
                    del self.messages[key]

    def _do_getChat(self, params: Json) -> Json:  # noqa: N802
        chat = self._chat(params)
        gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), True)
        gifts["gifts_from_channels"] = True
        return {**self._chats[chat], "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def _do_getChatMember(self, params: Json) -> Json:  # noqa: N802
        chat, person = self._chat(params), int(params["user_id"])
        status = self.members.get(chat, {}).get(person)
        user = {"id": person, "is_bot": False, "first_name": first_name(person)}
        if status is None and person % 2:
            # Of somebody it has not met there Telegram says so as an error.
            raise self._bad("PARTICIPANT_ID_INVALID")
        member: Json = {"status": status or "left", "user": user}
        if status == "creator":
            member["is_anonymous"] = False
        if status == "kicked":
            member["until_date"] = 0
        if status == "restricted":
            rights = ("change_info", "invite_users", "pin_messages", "send_messages", "send_polls", "manage_topics")
            media = ("other_messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes")
            more = {f"can_send_{kind}": False for kind in media} | {f"can_{right}": False for right in rights}
            more |= {"can_add_web_page_previews": False, "can_edit_tag": False, "until_date": 0}
            member |= {"is_member": True, **more}
        return member

    def _do_createForumTopic(self, params: Json) -> Json:  # noqa: N802
        chat, name = self._chat(params), str(params.get("name", ""))
        if chat not in self.forums:
            raise self._bad("the chat is not a forum")
        if chat in self.powerless:
            raise self._bad("not enough rights to create a topic")
        if not 1 <= len(name) <= 128 or not re.search(r"\S", name):
            raise self._bad("TOPIC_TITLE_EMPTY")
        topic = {"name": name, "icon_color": 7322096}
        opening = self._message(chat, self._me(), None, forum_topic_created=topic, is_topic_message=True)
        opening["message_thread_id"] = opening["message_id"]
        return {**topic, "message_thread_id": opening["message_id"]}

    def _me(self) -> Json:
        raise NotImplementedError
