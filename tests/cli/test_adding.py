"""A document that is added answers at once what was referred to it; a bad file is one line and harms nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.shelf import Shelf

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
    ran += [circular("docs", "replace", "a-31m-fdp", str(other), "--force"), circular("docs", "list")]
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


NOTICE = "Rules on the Pier Lamps\n\nNo. 5 of 2020\n\nLamps are lit at dusk by the keeper of each pier.\n"
NEWER = """Measures for Lights in Harbours

No. 9 of 2024

Lamps are lit at dusk by the keeper of each pier.

The harbour office pays for the oil.

Office of the Harbour

3 March 2024
"""
FERRY = "Ferry Notice\n\nThe ferry carries bicycles free of charge on Sundays.\n"


def document(circular: Here, name: str) -> dict[str, object]:
    held: list[dict[str, object]] = json.loads(circular("docs", "list", "--json").out)
    return next((each for each in held if each["id"] == name), {})


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library alone is looked at: the index is not brought up to date."""
    monkeypatch.setattr(Shelf, "bring_index_up_to_date", lambda self, **more: None)


@pytest.mark.slow
def test_a_document_of_its_own_is_put_in_the_place_of_the_omitted_one(
    appendix: Path, circular: Here, own_home: Path
) -> None:
    """Also out of the wrong place; a place that is taken, and one that is none, is refused and changes nothing."""
    assert circular("docs", "add", str(appendix), "--id", "rewards").code == 0
    for wrong, told in (("no-such", "no document 'no-such'"), ("circular-2006-556", "is in the library already;")):
        ran = circular("docs", "add", str(appendix), "--as", wrong)
        assert told in ran.error_line
    for was, place in (("rewards", "appendix-3"), ("appendix-3", "appendix-2")):
        ran = circular("docs", "add", str(appendix), "--as", place)
        assert (ran.code, f"was in the library as {was} and is now {place}" in ran.out) == (0, True), ran
    placed = document(circular, "appendix-2")
    assert (placed["status"], placed["label"]) == ("present", "Appendix II")
    assert document(circular, "appendix-3")["status"] == "omitted"
    assert document(circular, "rewards") == {}
    assert "already, as appendix-2" in circular("docs", "add", str(appendix), "--as", "appendix-2").out
    assert (
        "Appendix II, Shang Zi Fa [2006] No.557" in circular("ask", "How do we apply for the certification reward?").out
    )


@pytest.mark.usefixtures("own_home", "unread")
def test_what_would_be_lost_with_its_id_is_not_moved(circular: Here, tmp_path: Path) -> None:
    (tmp_path / "lamps.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "newer.txt").write_text(NEWER, encoding="utf-8")
    assert circular("docs", "add", "lamps.txt").code == 0
    assert circular("docs", "replace", "lamps", "newer.txt").code == 0
    ran = circular("docs", "add", "newer.txt", "--as", "appendix-1")
    assert "`circular docs remove lamps`, then add it again with --as appendix-1" in ran.error_line
    assert document(circular, "appendix-1")["status"] == "omitted"
    assert document(circular, "lamps")["edition"] == 2


@pytest.mark.usefixtures("own_home", "unread")
def test_a_new_edition_is_cited_by_what_its_own_text_says(appendix: Path, circular: Here, tmp_path: Path) -> None:
    """Its title, number, date and issuer; options go first, and an appendix keeps its label."""
    newer = tmp_path / "newer.txt"
    newer.write_text(NEWER, encoding="utf-8")
    (tmp_path / "lamps.txt").write_text(NOTICE, encoding="utf-8")
    assert circular("docs", "add", "lamps.txt").code == 0
    ran = circular("docs", "replace", "lamps", "newer.txt")
    assert "Measures for Lights in Harbours (No. 9 of 2024, 2024-03-03, en)" in ran.out
    now = document(circular, "lamps")
    assert (now["title"], now["number"]) == ("Measures for Lights in Harbours", "No. 9 of 2024")
    assert (now["issued_on"], now["issuer"]) == ("2024-03-03", "Office of the Harbour")
    before = document(circular, "lamps.edition-1")
    assert (before["title"], before["number"]) == ("Rules on the Pier Lamps", "No. 5 of 2020")

    assert circular("docs", "add", str(appendix), "--as", "appendix-2").code == 0
    amended = APPENDIX.replace("Circular on the Work of", "Circular on the Further Work of").replace("557", "600")
    newer.write_text(amended, encoding="utf-8")
    assert circular("docs", "replace", "appendix-2", "newer.txt", "--number", "No. 7").code == 0
    now = document(circular, "appendix-2")
    assert now["title"] == "Circular on the Further Work of Enterprise Authentication and Market Development"
    assert (now["label"], now["number"], now["kind"]) == ("Appendix II", "No. 7", "appendix")


@pytest.mark.usefixtures("own_home", "unread")
def test_an_unrelated_file_replaces_nothing_unless_that_is_meant(circular: Here, tmp_path: Path) -> None:
    (tmp_path / "lamps.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    assert circular("docs", "add", "lamps.txt").code == 0
    line = circular("docs", "replace", "lamps", "ferry.txt").error_line
    assert "has neither the title nor a paragraph of lamps" in line
    assert "--force" in line
    assert document(circular, "lamps")["edition"] == 1
    assert circular("docs", "replace", "lamps", "ferry.txt", "--force").code == 0
    now = document(circular, "lamps")
    assert (now["edition"], now["title"], now["number"]) == (2, "Ferry Notice", None)


@pytest.mark.usefixtures("own_home", "unread")
def test_what_of_a_folder_was_left_aside_is_one_line_each(circular: Here, tmp_path: Path) -> None:
    folder = tmp_path / "notices"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    for number in range(7):
        (folder / f"old{number}.doc").touch()
    ran = circular("docs", "add", "notices")
    assert (ran.code, ran.out.count("added as")) == (0, 1)
    links, kinds = ran.err.splitlines()
    assert "not followed (1): link.txt;" in links
    assert "not read were left out (7): old0.doc, old1.doc, old2.doc, old3.doc, old4.doc and 2 more;" in kinds
    assert "added as outside" in circular("docs", "add", "notices/link.txt", "--id", "outside").out
