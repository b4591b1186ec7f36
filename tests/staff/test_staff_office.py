"""Office hours are read as written, and how long an answer takes is told from cases as they went."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.staff.numbers import OfficeNumbers, staff_numbers
from bot.staff.office import Office, OfficeError, read_office
from bot.staff.waiting import Waited, median_wait, notice_of, notice_text

HOUR = 3600.0
NUMBERS = OfficeNumbers.model_validate(
    {"zone": "Asia/Shanghai", "hours": "Mon-Fri 09:00-12:00 14:00-17:30", "closed": ["2026-06-03"]}
)
OFFICE = read_office(None, NUMBERS)
ESTIMATE = staff_numbers().estimate


def at(text: str, office: Office = OFFICE) -> float:
    """2026-06-01 was a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=office.zone).timestamp()


@pytest.mark.parametrize(
    ("moment", "open_now", "opens"),
    [
        ("2026-06-01 08:59", False, "2026-06-01 09:00"),
        ("2026-06-01 09:00", True, "2026-06-01 09:00"),
        ("2026-06-01 12:00", False, "2026-06-01 14:00"),
        ("2026-06-02 17:30", False, "2026-06-04 09:00"),  # the third is closed
        ("2026-06-05 18:00", False, "2026-06-08 09:00"),
    ],
)
def test_when_it_is_open_and_opens(moment: str, open_now: bool, opens: str) -> None:
    assert OFFICE.is_open(at(moment)) is open_now
    assert OFFICE.opens(at(moment)) == at(opens)


def test_time_is_counted_in_office_hours() -> None:
    assert OFFICE.between(at("2026-06-02 17:00"), at("2026-06-04 10:00")) == 1.5 * HOUR
    assert OFFICE.between(at("2026-06-01 12:30"), at("2026-06-01 13:30")) == 0
    assert OFFICE.after(at("2026-06-02 17:00"), 1.5 * HOUR) == at("2026-06-04 10:00")
    assert OFFICE.after(at("2026-06-02 17:00"), 0.5 * HOUR) == at("2026-06-02 17:30")


def test_the_setting_goes_before_the_numbers_and_clocks_may_change() -> None:
    office = read_office("Sat,Sun 22:00-24:00; Fri-Mon 01:00-04:00; Europe/Berlin", NUMBERS)
    assert office.zone == ZoneInfo("Europe/Berlin")
    assert (sorted(office.hours), office.hours[6]) == ([0, 4, 5, 6], ((60, 240),))
    # On the last Sunday of March the hour from two to three is left out.
    sunday = datetime(2026, 3, 29, tzinfo=office.zone).timestamp()
    assert office.between(sunday, sunday + 12 * HOUR) == 2 * HOUR


@pytest.mark.parametrize(
    "text",
    ["nine to five", "Mon 9-17", "Mon 12:00-09:00", "Mon 09:00-25:00", "Mon 09:00-12:00 11:00-13:00", "Mars/Base", ";"],
)
def test_hours_that_cannot_be_read_are_told_in_one_line_with_an_example(text: str) -> None:
    with pytest.raises(OfficeError) as caught:
        read_office(text, NUMBERS)
    assert str(caught.value).startswith("CIRCULAR_OFFICE_HOURS: ")
    assert str(caught.value).endswith("write it as 'Mon-Fri 09:00-12:00 14:00-17:30; Asia/Shanghai'")


def test_cases_that_still_wait_make_the_median_longer() -> None:
    assert median_wait([(1, True), (2, True), (3, True)]) == 2
    assert median_wait([(1, True), (2, True), (3, True), (9, False), (9, False), (9, False)]) == 3
    assert median_wait([(1, True), (9, False), (9, False)]) is None
    # One that was opened just now says nothing yet.
    assert median_wait([(0.1, False), (1, True), (2, True), (3, True)]) == 2
    assert median_wait([(0.5, False), (0.5, False), (1, True), (2, True)]) == 1
    assert median_wait([]) is None


def test_the_notice_says_no_more_than_past_cases_bear_out() -> None:
    now = at("2026-06-05 17:00")
    answered = [Waited(at("2026-06-01 09:00"), at(f"2026-06-01 {hour}:00")) for hour in ("10", "11", "11", "12", "15")]
    notice = notice_of(answered, OFFICE, now, ESTIMATE)
    assert (notice.open_now, notice.within, notice.by) == (True, 2 * HOUR, at("2026-06-08 10:30"))
    told = notice_text(notice, OFFICE, "en")
    assert "within 2 office hours" in told
    assert "Monday 2026-06-08 at 10:30" in told
    for past in (answered[:4], [*answered, *[Waited(at("2026-06-01 09:00"))] * 6]):
        assert notice_of(past, OFFICE, now, ESTIMATE).within is None
    silent = notice_of(answered, OFFICE, at("2027-06-05 12:00"), ESTIMATE)
    assert silent.within is None
    closed = "现在不是办公时间，将于 星期一（2027-06-07）09:00 开始办公。"
    assert notice_text(silent, OFFICE, "zh").splitlines()[-1] == closed
