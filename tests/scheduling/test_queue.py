from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.scheduling import (
    Counts,
    Entry,
    Item,
    Rating,
    build_queue,
    retrievability,
    review,
)

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = NOW.date()
YESTERDAY = NOW - timedelta(days=1)
MINUTE = timedelta(minutes=1)


def course(*ids: str) -> list[Item]:
    """Items "card/id" in the order given."""
    return [Item(id, id.split("/")[0], position) for position, id in enumerate(ids)]


@pytest.fixture
def today(utc):
    """Builds the queue of NOW; five new items a day unless asked otherwise."""

    def build(items, memories=None, **options):
        return build_queue(items, memories or {}, NOW, utc, **{"new_limit": 5, **options})

    return build


@pytest.fixture
def run_through(utc):
    """Answers everything right at once and gives the entries in the order they came."""

    def run(queue, rating=Rating.EASY) -> list[Entry]:
        entries = []
        while (entry := queue.next(NOW)) is not None:
            entries.append(entry)
            queue.answered(entry.item, review(None, rating, NOW, utc, fuzz_seed=None))
        return entries

    return run


def names(entries) -> list[str]:
    return [entry.item for entry in entries]


def test_nothing_to_do_is_nothing_to_show(today):
    queue = today([])
    assert queue.next(NOW) is None
    assert queue.waiting_until is None
    assert queue.counts(NOW) == Counts(0, 0, 0, answers=0)


def test_what_is_most_nearly_forgotten_comes_first(today, run_through, remember):
    memories = {
        "a/1": remember(stability=30.0),
        "b/1": remember(stability=3.0),
        "c/1": remember(stability=9.0),
    }
    assert names(run_through(today(course(*memories), memories))) == ["b/1", "c/1", "a/1"]


def test_equally_forgotten_items_come_in_the_order_of_the_course(today, run_through, remember):
    memories = {"b/1": remember(), "a/1": remember(), "c/1": remember()}
    assert names(run_through(today(course(*memories), memories))) == ["b/1", "a/1", "c/1"]


def test_the_order_of_due_items_is_that_of_py_fsrs(today, run_through, remember):
    memories = {
        f"{n}/1": remember(stability=0.01 * 1.07**n, day=TODAY - timedelta(days=1 + n * 37 % 90))
        for n in range(200)
    }
    order = names(run_through(today(course(*memories), memories)))
    known = [retrievability(memories[item], TODAY) for item in order]
    assert len(known) == 200
    assert known == sorted(known)


def test_an_item_due_later_is_not_shown(today, remember):
    queue = today(course("a/1"), {"a/1": remember(due_day=TODAY + timedelta(days=1))})
    assert queue.next(NOW) is None


def test_an_overdue_item_is_due(today, remember):
    queue = today(course("a/1"), {"a/1": remember(due_day=TODAY - timedelta(days=50))})
    assert queue.next(NOW) == Entry("a/1", "due")


def test_new_items_come_in_the_order_of_the_course_however_they_are_given(today, run_through):
    items = course("b/1", "a/1", "c/1")
    assert names(run_through(today(items[::-1]))) == ["b/1", "a/1", "c/1"]


def test_due_items_come_before_new_ones(today, run_through, remember):
    entries = run_through(today(course("a/1", "b/1"), {"b/1": remember()}))
    assert entries == [Entry("b/1", "due"), Entry("a/1", "new")]


def test_no_more_new_items_than_the_days_limit(today, run_through):
    items = course("a/1", "b/1", "c/1")
    queue = today(items, new_limit=2)
    assert queue.counts(NOW).new == 2
    assert names(run_through(queue)) == ["a/1", "b/1"]


def test_new_items_answered_earlier_today_count_towards_the_limit(today, run_through):
    queue = today(course("a/1", "b/1", "c/1"), new_limit=2, introduced={"z/1"})
    assert names(run_through(queue)) == ["a/1"]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_already_passed_offers_nothing_new(today, limit):
    queue = today(course("a/1"), new_limit=limit, introduced={"z/1"})
    assert queue.next(NOW) is None
    assert queue.counts(NOW) == Counts(0, 0, 0, answers=0)


def test_siblings_wait_for_another_day(today, run_through):
    assert names(run_through(today(course("a/1", "a/2", "b/1")))) == ["a/1", "b/1"]


