"""The product on the shipped circular: what staff confirm is given to who asks the same; corrections are known."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from staff_talk import ANNA, WAIT, staff_room

PRODUCT = [sys.executable, "-m", "bot.cli", "bot"]
ODD = "Which gate of the ministry building is open to couriers on Saturdays?"
"""The desk takes it for one on the circular."""


@pytest.mark.slow
def test_what_staff_confirm_is_known_to_the_product(copied_home: Callable[[Path], Path], tmp_path: Path) -> None:
    with staff_room(copied_home(tmp_path / "home"), command=PRODUCT) as room:
        asked = room.ask(1, "How much is the support per trainee for training new staff?")
        case, card = room.hand_over(1, asked)
        assert "¶" in card["text"]
        room.write(ANNA, case, "At most 4,500 yuan for each of them.")
        told = room.wait_here(lambda m: "On its way" in m["text"])
        room.press(ANNA, told, "Make it official")
        draft = room.wait_here(lambda m: m["text"].startswith("Draft"))
        room.server.say(ANNA, "每人不超过 4500 元。", chat=room.chat, reply_to_message=draft)
        room.wait_here(lambda m: "每人不超过" in m["text"])
        room.press(ANNA, draft, "Approve")
        room.wait_here(lambda m: "Official answer 1 · in force" in m["text"])
        given = room.ask(2, "How much support is there per trainee for training new staff?")
        assert "The office's own answer:\nAt most 4,500 yuan for each of them." in given["text"]

        assert room.ask(3, ODD)["text"].startswith("✔")
        room.press(ANNA, room.ask(ANNA, f"/wrong {ODD}"), "off topic")
        sure = room.server.wait(lambda: (m := room.server.sent(ANNA)[-1]) and "Correct it to" in m["text"] and m, WAIT)
        began = time.monotonic()
        room.press(ANNA, sure, "Yes")
        room.server.wait(lambda: "Correction 2 · in force" in room.server.sent(ANNA)[-1]["text"], WAIT)
        assert room.ask(4, ODD)["text"].startswith("✕")
        assert time.monotonic() - began < 60
