from __future__ import annotations

from datetime import date, timedelta

from engine.scheduling import forecast

TODAY = date(2026, 3, 10)


def test_the_forecast_counts_each_coming_day_and_not_what_is_todays(remember):
    memories = {
        str(n): remember(due_day=TODAY + timedelta(days=days))
        for n, days in enumerate([-30, 0, 1, 1, 6, 7, 8])
    }
    assert list(forecast(memories, TODAY).items()) == [
        (TODAY + timedelta(days=n), count) for n, count in enumerate([2, 0, 0, 0, 0, 1, 1], start=1)
    ]


def test_an_empty_forecast_still_names_its_days():
    tomorrow = TODAY + timedelta(days=1)
    assert forecast({}, TODAY, days=2) == {tomorrow: 0, tomorrow + timedelta(days=1): 0}
