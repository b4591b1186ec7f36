"""A document that is added answers at once what was referred to it; a bad file is one line and harms nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Here

APPENDIX = """Appendix II

Circular on the Work of Enterprise Authentication and Market Development

Shang Zi Fa [2006] No.557

I. Amount of the reward

The reward is 210,000 yuan for CMMI level 3 and 430,000 yuan for CMMI level 5.

II. Application

Applications for the authentication reward shall be filed with the provincial department of commerce before 30 April.

Ministry of Commerce

16 October 2006
"""


@pytest.fixture
def appendix(tmp_path: Path) -> Path:
    path = tmp_path / "appendix.txt"
    path.write_text(APPENDIX, encoding="utf-8")
    return path


@pytest.fixture
def own_home(
    circular: Here, copied_home: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home of its own, as documents are added to it; after ``circular``, which names the shared one."""
    monkeypatch.setenv("CIRCULAR_HOME", str(tmp_path / "home"))
    return copied_home(tmp_path / "home")


@pytest.mark.slow
def test_an_appendix_answers_at_once_what_was_referred_to_it(appendix: Path, circular: Here, own_home: Path) -> None:
    question = ("ask", "How do we apply for the certification reward?")
    added = circular("docs", "add", str(appendix), "--as", "appendix-2")
    assert (added.code, "added as appendix-2" in added.out) == (0, True), added.err
    answered = circular(*question)
    assert "provincial department of commerce before 30 April" in answered.out
    assert "Appendix II, Shang Zi Fa [2006] No.557" in answered.out
    assert "210,000 yuan" in circular("ask", "认证奖励有多少钱？").out
    still = circular("ask", "How much is paid for each trainee?")
    assert "Appendix I " in still.out
    assert "not in the library" in still.out
    again = circular("docs", "add", str(appendix))
    assert (again.code, "already, as appendix-2" in again.out) == (0, True)
    assert circular("docs", "remove", "appendix-2").code == 0
    assert "Appendix II" in circular(*question).out


@pytest.mark.slow
def test_one_bad_file_among_several_stops_none_of_the_others(
    appendix: Path, circular: Here, own_home: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    ran = circular("docs", "add", str(empty), str(appendix), str(tmp_path / "none.txt"))
    assert ran.code == 1
    assert "added as appendix," in ran.out
    assert [line.partition(":")[2].partition(":")[0].strip() for line in ran.err.splitlines() if "pdf" in line] == [
        "empty.pdf"
    ]
    assert ran.err.splitlines()[-1] == "circular: 2 of 3 files were not added"
    assert "appendix\n" in circular("docs", "list").out


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--as", "no-such"), "no document 'no-such'"),
        (("--as", "circular-2006-556"), "its text is in the library already"),
        (("--id", "Bad Id"), "an id is of small letters"),
        (("--issued-on", "yesterday"), "must be a date such as 2006-10-16"),
        (("--id", "appendix-1"), "say --as appendix-1"),
    ],
)
def test_what_cannot_be_is_one_line_and_adds_nothing(
    options: tuple[str, ...], line: str, appendix: Path, circular: Here, own_home: Path
) -> None:
    ran = circular("docs", "add", str(appendix), *options)
    assert (ran.code, ran.out) == (1, "")
    assert line in ran.err
    assert len(ran.err.splitlines()) == 1


def test_removing_what_was_never_added_says_so(circular: Here, own_home: Path) -> None:
    ran = circular("docs", "remove", "circular-2006-556")
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "no document of this id was added" in ran.err


HOSTILE = "a\x1b[31m\u202efdp\u200b.txt"
"""Colours the terminal red, turns the line around, and shows nothing at its end."""
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]")


@pytest.mark.slow
def test_no_name_of_a_file_reaches_the_terminal_as_it_is(
    appendix: Path, circular: Here, own_home: Path, tmp_path: Path
) -> None:
    """What was added, was there already, has a new edition, is listed, shown, and what failed."""
    hostile = appendix.rename(tmp_path / HOSTILE)
    other, empty = tmp_path / f"empty{HOSTILE}", tmp_path / f"none{HOSTILE}"
    other.write_text("Ferry Notice\n\nThe ferry carries bicycles free of charge on Sundays.\n", encoding="utf-8")
    empty.touch()
    ran = [circular("docs", "add", str(hostile)), circular("docs", "add", str(hostile), str(empty))]
    ran += [circular("docs", "replace", "a-31m-fdp", str(other)), circular("docs", "list")]
    ran += [circular("docs", "show", "a-31m-fdp"), circular("docs", "replace", "a-31m-fdp", str(other))]
    assert [each.code for each in ran] == [0, 1, 0, 0, 0, 0], ran
    assert "added as a-31m-fdp" in ran[0].out
    assert all("fdp" in each.out for each in ran)
    assert "none" in ran[1].err
    assert [line for each in ran for line in (each.out + each.err).split("\n") if UNPRINTABLE.search(line)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", HOSTILE, "--as", "circular-2006-556"),
        ("add", HOSTILE, "--id", "appendix-1"),
        ("add", f"{HOSTILE}.d"),
        ("add", f"*{HOSTILE}?"),
        ("add", HOSTILE, HOSTILE + "x", "--id", "x\x1b"),
        ("replace", f"no\x1b[31m{HOSTILE}", HOSTILE),
        ("remove", f"no\x1b[31m{HOSTILE}"),
    ],
)
def test_no_name_reaches_the_terminal_as_it_is_in_an_error(
    arguments: tuple[str, ...], appendix: Path, circular: Here, own_home: Path, tmp_path: Path
) -> None:
    appendix.rename(tmp_path / HOSTILE)
    (tmp_path / f"{HOSTILE}.d").mkdir()
    ran = circular("docs", *arguments)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert not UNPRINTABLE.search(ran.err)
