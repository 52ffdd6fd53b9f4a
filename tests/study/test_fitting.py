"""A learner's own parameters: fitted, used, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from engine.course import CourseFolder
from engine.scheduling import (
    COURSE_PARAMETERS,
    ENOUGH_TO_FIT,
    RETENTIONS,
    Calendar,
    Memory,
    NotEnough,
    Rating,
    retrievability,
    review,
)
from engine.storage import Settings, Store, open_store
from engine.storage.mapping import answer_values
from engine.storage.schema import log
from engine.study import Person, fit_learner, fit_standing, recall, workloads
from engine.study.fitting import back_to_course, hard_share
from tests.scheduling.fsrs_by_hand import History, a_learner
from tests.scheduling.test_fitting import QUICK, SLOW
from tests.storage.samples import NOW, an_answer, wrong_memories
from tests.storage.test_editing import saved_as
from tests.study.conftest import item_ids

CALENDAR = Calendar("UTC", 4)
LATER = NOW + timedelta(days=1000)


def study(
    store: Store,
    histories: list[History],
    learner: str = "mina",
    items: Sequence[str] = (),
    **answers: Any,
) -> None:
    """Puts the answers into the log in the order of their days, in one transaction.

    items: their ids. answers: what all answers are besides.
    """
    ids = items or [f"card/item-{number}" for number in range(len(histories))]
    given = []
    for number, history in enumerate(histories):
        day = number % 30
        for position, (rating, days) in enumerate(history):
            day += days
            given.append((day, number, position, rating))
    memories: dict[str, Memory] = {}
    rows = []
    for count, (day, number, position, rating) in enumerate(sorted(given)):
        at, item = NOW + timedelta(days=day, seconds=count), ids[number]
        answer = an_answer(
            learner=learner,
            presentation=f"{learner}-{number}-{position}",
            item=item,
            rating=rating,
            at=at,
            study_day=CALENDAR.day(at),
            timezone="UTC",
            fuzz_seed=None,
            **answers,
        )
        memory = review(memories.get(item), Rating(rating), at, CALENDAR, fuzz_seed=None)
        memories[item] = memory
        rows.append(answer_values(answer, scheduled=True, memory=memory))
    with store.database.writing() as connection:
        connection.execute(insert(log), rows)
    store.memories.rebuild(learner)


@pytest.fixture
def store(tmp_path: Path):
    with open_store(None, tmp_path) as opened:
        opened.learners.ensure("mina", NOW)
        yield opened


def test_a_better_fit_is_used_from_now_on_and_can_be_taken_back(store: Store) -> None:
    study(store, a_learner(SLOW, seed=1, items=110))
    before = store.memories.of("mina")
    standing = fit_standing(store, "mina")
    assert standing.enough
    assert (standing.newest, standing.fitted) == (None, False)

    found = fit_learner(store, "mina", LATER)
    assert found.better
    assert store.parameters.weights("mina") == found.parameters
    assert store.memories.of("mina") != before
    assert wrong_memories(store) == 0
    standing = fit_standing(store, "mina")
    assert standing.fitted
    assert standing.newest is not None
    assert standing.newest.log_loss_after == found.log_loss_after < found.log_loss_before
    assert standing.newest.answers == found.answers == standing.answers

    back_to_course(store, "mina", LATER)
    assert store.memories.of("mina") == before
    assert not fit_standing(store, "mina").fitted
    assert len(store.parameters.of("mina")) == 2
    back_to_course(store, "mina", LATER)  # a second click
    assert len(store.parameters.of("mina")) == 2


def test_a_fit_that_is_no_better_is_kept_and_not_used(store: Store) -> None:
    study(store, a_learner(SLOW, seed=2, items=110))
    first = fit_learner(store, "mina", LATER)
    memories = store.memories.of("mina")
    again = fit_learner(store, "mina", LATER)  # of the same answers: as good, so not better
    assert not again.better
    newest = store.parameters.of("mina")[0]
    assert not newest.applied
    assert newest.weights == again.parameters
    assert store.parameters.weights("mina") == first.parameters
    assert store.memories.of("mina") == memories


def test_a_dry_run_keeps_nothing(store: Store) -> None:
    study(store, a_learner(QUICK, seed=3, items=110))
    before = store.memories.of("mina")
    assert fit_learner(store, "mina", LATER, dry_run=True).answers >= ENOUGH_TO_FIT
    assert store.parameters.of("mina") == []
    assert store.memories.of("mina") == before


def test_too_few_answers_are_said(store: Store) -> None:
    study(store, a_learner(QUICK, seed=4, items=5))
    assert not fit_standing(store, "mina").enough
    with pytest.raises(NotEnough):
        fit_learner(store, "mina", LATER)
    assert store.parameters.of("mina") == []


def test_answers_that_were_taken_back_or_are_somebody_elses_do_not_count(store: Store) -> None:
    store.learners.ensure("jun", NOW)
    study(store, [[(3, 0), (3, 3)]] * 4)
    study(store, [[(3, 0), (3, 3)]] * 4, learner="jun")
    store.log.undo("mina", NOW)
    store.log.record(an_answer(999, item="card/item-0", at=LATER), None)  # practice
    assert fit_standing(store, "mina").answers == 3


def test_a_renamed_item_counts_once_under_its_new_name(store: Store) -> None:
    study(store, [[(3, 0), (3, 3)]])
    saved_as(store, {"card/item-0": "card/new"})
    answer = an_answer(5, item="card/new", at=NOW + timedelta(days=9), timezone="UTC")
    store.log.record(answer, lambda m: review(m, Rating.GOOD, answer.at, CALENDAR, fuzz_seed=None))
    rated = store.parameters.rated("mina")
    assert [one.item for one in rated] == ["card/new"] * 3
    assert fit_standing(store, "mina").answers == 2


def test_what_is_known_is_told_by_the_learners_own_parameters(store: Store) -> None:
    study(store, [[(3, 0), (3, 3)]])
    memory = store.memories.of("mina")["card/item-0"]
    day = memory.day + timedelta(days=30)
    flat = (*COURSE_PARAMETERS[:20], 0.1)
    assert recall(memory, day, flat) == retrievability(memory, day, flat) != recall(memory, day)


def test_each_retention_is_played_through_with_the_learners_memories(
    store: Store, course_folder: CourseFolder
) -> None:
    course = course_folder.current(NOW)
    person = Person("mina", Settings(), "en", CALENDAR)
    study(store, [[(3, 0), (3, 3)]] * 9, items=item_ids())
    assert list(workloads(store, person, course, NOW)) == []
    store.learners.ensure("jun", NOW)
    study(store, [[(3, 0), (2, 3), (1, 9), (3, 0)]] * 20, learner="jun", items=item_ids())
    person = Person("jun", Settings(), "en", CALENDAR)
    loads = list(workloads(store, person, course, NOW + timedelta(days=60)))
    assert [load.retention for load in loads] == list(RETENTIONS)
    assert all(load.minutes > 0 for load in loads)
    assert hard_share(store.parameters.rated("jun")) == pytest.approx(1 / 3)
    assert hard_share([]) == 0.0


def test_a_retention_costs_the_time_of_the_items_that_were_met(
    store: Store, course_folder: CourseFolder
) -> None:
    """The same memories, of kinds that take longer and shorter; the plan's times."""
    course = course_folder.current(NOW)
    cost = {}
    for kind in ("flashcard", "order"):
        own = [item for item in course.items if item.kind == kind][:12]
        store.learners.ensure(kind, NOW)
        study(store, [[(3, 0), (3, 3)]] * len(own), kind, [i.id for i in own], milliseconds=None)
        person = Person(kind, Settings(), "en", CALENDAR)
        (first, *_) = workloads(store, person, course, NOW + timedelta(days=60))
        cost[kind] = first.minutes / own[0].seconds
    assert cost["order"] == pytest.approx(cost["flashcard"])


def test_what_left_the_course_costs_nothing(store: Store, course_folder: CourseFolder) -> None:
    study(store, [[(3, 0), (3, 3)]] * 20)
    person = Person("mina", Settings(), "en", CALENDAR)
    assert list(workloads(store, person, course_folder.current(NOW), NOW)) == []
