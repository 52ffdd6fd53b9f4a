from __future__ import annotations

import random
import threading
import time
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.scheduling import (
    Calendar,
    Memory,
    Rating,
    SettingError,
    retrievability,
    review,
)

A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
quietly = settings(deadline=None, database=None, derandomize=True, max_examples=200)


def answer_all(calendar, answers, **options) -> list[Memory]:
    """The memory after each (rating, time)."""
    memories: list[Memory] = []
    for rating, at in answers:
        before = memories[-1] if memories else None
        memories.append(review(before, rating, at, calendar, **{"fuzz_seed": None, **options}))
    return memories


def floored(calendar: Calendar, at: datetime) -> datetime:
    day = calendar.day(at)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def spaced(ratings, gaps_in_hours) -> list[tuple[Rating, datetime]]:
    times = [NOON]
    for gap in gaps_in_hours[: len(ratings) - 1]:
        times.append(times[-1] + timedelta(hours=gap))
    return list(zip(ratings, times, strict=True))


def known_memory(calendar: Calendar) -> Memory:
    """In review for a while, last answered at NOON."""
    return answer_all(calendar, [(E, NOON - timedelta(days=20)), (G, NOON)])[-1]


histories = st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 24 * 60)), min_size=1).map(
    lambda steps: spaced([rating for rating, _ in steps], [gap for _, gap in steps])
)


# What py-fsrs 6.3.2 makes of these ratings without steps of minutes, each given when the item was
# due: days to the next one. The first row with steps is the table in py-fsrs's own tests.
@pytest.mark.parametrize(
    ("ratings", "days", "minute_steps"),
    [
        ([G] * 6 + [A, A] + [G] * 5, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21], True),
        ([A, G, G, G], [0, 0, 1, 2], True),
        ([A, G, G, G], [1, 2, 6, 17], False),
        ([G] * 4, [2, 11, 46, 163], False),
        ([E, A, G, G], [8, 1, 4, 10], False),
        ([E, H, H, E], [8, 27, 62, 219], False),
    ],
)
def test_answers_given_when_due_lead_to_the_intervals_of_the_table(
    berlin, ratings, days, minute_steps
):
    memory, found = None, []
    at = NOON
    for rating in ratings:
        memory = review(memory, rating, at, berlin, fuzz_seed=None, minute_steps=minute_steps)
        found.append((memory.due_day - memory.day).days)
        at = max(memory.due_at, at)
    assert found == days


@quietly
@given(histories)
def test_every_answer_leaves_an_item_for_a_later_day(history):
    for memory in answer_all(Calendar("Asia/Seoul"), history):
        assert (memory.state, memory.step) == ("review", None)
        assert memory.due_day > memory.day


@quietly
@given(histories, st.integers(1, 30))
def test_a_memory_left_in_a_step_of_minutes_goes_on_as_any_other(history, days):
    """As learners have them from when there were such steps."""
    calendar = Calendar("Asia/Seoul")
    before = answer_all(calendar, history, minute_steps=True)[-1]
    later = before.reviewed_at + timedelta(days=days)
    after = review(before, G, later, calendar, fuzz_seed=None)
    assert (after.state, after.step) == ("review", None)
    assert after.due_day > calendar.day(later)
    assert after.stability == answer_all(calendar, [*history, (G, later)])[-1].stability


@quietly
@given(histories)
def test_memories_are_those_of_py_fsrs_over_floored_times(history):
    calendar = Calendar("America/New_York")
    scheduler, card = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1)
    memories = answer_all(calendar, history, minute_steps=True)
    for memory, (rating, at) in zip(memories, history, strict=True):
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), floored(calendar, at))
        assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
        assert (memory.state, memory.step) == (card.state.name.lower(), card.step)
        if memory.state == "review":
            assert memory.due_day == card.due.date()
            assert memory.due_at == calendar.start(memory.due_day)
        else:
            assert memory.due_at - at == card.due - floored(calendar, at)


def test_twenty_three_and_eight_o_clock_are_a_day_apart_to_fsrs(berlin):
    zone = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 3, 1, 23, tzinfo=zone)
    first = review(None, E, evening, berlin, fuzz_seed=None)
    soon = review(first, G, evening + timedelta(hours=4), berlin, fuzz_seed=None)
    morning = review(first, G, evening + timedelta(hours=9), berlin, fuzz_seed=None)
    assert morning.day - first.day == timedelta(days=1)
    assert soon.day == first.day
    assert morning.stability > soon.stability


