"""What an exam will find known, and what can be done where that is not enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

import pytest

from engine.scheduling import (
    Exam,
    ItemTimes,
    Standing,
    Wishes,
    exam_choices,
    exam_outlook,
    expected_recall,
    retrievability,
)
from tests.scheduling.courses import concept, course

TODAY = date(2026, 3, 10)
TIMES = ItemTimes()


def wishes(days: int, *units: str, minutes: float = 15) -> Wishes:
    return Wishes(minutes=minutes, exam=Exam(TODAY + timedelta(days=days), frozenset(units)))


def big(units: int = 2, concepts: int = 10):
    """More than can be learned in a few minutes a day."""
    return [
        concept(f"u{unit}c{n}", *"123456", unit=f"u{unit}", at=100 * unit + 10 * n)
        for unit in range(units)
        for n in range(concepts)
    ]


def test_recall_is_the_mean_over_what_the_exam_covers_and_nothing_unmet_is_known(remember):
    concepts = [concept("a", "1", "2", unit="one"), concept("b", "1", unit="two", at=2)]
    memories = {"a/1": remember(), "b/1": remember()}
    exam = Exam(TODAY, frozenset({"one"}))
    known = retrievability(memories["a/1"], TODAY)
    assert expected_recall(concepts, memories, exam) == pytest.approx(known / 2)
    assert expected_recall(concepts, memories, Exam(TODAY)) == pytest.approx(2 * known / 3)
    assert expected_recall(concepts, memories, Exam(TODAY, frozenset({"none"}))) == 0


def test_a_small_course_is_known_on_the_day():
    outlook = exam_outlook(course({"a": "1 2", "b": "1"}), Standing(), TODAY, wishes(20), TIMES)
    assert outlook.reached
    assert outlook.recall > 0.9
    assert outlook.low < outlook.recall < outlook.high <= 1
    assert outlook.unmet == 0


def test_minutes_more_are_more_and_fewer_are_fewer():
    concepts = big()
    outlook = exam_outlook(concepts, Standing(), TODAY, wishes(24, minutes=12), TIMES)
    assert outlook.fewer is not None
    assert outlook.fewer < outlook.recall < outlook.more
    assert not outlook.reached
    assert outlook.unmet > 0


@pytest.mark.parametrize(("days", "minutes"), [(20, 60), (20, 90), (30, 40)])
def test_minutes_that_one_has_to_spare_never_make_it_worse(days, minutes):
    outlook = exam_outlook(big(), Standing(), TODAY, wishes(days, minutes=minutes), TIMES)
    assert outlook.fewer is not None
    assert outlook.fewer <= outlook.recall <= outlook.more


def test_no_minutes_are_taken_from_five():
    outlook = exam_outlook(big(), Standing(), TODAY, wishes(2, minutes=5), TIMES)
    assert outlook.fewer is None


def test_an_outlook_says_the_same_twice_and_leaves_the_standing_alone(remember):
    standing = Standing({"u0c0/1": remember()})
    before = dict(standing.memories)
    outlooks = [exam_outlook(big(), standing, TODAY, wishes(9), TIMES) for _ in range(2)]
    assert outlooks[0] == outlooks[1]
    assert standing.memories == before


def test_on_the_day_itself_it_is_what_is_known(remember):
    concepts, memories = course({"a": "1"}), {"a/1": remember()}
    outlook = exam_outlook(concepts, Standing(memories), TODAY, wishes(0), TIMES)
    assert outlook.recall == outlook.more == pytest.approx(retrievability(memories["a/1"], TODAY))


def test_suspended_items_stay_unknown():
    standing = Standing(suspended=frozenset({"a/1"}))
    outlook = exam_outlook(course({"a": "1 2"}), standing, TODAY, wishes(10), TIMES)
    assert outlook.unmet == 1


def test_what_cannot_be_reached_has_choices_and_each_of_them_reaches_it():
    concepts, hoped = big(), wishes(12, minutes=20)
    choices = exam_choices(concepts, Standing(), TODAY, hoped, TIMES)
    assert choices.minutes is not None
    assert choices.later is not None
    assert choices.units == {"u0"}
    for other in (
        replace(hoped, minutes=choices.minutes),
        replace(hoped, exam=Exam(choices.later)),
        replace(hoped, exam=replace(hoped.exam, units=choices.units)),
    ):
        assert exam_outlook(concepts, Standing(), TODAY, other, TIMES).recall > 0.87


def test_where_nothing_helps_no_choice_is_offered():
    choices = exam_choices(big(1, 30), Standing(), TODAY, wishes(1, minutes=5), TIMES)
    assert (choices.minutes, choices.units) == (None, None)


def test_without_an_exam_there_is_nothing_to_look_out_for():
    for ask in (exam_outlook, exam_choices):
        with pytest.raises(ValueError, match="no exam"):
            ask([], Standing(), TODAY, Wishes(), TIMES)


def test_an_interval_holds_most_exams():
    """Of exams that are drawn from the chances, nine of ten lie in it."""
    from random import Random

    concepts = course({f"c{n}": "1 2" for n in range(6)})
    outlook = exam_outlook(concepts, Standing(), TODAY, wishes(25), TIMES)
    chance = Random(1)
    drawn = [fmean(chance.random() < outlook.recall for _ in range(12)) for _ in range(400)]
    inside = fmean(outlook.low <= share <= outlook.high for share in drawn)
    assert inside > 0.8
