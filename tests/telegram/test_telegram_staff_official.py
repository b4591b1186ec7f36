"""What a person answered becomes an official answer, which the next asker gets; statuses are corrected in two taps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from staff_talk import ANNA, BELA, WAIT, StaffRoom, labels, staff_room

Json = dict[str, Any]


pytest_plugins = ["postgres_server"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffRoom]:
    """With topics and the file of the home folder, and without topics on a server."""
    server: Any = None if request.param == "sqlite" else request.getfixturevalue("postgres")
    database = None if server is None else server.new_database()
    with staff_room(tmp_path_factory.mktemp("official"), forum=server is None, database=database) as room:
        yield room
        assert not room.server.violations


def test_a_reply_becomes_an_official_answer_in_two_languages(room: StaffRoom, user: int) -> None:
    answer = room.ask(user, "loan for carriers of the northern pier?")
    case, _ = room.hand_over(user, answer)
    room.write(ANNA, case, "Yes: the Harbour Bank lends to them, too.")
    on_its_way = room.wait_here(lambda m: "On its way" in m["text"])
    room.press(ANNA, on_its_way, "Make it official")
    draft = room.wait_here(lambda m: m["text"].startswith("Draft of an official answer"))
    assert "answered" in draft["text"]
    assert "¶ 2 · harbour-rules" in draft["text"]
    assert "中文 – reply with the text" in draft["text"]
    room.write(BELA, case, "可以，港口银行也向他们发放贷款。", reply_to_message=draft)
    room.wait_here(lambda m: "港口银行" in m["text"])
    room.write(BELA, case, "also: 北码头的承运人可以贷款吗\nuntil 2099-01-31", reply_to_message=draft)
    room.wait_here(lambda m: "2099-01-31" in m["text"])
    room.press(ANNA, draft, "Approve")
    done = room.wait_here(lambda m: "Official answer 1 · in force" in m["text"])
    assert f"by User {ANNA}" in done["text"]

    other = user + 30_000
    given = room.ask(other, "Loan for carriers of the northern pier")
    assert "The office's own answer:\nYes: the Harbour Bank lends to them, too." in given["text"]
    assert "Approved by the office on" in given["text"]
    assert "¶ 2" in given["text"]
    chinese = room.ask(other, "北码头的承运人可以贷款吗？")
    assert "可以，港口银行也向他们发放贷款。" in chinese["text"]
    offered = room.ask(other, "silver loan for carriers of the southern pier")
    assert "Did you mean one of these?" in offered["text"]
    room.press(other, offered, "1")
    room.server.wait(lambda: "lends to them, too" in room.server.sent(other)[-1]["text"], WAIT)
    offered = room.ask(other, "silver loan for carriers of the southern pier")
    room.press(other, offered, "None of these")
    last = room.server.wait(lambda: (m := room.server.sent(other)[-1]) and "👤 Ask a person" in labels(m) and m, WAIT)
    assert "The office" not in last["text"]
    own = room.ask(other, "loan for carriers of the southern quay")
    assert "The documents state" in own["text"], "what the documents state comes before what is only near"
    assert "loan for carriers of the northern pier?" in labels(own)
    room.settled()
    assert room.rows("SELECT status, curated FROM staff_inquiries ORDER BY id")[-5:] == [
        ("answered", 1),
        ("answered", 1),
        ("answered", 1),
        ("not_stated", None),
        ("answered", None),
    ]


def test_a_status_is_corrected_in_two_taps(room: StaffRoom, user: int) -> None:
    answer = room.ask(user, "zebra crossing of the quay")
    _, card = room.hand_over(user, answer)
    room.press(ANNA, card, "Wrong status")
    asked = room.wait_here(lambda m: m["text"].startswith("What is right?"))
    assert labels(asked) == ["off topic"]
    room.press(ANNA, asked, "off topic")
    sure = room.wait_here(lambda m: "Correct it to: off topic" in m["text"])
    room.press(ANNA, sure, "Yes")
    room.wait_here(lambda m: m["text"].startswith("Correction 2 · in force"))
    assert room.ask(user + 1, "Zebra crossing of the quay?")["text"].startswith("✕ Outside these documents")


def test_what_stands_on_a_paragraph_that_changes_is_set_aside_and_staff_are_told(room: StaffRoom, user: int) -> None:
    case, _ = room.hand_over(user, room.ask(user, "loan repaid on which day of the week"))
    room.write(ANNA, case, "/official On Fridays.")
    draft = room.wait_here(lambda m: "On Fridays." in m["text"])
    room.press(ANNA, draft, "Approve")
    done = room.wait_here(lambda m: "in force" in m["text"] and "On Fridays." in m["text"])
    number = done["text"].split()[2]
    assert "On Fridays." in room.ask(user, "Loan repaid on which day of the week?")["text"]
    room.ask(user, "edition")
    room.wait_here(lambda m: f"Answer {number} is set aside" in m["text"])
    assert "On Fridays." not in room.ask(user, "Loan repaid on which day of the week?")["text"]
    assert f"{number}. loan repaid" in room.ask(ANNA, "/answers")["text"]
