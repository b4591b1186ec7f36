"""The numbers are what they are defined to be, and are told in words, as a table and as pictures."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from staff_words import ANNA, NOBODY, STAFF_CHAT, Clock, Opens, SameWords, asked, opening

from bot.staff.digest import digest_text, stats_lines
from bot.staff.errors import Refused
from bot.staff.inquiries import Inquiry
from bot.staff.numbers import staff_numbers
from bot.staff.plots import _up_to, stats_plots
from bot.staff.stats import stats_of
from bot.staff.table import COLUMNS, csv_of

pytest_plugins = ["postgres_server", "staff_desks"]

ZONE = ZoneInfo("Asia/Shanghai")
NUMBERS = staff_numbers().stats
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 3)


def row(number: int, status: str, question: str | None, asker: str | None = "a", **more: object) -> Inquiry:
    told = {
        "id": number,
        "at": datetime(2026, 6, 1 + number % 2, 23, 30, tzinfo=ZONE).timestamp(),
        "asker": asker,
        "channel": "telegram",
        "language": "en",
        "status": status,
        "question": question,
        "milliseconds": float(number),
        "feedback": 0,
        "curated": None,
        "case": None,
    }
    return Inquiry.model_validate({**told, **more})


ROWS = (
    row(1, "answered", "Who can get a loan?", "a", feedback=1),
    row(2, "answered", "Who can get the loan?", "b", feedback=-1),
    row(3, "not_stated", "What interest applies?", "a"),
    row(4, "not_stated", "What interest applies?", "a"),
    row(5, "not_stated", "what interest applies", "a", case=7),
    row(6, "not_stated", "What is the fee?", "b", language="zh"),
    row(7, "referred", "What is the fee?", "c", curated=3),
    row(8, "conversation", "Hello", "d"),
    row(9, "off_topic", "How is the weather?", None, case=8),
    row(10, "answered", None, None),
)


def test_deflection_is_the_share_of_inquiries_that_ended_without_a_person() -> None:
    stats = stats_of(ROWS, FIRST, LAST, ZONE, NUMBERS)
    assert (stats.questions, stats.inquiries, stats.askers, stats.with_person) == (10, 9, 4, 2)
    assert stats.deflection == pytest.approx(7 / 9)
    # Answered or given the office's own answer, and neither found wanting nor handed on.
    assert stats.served == pytest.approx(3 / 9)
    assert stats.shares["not_stated"] == 0.4
    assert (stats.by_status["answered"], stats.official) == (3, 1)
    assert stats.p50_ms == 5.5
    assert stats.p95_ms == pytest.approx(9.55)
    assert (stats.languages, stats.feedback.up, stats.feedback.down) == ({"en": 9, "zh": 1}, 1, 1)


def test_days_are_those_of_the_office_and_quiet_ones_are_there() -> None:
    stats = stats_of(ROWS, FIRST, LAST, ZONE, NUMBERS)
    assert [(day.day.day, day.questions, day.with_person) for day in stats.days] == [(1, 5, 0), (2, 5, 2), (3, 0, 0)]


def test_what_many_ask_and_the_library_lacks_comes_first() -> None:
    stats = stats_of(ROWS, FIRST, LAST, ZONE, NUMBERS, SameWords())
    told = [(m.question, m.questions, m.askers) for m in stats.unanswered]
    # The fee was answered by the office, but for one; of as many askers the more questions come first.
    assert told == [("What interest applies?", 3, 1), ("What is the fee?", 1, 1), ("Who can get the loan?", 1, 1)]
    assert [(m.question, m.questions, m.askers) for m in stats.top][:2] == [
        ("What is the fee?", 2, 2),
        ("Who can get a loan?", 2, 2),
    ]
    apart = stats_of(ROWS, FIRST, LAST, ZONE, NUMBERS)
    assert [m.questions for m in apart.top if m.question.startswith("Who can")] == [1, 1]


def test_of_no_questions_nothing_is_claimed() -> None:
    stats = stats_of((), FIRST, LAST, ZONE, NUMBERS, SameWords())
    assert (stats.deflection, stats.served, stats.p50_ms, stats.top) == (None, None, None, ())
    assert stats_plots(stats, []) == ()
    assert stats_lines(stats, "en")[-1] == "Nobody asked anything."


@pytest.mark.parametrize(("language", "words"), [("en", "78% (deflection)"), ("zh", "78%（自助率）")])
def test_the_week_in_words(language: str, words: str) -> None:
    stats = stats_of(ROWS, FIRST, LAST, ZONE, NUMBERS, SameWords())
    text = digest_text(stats, language, 1, waiting=4, aside=0)
    assert words in text
    assert text.count("What interest applies?") == text.count("What is the fee?") == 1
    assert "Who can get a loan?" not in text
    assert text.endswith(("waiting for staff: 4", "等待工作人员处理的事项：4"))
    assert all(line in "\n".join(stats_lines(stats, language)) for line in text.splitlines()[:5])


def test_the_table_holds_every_row_and_no_formula() -> None:
    table = list(csv.reader(io.StringIO(csv_of([*ROWS, row(11, "answered", '=1+1, "x"\n2')], ZONE))))
    assert table[0] == list(COLUMNS)
    assert len(table) == 12
    assert table[-1][-1] == '\'=1+1, "x"\n2'
    assert table[5][1:6] == ["2026-06-02T23:30:00+08:00", "a", "telegram", "en", "not_stated"]


def test_pictures_are_drawn_of_every_number() -> None:
    stats = stats_of(ROWS, FIRST, LAST, ZONE, NUMBERS)
    plots = stats_plots(stats, [r.milliseconds for r in ROWS])
    assert [plot.slug for plot in plots] == ["per-day", "statuses", "languages", "times"]
    for plot in plots:
        assert plot.render("png").startswith(b"\x89PNG")


def test_the_log_gives_the_numbers_of_the_days_asked_for(opens: Opens, clock: Clock) -> None:
    staff = opens(SameWords())
    staff.asking.asked(asked(1), 500)
    clock.now += 24 * 3600
    staff.asking.asked(asked(2, "not_stated", "What of 13812345678?"), 500)
    assert [day.questions for day in staff.stats(3).days] == [0, 1, 1]
    assert [day.questions for day in staff.stats_for(ANNA, 1).days] == [1]
    assert staff.stats(1).top[0].question == "What of [phone]?"
    with pytest.raises(Refused):
        staff.stats_for(NOBODY, 1)


def test_the_digest_is_posted_once_a_week_whoever_does_it(opens: Opens, clock: Clock) -> None:
    staff, other = opens(SameWords()), opens(SameWords())
    staff.asking.wants_person(opening(1))
    assert [staff.post_digest(), other.post_digest(), staff.post_digest()] == [True, False, False]
    clock.now += 7 * 24 * 3600
    assert other.post_digest()
    mail = staff.mail("1" * 32)
    texts = []
    while claimed := mail.claim(9):
        for letter in claimed:
            texts.append((letter.chat, letter.payload["text"].splitlines()[-1]))
            mail.sent(letter)
    assert texts[1:] == [(STAFF_CHAT, "Cases waiting for staff: 1")] * 2


def test_few_slow_answers_do_not_press_the_others_together() -> None:
    assert _up_to([10.0, 20.0, 5000.0], 30.0) == (60.0, True)
    assert _up_to([10.0, 20.0, 50.0], 30.0) == (50.0, False)
    assert _up_to([], None) == (0.0, False)
