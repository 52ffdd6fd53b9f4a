"""What a learner may choose: checked in one place, whatever page it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.scheduling import SettingError
from engine.storage import Settings
from engine.study import MOST_NEW, Study
from tests.study.conftest import Desk

ENGINE = Path(__file__).resolve().parents[2] / "engine"


@pytest.mark.parametrize(
    "wrong",
    [
        {"new_per_day": MOST_NEW + 1},
        {"new_per_day": -1},
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


@pytest.mark.parametrize("most", [0, MOST_NEW])
def test_the_ends_of_what_may_be_chosen_are_kept(desk: Desk, study: Study, most: int) -> None:
    study.save_settings(desk.person, Settings(new_per_day=most, language="ko", timezone="UTC"))
    assert study.learner(desk.person.id, desk.now).settings.new_per_day == most


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
