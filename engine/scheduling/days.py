"""What a study day is: the learner's own day, which turns over at night and not at midnight UTC.

This is the only module that knows. Everything else compares `date`s.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.i18n import Message, say

ONE_DAY = timedelta(days=1)


class SettingError(ValueError):
    """A learner's setting that cannot be used; `message` says why, for a person."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Calendar:
    """A learner's study days.

    timezone: IANA name, such as "Asia/Seoul". rollover: hour of the local clock (0 to 23) at which
    one study day ends and the next begins; four in the morning unless the learner says otherwise,
    so that an evening that runs past midnight is still one day.

    Raises SettingError when the time zone is unknown or the rollover is not an hour.
    """

    timezone: str
    rollover: int = 4

    def __post_init__(self) -> None:
        _check_timezone(self.timezone)
        if type(self.rollover) is not int or not 0 <= self.rollover <= 23:
            raise SettingError(
                say(
                    "A study day can begin at any hour from 0 to 23, not at {rollover}.",
                    rollover=self.rollover,
                )
            )

    def day(self, at: datetime) -> date:
        """The study day of an instant: the local wall clock less the rollover hours.

        Never goes back while time goes forward: when a clock that is set back crosses the rollover
        a second time, the day that has begun goes on. Raises ValueError for a time without a zone.
        """
        if at.tzinfo is None:
            raise ValueError(f"a time needs its time zone: {at!r}")
        wall = at.astimezone(ZoneInfo(self.timezone)).replace(tzinfo=None)
        day = (wall - timedelta(hours=self.rollover)).date()
        while self.start(day + ONE_DAY) <= at:
            day += ONE_DAY
        return day

    def start(self, day: date) -> datetime:
        """The UTC instant at which a study day begins: when its wall clock first shows the rollover
        hour, or has just jumped over it.

        `calendar.day(calendar.start(day)) == day`, except for a date that the zone left out
        altogether (Samoa had no 30 December 2011), which begins and ends with the next one.
        """
        return _start(self.timezone, self.rollover, day)


def _check_timezone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError, TypeError) as error:
        # Unknown; not a name ("../x"); a folder ("America") or an endless name; not text at all.
        raise SettingError(
            say(
                "There is no time zone {name}. Write it as in Asia/Seoul or Europe/Berlin.",
                name=repr(name)[:60],
            )
        ) from error


@lru_cache(maxsize=8192)
def _start(timezone: str, rollover: int, day: date) -> datetime:
    zone = ZoneInfo(timezone)
    wall = datetime.combine(day, time(rollover))

    def passed(instant: datetime) -> bool:
        return instant.astimezone(zone).replace(tzinfo=None) >= wall

    # fold=0 is the first of the two when the clock shows the hour twice.
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    # The clock jumped over the hour. fold=0 reckons with the offset before the jump and so lands
    # after it, fold=1 the other way round: the jump is the first second in between that has passed.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    seconds = range(int((first - before).total_seconds()))
    jump = bisect_left(seconds, True, key=lambda second: passed(before + timedelta(seconds=second)))
    return before + timedelta(seconds=jump)
