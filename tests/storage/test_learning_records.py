"""Lessons, what is put aside, and how a study day began."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from engine.storage import LessonRow, Settings, Store
from tests.storage.samples import NOW, SIGMA, an_answer, give
from tests.storage.test_editing import CARD, saved_as

DAY = NOW.date()
TOMORROW = DAY + timedelta(days=1)


def came_through(
    store: Store,
    how: str = "read",
    *,
    card: str = "he-normal",
    days: int = 0,
    milliseconds: int | None = 1000,
) -> None:
    at = NOW + timedelta(days=days)
    store.lessons.record(
        LessonRow(
            learner="mina",
            card=card,
            how=how,
            at=at,
            study_day=at.date(),  # type: ignore[arg-type]
            milliseconds=milliseconds,
        )
    )


def test_the_newest_row_of_a_lesson_counts_and_reading_time_adds_up(store: Store) -> None:
    assert store.lessons.of("mina") == {}
    came_through(store, "failed", milliseconds=None)
    came_through(store, "read", days=1, milliseconds=90_000)
    came_through(store, "read", days=2, milliseconds=2**33)
    came_through(store, "check", card="xavier-normal")
    lesson = store.lessons.of("mina")["he-normal"]
    assert (lesson.how, lesson.study_day) == ("read", DAY + timedelta(days=2))
    assert lesson.at == NOW + timedelta(days=2)
    assert lesson.milliseconds == 90_000 + 2**33
    assert store.lessons.of("mina")["xavier-normal"].how == "check"
    assert store.lessons.of("jun") == {}


def test_lessons_are_told_as_they_were_when_a_day_began(store: Store) -> None:
    came_through(store, "failed")
    came_through(store, "read", days=1)
    assert store.lessons.of("mina", before=DAY) == {}
    assert store.lessons.of("mina", before=TOMORROW)["he-normal"].how == "failed"
    assert store.lessons.of("mina")["he-normal"].how == "read"


def test_a_lesson_ends_in_one_of_three_ways(store: Store) -> None:
    with pytest.raises(IntegrityError, match="lesson_how"):
        came_through(store, "skipped")


def test_an_item_is_put_aside_until_a_day_or_for_good_and_taken_back(store: Store) -> None:
    store.asides.put("mina", SIGMA, TOMORROW, NOW)
    store.asides.put("mina", "card/a", None, NOW)
    assert store.asides.of("mina") == {SIGMA: TOMORROW, "card/a": None}
    store.asides.put("mina", SIGMA, None, NOW)
    assert store.asides.of("mina")[SIGMA] is None
    assert store.asides.take_back("mina", SIGMA)
    assert not store.asides.take_back("mina", SIGMA)
    assert store.asides.of("mina") == {"card/a": None}
    assert store.asides.of("jun") == {}


def test_what_was_put_aside_and_learned_follows_a_renamed_card(store: Store) -> None:
    store.asides.put("mina", "old/a", TOMORROW, NOW)
    came_through(store, card="old", milliseconds=5)
    came_through(store, card="old", days=1, milliseconds=6)
    saved_as(store, {"old/a": f"{CARD}/a", "old/b": f"{CARD}/b"})
    assert store.asides.of("mina")[f"{CARD}/a"] == TOMORROW
    assert f"{CARD}/b" not in store.asides.of("mina")
    lesson = store.lessons.of("mina")[CARD]
    assert (lesson.milliseconds, lesson.study_day) == (11, TOMORROW)


def stabilities(store: Store, day: date) -> dict[str, float]:
    found = store.memories.at_start_of("mina", day)
    return {item: memory.stability for item, memory in found.items()}


def test_memories_are_told_as_they_were_when_a_day_began(store: Store) -> None:
    give(store, 1, item="card/a")
    give(store, 2, item="card/b")
    for number, item in enumerate(("card/a", "card/a", "card/new"), start=3):
        give(store, number, item=item, at=NOW + timedelta(days=1, minutes=number))
    assert stabilities(store, DAY) == {}
    assert stabilities(store, TOMORROW) == {"card/a": 1.0, "card/b": 1.0}
    assert stabilities(store, TOMORROW + timedelta(days=1)) == {
        "card/a": 3.0,
        "card/b": 1.0,
        "card/new": 1.0,
    }
    assert (
        store.memories.at_start_of("mina", TOMORROW)["card/b"]
        == store.memories.of("mina")["card/b"]
    )


def test_a_day_begins_the_same_whatever_was_undone_in_it(store: Store) -> None:
    give(store, 1, item="card/a")
    give(store, 2, item="card/a", at=NOW + timedelta(days=1))
    before = stabilities(store, TOMORROW)
    store.log.undo("mina", NOW + timedelta(days=1))
    assert stabilities(store, TOMORROW) == before == {"card/a": 1.0}
    store.log.undo("mina", NOW + timedelta(days=1))  # the answer of the day before
    assert stabilities(store, TOMORROW) == {}


def test_an_answer_that_was_not_scheduled_does_not_move_the_day(store: Store) -> None:
    give(store, 1, item="card/a")
    store.log.record(an_answer(2, item="card/a", at=NOW + timedelta(days=1)), None)
    assert stabilities(store, TOMORROW) == {"card/a": 1.0}


def test_an_item_renamed_today_begins_the_day_as_it_was_under_its_old_name(store: Store) -> None:
    give(store, 1, item="card/a")
    give(store, 2, item="card/a", at=NOW + timedelta(days=1))
    saved_as(store, {"card/a": "card/b"})
    assert store.memories.of("mina")["card/b"].stability == 2.0
    assert stabilities(store, TOMORROW)["card/b"] == 1.0


def test_an_undo_ends_where_names_went_back_and_forth(store: Store) -> None:
    """With no answer in between, each rename was of the same row of the log."""
    there = saved_as(store, {"card/a": "card/b"})
    saved_as(store, {"card/b": "card/a"}, base=there.id, text="and back")
    give(store, 1, item="card/a")
    undone = store.log.undo("mina", NOW)
    assert undone is not None
    assert undone.memory is None


def test_settings_of_a_day_are_kept(store: Store) -> None:
    assert store.learners.ensure("mina", NOW).settings == Settings()
    assert Settings().new_per_day is None
    assert Settings().minutes_a_day == 15
    chosen = Settings(
        new_per_day=7,
        minutes_a_day=25,
        exam_day=date(2027, 1, 15),
        exam_units=("나", "normalization"),
    )
    store.learners.save_settings("mina", chosen)
    assert store.learners.ensure("mina", NOW).settings == chosen
