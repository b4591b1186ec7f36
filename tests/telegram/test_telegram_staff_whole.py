"""The whole way of a question over HTTP, in both languages, on SQLite and on PostgreSQL.

An asker asks what the circular leaves open and is handed over; one of the staff replies, both make the reply an
official answer, the next asker gets it; then the appendix arrives, and the old case it answers is answered from it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from staff_files import APPENDIX, word
from staff_talk import ADMIN, ANNA, BELA, WAIT, StaffRoom, labels, staff_room

pytest_plugins = ["postgres_server"]
PRODUCT = [sys.executable, "-m", "bot.cli", "bot"]
ENGLISH, CHINESE, NEXT_ENGLISH, NEXT_CHINESE = 601, 602, 603, 604


@pytest.fixture(params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, copied_home: Callable[[Path], Path], tmp_path: Path) -> Iterator[StaffRoom]:
    """The product with the circular, with topics on SQLite and without on PostgreSQL."""
    database = None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres").new_database()
    folder = copied_home(tmp_path / "home")
    with staff_room(folder, forum=database is None, database=database, command=PRODUCT) as room:
        yield room
        assert not room.server.violations


def test_from_a_question_to_the_old_case_answered_by_a_new_document(room: StaffRoom) -> None:
    # Questions that the circular leaves open are handed over.
    english = room.ask(ENGLISH, "Whom do we phone about the authentication reward?", language="en")
    chinese = room.ask(CHINESE, "认证奖励有多少钱？", language="zh")
    first, card = room.hand_over(ENGLISH, english)
    second, other = room.hand_over(CHINESE, chinese)
    assert "Whom do we phone" in card["text"]
    assert "认证奖励有多少钱" in other["text"]

    # One of the staff replies; the asker gets it as a person's answer.
    room.write(ANNA, first, "Ms Chen of the commerce bureau, extension 117.")
    room.wait_told(ENGLISH, "extension 117")

    # Both make it official, in two languages.
    room.press(ANNA, room.wait_here(lambda m: "On its way" in m["text"]), "Make it official")
    draft = room.wait_here(lambda m: m["text"].startswith("Draft of an official answer"))
    room.write(BELA, first, "商务局陈女士，分机 117。", reply_to_message=draft)
    room.wait_here(lambda m: "陈女士" in m["text"])
    room.write(BELA, first, "also: 认证奖励应该打哪个电话咨询？", reply_to_message=draft)
    room.wait_here(lambda m: "打哪个电话" in m["text"])
    room.press(BELA, draft, "Approve")
    room.wait_here(lambda m: "Official answer 1 · in force" in m["text"])

    # The next askers get it.
    given = room.ask(NEXT_ENGLISH, "whom do we phone about the authentication reward", language="en")
    assert "Ms Chen of the commerce bureau" in given["text"]
    assert "Approved by the office on" in given["text"]
    given = room.ask(NEXT_CHINESE, "认证奖励应该打哪个电话咨询", language="zh")
    assert "商务局陈女士" in given["text"]

    # The appendix arrives and answers the case that was left.
    before = len(room.server.sent(ADMIN))
    room.server.send_file(ADMIN, "appendix.docx", word(APPENDIX))
    room.server.wait_sent(ADMIN, before + 1, WAIT)
    seen = room.wait_told(ADMIN, "It seems to be Appendix II")
    room.press(ADMIN, seen, "Add as Appendix II")
    room.wait_told(ADMIN, "Answers stand on it")
    offer = room.server.wait(lambda: [m for m in room.server.sent(ADMIN) if "Send to" in " ".join(labels(m))], WAIT)[-1]
    assert f"Send to case {first}" not in labels(offer), "its question has an official answer"
    room.press(ADMIN, offer, f"Send to case {second}")
    answered = room.wait_told(CHINESE, "210,000 yuan")
    assert "新入库" in answered["text"]
    assert "查看第 5 段" in labels(answered)

    # What was official stays, and the next asker of the other question gets the new document.
    given = room.ask(NEXT_ENGLISH + 10, "How large is the authentication reward?", language="en")
    assert "210,000 yuan" in given["text"]
    given = room.ask(NEXT_ENGLISH + 11, "Whom do we phone about the authentication reward?", language="en")
    assert "Ms Chen of the commerce bureau" in given["text"]
    room.settled()
    assert {action for action, _, outcome in room.audit(BELA) if outcome == "done"} >= {"approve"}, room.audit(BELA)
