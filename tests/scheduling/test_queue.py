"""The order of a session: the plan, and what was answered since."""

from __future__ import annotations

from datetime import date

import pytest

from engine.scheduling import (
    Answered,
    Concept,
    Counts,
    DayPlan,
    Entry,
    Item,
    ItemTimes,
    LessonNext,
    LessonOver,
    Rating,
    build_queue,
)
from tests.scheduling.courses import concept, course

DAY = date(2026, 3, 10)
MINUTE = ItemTimes({"number": 60.0, "flashcard": 60.0}, step=30.0)
RIGHT, WRONG = Rating.GOOD, Rating.AGAIN


@pytest.fixture
def queue():
    """The queue of a plan over a course."""

    def make(of, done=(), /, without=(), **plan):
        planned = DayPlan(DAY, **plan)
        return build_queue(of, planned, MINUTE, done, without=frozenset(without))

    return make


def run_through(queue, failing=()) -> list[str]:
    """Does all of it; items of `failing` are wrong so often. Lessons are written as "card:"."""
    left, shown = list(failing), []
    while (coming := queue.next()) is not None:
        if isinstance(coming, LessonNext):
            shown.append(f"{coming.card}:")
            queue.lesson_over(coming.card, "read")
            continue
        shown.append(coming.item)
        wrong = coming.item in left
        if wrong:
            left.remove(coming.item)
        queue.answered(coming.item, WRONG if wrong else RIGHT)
    return shown


def test_nothing_planned_is_nothing_to_do(queue):
    empty = queue([])
    assert empty.next() is None
    assert empty.counts() == Counts()


def test_due_items_then_lessons_with_their_items_then_other_new_ones(queue):
    concepts = course({"a": "1", "b": "1", "n": "1 2", "o": "1"})
    found = queue(concepts, reviews=("b/1", "a/1"), concepts=("n",), new=("o/1",))
    assert run_through(found) == ["b/1", "a/1", "n:", "n/1", "n/2", "o/1"]


def test_why_an_item_comes_is_said(queue):
    concepts = course({"a": "1", "n": "1", "o": "1"})
    found = queue(concepts, reviews=("a/1",), concepts=("n",), new=("o/1",))
    seen = [found.next()]
    found.answered("a/1", RIGHT)
    seen.append(found.next())
    found.lesson_over("n", "read")
    seen.append(found.next())
    found.answered("n/1", RIGHT)
    seen.append(found.next())
    found.answered("o/1", WRONG)
    seen.append(found.next())
    assert seen == [
        Entry("a/1", "due"),
        LessonNext("n"),
        Entry("n/1", "lesson"),
        Entry("o/1", "new"),
        Entry("o/1", "again"),
    ]


def test_asking_twice_says_the_same(queue):
    found = queue(course({"a": "1"}), reviews=("a/1",))
    assert found.next() == found.next()


def test_siblings_have_three_others_between_them(queue):
    concepts = course({"a": "1 2", "b": "1 2", "c": "1", "d": "1"})
    reviews = ("a/1", "a/2", "b/1", "b/2", "c/1", "d/1")
    assert run_through(queue(concepts, reviews=reviews)) == [
        *("a/1", "b/1", "c/1", "d/1"),
        *("a/2", "b/2"),
    ]


def test_where_there_are_no_others_siblings_follow_one_another(queue):
    concepts = course({"a": "1 2 3"})
    assert run_through(queue(concepts, reviews=("a/1", "a/2", "a/3"))) == ["a/1", "a/2", "a/3"]


def test_a_lesson_goes_between_siblings_where_nothing_else_does(queue):
    concepts = course({"a": "1 2", "n": "1 2 3"})
    found = queue(concepts, reviews=("a/1", "a/2"), concepts=("n",))
    assert run_through(found) == ["a/1", "n:", "n/1", "n/2", "n/3", "a/2"]


def test_a_failed_item_comes_back_after_three_others(queue):
    ids = [f"{card}/1" for card in "abcde"]
    found = queue(course(dict.fromkeys("abcde", "1")), reviews=tuple(ids))
    assert run_through(found, ["a/1"]) == ["a/1", "b/1", "c/1", "d/1", "a/1", "e/1"]


def test_it_comes_at_once_where_nothing_else_is_left_until_it_is_right(queue):
    found = queue(course({"a": "1"}), reviews=("a/1",))
    assert run_through(found, ["a/1"] * 3) == ["a/1"] * 4


def test_the_last_two_failed_items_take_turns(queue):
    found = queue(course({"a": "1", "b": "1"}), reviews=("a/1", "b/1"))
    assert run_through(found, ["a/1", "a/1", "b/1", "b/1"]) == ["a/1", "b/1"] * 3


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.GOOD, Rating.EASY])
def test_once_right_is_enough_for_the_day_a_guess_too(queue, rating):
    found = queue(course({"a": "1"}), reviews=("a/1",))
    found.answered("a/1", rating)
    assert found.next() is None


def test_a_lessons_items_are_right_once_before_the_next_lesson(queue):
    concepts = course({"n": "1 2", "o": "1"})
    found = queue(concepts, concepts=("n", "o"))
    assert run_through(found, ["n/1", "n/2"]) == ["n:", "n/1", "n/2", "n/1", "n/2", "o:", "o/1"]


