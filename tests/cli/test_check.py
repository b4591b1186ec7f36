"""``circular check``: by options for machines, by hand in a terminal, and one line where something is missing."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from documents.conditions import load_programmes
from documents.library import Library
from documents.loading import SHIPPED, load_corpus

from .conftest import Here, Process
from .running import CORPUS_ID
from .test_streams import Terminal

LIBRARY: Library = load_corpus()[0]
DATA = load_programmes(SHIPPED, LIBRARY)
DOCS_CHECK = Path(__file__).parents[2] / "docs" / "check.md"
REWARD = ("--programme", "certification-reward")
ALL_MET = (*REWARD, "--answer", "contracts=yes", "--answer", "services=ito", "--answer", "certificate=cmmi")
ASKS = "(b = back, q = quit): "
APPENDIX = """Appendix II

Circular on the Work of Enterprise Authentication and Market Development

Every enterprise with CMMI level 3 meets the requirements for the reward.
"""


@pytest.mark.slow
def test_a_whole_check_in_a_process(process: Process) -> None:
    ran = process("check", *ALL_MET)
    assert (ran.code, ran.err) == (0, "")
    assert "Meets what the document states (3 of 3)." in ran.out
    assert "Matters left to Appendix II: 1." in ran.out
    assert "which is not in the library" in ran.out
    assert "¶14" in ran.out
    assert ran.out.rstrip().endswith("It is no decision and no promise.")
    assert "\x1b" not in ran.out


def test_in_chinese(circular: Here) -> None:
    ran = circular("check", *ALL_MET, "--lang", "zh")
    assert (ran.code, ran.err) == (0, "")
    assert "符合该文件写明的条件（3/3）" in ran.out
    assert ran.out.rstrip().endswith("不是决定，也不是承诺。")
    assert "第14段" in ran.out


def test_a_failed_condition_ends_it_and_the_rest_is_not_asked(circular: Here) -> None:
    out = circular("check", *REWARD, "--answer", "contracts=no").out
    assert "Does not meet what the documents state: Long and medium term service contracts." in out
    assert out.count(": not asked") == 2


def test_as_json(circular: Here) -> None:
    ran = circular("check", "--as", "enterprise", *ALL_MET, "--json")
    assert (ran.code, ran.err) == (0, "")
    row = json.loads(ran.out)
    assert (row["programme"], row["document"], row["role"]) == ("certification-reward", CORPUS_ID, "enterprise")
    assert row["answers"] == {"contracts": "yes", "services": "ito", "certificate": "cmmi"}
    assert row["verdict"] == "not_stated"
    assert row["version"] == DATA.digest
    verdicts = {condition["id"]: condition["verdict"] for condition in row["conditions"]}
    assert verdicts == {
        "contracts": "meets",
        "services": "meets",
        "certificate": "meets",
        "reward-requirements": "not_stated",
    }
    left = row["conditions"][-1]
    assert (left["open"], left["governed_by"]["label"], left["governed_by"]["present"]) == (True, "Appendix II", False)
    for condition in row["conditions"]:
        citation = condition["citation"]
        assert citation["quote"] in LIBRARY.paragraph(citation["document"], citation["paragraph"]).text
    assert row["closing"][-1] == "This only compares your answers with the text. It is no decision and no promise."


def test_every_field_of_the_json_is_documented(circular: Here) -> None:
    told = DOCS_CHECK.read_text(encoding="utf-8")

    def fields(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for inner in value.values() for name in fields(inner)}
        return {name for inner in value for name in fields(inner)} if isinstance(value, list) else set()

    row = json.loads(circular("check", *ALL_MET, "--json").out)
    listed = json.loads(circular("check", "--list", "--json").out)
    ids = set(row.pop("answers"))
    missing = {name for name in fields(row) | fields(listed) | {"answers"} if f"`{name}`" not in told}
    assert missing - ids == set()


def test_the_list_names_every_programme_condition_and_choice(circular: Here) -> None:
    out = circular("check", "--list").out
    for programme in DATA.programmes:
        assert f"{programme.id}  {programme.name.en}" in out
        for condition in programme.conditions:
            assert f"{condition.id}  {condition.name.en} (¶{condition.evidence.paragraph})" in out
            assert (", ".join(option.id for option in condition.options) or "open, not asked") in out
    listed = json.loads(circular("check", "--list", "--json").out)["programmes"]
    assert [row["id"] for row in listed] == [programme.id for programme in DATA.programmes]


def test_the_list_of_a_role_or_a_programme_is_theirs(circular: Here) -> None:
    rows = json.loads(circular("check", "--list", "--as", "graduate", "--json").out)["programmes"]
    assert {role for row in rows for role in row["roles"]} == {"graduate"}
    assert len(rows) > 1
    rows = json.loads(circular("check", "--list", "--programme", "base-city", "--lang", "zh", "--json").out)[
        "programmes"
    ]
    assert [row["name"] for row in rows] == ["基地城市认定"]


WRONG = {
    "nothing": ((), "missing: --programme, one of graduate-training, job-seeking, "),
    "only a role": (("--as", "graduate"), "missing: --programme, one of graduate-training, job-seeking\n"),
    "only a programme": (REWARD, "missing: --answer contracts=yes|no|unsure; --answer services="),
    "one answer short": (
        (*REWARD, "--answer", "services=ito", "--answer", "certificate=cmmi"),
        "missing: --answer contracts=yes|no|unsure\n",
    ),
    "short, as JSON": ((*REWARD, "--json"), "missing: --answer contracts="),
    "no such role": (("--as", "king"), "role: 'king' is not one of the choices: graduate, enterprise, city, zone"),
    "no such programme": (("--programme", "crown"), "programme: 'crown' is not one of the choices: graduate-training"),
    "another's programme": (("--as", "city", *REWARD), "is not one of the choices: base-city, base-city-loan"),
    "no such condition": (
        (*REWARD, "--answer", "crown=yes"),
        "--answer: 'crown' is not one of the choices: contracts,",
    ),
    "no such choice": (
        (*ALL_MET[:-1], "certificate=gold"),
        "certificate: 'gold' is not one of the choices: cmmi, cmm,",
    ),
    "an open condition": ((*ALL_MET, "--answer", "reward-requirements=yes"), "'reward-requirements' is not one of"),
    "no equals sign": ((*REWARD, "--answer", "contracts"), "--answer 'contracts': write CONDITION=CHOICE"),
    "twice": ((*ALL_MET, "--answer", "contracts=no"), "--answer: contracts is answered twice"),
    "an escape code": (("--programme", "\x1b[31m"), "is not one of the choices"),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_missing_or_wrong_is_one_line_and_wrong_usage(
    circular: Here, arguments: tuple[str, ...], told: str
) -> None:
    ran = circular("check", *arguments, stdin=b"1\n1\n1\n1\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("circular: ")
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err


def test_a_wrong_choice_is_told_even_where_it_would_not_be_asked_for(circular: Here) -> None:
    ran = circular("check", *REWARD, "--answer", "contracts=no", "--answer", "certificate=gold")
    assert (ran.code, ran.out) == (2, "")
    assert "certificate: 'gold'" in ran.err


def test_another_language_is_wrong_usage(circular: Here) -> None:
    assert circular("check", "--lang", "fr").code == 2


def test_a_corpus_without_conditions_is_one_line(
    circular: Here, small_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIRCULAR_CORPUS", str(small_corpus))
    assert "No conditions have been prepared" in circular("check", "--list").error_line


def test_conditions_that_do_not_stand_in_the_text_are_one_line(
    circular: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus" / CORPUS_ID
    folder.mkdir(parents=True)
    for name in ("document.toml", "document.txt", "conditions.toml"):
        text = (SHIPPED / CORPUS_ID / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace('"with the new graduates', '"with the old graduates'), encoding="utf-8")
    monkeypatch.setenv("CIRCULAR_CORPUS", str(tmp_path / "corpus"))
    assert "conditions.toml: condition.trainee.stated: stands in 0" in circular("check", "--list").error_line


@pytest.mark.slow
def test_an_appendix_that_is_added_is_named_as_being_in_the_library(
    circular: Here, copied_home: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIRCULAR_HOME", str(copied_home(tmp_path / "home")))
    (tmp_path / "appendix.txt").write_text(APPENDIX, encoding="utf-8")
    assert circular("docs", "add", "appendix.txt", "--as", "appendix-2").code == 0
    out = circular("check", *ALL_MET).out
    assert "which is in the library. Ask: “Which requirements must an enterprise meet" in out
    assert "not in the library" not in out


@pytest.mark.slow
def test_what_a_newer_edition_no_longer_says_is_set_aside(
    circular: Here, copied_home: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIRCULAR_HOME", str(copied_home(tmp_path / "home")))
    text = (SHIPPED / CORPUS_ID / "document.txt").read_text(encoding="utf-8")
    newer = text.replace("long and medium term service contracts", "service contracts of any term")
    assert newer != text
    (tmp_path / "newer.txt").write_text(newer, encoding="utf-8")
    ran = circular("docs", "replace", CORPUS_ID, "newer.txt")
    assert ran.code == 0, ran.err
    ran = circular("check", *REWARD, "--answer", "services=ito", "--answer", "certificate=cmmi")
    assert (ran.code, ran.err) == (0, "")
    assert "no longer stand in the text: Long and medium term service contracts." in ran.out
    assert "A newer edition of the document is in force." in ran.out


@pytest.mark.slow
def test_by_hand_with_a_wrong_number_and_a_step_back(home: Path, tmp_path: Path) -> None:
    terminal = Terminal(["check"], home, tmp_path)
    terminal.read("(q = quit): ")
    assert "Who is asking?" in terminal.words
    terminal.type(b"b\n")
    terminal.read("(q = quit): ")
    assert "This is the first question." in terminal.words
    for typed, told in (
        (b"2\n", "Which programme?"),
        (b"9\n", "9: there is no such choice. Choose one of: 1–6."),
        ("²\n".encode(), "there is no such choice"),
        (b"3\n", "1 of 2"),
        (b"2\n", ""),
    ):
        if told:
            terminal.type(typed)
            terminal.read(ASKS)
            assert told in terminal.words
    terminal.type(b"YES\n")
    terminal.read(ASKS)
    assert "2 of 2" in terminal.words
    terminal.type(b"b\n")
    terminal.read(ASKS)
    assert terminal.words.count("1 of 2") == 2
    terminal.type(b"1\n")
    terminal.read(ASKS)
    terminal.type(b"bpo\n")
    assert terminal.ended() == 0
    assert "Meets every condition that the documents state (2 of 2)." in terminal.words
    assert terminal.words.rstrip().endswith("It is no decision and no promise.")


@pytest.mark.slow
def test_what_options_answer_is_not_asked_but_can_be_taken_back(home: Path, tmp_path: Path) -> None:
    answers = ["--answer", "contracts=yes", "--answer", "services=ito"]
    terminal = Terminal(["check", *REWARD, *answers], home, tmp_path)
    terminal.read(ASKS)
    assert "3 of 3" in terminal.words
    assert "1 of 3" not in terminal.words
    for number in (2, 1):
        terminal.type(b"b\n")
        terminal.read(ASKS)
        assert f"{number} of 3" in terminal.words
    terminal.type(b"2\n")
    assert terminal.ended() == 0
    assert "Does not meet what the documents state" in terminal.words


@pytest.mark.slow
@pytest.mark.parametrize("typed", [b"q\n", b"\x04"])
def test_it_can_be_left_at_any_question(home: Path, tmp_path: Path, typed: bytes) -> None:
    terminal = Terminal(["check", "--as", "graduate"], home, tmp_path)
    terminal.read(ASKS)
    terminal.type(typed)
    assert terminal.ended() == 0
    assert terminal.words.rstrip().endswith("Goodbye.")


@pytest.mark.slow
def test_an_interrupt_ends_it_quietly(home: Path, tmp_path: Path) -> None:
    terminal = Terminal(["check", "--as", "graduate"], home, tmp_path)
    terminal.read(ASKS)
    # The prompt is there a moment before the line editor listens; a signal in between waits for a key, or another one.
    for _ in range(5):
        time.sleep(0.5)
        terminal.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            terminal.process.wait(20)
            break
    assert terminal.ended() == 130
    assert "Traceback" not in terminal.words


def test_the_examples_of_the_documentation_work(circular: Here) -> None:
    examples = re.findall(r"^circular (check .+)$", DOCS_CHECK.read_text(encoding="utf-8"), re.M)
    complete = [example.split() for example in examples if "--programme" in example or "--list" in example]
    assert len(complete) >= 3
    for words in complete:
        ran = circular(*words)
        assert (ran.code, ran.err) == (0, ""), words
