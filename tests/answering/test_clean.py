"""A question becomes one line of plain text of bounded length, in a known language."""

from __future__ import annotations

import pytest

from bot.answering.answer import Language, Question
from bot.answering.clean import clean, has_words, plain
from bot.answering.turn import Turn

from .made import room, tuned


def cleaned(text: str, language: Language | None = None, longest: int = 20) -> Turn:
    turn = Turn(Question(text=text, language=language))
    clean(turn, room(tuning=tuned(longest_question=longest)))
    return turn


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Who\t lends\r\n to us? \n", "Who lends to us?"),
        ("Who\x00lends\x1b[31m\x7f?", "Who lends [31m ?"),
        ("Who\u2028lends\u2029?", "Who lends ?"),
        ("Wh\u202eo le\u2066nds\u200b?\ufeff", "Who lends?"),
        ("Who \ud800lends\udfff?", "Who lends?"),
        ("Who \ue000\U0010fffe lends?", "Who lends?"),
        ("谁\u3000可以贷款？", "谁 可以贷款？"),
        ("", ""),
        ("\x00\u202e\ud800", ""),
    ],
    ids=["spaces", "controls", "separators", "direction marks", "surrogates", "private and unassigned", "full width",
         "empty", "nothing left"],
)  # fmt: skip
def test_only_one_line_of_characters_that_can_be_shown_is_kept(raw: str, kept: str) -> None:
    assert plain(raw) == kept


@pytest.mark.parametrize(("text", "words"), [("a", True), ("7", True), ("谁", True), ("é?", True), ("٣", True)])
def test_a_letter_or_a_digit_of_any_script_is_a_word(text: str, words: bool) -> None:
    assert has_words(text) is words


@pytest.mark.parametrize("text", ["", "?!", "。", "😀😀", "¶ —"])
def test_signs_alone_are_no_words(text: str) -> None:
    assert not has_words(text)


def test_a_question_of_the_longest_length_is_kept_without_a_note() -> None:
    turn = cleaned("x" * 20)
    assert turn.text == "x" * 20
    assert turn.notes == []
    assert turn.trace["clean"]["cut"] is False


@pytest.mark.parametrize("length", [21, 40, 41, 100_000])
def test_a_longer_one_is_cut_and_the_asker_is_told(length: int) -> None:
    turn = cleaned("x" * length)
    assert turn.text == "x" * 20
    assert len(turn.notes) == 1
    assert "20" in turn.notes[0]
    assert turn.trace["clean"]["cut"] is True


def test_white_space_does_not_count_as_length() -> None:
    turn = cleaned("Who" + " " * 30 + "lends?")
    assert turn.text == "Who lends?"
    assert turn.notes == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who lends to us?", "en"),
        ("谁可以贷款？", "zh"),
        ("ISO27001 认证奖励", "zh"),
        ("What does 贷款 mean in this circular?", "en"),
        ("42", "en"),
    ],
)
def test_the_language_is_that_of_the_text(text: str, language: str) -> None:
    assert cleaned(text, longest=200).language == language


def test_a_wanted_language_goes_before_that_of_the_text_and_the_note_is_in_it() -> None:
    turn = cleaned("x" * 30, "zh")
    assert turn.language == "zh"
    assert turn.notes[0].startswith("只读取了")
    assert cleaned("谁可以贷款？", "en").language == "en"
