from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.scheduling import Counts, estimate_minutes, forecast

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("counts", "seconds", "minutes"),
    [
        (Counts(0, 0, 0), 30, 0),
        (Counts(0, 10, 0), 30, 5),
        (Counts(1, 10, 0), 30, 6),
        (Counts(2, 0, 5), 30, 6),
    ],
)
def test_minutes_are_rounded_up_and_a_new_item_takes_two_answers(counts, seconds, minutes):
    assert estimate_minutes(counts, seconds) == minutes


def test_the_forecast_counts_each_coming_day_and_what_is_overdue_today(remember):
    memories = {
        str(n): remember(due_day=TODAY + timedelta(days=days))
        for n, days in enumerate([-30, 0, 1, 1, 6, 7])
    }
    assert list(forecast(memories, TODAY).items()) == [
        (TODAY + timedelta(days=n), count) for n, count in enumerate([2, 2, 0, 0, 0, 0, 1])
    ]


def test_an_empty_forecast_still_names_its_days():
    assert forecast({}, TODAY, days=2) == {TODAY: 0, TODAY + timedelta(days=1): 0}
