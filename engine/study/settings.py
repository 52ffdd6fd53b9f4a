"""What a learner may choose."""

from __future__ import annotations

from engine.i18n import LANGUAGES, say
from engine.scheduling import Calendar, SettingError, check_retention
from engine.storage import Settings

#: The most new items a day.
MOST_NEW = 200


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
    if chosen.new_per_day != before.new_per_day:
        _check_new(chosen.new_per_day)


def _check_language(language: str | None) -> None:
    if language is not None and language not in LANGUAGES:
        raise SettingError(
            say(
                "Language: expected one of {languages}, not {value}.",
                languages=", ".join(LANGUAGES),
                value=str(language)[:20],
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
