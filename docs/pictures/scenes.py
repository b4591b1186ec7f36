"""Talks with the product, which answers over HTTP to the server of the tests, and keeps what its users see."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from phone import Scene
from weeks import put_inquiries

# The tests of the bot are no package: one named ``telegram`` would hide the library of that name.
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "telegram"))

from bot_api_chats import NAMES
from bot_api_server import BOT
from staff_files import APPENDIX, word
from staff_talk import ADMIN, ANNA, BELA, StaffRoom, staff_room
from talk import asked, pressed

Json = dict[str, Any]
PRODUCT = [sys.executable, "-m", "bot.cli", "bot"]
BOT_TITLE = "Circular Desk"
WAIT = 60.0
LOAN_QUESTION = "What interest rate applies to the loan?"
LOAN_REPLY = "The bank sets the rate for each loan. Its branch in our city names it before you apply."
LOAN_REPLY_ZH = "利率由银行按每笔贷款确定，申请前可向本市分行询问。"


class Scenes:
    """The conversations, and what is seen of each by the name of its picture, in order."""

    def __init__(self, room: StaffRoom, database: str) -> None:
        self._room, self._server, self._database = room, room.server, database
        self.seen: dict[str, Scene] = {}

    def take(self) -> None:
        """Have all of them."""
        self._answers()
        self._menus()
        self._person()
        self._numbers()
        self._document()

    def _answers(self) -> None:
        server, me = self._server, 11
        self._keep("start", me, [self._said(me, "/start"), asked(server, me, "/start")])
        bank = self._ask(12, "answer", "Which bank can lend to our company?")
        self._ask(12, "not-stated", "What interest rate applies?")
        self._keep("opened", 12, [pressed(server, 12, bank, "Open ¶ 15")])
        self._ask(13, "referred", "How do we apply for the reward for CMMI?")
        self._ask(14, "clarify", "How do I apply?")
        self._ask(15, "chinese", "哪家银行可以给我们公司贷款？", language="zh")

    def _menus(self) -> None:
        server, me = self._server, 16
        self._keep("programmes", me, [self._said(me, "/programmes"), asked(server, me, "/programmes")])
        said, check = self._said(me, "/check"), asked(server, me, "/check")
        for choice in ("A graduate", "job seeking", "Yes, junior"):
            check = pressed(server, me, check, choice)
        self._keep("check", me, [said, check])

    def _person(self) -> None:
        room, asker = self._room, 17
        case, _ = room.hand_over(asker, room.ask(asker, LOAN_QUESTION))
        told = room.wait_told(asker, "They see neither")
        room.press(ANNA, room.card(case), "Take")
        room.wait_card(case, "with Anna")
        room.write(ANNA, case, LOAN_REPLY)
        on_its_way = room.wait_here(lambda m: "On its way" in m["text"])
        room.wait_card(case, "answered, with Anna")
        self._keep("person", asker, [told, room.wait_told(asker, "The bank sets")])
        self._keep_topic("staff-case", case)
        first = len(self._topic(case))
        room.press(ANNA, on_its_way, "Make it official")
        draft = room.wait_here(lambda m: m["text"].startswith("Draft"))
        room.write(BELA, case, LOAN_REPLY_ZH, reply_to_message=draft)
        room.wait_here(lambda m: LOAN_REPLY_ZH in m["text"])
        room.write(ANNA, case, "¶ 15", reply_to_message=draft)
        room.wait_here(lambda m: "¶ 15 · circular" in m["text"])
        room.server.wait(lambda: len([m for m in room.here() if "has been changed" in m["text"]]) == 2, WAIT)
        self._keep_topic("official-draft", case, first)
        room.press(ANNA, draft, "Approve")
        room.wait_here(lambda m: "Official answer 1 · in force" in m["text"])
        self._ask(18, "official", "What is the interest rate of the loan?")

    def _numbers(self) -> None:
        put_inquiries(self._database)
        room = self._room
        said = room.server.say(ANNA, "/stats", chat=room.chat)

        def album() -> list[Json] | None:
            found = [each for each in room.server.sent(room.chat) if "photo" in each]
            return found if len(found) >= 4 else None

        pictures = list(room.server.wait(album, WAIT))
        text = room.wait_here(lambda m: m["message_id"] > said["message_id"] and "askers" in m["text"])
        self._keep_staff("stats", [said, text], "General")
        self._keep_staff("stats-plots", pictures, "General")

    def _document(self) -> None:
        room, server = self._room, self._server
        for asker, question in ((21, "When must applications for the authentication reward be filed?"),
                                (22, "How large is the reward for CMMI certification?")):  # fmt: skip
            room.hand_over(asker, room.ask(asker, question))
        file = server.send_file(ADMIN, "appendix-2.docx", word(APPENDIX))
        seen = server.wait(lambda: (m := server.sent(ADMIN)) and labelled(m[-1], "Add as Appendix II"), WAIT)
        self._keep("document", ADMIN, [file, seen])
        server.press(ADMIN, seen, "Add as Appendix II")
        offer = server.wait(lambda: labelled(server.sent(ADMIN)[-1], "Send to all"), WAIT)
        report = server.messages[ADMIN, seen["message_id"]]
        self._keep("document-added", ADMIN, [report, offer])

    def _said(self, person: int, text: str) -> Json:
        """A message of somebody that is shown and not sent."""
        return {"from": {"id": person, "first_name": NAMES[person]}, "text": text}

    def _ask(self, person: int, name: str, question: str, **more: Any) -> Json:
        answer = asked(self._server, person, question, **more)
        self._keep(name, person, [self._said(person, question), answer])
        return answer

    def _keep(self, name: str, me: int, messages: list[Json]) -> None:
        self.seen[name] = Scene(BOT_TITLE, "bot", [dict(each) for each in messages], me)

    def _topic(self, case: int) -> list[Json]:
        topic = self._room.card(case)["message_thread_id"]
        with self._server._changed:
            here = [m for (chat, _), m in self._server.messages.items() if chat == self._room.chat]
        return [dict(m) for m in here if m.get("message_thread_id") == topic and "text" in m]

    def _keep_topic(self, name: str, case: int, first: int = 0) -> None:
        topic = self._room.card(case)["message_thread_id"]
        title = self._server.messages[self._room.chat, topic]["forum_topic_created"]["name"]
        self._keep_staff(name, self._topic(case)[first:], title)

    def _keep_staff(self, name: str, messages: list[Json], topic: str) -> None:
        pictures = {key: sent.content for key, sent in self._server.files.items()}
        self.seen[name] = Scene(topic, "Staff of the bureau · 4 members", messages, ANNA, "group", pictures)


def labelled(message: Json, label: str) -> Json | None:
    """The message if a button of it has this label."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return dict(message) if any(label in button["text"] for row in rows for button in row) else None


@contextmanager
def taken(built: Callable[[Path], None]) -> Iterator[dict[str, Scene]]:
    """The scenes; ``built`` makes a home folder with the index of the shipped library."""
    NAMES.update({ADMIN: "Chen", ANNA: "Anna", BELA: "Bela"} | dict.fromkeys(range(10, 30), "Li Na"))
    BOT["first_name"] = BOT_TITLE
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        built(home)
        with staff_room(home, forum=True, command=PRODUCT) as room:
            scenes = Scenes(room, f"sqlite:///{home / 'bot.sqlite'}")
            scenes.take()
            yield scenes.seen
