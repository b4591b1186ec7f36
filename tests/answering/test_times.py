"""A time that a quote names is said to have passed once it has, and only then."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.answer import Language, Status
from bot.answering.times import past_times, times
from bot.answering.turn import Turn

from .made import LONG, UNDATED, cited, drafted, library, room

ISSUED = date(2006, 10, 16)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("quote", "passed"),
    [
        ("The export shall double by 2010.", ("by 2010",)),
        ("The export shall double by the end of 2010.", ("by the end of 2010",)),
        ("Forms are filed before December 31, 2010 in person.", ("before December 31, 2010",)),
        ("Forms are filed no later than 1 March 2007.", ("no later than 1 March 2007",)),
        ("Loans are granted until 2009 or until 2012.", ("until 2009", "until 2012")),
        ("by 2010 and again by 2010", ("by 2010",)),
        ("到2010年，出口额翻一番。", ("到2010年",)),
        ("2010年底前完成。", ("2010年底前",)),
        ("于2010年12月31日之前完成。", ("2010年12月31日之前",)),
        ("截至2010年12月31日止。", None),
    ],
)
def test_a_year_that_has_gone_by_is_told_verbatim(quote: str, passed: tuple[str, ...] | None) -> None:
    found = past_times(quote, ISSUED, TODAY)
    if passed is None:
        assert any("2010年" in time for time in found)
    else:
        assert found == passed
    assert all(time in quote for time in found)


@pytest.mark.parametrize(
    "quote",
    [
        "The export shall double by 2030.",
        "The export shall double by 2026.",
        "到2030年，出口额翻一番。",
        "2026年底前完成。",
        "Circular No.556 of 2006",
        "the plan of 2006",
        "2006年10月16日发布",
        "by 20101 boats",
        "develop 10 base cities",
        "",
    ],
)
def test_a_time_to_come_this_year_and_a_mere_date_are_not(quote: str) -> None:
    assert past_times(quote, ISSUED, TODAY) == ()


def test_what_has_passed_depends_on_today() -> None:
    assert past_times("by 2010", ISSUED, date(2010, 12, 31)) == ()
    assert past_times("by 2010", ISSUED, date(2011, 1, 1)) == ("by 2010",)


@pytest.mark.parametrize("quote", ["Authentication in 5 years.", "within 5 years of issue", "5年内完成", "5年之内完成"])
def test_a_period_counts_from_the_date_of_issue(quote: str) -> None:
    assert len(past_times(quote, ISSUED, TODAY)) == 1
    assert past_times(quote, ISSUED, date(2011, 1, 1)) == ()
    assert len(past_times(quote, ISSUED, date(2012, 1, 1))) == 1


def test_a_period_without_a_date_of_issue_ends_nowhere() -> None:
    assert past_times("in 5 years", None, TODAY) == ()
    assert past_times("by 2010 or in 5 years", None, TODAY) == ("by 2010",)


@pytest.mark.parametrize("quote", ["By 2010, exports shall double.", "Before 2010 forms are filed.", "Within 5 years."])
def test_a_time_at_the_beginning_of_a_sentence_is_told_too(quote: str) -> None:
    assert past_times(quote, ISSUED, TODAY) != ()


def noted(asked: Turn, *, today: date = TODAY, language: Language = "en") -> tuple[str, ...]:
    asked.language = language
    times(asked, room(today=today))
    assert asked.draft is not None
    return asked.draft.notes


def test_the_note_names_the_time_and_the_date_of_issue() -> None:
    (note,) = noted(drafted(Status.ANSWERED, cited(2, "Carriers need a licence by 2010.")))
    assert "by 2010" in note
    assert "1998" in note


def test_the_note_is_in_the_language_of_the_answer() -> None:
    (note,) = noted(drafted(Status.ANSWERED, cited(2, "Carriers need a licence by 2010.")), language="zh")
    assert note.startswith("请注意时间")


def test_several_quotes_of_a_document_share_a_note_and_earlier_notes_stay() -> None:
    asked = drafted(Status.ANSWERED, cited(2, "by 2001"), cited(3, "by 2001 and by 2002"), notes=("cut short",))
    first, second = noted(asked)
    assert first == "cut short"
    assert second.count("by 2001") == 1
    assert "by 2002" in second


def test_the_clock_of_the_room_decides() -> None:
    asked = drafted(Status.ANSWERED, cited(2, "by 2010"))
    assert noted(asked, today=date(2009, 1, 1)) == ()


@pytest.mark.parametrize("status", [Status.REFERRED, Status.NOT_STATED])
def test_only_answers_are_held_against_the_clock(status: Status) -> None:
    assert noted(drafted(status, cited(2, "by 2010"))) == ()


def test_a_quote_without_a_time_and_a_document_without_a_date_add_nothing() -> None:
    undated = cited(2, "by 2010", document=UNDATED.id, paragraph=1)
    assert noted(drafted(Status.ANSWERED, cited(3, LONG), undated)) == ()
    assert library().document(UNDATED.id).issued_on is None
