"""What a learner may choose: checked in one place, whatever page it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.scheduling import SettingError
from engine.storage import Settings
from engine.study import FARTHEST_EXAM, LEAST_MINUTES, MOST_MINUTES, MOST_NEW, Study
from tests.study.conftest import Desk

ENGINE = Path(__file__).resolve().parents[2] / "engine"


@pytest.mark.parametrize(
    "wrong",
    [
        {"new_per_day": MOST_NEW + 1},
        {"new_per_day": -1},
        {"minutes_a_day": LEAST_MINUTES - 1},
        {"minutes_a_day": MOST_MINUTES + 1},
        {"timezone": "Mars/Olympus"},
        {"rollover": 24},
        {"desired_retention": 1.0},
        {"language": "tlh"},
    ],
)
def test_a_choice_that_cannot_be_used_is_refused(desk: Desk, study: Study, wrong) -> None:
    with pytest.raises(SettingError):
        study.save_settings(desk.person, replace(desk.person.settings, **wrong))
    assert study.learner(desk.person.id, desk.now).settings == Settings()


@pytest.mark.parametrize("most", [None, 0, MOST_NEW])
def test_the_ends_of_what_may_be_chosen_are_kept(
    desk: Desk, study: Study, most: int | None
) -> None:
    study.save_settings(desk.person, Settings(new_per_day=most, language="ko", timezone="UTC"))
    assert study.learner(desk.person.id, desk.now).settings.new_per_day == most


@pytest.mark.parametrize("minutes", [LEAST_MINUTES, MOST_MINUTES])
def test_minutes_a_day_are_kept(desk: Desk, study: Study, minutes: int) -> None:
    study.save_settings(desk.person, Settings(minutes_a_day=minutes))
    assert study.learner(desk.person.id, desk.now).settings.minutes_a_day == minutes


def exam_kept(desk: Desk) -> tuple[date | None, tuple[str, ...]]:
    kept = desk.study.learner(desk.person.id, desk.now).settings
    return kept.exam_day, kept.exam_units


@pytest.mark.parametrize("ahead", [1, 45, FARTHEST_EXAM.days])
@pytest.mark.parametrize("units", [(), ("initialization",)])
def test_an_exam_to_come_is_kept(desk: Desk, ahead: int, units: tuple[str, ...]) -> None:
    day = desk.person.calendar.day(desk.now) + timedelta(days=ahead)
    desk.study.choose_exam(desk.person, day, units, desk.now)
    assert exam_kept(desk) == (day, units)
    desk.study.choose_exam(desk.person, None, units, desk.now)
    assert exam_kept(desk) == (None, ())


@pytest.mark.parametrize("ahead", [-400, -1, 0, FARTHEST_EXAM.days + 1])
def test_an_exam_on_no_day_to_come_is_refused(desk: Desk, ahead: int) -> None:
    day = desk.person.calendar.day(desk.now) + timedelta(days=ahead)
    with pytest.raises(SettingError):
        desk.study.choose_exam(desk.person, day, (), desk.now)
    assert exam_kept(desk) == (None, ())


def test_an_exam_about_a_unit_that_is_not_there_is_refused(desk: Desk) -> None:
    day = desk.person.calendar.day(desk.now) + timedelta(days=9)
    with pytest.raises(SettingError, match="cooking"):
        desk.study.choose_exam(desk.person, day, ("initialization", "cooking"), desk.now)
    assert exam_kept(desk) == (None, ())


def test_what_stood_before_keeps_nobody_from_another_choice(desk: Desk, study: Study) -> None:
    before = Settings(timezone="Mars/Olympus", new_per_day=500)
    study.store.learners.save_settings(desk.person.id, before)
    person = replace(desk.person, settings=before)
    study.save_settings(person, replace(before, language="ko"))
    assert study.learner(desk.person.id, desk.now).settings == replace(before, language="ko")


def test_nobody_saves_settings_past_the_check() -> None:
    past = re.compile(r"\blearners\.save_settings\(")
    files = [p for p in ENGINE.rglob("*.py") if past.search(p.read_text(encoding="utf-8"))]
    assert [p.relative_to(ENGINE).as_posix() for p in files] == ["study/use_cases.py"]
