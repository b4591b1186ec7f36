"""``circular index`` and ``circular bot``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Here


def test_index_says_what_it_holds(circular: Here, home: Path) -> None:
    ran = circular("index")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(
        rf"{re.escape(str(home))}: 35 paragraphs as \d+ passages, and \d{{4}} known questions\n", ran.out
    ), ran.out


def test_index_is_built_where_there_is_none_and_only_there(
    circular: Here, tmp_path: Path, small_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "new" / "home"
    monkeypatch.setenv("CIRCULAR_HOME", str(home))
    monkeypatch.setenv("CIRCULAR_CORPUS", str(small_corpus))
    first = circular("index")
    assert first.code == 0
    assert re.fullmatch(r"Building the index of \d+ texts \(once\) \.\.\.\n", first.err), first.err
    assert f"{home}: 3 paragraphs as " in first.out
    again = circular("index")
    assert (again.code, again.out, again.err) == (0, first.out, "")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize("token", [None, ""])
def test_the_bot_without_a_token_says_how_to_get_one(
    circular: Here, token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if token is not None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    line = circular("bot").error_line
    assert "TELEGRAM_BOT_TOKEN is not set" in line
    assert "@BotFather" in line