def test_a_due_item_goes_before_its_new_sibling(today, run_through, remember):
    queue = today(course("a/1", "a/2"), {"a/2": remember()})
    assert names(run_through(queue)) == ["a/2"]


def test_of_due_siblings_the_most_nearly_forgotten_is_shown(today, run_through, remember):
    memories = {"a/1": remember(stability=30.0), "a/2": remember(stability=3.0)}
    assert names(run_through(today(course(*memories), memories))) == ["a/2"]


def test_a_card_answered_today_offers_nothing_else(today, remember):
    queue = today(course("a/1", "a/2"), {"a/1": remember()}, answered_cards={"a"})
    assert queue.next(NOW) is None


def test_a_memory_of_today_shows_that_its_card_was_answered(today, remember):
    due_day = TODAY + timedelta(days=9)
    queue = today(course("a/1", "a/2"), {"a/1": remember(day=TODAY, due_day=due_day)})
    assert queue.next(NOW) is None


def test_a_learner_who_asks_for_more_gets_the_siblings_too(today, run_through, remember):
    memories = {"a/1": remember(), "a/2": remember()}
    queue = today(
        course("a/1", "a/2", "a/3", "a/4"), memories, answered_cards={"a"}, more=True, new_limit=1
    )
    assert names(run_through(queue)) == ["a/1", "a/2", "a/3"]


def test_answering_a_sibling_from_elsewhere_holds_back_what_was_planned(today, utc, remember):
    queue = today(course("a/1", "a/2", "b/1"), {"a/1": remember()})
    queue.answered("a/2", review(None, Rating.EASY, NOW, utc, fuzz_seed=None))
    assert queue.next(NOW) == Entry("b/1", "new")
    assert queue.counts(NOW) == Counts(0, 0, 1, answers=2)


def test_a_failed_item_comes_back_after_three_others_when_its_step_is_over(
    today, remember, relearn
):
    memories = {f"{card}/1": remember() for card in "abcde"}
    queue = today(course(*memories), memories)
    queue.answered("a/1", relearn(NOW))
    for other in ("b/1", "c/1", "d/1"):  # its step is over all the while
        assert queue.next(NOW + 10 * MINUTE) == Entry(other, "due")
        queue.answered(other, remember(day=TODAY, due_day=TODAY + timedelta(days=3)))
    assert queue.next(NOW + 9 * MINUTE) == Entry("e/1", "due")
    assert queue.next(NOW + 10 * MINUTE) == Entry("a/1", "learning")


def test_a_failed_item_comes_back_at_once_when_nothing_else_is_left(today, remember, relearn):
    queue = today(course("a/1"), {"a/1": remember()})
    queue.answered("a/1", relearn(NOW))
    assert queue.next(NOW + 10 * MINUTE) == Entry("a/1", "learning")
    assert queue.waiting_until == NOW + 10 * MINUTE


def test_the_last_two_failed_items_take_turns(today, remember, relearn):
    memories = {"a/1": remember(), "b/1": remember()}
    queue = today(course(*memories), memories)
    order = []
    for minute in range(6):
        order.append(queue.next(NOW + minute * MINUTE).item)
        # The first one's step is the shorter: by the clock alone it would come every time.
        wait = MINUTE if order[-1] == "a/1" else 10 * MINUTE
        queue.answered(order[-1], relearn(NOW + minute * MINUTE, wait))
    assert order == ["a/1", "b/1"] * 3


@pytest.mark.parametrize("gone", [(), ("gone/1",) * 3])
def test_what_was_answered_today_is_apart_after_a_restart_too(today, remember, relearn, gone):
    memories = {"a/1": relearn(NOW - 10 * MINUTE), "b/1": remember()}
    items = course(*memories)
    assert today(items, memories).next(NOW) == Entry("a/1", "learning")
    assert today(items, memories, recent=["a/1", *gone]).next(NOW) == Entry("b/1", "due")


def test_failed_items_come_back_in_the_order_in_which_their_steps_end(today, remember, relearn):
    waits = {"a/1": 10 * MINUTE, "b/1": 5 * MINUTE, "c/1": 10 * MINUTE}
    memories = {item: relearn(NOW, wait) for item, wait in waits.items()}
    queue = today(course(*memories), memories)
    later = NOW + 15 * MINUTE
    order = []
    while (entry := queue.next(later)) is not None:
        order.append(entry.item)
        queue.answered(entry.item, remember(day=TODAY, due_day=TODAY + timedelta(days=3)))
    assert order == ["b/1", "a/1", "c/1"]