@pytest.mark.parametrize(
    ("zone", "evening"),
    [
        ("Europe/Berlin", (2026, 3, 28, 22)),
        ("Europe/Berlin", (2026, 10, 24, 22)),
        ("America/New_York", (2026, 3, 7, 22)),
        ("America/New_York", (2026, 10, 31, 22)),
    ],
)
def test_a_clock_change_in_the_night_is_one_night_like_any_other(zone, evening):
    calendar = Calendar(zone)
    before = datetime(*evening, tzinfo=ZoneInfo(zone))
    after = before + timedelta(days=1)  # the same wall clock: 23 or 25 hours
    changed = answer_all(calendar, [(E, before), (G, after)])[-1]
    plain = answer_all(calendar, [(E, NOON), (G, NOON + timedelta(days=1))])[-1]
    assert (changed.stability, changed.due_day - changed.day) == (
        plain.stability,
        plain.due_day - plain.day,
    )


def test_an_interval_across_a_clock_change_ends_with_the_rollover_hour(berlin):
    memory = review(None, E, datetime(2026, 3, 25, 12, tzinfo=UTC), berlin, fuzz_seed=None)
    assert memory.due_day > date(2026, 3, 29)
    assert memory.due_at.astimezone(ZoneInfo("Europe/Berlin")).hour == 4


@pytest.mark.parametrize(
    ("ratings", "minutes"),
    [([A], 1), ([H], 5.5), ([G], 10), ([A, A], 1), ([G, H], 10), ([E, A], 10), ([E, A, H], 15)],
)
def test_a_learning_step_ends_exactly_one_step_after_the_answer(berlin, ratings, minutes):
    history = [(rating, NOON + timedelta(seconds=97 * n)) for n, rating in enumerate(ratings)]
    memory = answer_all(berlin, history, minute_steps=True)[-1]
    assert memory.state != "review"
    assert memory.due_at - history[-1][1] == timedelta(minutes=minutes)


def test_a_step_that_runs_past_the_rollover_is_due_on_the_next_study_day(utc):
    at = datetime(2026, 3, 1, 23, 55, tzinfo=UTC)
    memory = review(None, G, at, utc, fuzz_seed=None, minute_steps=True)
    assert (memory.day, memory.due_day) == (date(2026, 3, 1), date(2026, 3, 2))


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=30), timedelta(days=400)])
def test_a_clock_that_goes_backwards_takes_no_days_back(berlin, back):
    before = known_memory(berlin)
    earlier = review(before, G, NOON - back, berlin, fuzz_seed=None)
    at_once = review(before, G, NOON, berlin, fuzz_seed=None)
    assert earlier == at_once


def test_a_failed_item_comes_back_soon_even_if_the_clock_was_once_a_year_ahead(berlin):
    ahead = known_memory(berlin)
    right = NOON - timedelta(days=365)
    failed = review(ahead, A, right, berlin, fuzz_seed=None)
    at_once = review(ahead, A, NOON, berlin, fuzz_seed=None)
    assert failed.due_day - berlin.day(right) == at_once.due_day - at_once.day
    assert failed.day == ahead.day


@pytest.mark.parametrize(
    ("left", "entered", "elapsed"),
    [("Pacific/Auckland", "Pacific/Honolulu", 0), ("Pacific/Honolulu", "Pacific/Auckland", 1)],
)
def test_a_learner_who_changes_time_zone_loses_no_days(left, entered, elapsed):
    at = datetime(2026, 3, 1, 20, tzinfo=UTC)
    first = review(None, E, at, Calendar(left), fuzz_seed=None)
    later = at + timedelta(minutes=30)
    second = review(first, G, later, Calendar(entered), fuzz_seed=None)
    assert (second.day - first.day).days == elapsed
    assert second.due_day > second.day
    assert second.stability >= first.stability


def test_a_time_may_be_written_in_any_zone(berlin):
    in_seoul = NOON.astimezone(ZoneInfo("Asia/Seoul"))
    memory = review(None, A, in_seoul, berlin, fuzz_seed=None)
    assert memory == review(None, A, NOON, berlin, fuzz_seed=None)
    assert memory.reviewed_at.tzinfo is memory.due_at.tzinfo is UTC


