"""How well a learner knows each concept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.course import CourseFolder
from engine.scheduling import Calendar, Rating, retrievability, review
from engine.study.concept_knowledge import knowledge, recall

CONTENT = Path(__file__).resolve().parents[2] / "content"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CALENDAR = Calendar("UTC", 4)
TODAY = CALENDAR.day(NOW)


@pytest.fixture(scope="module")
def course():
    return CourseFolder(CONTENT).current(NOW)


@pytest.fixture
def memory():
    return review(None, Rating.EASY, NOW, CALENDAR, fuzz_seed=None)


def test_nothing_is_known_before_the_first_answer(course):
    for told in knowledge(course, {}, TODAY).values():
        assert (told.known, told.met) == (0.0, 0)
        assert told.items >= 5


def test_a_concept_is_known_by_the_mean_of_its_items(course, memory):
    mine = [item.id for item in course.items if item.card == "calibration"]
    told = knowledge(course, dict.fromkeys(mine[:2], memory), TODAY)["calibration"]
    assert told.met == 2
    assert told.known == pytest.approx(2 * retrievability(memory, TODAY) / len(mine))
    assert knowledge(course, dict.fromkeys(mine, memory), TODAY)["calibration"].known > 0.99


def test_what_is_known_fades(course, memory):
    days = [recall(memory, TODAY + timedelta(days=n)) for n in (0, 10, 100)]
    assert days == sorted(days, reverse=True)
    assert days[0] > 0.99 > days[1] > days[2]


def test_a_day_before_the_answer_counts_as_its_day(memory):
    assert recall(memory, TODAY - timedelta(days=3)) == recall(memory, TODAY)
