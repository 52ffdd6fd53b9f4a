"""A database of the version before: answers, memories and settings are there as they were."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from engine.scheduling import COURSE_PARAMETERS as COURSE
from engine.storage import (
    LessonRow,
    NewFit,
    Settings,
    Store,
    back_up,
    checked_address,
    open_store,
    restore,
)
from engine.storage.address import address_of
from engine.storage.migrating import alembic_config
from tests.storage.samples import NOW, SIGMA, give

AT = "2026-03-01T09:30:15.000000Z"
SETTINGS = "id, created_at, language, timezone, rollover, new_per_day, desired_retention, name"
MEMORY = (
    '{"state": "review", "step": null, "stability": 2.5, "difficulty": 5.0, "day": "2026-03-01", '
    '"reviewed_at": "2026-03-01T09:30:15.000000Z", "due_day": "2026-03-04", '
    '"due_at": "2026-03-03T19:00:00.000000Z"}'
)
FORMER = [
    f"INSERT INTO learner ({SETTINGS}) VALUES "
    f"('mina', '{AT}', 'ko', 'Asia/Seoul', 5, 7, 0.85, '미나')",
    f"INSERT INTO learner ({SETTINGS}) VALUES ('jun', '{AT}', NULL, NULL, 4, 0, 0.9, NULL)",
    "INSERT INTO log (learner, type, presentation, item, card, kind, mode, scheduled, seed, "
    "attempt, answer_text, rating, at, study_day, timezone, rollover, card_digest, engine_version,"
    " desired_retention, memory_after) VALUES ('mina', 'answer', 'p-1', 'card/item', 'card',"
    f" 'number', 'today', true, 7, 0, '1', 3, '{AT}', '2026-03-01', 'Asia/Seoul', 5, 'd', '0.1',"
    " 0.85, :memory)",
    "INSERT INTO memory VALUES ('mina', 'card/item', 'review', NULL, 2.5, 5.0, '2026-03-01', "
    f"'{AT}', '2026-03-04', '2026-03-03T19:00:00.000000Z', 1)",
]


@pytest.fixture
def migrated(database: str | None, folder: Path) -> Iterator[Store]:
    """A database of the version before, with two learners in it, opened by this one."""
    folder.mkdir()
    engine = create_engine(address_of(database, folder).url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0005")
        for statement in FORMER:
            values = {"memory": MEMORY} if ":memory" in statement else {}
            connection.execute(text(statement), values)
    engine.dispose()
    with ExitStack() as stack:
        yield stack.enter_context(open_store(database, folder))


def test_settings_stay_and_the_number_of_new_items_is_a_bound(migrated: Store) -> None:
    assert migrated.learners.ensure("mina", NOW).settings == Settings(
        language="ko", timezone="Asia/Seoul", rollover=5, new_per_day=7, desired_retention=0.85
    )
    assert migrated.learners.ensure("jun", NOW).settings.new_per_day == 0
    assert migrated.learners.names(["mina"]) == {"mina": "미나"}
    assert migrated.learners.ensure("sora", NOW).settings.new_per_day is None
    assert migrated.learners.ensure("sora", NOW).settings.minutes_a_day == 15


def test_answers_and_memories_stay(migrated: Store) -> None:
    kept = migrated.memories.of_item("mina", "card/item")
    answer = migrated.log.answer("p-1")
    assert answer is not None
    assert answer.memory == kept
    assert migrated.memories.differences("mina") == []
    assert give(migrated, item="card/item").previous == kept
    migrated.log.undo("mina", NOW)
    assert migrated.memories.of_item("mina", "card/item") == kept


def test_the_former_learners_have_lessons_asides_and_parameters(migrated: Store) -> None:
    use(migrated)
    assert said(migrated) == ["read", None, 21]


def use(store: Store) -> None:
    store.lessons.record(
        LessonRow(learner="mina", card="card", how="read", at=NOW, study_day=NOW.date())
    )
    store.asides.put("mina", SIGMA, None, NOW)
    weights = tuple(COURSE)
    store.parameters.record(NewFit(learner="mina", at=NOW, weights=weights, answers=1))


def said(store: Store) -> list[object]:
    weights = store.parameters.weights("mina")
    return [
        store.lessons.of("mina")["card"].how,
        store.asides.of("mina")[SIGMA],
        len(weights or ()),
    ]


def test_a_backup_has_them_and_a_restore_brings_them_back(folder: Path, tmp_path: Path) -> None:
    copy, address = tmp_path / "copy.db", checked_address(None, folder)
    chosen = Settings(minutes_a_day=25, exam_day=NOW.date(), exam_units=("initialization",))
    with open_store(None, folder) as store:
        store.learners.ensure("mina", NOW)
        store.learners.save_settings("mina", chosen)
        use(store)
        before = said(store)
        back_up(address, copy)
        store.asides.take_back("mina", SIGMA)
    restore(address, copy, NOW + timedelta(days=1))
    with open_store(None, folder) as store:
        assert said(store) == before
        assert store.learners.ensure("mina", NOW).settings == chosen
