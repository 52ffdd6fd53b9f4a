"""Days, durations and probabilities as people say them, in the learner's language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_skeleton

from engine.i18n import Translator, locale_of, plain, say, say_count
from engine.study import NextReview, Person


def next_review_words(
    review: NextReview, person: Person, now: datetime, translate: Translator
) -> str:
    """“later in this session”, “tomorrow”, “in 12 days (Dec 3)”."""
    today = person.calendar.day(now)
    if review.failed_on == today:
        return translate(say("later in this session"))
    days = (review.day - today).days
    if days <= 0:
        return translate(say("today"))
    if days == 1:
        return translate(say("tomorrow"))
    return translate(
        say_count(
            "in {count} day ({date})",
            "in {count} days ({date})",
            days,
            date=short_date(review.day, person.language),
        )
    )


def short_date(day: date, language: str) -> str:
    """“Dec 3”, “12월 3일”."""
    return format_skeleton("MMMd", day, locale=locale_of(language))


def moment(at: datetime, person: Person) -> str:
    """“Dec 3, 2026, 2:05 PM”, in the person's own time."""
    zone = ZoneInfo(person.calendar.timezone)
    return format_datetime(at, "medium", tzinfo=zone, locale=locale_of(person.language))


def percent(probability: float) -> str:
    """“75%”."""
    return f"{probability:.0%}"


def author_told(id: str, name: str | None) -> str:
    """Somebody's name with their id: anybody may take any name, so it never stands alone."""
    return id if name is None else f"{plain(name)} ({id})"