def test_other_new_items_come_between_a_lessons_failed_ones(queue):
    concepts = course({"n": "1", "o": "1", "p": "1", "q": "1"})
    found = queue(concepts, concepts=("n",), new=("o/1", "p/1", "q/1"))
    assert run_through(found, ["n/1"]) == ["n:", "n/1", "o/1", "p/1", "q/1", "n/1"]


def test_a_lesson_asks_what_the_plan_says(queue):
    concepts = [concept("n", "1", "2", "3 flashcard", "4 more")]
    assert run_through(queue(concepts, concepts=("n",), first={"n": ("n/2",)})) == ["n:", "n/2"]
    assert run_through(queue(concepts, concepts=("n",))) == ["n:", "n/3", "n/1", "n/2"]


def test_a_lesson_opened_from_elsewhere_brings_its_core_items_before_what_is_due(queue):
    concepts = course({"a": "1", "n": "1 2"})
    found = queue(concepts, [LessonOver("n", "read")], reviews=("a/1",))
    assert run_through(found) == ["n/1", "n/2", "a/1"]


def pair() -> list[Concept]:
    """A concept, two of whose core items are kept apart: the first says so."""
    items = (
        Item("a/1", "a", 0, apart=frozenset({"a/3"})),
        Item("a/2", "a", 1),
        Item("a/3", "a", 2),
    )
    return [concept("a", *items)]


def test_a_lesson_opened_from_elsewhere_asks_one_of_two_that_are_kept_apart(queue):
    found = queue(pair(), [LessonOver("a", "read")])
    assert run_through(found) == ["a/1", "a/2"]


def test_after_a_check_a_lesson_leaves_out_what_is_kept_apart_from_what_it_asked(queue):
    done = [Answered("a/3", WRONG), LessonOver("a", "failed")]
    found = queue(pair(), done, concepts=("a",), first={"a": ("a/1", "a/2")})
    assert found.counts().new == 1
    assert run_through(found) == ["a:", "a/2", "a/3"]


def test_a_check_that_went_well_leaves_the_lesson_out(queue):
    found = queue(course({"n": "1 2"}), [LessonOver("n", "check")], concepts=("n",))
    assert found.next() is None
    assert found.counts() == Counts()


def test_after_a_check_that_did_not_the_lesson_comes_next(queue):
    concepts = course({"m": "1", "n": "1 2"})
    done = [Answered("n/1", RIGHT), Answered("n/2", WRONG), LessonOver("n", "failed")]
    found = queue(concepts, done, concepts=("m", "n"))
    assert run_through(found) == ["n:", "n/2", "m:", "m/1"]


def test_what_cannot_be_shown_or_was_put_aside_is_passed_over(queue):
    concepts = course({"a": "1", "n": "1 2"})
    found = queue(concepts, without=("a/1", "n/1"), reviews=("a/1",), concepts=("n",))
    assert run_through(found) == ["n:", "n/2"]


def test_what_is_not_in_the_course_is_passed_over(queue):
    done = [Answered("gone/1", WRONG), LessonOver("gone", "read")]
    found = queue(course({"a": "1"}), done, reviews=("gone/1", "a/1"), concepts=("gone",))
    assert run_through(found) == ["a/1"]


def test_an_item_answered_from_its_address_is_done(queue):
    found = queue(course({"a": "1", "b": "1"}), [Answered("b/1", RIGHT)], reviews=("a/1", "b/1"))
    assert run_through(found) == ["a/1"]


def test_counts_say_what_is_left_and_minutes_have_what_comes_back_in_them(queue):
    concepts = course({"a": "1", "b": "1", "n": "1 2", "o": "1", "w": "1"})
    found = queue(
        concepts,
        reviews=("a/1", "b/1"),
        concepts=("n",),
        new=("o/1",),
        waiting=("w/1",),
        seconds={"a/1": 90.0, "b/1": 90.0, "n/1": 90.0, "n/2": 90.0, "o/1": 90.0},
        reading={"n": 120.0},
    )
    assert found.counts() == Counts(
        due=2, new=3, lessons=1, answers=5, minutes=round((5 * 90 + 120) / 60), waiting=1
    )
    found.answered("a/1", WRONG)
    left = found.counts()
    assert (left.again, left.due, left.answers) == (1, 1, 5)
    found.lesson_over("n", "read")
    assert (found.counts().lessons, found.counts().new) == (0, 3)
    found.answered("w/1", RIGHT)
    assert found.counts().waiting == 0


def test_right_answers_take_the_answers_down_to_none_one_by_one(queue):
    concepts = course({"a": "1", "n": "1 2", "o": "1"})
    found = queue(concepts, reviews=("a/1",), concepts=("n",), new=("o/1",))
    told = [found.counts().answers]
    while (coming := found.next()) is not None:
        if isinstance(coming, LessonNext):
            found.lesson_over(coming.card, "read")
        else:
            found.answered(coming.item, RIGHT)
            told.append(found.counts().answers)
    assert told == [4, 3, 2, 1, 0]


def test_something_to_do_is_a_minute_at_least(queue):
    found = queue(course({"a": "1"}), reviews=("a/1",), seconds={"a/1": 5.0})
    assert found.counts().minutes == 1
