"""What a learner may choose."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from engine.i18n import LANGUAGES, plain, say
from engine.scheduling import Calendar, SettingError, check_retention
from engine.storage import Settings

#: The most new items a day, for those who want a bound.
MOST_NEW = 200
#: The fewest and the most minutes a day.
LEAST_MINUTES, MOST_MINUTES = 5, 240
#: How far ahead an exam may lie.
FARTHEST_EXAM = timedelta(days=730)


def check_settings(chosen: Settings, before: Settings) -> None:
    """Raises SettingError for a choice that cannot be used.

    What stood before is not asked again: a time zone that this machine does not know keeps nobody
    from another language.
    """
    if chosen.language != before.language:
        _check_language(chosen.language)
    if (chosen.timezone, chosen.rollover) != (before.timezone, before.rollover):
        Calendar(chosen.timezone or "UTC", chosen.rollover)
    if chosen.desired_retention != before.desired_retention:
        check_retention(chosen.desired_retention)
    if chosen.minutes_a_day != before.minutes_a_day:
        _check_minutes(chosen.minutes_a_day)
    if chosen.new_per_day != before.new_per_day:
        _check_new(chosen.new_per_day)


def check_exam(
    day: date | None, units: Collection[str], today: date, known: Collection[str]
) -> None:
    """Raises SettingError for an exam that cannot be studied for.

    day: None for no exam. units: what it covers; none named means all. known: the course's units.
    """
    if day is not None and not today < day <= today + FARTHEST_EXAM:
        raise SettingError(
            say(
                "Exam date: expected a day from {first} to {last}, not {value}.",
                first=(today + timedelta(days=1)).isoformat(),
                last=(today + FARTHEST_EXAM).isoformat(),
                value=day.isoformat(),
            )
        )
    unknown = [unit for unit in units if unit not in known]
    if unknown:
        raise SettingError(
            say("This course has no unit “{unit}”.", unit=plain(str(unknown[0])[:60]))
        )


def _check_language(language: str | None) -> None:
    if language is not None and language not in LANGUAGES:
        raise SettingError(
            say(
                "Language: expected one of {languages}, not {value}.",
                languages=", ".join(LANGUAGES),
                value=str(language)[:20],
            )
        )


def _check_minutes(minutes: int) -> None:
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise SettingError(
            say(
                "Minutes a day: expected {least} to {most}, not {value}.",
                least=LEAST_MINUTES,
                most=MOST_MINUTES,
                value=minutes,
            )
        )


def _check_new(new_per_day: int | None) -> None:
    if new_per_day is not None and not 0 <= new_per_day <= MOST_NEW:
        raise SettingError(
            say(
                "New items a day: expected 0 to {most}, not {value}.",
                most=MOST_NEW,
                value=new_per_day,
            )
        )
