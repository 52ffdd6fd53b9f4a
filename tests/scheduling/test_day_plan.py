"""What a day holds, as a pure function of how the learner stood when it began."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.scheduling import (
    Exam,
    Item,
    ItemTimes,
    Standing,
    Wishes,
    plan_day,
)
from engine.scheduling.course_order import dependents
from tests.scheduling.courses import concept, course

TODAY = date(2026, 3, 10)
TIMES = ItemTimes({"number": 60.0}, step=30.0)
QUICK = ItemTimes({"number": 1.0}, step=1.0)


def days(count: int) -> timedelta:
    return timedelta(days=count)


@pytest.fixture
def plan():
    """Plans TODAY, with answers that take a minute and lessons of two."""

    def make(concepts, standing=None, times=TIMES, more=0, **wishes):
        standing = standing or Standing()
        return plan_day(concepts, standing, TODAY, Wishes(**wishes), times, more=more)

    return make


@pytest.fixture
def known(remember):
    """Every item of some concepts well known and due far away, but for what is said otherwise."""

    def make(concepts, **others):
        memories = {
            item.id: remember(day=TODAY - days(1), stability=50.0, due_day=TODAY + days(40))
            for one in concepts
            for item in one.items
        }
        return Standing(memories, **others)

    return make


# -- what is due -------------------------------------------------------------------------------


def test_a_course_without_anything_is_a_day_without_anything(plan):
    assert plan([]).minutes == 0


def test_everything_due_is_in_the_plan_the_least_remembered_first(plan, remember):
    memories = {
        "a/1": remember(stability=30.0),
        "b/1": remember(stability=3.0),
        "c/1": remember(stability=9.0),
        "d/1": remember(due_day=TODAY + days(1)),
    }
    concepts = course(dict.fromkeys("abcd", "1"))
    assert plan(concepts, Standing(memories)).reviews == ("b/1", "c/1", "a/1")


def test_what_other_concepts_build_on_comes_before_what_is_a_little_less_remembered(plan, remember):
    concepts = [
        concept("a", "1"),
        concept("b", "1", at=1),
        concept("c", "1", requires=["b"], at=2),
        concept("d", "1", requires=["c"], at=3),
    ]
    assert dependents(concepts) == {"a": 0, "b": 2, "c": 1, "d": 0}
    memories = {"a/1": remember(stability=8.0), "b/1": remember(stability=9.0)}
    assert plan(concepts, Standing(memories)).reviews == ("b/1", "a/1")


def test_what_does_not_fit_waits_and_nothing_new_comes_meanwhile(plan, remember):
    ids = [f"c{n}" for n in range(40)]
    memories = {f"{id}/1": remember(stability=3.0 + n) for n, id in enumerate(ids)}
    found = plan(course({**dict.fromkeys(ids, "1"), "new": "1"}), Standing(memories))
    assert set(found.reviews) | set(found.waiting) == set(memories)
    assert found.reviews == tuple(f"{id}/1" for id in ids[: len(found.reviews)])
    assert 12 <= len(found.reviews) <= 16
    assert found.minutes <= 1.2 * 15
    assert found.concepts == found.new == ()


def test_a_learner_who_asks_for_more_gets_another_portion_of_what_waits(plan, remember):
    ids = [f"c{n}" for n in range(60)]
    standing = Standing({f"{id}/1": remember() for id in ids})
    concepts = course(dict.fromkeys(ids, "1"))
    portions = [len(plan(concepts, standing, more=more).reviews) for more in range(4)]
    assert portions[1] > 1.8 * portions[0]
    assert portions[2] > 2.8 * portions[0]
    assert portions[3] <= 60


def test_one_item_is_asked_however_few_the_minutes(plan, remember):
    memories = {"a/1": remember(), "b/1": remember()}
    found = plan(course({"a": "1", "b": "1"}), Standing(memories), minutes=0.5)
    assert (len(found.reviews), len(found.waiting)) == (1, 1)


def test_a_memory_in_an_old_step_of_minutes_is_due(plan, relearn, remember):
    stepping = relearn(remember().reviewed_at, timedelta(days=400))
    assert plan(course({"a": "1"}), Standing({"a/1": stepping})).reviews == ("a/1",)


def test_what_left_the_course_is_passed_over(plan, remember):
    assert plan(course({"a": "1"}), Standing({"gone/1": remember()})).reviews == ()


def test_suspended_items_never_come_and_put_off_ones_on_their_day(plan, remember):
    memories = {f"{card}/1": remember() for card in "abc"}
    standing = Standing(
        memories,
        suspended=frozenset({"a/1"}),
        put_off={"b/1": TODAY + days(1), "c/1": TODAY},
    )
    assert plan(course({"a": "1", "b": "1", "c": "1"}), standing).reviews == ("c/1",)


def test_of_two_that_are_kept_apart_the_one_due_later_waits_a_day(plan, remember):
    concepts = [
        concept("a", Item("a/1", "a", 0), Item("a/2", "a", 1, apart=frozenset({"a/1"}))),
    ]
    memories = {
        "a/1": remember(due_day=TODAY),
        "a/2": remember(due_day=TODAY - days(1), stability=90.0),
    }
    found = plan(concepts, Standing(memories))
    assert (found.reviews, found.delayed) == (("a/2",), ("a/1",))
    # Tomorrow it is the one that was due first, even if the other failed and is due again.
    memories["a/2"] = remember(day=TODAY, due_day=TODAY + days(1), stability=0.2)
    tomorrow = plan_day(concepts, Standing(memories), TODAY + days(1), Wishes(), TIMES)
    assert (tomorrow.reviews, tomorrow.delayed) == (("a/1",), ("a/2",))


# -- what is new -------------------------------------------------------------------------------


def test_the_first_day_teaches_two_concepts_in_about_its_minutes(plan):
    found = plan(course(dict.fromkeys("abcdef", "1 2 3")))
    assert found.concepts == ("a", "b")
    assert found.new == ()
    assert 12 <= found.minutes <= 15 * 1.25


def test_the_minutes_have_reading_and_repetitions_in_them(plan):
    found = plan(course({"a": "1 2"}))
    assert found.reading == {"a": 120.0}
    assert found.minutes == pytest.approx(2 + 2 * (1 + 0.45 / 0.95))
    assert found.first == {"a": ("a/1", "a/2")}


def test_more_minutes_hold_more_concepts(plan):
    concepts = course(dict.fromkeys("abcdefghijkl", "1 2 3"))
    begun = [len(plan(concepts, minutes=minutes).concepts) for minutes in (5, 15, 30, 60)]
    assert begun == sorted(begun)
    assert begun[0] < begun[1] < begun[2] < begun[3]


def test_a_lesson_asks_core_items_alone_the_easiest_first(plan):
    concepts = [
        concept("a", "n", "m more", "h hard", "c choice", "f flashcard", "g more flashcard")
    ]
    found = plan(concepts, times=QUICK)
    assert found.first == {"a": ("a/f", "a/c", "a/n")}
    assert found.new == ()


def test_a_day_of_a_quarter_of_an_hour_has_three_new_concepts_at_most_however_quick(plan):
    concepts = [concept(name, "1", at=n) for n, name in enumerate("abcdefgh")]
    assert plan(concepts, times=QUICK, minutes=15).concepts == ("a", "b", "c")
    assert len(plan(concepts, times=QUICK, minutes=15, more=1).concepts) == 6
    assert len(plan(concepts, times=QUICK, minutes=30).concepts) == 6


def test_of_the_last_concepts_those_with_a_chain_above_them_come_first(plan):
    concepts = [
        concept("a", "1"),
        concept("b", "1", at=1),
        concept("c", "1", requires=["b"], at=2),
    ]
    assert plan(concepts, times=QUICK).concepts == ("b", "a")


def test_tomorrow_is_levelled_where_today_has_room(plan, remember):
    ids = [f"c{n}" for n in range(30)]
    far = {"day": TODAY - days(9), "due_day": TODAY + days(1)}
    standing = Standing({f"{id}/1": remember(**far) for id in ids})
    early = plan(course(dict.fromkeys(ids, "1")), standing).reviews
    assert 10 <= len(early) < 30 - 10
    near = Standing({id: replace(m, day=TODAY - days(1)) for id, m in standing.memories.items()})
    assert plan(course(dict.fromkeys(ids, "1")), near).reviews == ()


def test_one_of_a_pair_comes_a_day_early_where_both_would_be_due_tomorrow(plan, remember):
    concepts = [
        concept("a", Item("a/1", "a", 0), Item("a/2", "a", 1, apart=frozenset({"a/1"}))),
    ]
    due = {id: remember(due_day=TODAY + days(1)) for id in ("a/1", "a/2")}
    assert len(plan(concepts, Standing(due)).reviews) == 1


def test_a_new_item_does_not_come_when_it_would_return_with_its_pair(plan, known, remember):
    concepts = [
        concept("a", Item("a/1", "a", 0), Item("a/2", "a", 1, apart=frozenset({"a/1"}))),
    ]
    soon = Standing({"a/1": remember(day=TODAY - days(1), due_day=TODAY + days(2))})
    assert plan(concepts, soon).new == ()
    assert plan(concepts, Standing({"a/1": known(concepts).memories["a/1"]})).new == ("a/2",)


def test_other_items_come_on_later_days_core_first(plan, known):
    concepts = [concept("a", "1", "2 more"), concept("b", "1", "2", at=2)]
    standing = known(concepts)
    standing = replace(
        standing, memories={id: m for id, m in standing.memories.items() if id[-1] == "1"}
    )
    assert plan(concepts, standing).new == ("b/2", "a/2")


def test_what_is_left_of_a_core_comes_before_the_next_concept_and_other_items_after(plan, known):
    concepts = [concept("a", *"12345678", "9 more"), concept("b", *"12345678", at=9)]
    standing = Standing({"a/1": known(concepts).memories["a/1"]})
    assert plan(concepts, standing).new == tuple(f"a/{n}" for n in range(2, 9))
    assert plan(concepts, standing).concepts == ()


def test_days_that_are_short_have_a_lesson_with_the_easiest_of_its_core(plan):
    concepts = [concept("a", "1", "2", "3", "4 flashcard", "5")]
    assert plan(concepts, minutes=8).first == {"a": ("a/4",)}
    assert plan(concepts, minutes=1).first == {"a": ("a/4",)}
    assert len(plan(concepts, minutes=20).first["a"]) == 5


def test_hard_items_wait_until_the_core_sticks(plan, known, remember):
    concepts = [concept("a", "1", "2 hard")]
    shaky = Standing({"a/1": remember(day=TODAY - days(1), stability=2.0, due_day=TODAY + days(1))})
    assert plan(concepts, shaky).new == ()
    sure = Standing({"a/1": known(concepts).memories["a/1"]})
    assert plan(concepts, sure).new == ("a/2",)


@pytest.mark.parametrize(
    ("stability", "since", "lesson", "may"),
    [
        (50.0, 1, None, True),
        (0.2, 1, None, False),  # known at 0.77
        (50.0, 1, "failed", False),
        (50.0, 1, "read", True),
        (50.0, 1, "check", True),
    ],
)
def test_a_concept_comes_when_the_core_of_what_it_requires_stands(
    plan, remember, stability, since, lesson, may
):
    concepts = [concept("a", "1", "2 more"), concept("b", "1", requires=["a"], at=2)]
    memory = remember(day=TODAY - days(since), stability=stability, due_day=TODAY + days(9))
    lessons = {} if lesson is None else {"a": lesson}
    assert ("b" in plan(concepts, Standing({"a/1": memory}, lessons)).concepts) is may


def test_a_core_item_never_answered_keeps_others_from_being_built_on(plan, known):
    concepts = [concept("a", "1", "2"), concept("b", "1", requires=["a"], at=2)]
    memories = {"a/1": known(concepts).memories["a/1"]}
    assert plan(concepts, Standing(memories)).concepts == ()
    aside = Standing(memories, suspended=frozenset({"a/2"}))
    assert plan(concepts, aside).concepts == ("b",)


def test_a_check_that_failed_leaves_the_lesson_to_come(plan, remember):
    failed = Standing({"a/1": remember(due_day=TODAY + days(3))}, {"a": "failed"})
    found = plan(course({"a": "1 2"}), failed)
    assert found.first == {"a": ("a/2",)}


def test_nothing_new_where_the_coming_fortnight_is_full(plan, remember):
    concepts = course({**{f"c{n}": "1" for n in range(200)}, "new": "1"})
    memories = {
        f"c{n}/1": remember(day=TODAY - days(1), due_day=TODAY + days(1 + n % 14))
        for n in range(200)
    }
    assert plan(concepts, Standing(memories)).concepts == ()
    assert plan(concepts, Standing(dict(list(memories.items())[:50]))).concepts != ()


def test_what_others_say_of_new_items_a_day_is_a_bound(plan):
    concepts = course(dict.fromkeys("abc", "1 2 3"))
    assert plan(concepts, times=QUICK, most_new=0).concepts == ()
    found = plan(concepts, times=QUICK, most_new=4)
    assert found.first == {"a": ("a/1", "a/2", "a/3"), "b": ("b/1",)}
    assert plan(concepts, times=QUICK, most_new=2).first == {"a": ("a/1", "a/2")}


def test_new_items_that_are_kept_apart_do_not_come_on_one_day(plan):
    concepts = [
        concept("a", Item("a/1", "a", 0), Item("a/2", "a", 1, apart=frozenset({"a/1"}))),
    ]
    assert plan(concepts).first == {"a": ("a/1",)}


def test_a_suspended_item_keeps_nothing_apart_from_it_waiting(plan, known):
    concepts = [
        concept("a", Item("a/1", "a", 0), Item("a/2", "a", 1, apart=frozenset({"a/1"}))),
    ]
    memories = {"a/1": replace(known(concepts).memories["a/1"], due_day=TODAY - days(9))}
    assert plan(concepts, Standing(memories)).new == ()
    assert plan(concepts, Standing(memories, suspended=frozenset({"a/1"}))).new == ("a/2",)


def test_a_suspended_core_item_keeps_no_hard_ones_from_coming(plan, known):
    concepts = [concept("a", "1", "2", "3 hard")]
    memories = {"a/1": known(concepts).memories["a/1"]}
    assert plan(concepts, Standing(memories)).new == ("a/2",)
    assert plan(concepts, Standing(memories, suspended=frozenset({"a/2"}))).new == ("a/3",)


def test_aside_items_are_not_asked_in_a_lesson(plan):
    standing = Standing(suspended=frozenset({"a/2"}), put_off={"a/3": TODAY + days(1)})
    assert plan(course({"a": "1 2 3"}), standing).first == {"a": ("a/1",)}


# -- an exam -----------------------------------------------------------------------------------


def units() -> list:
    return [
        concept("a", "1", "2 more", unit="first"),
        concept("b", "1", "2 more", unit="second", at=2),
        concept("c", "1", "2 more", unit="second", requires=["d"], at=4),
        concept("d", "1", "2 more", unit="third", at=6),
    ]


def exam_in(count: int, *names: str) -> Exam:
    return Exam(TODAY + days(count), frozenset(names))


def test_what_an_exam_covers_and_builds_on_comes_first_and_the_rest_later(plan, known):
    assert plan(units(), times=QUICK, exam=exam_in(30, "second")).first.keys() == {"b", "d"}
    standing = known(units()[1:])
    assert plan(units(), standing, exam=exam_in(30, "second")).concepts == ("a",)


def test_an_exam_without_units_covers_all_of_them():
    assert Exam(TODAY).covers("any")


def test_an_exam_that_is_over_changes_nothing(plan):
    assert plan(units(), exam=exam_in(0, "second")) == plan(units())


def test_what_is_due_waits_for_what_an_exam_still_asks_to_be_met(plan, remember):
    concepts = course({**{f"c{n}": "1" for n in range(15)}, "new": "1 2"})
    standing = Standing({f"c{n}/1": remember() for n in range(15)})
    assert plan(concepts, standing).concepts == ()
    soon = plan(concepts, standing, exam=exam_in(6))
    assert soon.concepts == ("new",)
    assert len(soon.waiting) + len(soon.reviews) == 15


def test_what_would_jump_over_an_exam_is_brought_before_it(plan, remember):
    concepts = course(dict.fromkeys("abc", "1"))
    memories = {
        "a/1": remember(day=TODAY - days(9), stability=15.0, due_day=TODAY + days(6)),
        "b/1": remember(day=TODAY - days(1), stability=400.0, due_day=TODAY + days(400)),
        "c/1": remember(day=TODAY - days(9), stability=9.0, due_day=TODAY + days(1)),
    }
    assert plan(concepts, Standing(memories), exam=exam_in(5)).reviews == ()  # late enough then
    last = plan(concepts, Standing(memories), exam=exam_in(1)).reviews
    assert set(last) == {"a/1", "c/1"}  # b is known anyway
    assert plan(concepts, Standing(memories), exam=exam_in(1, "other")).reviews == ()


def test_what_finds_no_room_on_the_last_evening_is_asked_earlier(plan, remember):
    ids = [f"c{n}" for n in range(40)]
    memories = {
        f"{id}/1": remember(day=TODAY - days(8), stability=20.0 + n, due_day=TODAY + days(30))
        for n, id in enumerate(ids)
    }
    concepts, standing = course(dict.fromkeys(ids, "1")), Standing(memories)
    early, late, last = (len(plan(concepts, standing, exam=exam_in(n)).reviews) for n in (5, 2, 1))
    assert early == 0 < late <= last
    two_days_before = plan(concepts, standing, exam=exam_in(2)).reviews
    assert "c0/1" not in two_days_before  # the least remembered is left to the last evening
