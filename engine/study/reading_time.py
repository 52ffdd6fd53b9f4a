"""How long learners look at the steps of a lesson, until it is recorded at the lesson's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

#: One look at a step counts no longer than this: whoever is away so long reads no more.
LONGEST_LOOK = timedelta(minutes=3)
#: Lessons that are kept in memory; of whoever is forgotten the time begins anew.
MOST = 4096


@dataclass
class _Reading:
    step: int
    since: datetime
    before: timedelta = timedelta()

    def until(self, now: datetime) -> timedelta:
        return self.before + min(max(now - self.since, timedelta()), LONGEST_LOOK)


class ReadingTimes:
    """The lessons that are being read, by learner and card. Safe to share between threads.

    Kept by the process: a reload goes on counting, and no step costs a write.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._readings: dict[tuple[str, str], _Reading] = {}

    def look(self, learner: str, card: str, step: int, now: datetime) -> None:
        """A step stands before a learner; the same one as before is looked at on."""
        with self._lock:
            kept = self._readings.pop((learner, card), None)
            if kept is None:
                kept = _Reading(step, now)
            elif kept.step != step:
                kept = _Reading(step, now, kept.until(now))
            self._readings[learner, card] = kept
            while len(self._readings) > MOST:
                del self._readings[next(iter(self._readings))]

    def end(self, learner: str, card: str, now: datetime) -> int:
        """The milliseconds that all looks at the card's steps took; forgets them."""
        with self._lock:
            kept = self._readings.pop((learner, card), None)
        return 0 if kept is None else round(kept.until(now).total_seconds() * 1000)
