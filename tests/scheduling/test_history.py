from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.scheduling import (
    Calendar,
    LoggedAnswer,
    Memory,
    PastReview,
    Rating,
    rebuild,
    replay,
    retrievability,
    review,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CALENDARS = [Calendar("Asia/Seoul"), Calendar("America/New_York", 0)]
quietly = settings(deadline=None, database=None, derandomize=True, max_examples=100)

logged_answers = st.builds(
    LoggedAnswer,
    item=st.sampled_from(["a/1", "a/2", "b/1"]),
    rating=st.sampled_from(Rating),
    at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC)),
    calendar=st.sampled_from(CALENDARS),
    desired_retention=st.sampled_from([0.8, 0.9]),
    fuzz_seed=st.none() | st.integers(0, 2**32 - 1),
)


def past(card: str, days: float, rating: Rating = Rating.GOOD) -> PastReview:
    at = NOON + timedelta(days=days)
    return PastReview(card, at.isoformat(), at, rating)


@quietly
@given(st.lists(logged_answers, max_size=30))
def test_the_log_leads_to_the_memories_that_were_kept(log):
    kept: dict[str, Memory] = {}
    for row in log:
        kept[row.item] = review(
            kept.get(row.item),
            row.rating,
            row.at,
            row.calendar,
            desired_retention=row.desired_retention,
            fuzz_seed=row.fuzz_seed,
        )
    assert rebuild(log) == kept


def test_an_empty_log_leads_to_no_memories():
    assert rebuild([]) == {}


def test_a_log_without_its_last_answer_leads_to_the_memory_before_it(berlin):
    log = [LoggedAnswer("a/1", Rating.EASY, NOON + timedelta(days=n), berlin) for n in (0, 8, 20)]
    shorter = rebuild(log[:2])["a/1"]
    last = review(shorter, Rating.EASY, log[2].at, berlin, fuzz_seed=None)
    assert rebuild(log)["a/1"] == last


def test_replay_goes_by_time_and_keeps_ties_in_the_order_given(berlin):
    given_order = [past("b", 3), past("a", 0), past("b", 0), past("a", 3)]
    order = [(done.review.card_id, done.review.at) for done in replay(given_order, berlin)]
    later = NOON + timedelta(days=3)
    assert order == [("a", NOON), ("b", NOON), ("b", later), ("a", later)]


def test_replay_says_nothing_was_retrievable_on_a_first_review_or_a_repeat(berlin):
    steps = [past("a", 0), past("a", 0.01), past("a", 3), past("a", 3.01)]
    done = list(replay(steps, berlin))
    assert [step.elapsed_days for step in done] == [0, 0, 3, 0]
    assert [step.retrievability is None for step in done] == [True, True, False, True]


def test_replay_reckons_retrievability_before_the_review(berlin):
    first, second = replay([past("a", 0, Rating.EASY), past("a", 8)], berlin)
    assert second.retrievability == retrievability(first.memory, second.memory.day)
    assert first.memory.stability < second.memory.stability


def test_replay_counts_study_days_of_the_time_zone():
    evening = past("a", 0.5)  # midnight UTC: nine in the morning in Seoul, the evening in New York
    morning = past("a", 0.8)
    assert [done.elapsed_days for done in replay([evening, morning], CALENDARS[0])] == [0, 0]
    assert [done.elapsed_days for done in replay([evening, morning], CALENDARS[1])] == [0, 1]


@quietly
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 60), st.sampled_from(Rating))),
)
def test_replay_is_py_fsrs_over_whole_days(steps):
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    cards: dict[str, fsrs.Card] = {}
    reviews = [past(card, days, rating) for card, days, rating in steps]
    for done in replay(reviews, Calendar("UTC", 0)):
        name, at = done.review.card_id, done.review.at.replace(hour=0)
        card = cards.get(name, fsrs.Card(card_id=1))
        if done.retrievability is not None:
            assert done.retrievability == scheduler.get_card_retrievability(card, at)
        cards[name], _ = scheduler.review_card(card, fsrs.Rating(done.review.rating), at)
        assert done.memory.stability == cards[name].stability
        assert done.memory.difficulty == cards[name].difficulty


def test_replay_uses_the_desired_retention(berlin):
    (often,) = replay([past("a", 0, Rating.EASY)], berlin, desired_retention=0.95)
    (seldom,) = replay([past("a", 0, Rating.EASY)], berlin, desired_retention=0.75)
    assert often.memory.due_day < seldom.memory.due_day
