"""The numbers of a question that can be played with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.questions import playable, settings_with
from engine.study import CourseFolder

CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="module")
def course():
    return CourseFolder(CONTENT).current(datetime.now(UTC))


def test_the_ends_of_an_axis_are_not_played_with(course):
    estimates = [t for t in course.templates.values() if t.kind == "estimate"]
    assert estimates
    for template in estimates:
        names = {drawn.name for drawn in playable(template)}
        assert not names & {"low", "high"}, template.item


def test_a_number_that_reaches_the_simulation_through_another_is_played_with(course):
    template = course.templates["he-normal/any-sigma"]
    assert {drawn.name for drawn in playable(template)} == {"depth", "width", "std"}


def test_what_is_chosen_replaces_what_the_seed_draws(course):
    template = course.templates["he-normal/any-sigma"]
    drawn = settings_with(template, 3, {})
    chosen = settings_with(template, 3, {"depth": 7})
    assert chosen == {**drawn, "depth": 7}
