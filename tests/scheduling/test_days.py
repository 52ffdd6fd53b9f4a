from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.i18n import Message
from engine.scheduling import Calendar, SettingError

# Zones that change their clocks at unusual hours or by unusual amounts, and some that never do.
ZONES = [
    "UTC",
    "Asia/Seoul",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",  # put the clock back at 00:01
    "America/Havana",  # at 01:00, to midnight
    "America/Sao_Paulo",  # skipped midnight
    "Asia/Beirut",  # skips midnight
    "Africa/Cairo",
    "Africa/Casablanca",
    "Antarctica/Troll",  # by two hours
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",  # left out a date
    "Asia/Pyongyang",
]
calendars = st.builds(Calendar, st.sampled_from(ZONES), st.integers(0, 23))
days = st.dates(date(1950, 1, 1), date(2060, 1, 1))
instants = st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
quietly = settings(deadline=None, database=None, derandomize=True, max_examples=300)


def wall_time(zone: str, *at: int, fold: int = 0) -> datetime:
    return datetime(*at, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def left_out(calendar: Calendar, day: date) -> bool:
    return calendar.start(day) == calendar.start(day + timedelta(days=1))


def test_late_evening_and_the_next_morning_are_one_day_apart(berlin):
    evening = berlin.day(wall_time("Europe/Berlin", 2026, 3, 1, 23))
    morning = berlin.day(wall_time("Europe/Berlin", 2026, 3, 2, 8))
    assert (morning - evening).days == 1


def test_an_evening_past_midnight_is_still_the_same_day(berlin):
    assert berlin.day(wall_time("Europe/Berlin", 2026, 3, 2, 3, 59)) == date(2026, 3, 1)
    assert berlin.day(wall_time("Europe/Berlin", 2026, 3, 2, 4)) == date(2026, 3, 2)


def test_the_day_does_not_depend_on_the_zone_in_which_a_time_is_written(berlin):
    at = datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=9)))
    assert berlin.day(at) == berlin.day(at.astimezone(UTC)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("zone", "rollover", "day", "hours"),
    [
        ("Europe/Berlin", 4, date(2026, 3, 28), 23),
        ("Europe/Berlin", 4, date(2026, 10, 24), 25),
        ("America/New_York", 4, date(2026, 3, 7), 23),
        ("America/New_York", 4, date(2026, 10, 31), 25),
        ("Europe/Berlin", 0, date(2026, 3, 29), 23),
        ("Asia/Seoul", 4, date(2026, 3, 28), 24),
    ],
)
def test_the_study_day_of_a_clock_change_is_an_hour_shorter_or_longer(zone, rollover, day, hours):
    calendar = Calendar(zone, rollover)
    length = calendar.start(day + timedelta(days=1)) - calendar.start(day)
    assert length == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("zone", "rollover", "day", "jump"),
    [
        ("Europe/Berlin", 2, date(2026, 3, 29), (2026, 3, 29, 3)),
        ("America/New_York", 2, date(2026, 3, 8), (2026, 3, 8, 3)),
        ("America/Sao_Paulo", 0, date(2018, 11, 4), (2018, 11, 4, 1)),
        ("Australia/Lord_Howe", 2, date(2026, 10, 4), (2026, 10, 4, 2, 30)),
    ],
)
def test_a_rollover_that_the_clock_jumps_over_happens_at_the_jump(zone, rollover, day, jump):
    calendar = Calendar(zone, rollover)
    start = calendar.start(day)
    assert start == wall_time(zone, *jump)
    assert calendar.day(start - timedelta(seconds=1)) == day - timedelta(days=1)


def test_a_rollover_that_the_clock_shows_twice_happens_the_first_time():
    calendar = Calendar("Europe/Berlin", 2)
    assert calendar.start(date(2026, 10, 25)) == wall_time("Europe/Berlin", 2026, 10, 25, 2)
    again = wall_time("Europe/Berlin", 2026, 10, 25, 2, fold=1)
    assert calendar.day(again) == date(2026, 10, 25)


def test_a_day_that_has_begun_goes_on_when_the_clock_is_set_back_to_before_it():
    # At 00:01 the clock went back to 23:01 of the day before.
    calendar = Calendar("America/St_Johns", 0)
    begun = calendar.start(date(2010, 11, 7))
    assert [calendar.day(begun + timedelta(minutes=m)).day for m in (-1, 0, 2, 59, 62)] == [
        6,
        7,
        7,
        7,
        7,
    ]


def test_a_date_that_a_zone_left_out_begins_with_the_next_one():
    samoa = Calendar("Pacific/Apia", 0)
    assert samoa.start(date(2011, 12, 30)) == samoa.start(date(2011, 12, 31))
    assert samoa.day(samoa.start(date(2011, 12, 30))) == date(2011, 12, 31)


@quietly
@given(calendars, days)
def test_a_day_starts_on_itself(calendar, day):
    if not left_out(calendar, day):
        assert calendar.day(calendar.start(day)) == day


@quietly
@given(calendars, days)
def test_the_instant_before_a_day_starts_is_an_earlier_day(calendar, day):
    assert calendar.day(calendar.start(day) - timedelta(microseconds=1)) < day


@quietly
@given(calendars, days)
def test_days_start_one_after_another(calendar, day):
    following = calendar.start(day + timedelta(days=1))
    assert calendar.start(day) <= following
    assert calendar.start(day).utcoffset() == timedelta(0)


@quietly
@given(calendars, instants, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_study_day_never_goes_back(calendar, at, later):
    assert calendar.day(at) <= calendar.day(at + later)


@quietly
@given(calendars, instants)
def test_a_time_lies_between_the_start_of_its_day_and_of_the_next(calendar, at):
    day = calendar.day(at)
    assert calendar.start(day) <= at < calendar.start(day + timedelta(days=1))


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "America", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 5000]
)
def test_an_unknown_time_zone_is_refused_in_words(name):
    with pytest.raises(SettingError, match="There is no time zone") as refusal:
        Calendar(name)
    assert isinstance(refusal.value.message, Message)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("rollover", [-1, 24, 4.5, "4", True, None])
def test_a_rollover_that_is_not_an_hour_is_refused_in_words(rollover):
    with pytest.raises(SettingError, match="any hour from 0 to 23"):
        Calendar("UTC", rollover)


def test_a_time_without_a_zone_has_no_study_day(berlin):
    with pytest.raises(ValueError, match="needs its time zone"):
        berlin.day(datetime(2026, 3, 1))


def test_calendars_of_the_same_place_and_hour_are_the_same():
    assert len({Calendar("Asia/Seoul"), Calendar("Asia/Seoul", 4), Calendar("Asia/Seoul", 5)}) == 2
