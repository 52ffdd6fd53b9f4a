"""A database keeps one course; a second one is refused in words, and nothing of it is taken in."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.authoring import open_workshop
from engine.course import OtherCourse
from engine.storage import open_store
from tests.authoring.conftest import NOW


def named(folder: Path, id: str | None) -> Path:
    file = folder / "course.toml"
    text = "".join(
        line for line in file.read_text(encoding="utf-8").splitlines(True) if line[:4] != "id ="
    )
    file.write_text((f'id = "{id}"\n' if id else "") + text, encoding="utf-8")
    return folder


@pytest.fixture
def other(folder: Path, tmp_path: Path) -> Path:
    """A second course, without a card of the first."""
    made = tmp_path / "other"
    shutil.copytree(folder, made)
    for card in list((made / "cards").iterdir()):
        card.rename(card.with_name(f"other-{card.name}"))
    return made


@pytest.fixture
def store(tmp_path: Path):
    with open_store(None, tmp_path / "data") as store:
        yield store


def study(folder: Path, store) -> set[str]:
    return set(open_workshop(folder, store).study.course(NOW).cards)


@pytest.mark.parametrize(("first", "second"), [("a", "b"), (None, None), ("a", None), (None, "b")])
def test_a_second_course_is_refused(folder, other, store, first, second):
    cards = study(named(folder, first), store)
    with pytest.raises(OtherCourse):
        open_workshop(named(other, second), store)
    assert {head.card for head in store.revisions.heads()} == cards
    assert study(folder, store) == cards


def test_two_courses_with_the_same_cards_are_two_by_their_ids(folder, store):
    study(named(folder, "a"), store)
    with pytest.raises(OtherCourse, match=r"“a”.*“b”"):
        study(named(folder, "b"), store)


@pytest.mark.parametrize("second", ["a", None])
def test_a_database_from_before_there_were_ids_goes_on_without_a_question(folder, store, second):
    cards = study(named(folder, None), store)
    assert store.revisions.course() is None
    assert study(named(folder, "a"), store) == cards
    assert store.revisions.course() == "a"
    assert study(named(folder, second), store) == cards  # an older checkout too


def test_a_course_that_is_put_in_place_of_another_is_refused_at_the_next_look(folder, other, store):
    workshop = open_workshop(named(folder, "a"), store)
    cards = set(workshop.study.course(NOW).cards)
    shutil.rmtree(folder)
    named(other, "b").rename(folder)
    with pytest.raises(OtherCourse):
        workshop.study.course(NOW + timedelta(seconds=5))
    assert {head.card for head in store.revisions.heads()} == cards


def test_the_command_line_refuses_it_in_words(folder, other, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("SIMCARDS_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path / "data"))
    assert main(["--content", str(named(folder, "a")), "content", "import"]) == 0
    for part in ("import", "status"):
        assert main(["--content", str(named(other, "b")), "content", part]) != 0
        assert "course “a”" in capsys.readouterr().err
