"""The product on the shipped circular: what staff correct is known to it within a minute."""

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
def test_what_staff_correct_is_known_to_the_product(copied_home: Callable[[Path], Path], tmp_path: Path) -> None:
    with staff_room(copied_home(tmp_path / "home"), command=PRODUCT) as room:
        assert room.ask(3, ODD)["text"].startswith("✔")
        room.press(ANNA, room.ask(ANNA, f"/wrong {ODD}"), "off topic")
        sure = room.server.wait(lambda: (m := room.server.sent(ANNA)[-1]) and "Correct it to" in m["text"] and m, WAIT)
        began = time.monotonic()
        room.press(ANNA, sure, "Yes")
        room.server.wait(lambda: "Correction 1 · in force" in room.server.sent(ANNA)[-1]["text"], WAIT)
        assert room.ask(4, ODD)["text"].startswith("✕")
        assert time.monotonic() - began < 60
