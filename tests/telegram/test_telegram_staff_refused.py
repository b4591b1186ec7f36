"""What one may not do at the staff desk, however it is tried: refused in one line, noted, and without any effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from staff_talk import ANNA, BELA, StaffRoom, staff_room
from talk import notice

Json = dict[str, Any]
ASKER, STRANGER, LEFT = 70_001, 70_002, 70_004
FOREIGN = -70_100
DROP = "'; DROP TABLE staff_cases; --"
FORWARDED = {
    "forward_origin": {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": "X"}}
}


class Desk:
    """A staff desk with a case that Anna has, a draft, an official answer, and a question about a status."""

    def __init__(self, room: StaffRoom) -> None:
        self.room = room
        answer = room.ask(ASKER, "loan for the carriers of the eastern mole?")
        self.case, card = room.hand_over(ASKER, answer)
        self.notice = room.wait_told(ASKER, "passed on")
        room.press(ANNA, card, "Take")
        room.write(ANNA, self.case, "Yes, they may.")
        told = room.wait_here(lambda m: "On its way" in m["text"])
        room.press(ANNA, told, "Make it official")
        first = room.wait_here(lambda m: m["text"].startswith("Draft"))
        room.press(ANNA, first, "Approve")
        self.official = room.wait_here(lambda m: "Official answer 1" in m["text"])
        room.press(ANNA, told, "Make it official")
        self.draft = room.wait_here(lambda m: m["text"].startswith("Draft"))
        room.press(ANNA, card, "Wrong status")
        self.wrong = room.wait_here(lambda m: m["text"].startswith("What is right?"))
        room.settled()
        self.card = room.card(self.case)

    def state(self) -> list[Any]:
        """All that an attempt could have changed."""
        queries = (
            "SELECT id, state, holder, reachable, record FROM staff_cases ORDER BY id",
            "SELECT id, version, state, record FROM staff_curated ORDER BY id",
            'SELECT "case", number, text FROM staff_messages ORDER BY 1, 2',
            "SELECT id, chat, payload FROM staff_outbox ORDER BY id",
            "SELECT message, kind, record FROM staff_shown WHERE kind <> 'card' ORDER BY message",
        )
        return [self.room.rows(query) for query in queries]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with staff_room(tmp_path_factory.mktemp("refused")) as room:
        room.server.found_group(FOREIGN, ANNA)
        yield Desk(room)


def clicks(who: int, data: str, under: str = "card") -> Callable[[Desk], str]:
    def attempt(desk: Desk) -> str:
        return notice(desk.room.server, desk.room.server.click(who, getattr(desk, under), data))

    return attempt


def clicks_at_home(who: int, data: str) -> Callable[[Desk], str]:
    """Under a message of the bot in their own chat, as whoever writes their own client can."""

    def attempt(desk: Desk) -> str:
        server = desk.room.server
        own = desk.room.ask(who, "/help")
        return notice(server, server.click(who, own, data))

    return attempt


def says(who: int, words: str, **more: Any) -> Callable[[Desk], str]:
    def attempt(desk: Desk) -> str:
        return str(desk.room.ask(who, words, **more)["text"])

    return attempt


def writes(who: int, words: str, under: str | None = None, **more: Any) -> Callable[[Desk], str]:
    """In the thread of the case."""

    def attempt(desk: Desk) -> str:
        replied = {} if under is None else {"reply_to_message": getattr(desk, under)}
        fields = {**desk.room.thread(desk.case), **replied, **more}
        return str(desk.room.ask(who, words, chat=desk.room.chat, **fields)["text"])

    return attempt


CASE_BUTTONS = ["take", "back", "when", "put", "whom", "close", "reopen", "card", "official", "wrong"]
BUTTONS = [f"st:{verb}:1" + (":24" if verb == "put" else "") for verb in CASE_BUTTONS] + [f"st:give:1:{ANNA}"]
ANSWER_BUTTONS = ["so:ok", "so:no", "so:exp:12", "so:list:0", "so:show:1", "so:edit:1", "so:drop:1"]
GARBLED = [
    "st:close:1;DROP",
    "st:put:1:99",
    f"st:give:1:{ASKER}",
    "st:give:1:9999999999999999",
    "so:drop:-1",
    "so:",
    "sw:<b>x</b>",
    "st:close:999999999999",
    "so:drop:0x1",
]
COMMANDS = [
    "/official",
    f"/official {DROP}",
    "/answers",
    "/wrong",
    "/wrong <b>May</b> I borrow?",
    f"/note {DROP}",
    "/stats",
    "/stats 1; DELETE FROM staff_audit",
    "/export 70001",
    "/close 1",
    "/take 1",
]
LINKS = ["case_1", "case-1", "st_close_1", "official-1", "export_70001", "admin_90001", "answer_1"]

ATTEMPTS: dict[str, tuple[int, Callable[[Desk], str]]] = {
    **{f"a stranger presses {data} at home": (STRANGER, clicks_at_home(STRANGER, data)) for data in BUTTONS},
    **{f"who has left presses {data} on the card": (LEFT, clicks(LEFT, data)) for data in BUTTONS},
    **{f"a stranger presses {data}": (STRANGER, clicks_at_home(STRANGER, data)) for data in ANSWER_BUTTONS},
    **{f"who has left presses {data} under a draft": (LEFT, clicks(LEFT, data, "draft")) for data in ANSWER_BUTTONS},
    **{f"who has left presses {data}": (LEFT, clicks(LEFT, data, "wrong")) for data in ("sw:0", "sw:yes", "sw:no")},
    **{f"a stranger makes up {data}": (STRANGER, clicks_at_home(STRANGER, data)) for data in GARBLED},
    **{f"staff make up {data}": (ANNA, clicks(ANNA, data)) for data in GARBLED},
    **{f"a stranger sends {words}": (STRANGER, says(STRANGER, words)) for words in COMMANDS},
    **{f"a stranger comes by {link}": (STRANGER, says(STRANGER, f"/start {link}")) for link in LINKS},
    "staff come by case_1": (ANNA, says(ANNA, "/start case_1")),
    "another says who the asker is": (STRANGER, clicks(STRANGER, "re1:1:graduate", "notice")),
    "another gives the asker's name": (STRANGER, clicks(STRANGER, "ye1:1", "notice")),
    "the asker says who the asker of another case is": (ASKER, clicks(ASKER, "re1:2:graduate", "notice")),
    "the asker presses take": (ASKER, clicks(ASKER, "st:take:1", "notice")),
    "the asker replies with a command": (ASKER, says(ASKER, "/official yes")),
    "a case is named under the card of another": (ANNA, clicks(ANNA, "st:close:2")),
    "a colleague gives back Anna's case": (BELA, clicks(BELA, "st:back:1")),
    "a colleague takes Anna's case": (BELA, clicks(BELA, f"st:give:1:{BELA}")),
    "a colleague answers Anna's case": (BELA, writes(BELA, "No, they may not.")),
    "hours that are not offered": (ANNA, clicks(ANNA, "st:put:1:5")),
    "what is approved already is approved again": (ANNA, clicks(ANNA, "so:ok", "official")),
    "a question that is confirmed already": (ANNA, clicks(ANNA, "so:ok", "draft")),
    "months that are not offered": (ANNA, clicks(ANNA, "so:exp:1200", "draft")),
    "an answer that there is not": (ANNA, clicks(ANNA, "so:drop:99", "official")),
    "nothing is chosen": (ANNA, clicks(ANNA, "sw:yes", "wrong")),
    "a status that is not offered": (ANNA, clicks(ANNA, "sw:99", "wrong")),
    "a change of what is decided": (ANNA, writes(ANNA, "Another text.", "official")),
    "a date that is none": (ANNA, writes(ANNA, "until 2027-13-45", "draft")),
    "paragraphs that are none": (ANNA, writes(ANNA, f"¶ 1 {DROP}", "draft")),
    "paragraphs under a status that are none": (ANNA, writes(ANNA, "¶ <b>", "wrong")),
    "a forwarded command": (ANNA, writes(ANNA, "/official yes", **FORWARDED)),
    "a forwarded /answers": (ANNA, says(ANNA, "/answers", **FORWARDED)),
    "a forwarded /wrong": (ANNA, says(ANNA, "/wrong loan", **FORWARDED)),
    "forwarded words": (ANNA, writes(ANNA, "Somebody else's words", **FORWARDED)),
    "a forwarded change of a draft": (ANNA, writes(ANNA, "until 2031-01-01", "draft", **FORWARDED)),
    "words of another bot": (ANNA, writes(ANNA, "inline", via_bot={"id": 9, "is_bot": True, "first_name": "B"})),
    "a command that there is not": (ANNA, writes(ANNA, "/sudo close all")),
    "an empty note": (ANNA, writes(ANNA, "/note")),
    "an official answer outside of a case": (ANNA, says(ANNA, "/official yes")),
    "the list in another group": (ANNA, says(ANNA, "/answers@desk_test_bot", chat=FOREIGN)),
    "a correction in another group": (ANNA, says(ANNA, "/wrong@desk_test_bot loan", chat=FOREIGN)),
    "a channel speaks": (
        FOREIGN,
        writes(136_817_688, "Yes!", sender_chat={"id": FOREIGN, "type": "channel", "title": "C"}),
    ),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_it_is_refused_noted_and_without_effect(desk: Desk, name: str) -> None:
    who, attempt = ATTEMPTS[name]
    room = desk.room
    before, noted, sent = desk.state(), len(room.audit(who)), len(room.server.sent(ASKER))
    said = attempt(desk)
    new = room.audit(who)[noted:]
    assert new, "nothing is noted"
    assert new[-1][2] in ("refused", "not_allowed")
    assert said.strip()
    assert "\n" not in said
    assert "DROP" not in said or "cannot be read" in said
    room.settled()
    assert desk.state() == before
    asked_by_asker = 1 if who == ASKER and "command" in name else 0
    assert len(room.server.sent(ASKER)) == sent + asked_by_asker
    assert desk.room.card(desk.case) == desk.card


def test_there_are_many_of_them() -> None:
    assert len(ATTEMPTS) >= 40


def test_what_an_asker_writes_is_shown_as_written_and_does_nothing(desk: Desk, user: int) -> None:
    room = desk.room
    words = f"<b>loan</b> <a href='x'>&amp; {DROP}"
    case, card = room.hand_over(user, room.ask(user, words))
    assert words in card["text"]
    room.write(ANNA, case, f"<i>No</i> {DROP}")
    assert f"<i>No</i> {DROP}" in room.wait_told(user, "from the staff")["text"]
    room.settled()
    assert room.rows("SELECT count(*) FROM staff_cases")[0][0] >= 2