def test_the_same_fuzz_seed_gives_the_same_memory(berlin):
    before = known_memory(berlin)
    at = before.due_at
    first, second = (review(before, G, at, berlin, fuzz_seed=7) for _ in range(2))
    assert first == second


def test_fuzz_spreads_intervals_around_the_one_without(berlin):
    before = known_memory(berlin)
    at = before.due_at
    plain = review(before, G, at, berlin, fuzz_seed=None)
    spread = {review(before, G, at, berlin, fuzz_seed=seed).due_day for seed in range(50)}
    assert len(spread) > 3
    assert min(spread) < plain.due_day < max(spread)


def test_fuzz_is_that_of_py_fsrs_with_its_generator_seeded(berlin, monkeypatch):
    before = known_memory(berlin)
    for seed in range(20):
        ours = review(before, G, before.due_at, berlin, fuzz_seed=seed)
        monkeypatch.setattr("fsrs.scheduler.random", random.Random(seed).random)
        card = fsrs.Card(
            card_id=1,
            state=fsrs.State.Review,
            stability=before.stability,
            difficulty=before.difficulty,
            last_review=floored(berlin, before.reviewed_at),
        )
        theirs, _ = fsrs.Scheduler(relearning_steps=()).review_card(
            card, fsrs.Rating.Good, floored(berlin, before.due_at)
        )
        assert ours.due_day == theirs.due.date()


def test_fuzz_leaves_the_global_generator_alone(berlin):
    before = known_memory(berlin)
    state = random.getstate()
    for seed in (None, 0, 1):
        review(before, G, before.due_at, berlin, fuzz_seed=seed)
    assert random.getstate() == state


def test_fuzz_is_the_same_whatever_other_threads_draw(berlin):
    before = known_memory(berlin)
    alone = [review(before, G, before.due_at, berlin, fuzz_seed=seed) for seed in range(100)]
    together: list[list[Memory]] = []

    def work() -> None:
        together.append(
            [review(before, G, before.due_at, berlin, fuzz_seed=seed) for seed in range(100)]
        )

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4


def test_reviewing_neither_sleeps_nor_reads_the_clock(berlin, monkeypatch):
    stopped = SimpleNamespace(now=lambda *zone: pytest.fail("read the clock"))
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("slept"))
    monkeypatch.setattr("fsrs.card.datetime", stopped)
    memory = review(None, G, NOON, berlin, fuzz_seed=1)
    retrievability(memory, memory.due_day)


@pytest.mark.parametrize("wish", [0.0, 0.699, 0.971, 1.0, -1.0, float("nan"), float("inf")])
def test_a_desired_retention_out_of_range_is_refused_in_words(berlin, wish):
    with pytest.raises(SettingError, match=r"from 0\.70 to 0\.97"):
        review(None, G, NOON, berlin, desired_retention=wish, fuzz_seed=None)


def test_whoever_wants_to_remember_more_is_asked_sooner(berlin):
    waits = [
        review(None, E, NOON, berlin, desired_retention=wish, fuzz_seed=None).due_day
        for wish in (0.70, 0.80, 0.90, 0.97)
    ]
    assert waits == sorted(waits, reverse=True)
    assert len(set(waits)) == 4


FITTED = (*fsrs.scheduler.DEFAULT_PARAMETERS[:20], 0.3)


def test_fitted_parameters_make_another_memory_and_another_forgetting(berlin):
    before = known_memory(berlin)
    later = before.due_at + timedelta(days=3)
    usual = review(before, G, later, berlin, fuzz_seed=None)
    fitted = review(before, G, later, berlin, parameters=FITTED, fuzz_seed=None)
    scheduler = fsrs.Scheduler(parameters=FITTED, enable_fuzzing=False)
    card = fsrs.Card(
        card_id=1, stability=before.stability, last_review=floored(berlin, before.reviewed_at)
    )
    known = scheduler.get_card_retrievability(card, floored(berlin, later))
    assert retrievability(before, berlin.day(later), FITTED) == known
    assert known < retrievability(before, berlin.day(later))
    assert fitted.stability != usual.stability


def test_parameters_out_of_bounds_are_refused(berlin):
    with pytest.raises(SettingError, match="must be from"):
        review(None, G, NOON, berlin, parameters=(-1.0,) * 21, fuzz_seed=None)
