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
from typing import Final, Literal

import fsrs
import fsrs.scheduler

from engine.i18n import say
from engine.scheduling.days import Calendar, SettingError
from engine.scheduling.memory import Memory, Rating
from engine.scheduling.parameters import Parameters, checked_parameters

DEFAULT_RETENTION: Final = 0.9
LOWEST_RETENTION: Final = 0.70
HIGHEST_RETENTION: Final = 0.97

#: How long before its step is over a learning item may be shown when nothing else is left.
LEARN_AHEAD: Final = timedelta(minutes=20)

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
    fuzz_seed: int | None,
    parameters: Parameters | None = None,
) -> Memory:
    """The memory after an answer at `now`; `memory` is None on the first one.

    A learning step ends exactly one step after `now`. An interval in days is counted in study days
    and ends with the start of its last one. desired_retention: 0.70 to 0.97. fuzz_seed: spreads
    intervals of three days and more by a few per cent, the same way for the same seed; None: not.
    parameters: FSRS's weights, fitted to the learner; None: FSRS's own.

    When the clock or the learner's time zone has gone back since the last answer, the day of that
    answer is taken for this one too: no days have passed, never fewer.

    Raises SettingError for a desired_retention or parameters out of range, ValueError for a naive
    `now`.
    """
    check_retention(desired_retention)
    day, reviewed_at = calendar.day(now), now.astimezone(UTC)
    scheduler = _scheduler(desired_retention, fuzz_seed, parameters)
    if memory is not None:
        day, reviewed_at = max(day, memory.day), max(reviewed_at, memory.reviewed_at)
    card, _ = scheduler.review_card(_card(memory, day), fsrs.Rating(rating), _midnight(day))
    wait = card.due - _midnight(day)
    if card.state is fsrs.State.Review:
        due_day = day + wait
        due_at = calendar.start(due_day)
    else:
        # From the clock as it is now: a step is a wait of minutes in front of the screen, and a
        # clock that was once wrong must not put it off.
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


def retrievability(memory: Memory, day: date, *, parameters: Parameters | None = None) -> float:
    """The probability (0 to 1) that the item is known on a study day.

    parameters: those the memory was made with, as in `review`.
    """
    # Does not depend on the desired retention.
    scheduler = _plain_scheduler(DEFAULT_RETENTION, parameters)
    return scheduler.get_card_retrievability(_card(memory, day), _midnight(day))


def rating_for(correct: bool, confidence: int) -> Rating:
    """The rating an objective grade stands for. confidence: level, 0 (guessing) to 3 (certain)."""
    if not correct:
        return Rating.AGAIN
    return Rating.HARD if confidence == GUESSING else Rating.GOOD


def is_due(memory: Memory, now: datetime, calendar: Calendar) -> bool:
    """Whether the item comes back by now: in review all through its study day, else to the second.

    The study day is reckoned with the calendar given, so a learner who has moved to another time
    zone is asked on that date there.
    """
    if memory.state == "review":
        return memory.due_day <= calendar.day(now)
    return memory.due_at <= now


def learn_ahead(memory: Memory, now: datetime) -> bool:
    """Whether a learning step ends so soon that the item may be shown when nothing else is left."""
    return memory.state != "review" and memory.due_at <= now + LEARN_AHEAD


def answers_to_come(memory: Memory | None) -> int:
    """How many answers, each of them right, until the item waits for another day.

    memory: None for an item never answered. One in review takes one answer once it is due.
    """
    if memory is not None and memory.state == "review":
        return 1
    scheduler = _plain_scheduler(DEFAULT_RETENTION)  # steps do not depend on it
    relearned = memory is not None and memory.state == "relearning"
    steps = scheduler.relearning_steps if relearned else scheduler.learning_steps
    taken = memory.step if memory is not None and memory.step is not None else 0
    return max(len(steps) - taken, 1)


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


def _scheduler(
    desired_retention: float, fuzz_seed: int | None, parameters: Parameters | None
) -> fsrs.Scheduler:
    if fuzz_seed is None:
        return _plain_scheduler(desired_retention, parameters)
    # A copy, as other threads share it.
    seeded = copy(_fuzzing_scheduler(desired_retention, parameters))
    seeded.generator = Random(fuzz_seed)
    return seeded


@lru_cache(maxsize=256)
def _plain_scheduler(
    desired_retention: float, parameters: Parameters | None = None
) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        checked_parameters(parameters), desired_retention=desired_retention, enable_fuzzing=False
    )


@lru_cache(maxsize=256)
def _fuzzing_scheduler(
    desired_retention: float, parameters: Parameters | None = None
) -> _SeededScheduler:
    return _SeededScheduler(
        checked_parameters(parameters), desired_retention=desired_retention, enable_fuzzing=True
    )


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
