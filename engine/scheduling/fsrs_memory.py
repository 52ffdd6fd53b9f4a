"""A rating changes a memory: FSRS-6 through py-fsrs, over study days.

py-fsrs counts whole 24-hour blocks between two times, so a review at 23:00 and the next at 08:00
would be no day apart. It is therefore handed study days (as midnights UTC), never clock times, and
what it says in days becomes a study day again. Formulas: https://github.com/open-spaced-repetition
(py-fsrs 6, "FSRS-6"); none of them is repeated here.
"""

from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from types import FunctionType
from typing import Any, Final, Literal, NamedTuple

import fsrs
import fsrs.scheduler

from engine.i18n import say
from engine.scheduling.days import Calendar, SettingError
from engine.scheduling.memory import Memory, Rating
from engine.scheduling.parameters import checked_parameters

DEFAULT_RETENTION: Final = 0.9
LOWEST_RETENTION: Final = 0.70
HIGHEST_RETENTION: Final = 0.97

GUESSING: Final = 0  # the lowest confidence level

State = Literal["learning", "review", "relearning"]
_STATES: Final[dict[fsrs.State, State]] = {
    fsrs.State.Learning: "learning",
    fsrs.State.Review: "review",
    fsrs.State.Relearning: "relearning",
}
_FSRS_STATES: Final = {name: state for state, name in _STATES.items()}


def review(
    memory: Memory | None,
    rating: Rating,
    now: datetime,
    calendar: Calendar,
    *,
    desired_retention: float = DEFAULT_RETENTION,
    parameters: tuple[float, ...] | None = None,
    fuzz_seed: int | None,
    minute_steps: bool = False,
) -> Memory:
    """The memory after an answer at `now`; `memory` is None on the first one.

    It comes back on a later study day, tomorrow at the earliest: what failed and is asked again
    today is today's queue's to know. An interval is counted in study days and ends with the start
    of its last one. desired_retention: 0.70 to 0.97. parameters: FSRS's 21, fitted to the learner;
    None: its defaults. fuzz_seed: spreads intervals of three days and more by a few per cent, the
    same way for the same seed; None: not. minute_steps: with py-fsrs's own steps of minutes first,
    as other programs have them; such a step ends exactly one step after `now`.

    When the clock or the learner's time zone has gone back since the last answer, the day of that
    answer is taken for this one too: no days have passed, never fewer.

    Raises SettingError for a desired_retention or parameters out of range, ValueError for a naive
    `now`.
    """
    check_retention(desired_retention)
    day, reviewed_at = calendar.day(now), now.astimezone(UTC)
    scheduler = _scheduler(_Settings(desired_retention, parameters, minute_steps), fuzz_seed)
    if memory is not None:
        day, reviewed_at = max(day, memory.day), max(reviewed_at, memory.reviewed_at)
    card, _ = scheduler.review_card(_card(memory, day), fsrs.Rating(rating), _midnight(day))
    wait = card.due - _midnight(day)
    if card.state is fsrs.State.Review:
        # From the day as it is now where it failed: a clock that was once a year ahead must not
        # put off what is to be learned.
        due_day = (calendar.day(now) if rating is Rating.AGAIN else day) + wait
        due_at = calendar.start(due_day)
    else:
        due_at = now.astimezone(UTC) + wait
        due_day = calendar.day(due_at)
    assert card.stability is not None  # py-fsrs sets both with every review
    assert card.difficulty is not None
    return Memory(
        state=_STATES[card.state],
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        day=day,
        reviewed_at=reviewed_at,
        due_day=due_day,
        due_at=due_at,
    )


def retrievability(memory: Memory, day: date, parameters: tuple[float, ...] | None = None) -> float:
    """The probability (0 to 1) that the item is known on a study day.

    parameters: FSRS's, as fitted to the learner. Raises SettingError for those out of its bounds.
    """
    # The desired retention makes no difference to it.
    scheduler = _plain_scheduler(_Settings(DEFAULT_RETENTION, parameters))
    return scheduler.get_card_retrievability(_card(memory, day), _midnight(day))


def rating_for(correct: bool, confidence: int) -> Rating:
    """The rating an objective grade stands for. confidence: level, 0 (guessing) to 3 (certain)."""
    if not correct:
        return Rating.AGAIN
    return Rating.HARD if confidence == GUESSING else Rating.GOOD


def is_due(memory: Memory, day: date) -> bool:
    """Whether an item comes back by a study day.

    A memory in a step of minutes, as they were before there was none, comes back at once.
    """
    return memory.state != "review" or memory.due_day <= day


def check_retention(desired_retention: float) -> None:
    """Raises SettingError unless within 0.70 to 0.97; py-fsrs takes anything and goes astray."""
    if not LOWEST_RETENTION <= desired_retention <= HIGHEST_RETENTION:  # also refuses NaN
        raise SettingError(
            say(
                "The share to remember must be from {lowest} to {highest}, not {found}.",
                lowest=f"{LOWEST_RETENTION:.2f}",
                highest=f"{HIGHEST_RETENTION:.2f}",
                found=desired_retention,
            )
        )


class _SeededScheduler(fsrs.Scheduler):
    """py-fsrs with a generator of its own for the fuzz.

    py-fsrs draws its fuzz from Python's global generator. Seeding that one and putting it back
    would need a lock and would still disturb every other thread that draws in between. So
    py-fsrs's own function is run as it stands, with our generator in the place of the name
    `random` among the globals it sees: nothing shared is written, so there is nothing to lock.
    """

    generator: Random

    def _get_fuzzed_interval(self, *, interval: timedelta) -> timedelta:
        seen = {**vars(fsrs.scheduler), "random": self.generator.random}
        original = fsrs.Scheduler._get_fuzzed_interval
        fuzzed: timedelta = FunctionType(original.__code__, seen)(self, interval=interval)
        return fuzzed


class _Settings(NamedTuple):
    """What makes one scheduler another."""

    desired_retention: float
    parameters: tuple[float, ...] | None = None
    minute_steps: bool = False

    @property
    def given(self) -> dict[str, Any]:
        """As py-fsrs's constructor takes them."""
        given: dict[str, Any] = {
            "desired_retention": self.desired_retention,
            "parameters": checked_parameters(self.parameters),
        }
        if not self.minute_steps:
            given |= {"learning_steps": (), "relearning_steps": ()}
        return given


def _scheduler(settings: _Settings, fuzz_seed: int | None) -> fsrs.Scheduler:
    if fuzz_seed is None:
        return _plain_scheduler(settings)
    seeded = copy(_fuzzing_scheduler(settings))  # a copy, as other threads share it
    seeded.generator = Random(fuzz_seed)
    return seeded


@lru_cache(maxsize=64)
def _plain_scheduler(settings: _Settings) -> fsrs.Scheduler:
    return fsrs.Scheduler(**settings.given, enable_fuzzing=False)


@lru_cache(maxsize=64)
def _fuzzing_scheduler(settings: _Settings) -> _SeededScheduler:
    return _SeededScheduler(**settings.given, enable_fuzzing=True)


def _card(memory: Memory | None, day: date) -> fsrs.Card:
    # card_id and due are given so that py-fsrs's constructor neither sleeps nor reads the clock.
    if memory is None:
        return fsrs.Card(card_id=0, due=_midnight(day))
    return fsrs.Card(
        card_id=0,
        state=_FSRS_STATES[memory.state],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_midnight(day),
        last_review=_midnight(memory.day),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
