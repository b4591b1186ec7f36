"""``circular stats`` shows the log of the bot's questions, on the screen, as JSON, as a table and as pictures."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.staff.desk import open_staff
from bot.staff.inquiries import Asked
from documents.library import Library

from .conftest import Here

QUESTIONS = (
    ("answered", "Who can get a loan?"),
    ("answered", "Which companies can get a loan?"),
    ("not_stated", "What interest applies to \x1b[31mit?"),
)


@pytest.fixture
def log(circular: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a log of three questions."""
    monkeypatch.setenv("CIRCULAR_HOME", str(tmp_path / "home"))
    staff = open_staff(Settings(), bot=1, library=lambda: Library(()), pseudonym=str)
    for number, (status, question) in enumerate(QUESTIONS):
        told = {"channel": "telegram", "language": "en", "milliseconds": 10.0 * number}
        staff.asking.asked(Asked(key=str(number), status=status, question=question, **told), 500 + number)
    staff.close()
    return tmp_path


def test_the_numbers_on_the_screen(log: Path, circular: Here) -> None:
    ran = circular("stats", "--days", "7")
    assert ran.code == 0, ran.err
    assert "3 questions of 3 askers" in ran.out
    assert "Ended without a person: 100% (deflection)" in ran.out
    assert "2× of 2: Who can get a loan?" in ran.out
    assert "\x1b" not in ran.out
    assert "3 人提出 3 个问题" in circular("stats", "--digest", "--lang", "zh").out


def test_json_table_and_pictures(log: Path, circular: Here) -> None:
    ran = circular("stats", "--json", "--csv", str(log / "log.csv"), "--plots", str(log / "pictures"))
    told = json.loads(ran.out)
    assert (told["format"], told["questions"], told["by_status"]) == (
        "circular-desk/stats/1",
        3,
        {"answered": 2, "not_stated": 1},
    )
    assert len(told["days"]) == 30
    with (log / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["status"] for row in csv.DictReader(file)] == ["answered", "answered", "not_stated"]
    pictures = sorted(path.name for path in (log / "pictures").iterdir())
    assert pictures == ["languages.png", "per-day.png", "statuses.png", "times.png"]
    assert ran.err.count("wrote ") == 5


def test_where_nobody_asked_it_says_so(circular: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIRCULAR_HOME", str(tmp_path / "new"))
    ran = circular("stats", "--plots", str(tmp_path / "pictures"))
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Nobody asked anything.")
    assert json.loads(circular("stats", "--json").out)["deflection"] is None


def test_what_cannot_be_is_told(circular: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIRCULAR_HOME", str(tmp_path / "new"))
    assert circular("stats", "--days", "0").code == 2
    assert circular("stats", "--json", "--digest").code == 2
    assert circular("stats", "--lang", "fr").code == 2
    assert "none/log.csv" in circular("stats", "--csv", str(tmp_path / "none" / "log.csv")).error_line
    monkeypatch.setenv("CIRCULAR_OFFICE_HOURS", "always")
    assert circular("stats").error_line.startswith("circular: CIRCULAR_OFFICE_HOURS: ")
