"""How long a lesson is read: each look at a step counts, up to a bound; a reload goes on."""

from __future__ import annotations

from datetime import timedelta

from engine.study.reading_time import LONGEST_LOOK, MOST, ReadingTimes
from tests.study.conftest import MORNING

LOOK = timedelta(seconds=20)


def test_the_looks_at_all_steps_are_added_up() -> None:
    times, now = ReadingTimes(), MORNING
    for step in (1, 2, 1, 2, 3):
        times.look("mina", "hops", step, now)
        now += LOOK
    assert times.end("mina", "hops", now) == 100_000


def test_a_reload_of_the_same_step_goes_on_counting() -> None:
    times = ReadingTimes()
    for n in range(3):
        times.look("mina", "hops", 2, MORNING + n * LOOK)
    assert times.end("mina", "hops", MORNING + 3 * LOOK) == 60_000


def test_one_look_counts_no_longer_than_somebody_reads() -> None:
    times = ReadingTimes()
    times.look("mina", "hops", 1, MORNING)
    times.look("mina", "hops", 2, MORNING + timedelta(hours=9))
    ended = times.end("mina", "hops", MORNING + timedelta(hours=20))
    assert ended == 2 * LONGEST_LOOK.total_seconds() * 1000


def test_what_was_ended_begins_anew_and_nobody_reads_for_another() -> None:
    times = ReadingTimes()
    times.look("mina", "hops", 1, MORNING)
    times.look("juno", "hops", 1, MORNING + LOOK)
    times.look("mina", "valleys", 1, MORNING + LOOK)
    assert times.end("mina", "hops", MORNING + 2 * LOOK) == 40_000
    assert times.end("mina", "hops", MORNING + 2 * LOOK) == 0
    assert times.end("juno", "hops", MORNING + 2 * LOOK) == 20_000


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    times = ReadingTimes()
    times.look("mina", "hops", 1, MORNING)
    times.look("mina", "hops", 2, MORNING - LOOK)
    assert times.end("mina", "hops", MORNING) == 20_000


def test_only_so_many_lessons_are_kept() -> None:
    times = ReadingTimes()
    for n in range(MOST + 5):
        times.look(f"learner-{n}", "hops", 1, MORNING)
    assert times.end("learner-4", "hops", MORNING + LOOK) == 0
    assert times.end("learner-5", "hops", MORNING + LOOK) == 20_000
