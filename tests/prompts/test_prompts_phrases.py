"""What the desk says is there in both languages, complete, and asked for by its right name.

This folder has no ``__init__.py``: as a package named ``prompts`` it would hide the one under test.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import bot
from bot.answering.answer import Status
from prompts.phrases import LANGUAGES, phrases

KEYS = phrases("en").keys()
AREAS = {key.partition(".")[0] for key in KEYS}
KEY = re.compile(rf"(?:{'|'.join(sorted(AREAS))})\.[a-z_0-9]*[a-z0-9]")
CODE = sorted(Path(bot.__file__).parent.rglob("*.py"))
PASSED_ON = {"line_page", "_refuse"}
"""Functions of the Telegram channel that take a key of ``telegram.toml`` without its area."""


def fields(text: str) -> set[str]:
    """The names of the fields of a phrase."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def called(node: ast.Call) -> str:
    """The last name of what is called: ``raw`` for ``say.raw(...)``, ``phrases`` for ``phrases("en")(...)``."""
    function: ast.expr = node.func
    while isinstance(function, ast.Call):
        function = function.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.name}:{node.lineno}", node


def literal_keys() -> dict[str, str]:
    """Every literal of the code that has the form of a key, with where it stands; names of loggers are none."""
    found: dict[str, str] = {}
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        loggers = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "getLogger":
                loggers |= {id(argument) for argument in node.args}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in loggers else None
            if isinstance(text, str) and KEY.fullmatch(text):
                found[text] = f"{path.name}:{node.lineno}"
    for where, call in calls():
        if called(call) in PASSED_ON:
            for argument in call.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found[f"telegram.{argument.value}"] = where
    return found


def test_both_languages_say_the_same_things() -> None:
    assert LANGUAGES == ("en", "zh")
    assert phrases("zh").keys() == KEYS
    assert len(KEYS) > 50
    assert {"answer", "cli", "telegram"} <= AREAS


@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_phrase_has_the_same_fields_in_both_languages_and_formats_with_them(key: str) -> None:
    english = fields(phrases("en").raw(key))
    assert fields(phrases("zh").raw(key)) == english
    assert all(re.fullmatch(r"[a-z_]+", name) for name in english), "fields are named, without attributes or indices"
    for language in LANGUAGES:
        said = phrases(language)(key, **dict.fromkeys(english, 7))
        assert said.strip()
        assert "{" not in said
        assert "}" not in said


@pytest.mark.parametrize("key", sorted(KEYS))
def test_each_phrase_is_in_its_language(key: str) -> None:
    han = re.compile(r"[\u3400-\u9fff]")
    assert not han.search(phrases("en").raw(key))
    chinese = re.sub(r"\{[^}]*\}", "", phrases("zh").raw(key))
    assert han.search(chinese) or not re.search(r"[A-Za-z]", chinese), "words, if any, are Chinese"


def test_every_key_the_code_asks_for_exists() -> None:
    keys = literal_keys()
    assert len(keys) > 40, "the keys of the code are found at all"
    assert {key: where for key, where in keys.items() if key not in KEYS} == {}


def test_every_call_fills_the_fields_its_phrase_has() -> None:
    checked, wrong = 0, {}
    for where, call in calls():
        key = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        if key not in KEYS or called(call) == "raw" or any(k.arg is None for k in call.keywords):
            continue
        checked += 1
        given = {keyword.arg for keyword in call.keywords}
        if given != fields(phrases("en").raw(str(key))):
            wrong[where] = (key, given)
    assert checked > 30, "the calls of the code are found at all"
    assert wrong == {}


def test_every_status_has_its_mark_in_every_channel() -> None:
    for language, status, key in product(LANGUAGES, Status, ("telegram.mark_{}", "cli.status_{}")):
        assert phrases(language)(key.format(status.value))


def test_keys_put_together_by_the_code_have_phrases() -> None:
    """For ``f"area.start_{…}"`` at least one phrase begins so."""
    begun: dict[str, str] = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                start = str(node.values[0].value)
                if start.partition(".")[0] in AREAS and re.fullmatch(r"[a-z]+\.[a-z_]*", start):
                    begun[start] = f"{path.name}:{node.lineno}"
    assert begun
    assert {s: w for s, w in begun.items() if not any(key.startswith(s) for key in KEYS)} == {}


@pytest.mark.parametrize("language", ["fr", "", "EN", "zh-TW", "../en"])
def test_an_unknown_language_gets_english(language: str) -> None:
    spoken = phrases(language)
    assert spoken.language == "en"
    assert spoken.keys() == KEYS
    assert spoken("answer.answered") == phrases("en")("answer.answered") != phrases("zh")("answer.answered")


def test_a_phrase_or_a_field_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        phrases("en")("answer.no_such_phrase")
    with pytest.raises(KeyError):
        phrases("en")("answer.pointer_titled")


def test_what_is_filled_in_is_not_read_as_a_field_itself() -> None:
    """A title with braces, or a question that tries to, says nothing but itself."""
    assert phrases("en")("answer.pointer_titled", title="{documents} {0}") == "the {documents} {0}"
