"""A course that is edited while somebody studies it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.course import CourseFolder
from engine.study import NotThere, Study
from tests.course.test_course_folder import LATER, edit, two_cards
from tests.study.conftest import Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_cards(tmp_path / "content")


def test_an_edit_is_seen_while_the_app_runs(folder: Path, desk: Desk) -> None:
    study = Study(CourseFolder(folder), desk.study.store)
    reader = Desk(study)
    assert reader.next() is not None
    edit(folder, "he-normal", "status: ready", "status: retired")
    edit(folder, "xavier-normal", "status: ready", "status: retired")
    reader.now = LATER
    assert reader.next() is None
    with pytest.raises(NotThere):
        reader.show("xavier-normal/sigma")


def test_history_of_an_item_that_was_renamed_does_not_disturb_the_rest(
    folder: Path, desk: Desk
) -> None:
    reader = Desk(Study(CourseFolder(folder), desk.study.store))
    reader.answer(reader.show("xavier-normal/sigma"))
    edit(folder, "xavier-normal", "## Question: sigma", "## Question: sigma-two")
    path = folder / "cards" / "xavier-normal" / "card.ko.md"
    korean = path.read_text(encoding="utf-8")
    path.write_text(korean.replace("## Question: sigma", "## Question: sigma-two"), "utf-8")
    reader.now = LATER + timedelta(days=1)
    assert reader.next() is not None
    assert reader.show("xavier-normal/sigma-two").variant is not None