def test_when_nothing_else_is_left_a_learning_item_is_shown_ahead_of_time(today, relearn):
    queue = today(course("a/1"), {"a/1": relearn(NOW)})
    assert queue.next(NOW) == Entry("a/1", "learning", ahead=True)


def test_new_items_come_before_a_learning_item_ahead_of_its_time(today, relearn):
    queue = today(course("a/1", "b/1"), {"a/1": relearn(NOW)})
    assert queue.next(NOW) == Entry("b/1", "new")


def test_a_step_more_than_twenty_minutes_away_is_waited_for(today, relearn):
    queue = today(course("a/1"), {"a/1": relearn(NOW, 21 * MINUTE)})
    assert queue.next(NOW) is None
    assert queue.waiting_until == NOW + 21 * MINUTE
    assert queue.next(NOW + MINUTE) == Entry("a/1", "learning", ahead=True)


def test_a_learning_item_of_yesterday_counts_as_learning(today, relearn):
    queue = today(course("a/1"), {"a/1": relearn(YESTERDAY)})
    assert queue.counts(NOW) == Counts(learning=1, due=0, new=0, answers=1)
    assert queue.next(NOW) == Entry("a/1", "learning")


def test_a_learning_item_of_yesterday_waits_when_its_sibling_was_answered(today, relearn):
    queue = today(course("a/1", "a/2"), {"a/1": relearn(YESTERDAY)}, answered_cards={"a"})
    assert queue.next(NOW) is None


def test_of_learning_siblings_of_yesterday_the_one_first_due_is_shown(today, relearn, run_through):
    memories = {"a/1": relearn(YESTERDAY + MINUTE), "a/2": relearn(YESTERDAY)}
    assert names(run_through(today(course(*memories), memories))) == ["a/2"]


def test_a_failed_item_of_today_comes_back_although_its_card_was_answered(today, relearn):
    queue = today(course("a/1", "a/2"), {"a/1": relearn(NOW)}, answered_cards={"a"})
    assert queue.next(NOW) == Entry("a/1", "learning", ahead=True)


def test_a_failed_item_comes_back_after_flying_west_over_the_date_line(today, relearn):
    tomorrow_there = relearn(NOW + timedelta(days=1), wait=timedelta(days=-1))
    queue = today(course("a/1", "a/2"), {"a/1": tomorrow_there}, answered_cards={"a"})
    assert queue.next(NOW) == Entry("a/1", "learning")


def test_counts_tell_what_is_left(today, utc, remember, relearn):
    memories = {"a/1": remember(), "b/1": remember(), "c/1": relearn(NOW)}
    queue = today(course(*memories, "d/1", "e/1"), memories, new_limit=1)
    assert queue.counts(NOW) == Counts(learning=1, due=2, new=1, answers=5)
    assert queue.counts(NOW).items == 4
    queue.answered("a/1", relearn(NOW))
    queue.answered("d/1", review(None, Rating.EASY, NOW, utc, fuzz_seed=None))
    assert queue.counts(NOW) == Counts(learning=2, due=1, new=0, answers=3)


def test_a_step_that_ends_tomorrow_is_not_counted_today(today, relearn):
    queue = today(course("a/1"), {"a/1": relearn(NOW, timedelta(hours=13))})
    assert queue.counts(NOW).learning == 0
    assert queue.counts(NOW + timedelta(hours=12, minutes=45)).learning == 1


def test_asking_twice_says_the_same(today, remember):
    queue = today(course("a/1", "b/1"), {"a/1": remember()})
    assert queue.next(NOW) == queue.next(NOW)


def test_an_item_that_left_the_course_is_passed_over(today, remember):
    queue = today(course("a/1"), {"gone/1": remember()}, new_limit=0)
    assert queue.next(NOW) is None
    queue.answered("gone/1", remember())
    assert queue.counts(NOW) == Counts(0, 0, 0, answers=0)


def test_a_queue_knows_its_study_day(today):
    assert today([]).day == date(2026, 3, 10)
