"""Parameters fitted to a learner: what is remembered is made of the log again with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from engine.scheduling import (
    COURSE_PARAMETERS,
    Calendar,
    Memory,
    Rating,
    SettingError,
    review,
)
from engine.storage import NewFit, Recorded, Store, fits
from tests.storage.samples import NOW, an_answer, wrong_memories
from tests.storage.test_editing import saved_as

CALENDAR = Calendar("Asia/Seoul", 4)
#: Half and twice as stable from the first answer on.
FORGETFUL = tuple(w * (0.5 if i < 4 else 1) for i, w in enumerate(COURSE_PARAMETERS))
KEEN = tuple(w * (2 if i < 4 else 1) for i, w in enumerate(COURSE_PARAMETERS))
#: item, days since the beginning, rating
PAST = [("card/a", 0, 3), ("card/b", 0, 1), ("card/a", 3, 3), ("card/b", 4, 2), ("card/a", 9, 1)]


def study(
    store: Store, number: int, item: str, days: int, rating: int, weights: Any = None
) -> Recorded:
    """Answers an item, as the study room does it."""
    at = NOW + timedelta(days=days, minutes=number)
    answer = an_answer(
        number, item=item, at=at, study_day=CALENDAR.day(at), rating=rating, fuzz_seed=number
    )

    def schedule(before: Memory | None) -> Memory:
        kept = {"desired_retention": 0.9, "fuzz_seed": number, "parameters": weights}
        return review(before, Rating(rating), at, CALENDAR, **kept)

    return store.log.record(answer, schedule)


def by_hand(answers: list[tuple[int, str, int, int]], weights: Any) -> dict[str, Memory]:
    """What these answers lead to, with the same weights from the beginning."""
    memories: dict[str, Memory] = {}
    for number, item, days, rating in answers:
        at = NOW + timedelta(days=days, minutes=number)
        memories[item] = review(
            memories.get(item), Rating(rating), at, CALENDAR, fuzz_seed=number, parameters=weights
        )
    return memories


def numbered(past: list[tuple[str, int, int]], first: int = 1) -> list[tuple[int, str, int, int]]:
    return [(number, *rest) for number, rest in enumerate(past, start=first)]


def past(store: Store) -> dict[str, Memory]:
    for answer in numbered(PAST):
        study(store, *answer)
    return store.memories.of("mina")


def apply(store: Store, weights: Any, **more: Any) -> Any:
    at = NOW + timedelta(days=10)
    return store.parameters.record(
        NewFit(learner="mina", at=at, weights=weights, answers=len(PAST), **more)
    )


def test_a_fit_is_kept_as_a_revision_and_the_newest_applied_one_counts(store: Store) -> None:
    assert store.parameters.of("mina") == []
    assert store.parameters.weights("mina") is None
    past(store)
    first = apply(store, KEEN, log_loss_before=0.5, log_loss_after=0.4)
    worse = apply(store, FORGETFUL, log_loss_before=0.4, log_loss_after=0.6, applied=False)
    assert store.parameters.of("mina") == [worse, first]
    assert store.parameters.weights("mina") == KEEN
    assert store.parameters.weights("jun") is None
    back = apply(store, None)
    assert (back.weights, back.log_loss_after) == (None, None)
    assert store.parameters.weights("mina") is None


def test_memories_are_made_again_with_the_applied_parameters(store: Store) -> None:
    before = past(store)
    apply(store, KEEN)
    assert store.memories.of("mina") == by_hand(numbered(PAST), KEEN)
    assert store.memories.of("mina") != before
    assert wrong_memories(store) == 0


def test_parameters_that_are_not_applied_change_nothing(store: Store) -> None:
    before = past(store)
    apply(store, KEEN, applied=False)
    assert store.memories.of("mina") == before
    assert wrong_memories(store) == 0


def test_going_back_brings_back_what_was_remembered(store: Store) -> None:
    before = past(store)
    apply(store, KEEN)
    apply(store, None)
    assert store.memories.of("mina") == before


def test_an_undo_across_a_change_of_parameters_gives_the_right_memory(store: Store) -> None:
    past(store)
    apply(store, KEEN)
    later = [(6, "card/a", 12, 3), (7, "card/c", 12, 3), (8, "card/a", 30, 3)]
    for answer in later:
        study(store, *answer, weights=KEEN)
    answers = [*numbered(PAST), *later]
    assert wrong_memories(store) == 0
    while answers:
        assert store.memories.of("mina") == by_hand(answers, KEEN)
        answers.pop()
        store.log.undo("mina", NOW)
        assert wrong_memories(store) == 0
    assert store.memories.of("mina") == {}


def test_an_undo_after_two_changes_follows_the_newest(store: Store) -> None:
    past(store)
    apply(store, KEEN)
    study(store, 6, "card/a", 12, 3, weights=KEEN)
    apply(store, FORGETFUL)
    assert store.memories.of("mina") == by_hand([*numbered(PAST), (6, "card/a", 12, 3)], FORGETFUL)
    store.log.undo("mina", NOW)
    store.log.undo("mina", NOW)
    assert store.memories.of("mina") == by_hand(numbered(PAST)[:-1], FORGETFUL)
    assert wrong_memories(store) == 0


def test_a_day_begins_with_the_parameters_of_now(store: Store) -> None:
    past(store)
    apply(store, KEEN)
    study(store, 6, "card/a", 12, 3, weights=KEEN)
    day = CALENDAR.day(NOW)
    assert store.memories.at_start_of("mina", day + timedelta(days=12)) == by_hand(
        numbered(PAST), KEEN
    )
    assert store.memories.at_start_of("mina", day + timedelta(days=4)) == by_hand(
        numbered(PAST)[:3], KEEN
    )


def test_a_renamed_item_takes_its_answers_along(store: Store) -> None:
    past(store)
    saved_as(store, {"card/a": "card/z"})
    study(store, 6, "card/z", 11, 3)
    apply(store, KEEN)
    own = [(n, "card/z", d, r) for n, i, d, r in numbered(PAST) if i == "card/a"]
    expected = by_hand([*own, (6, "card/z", 11, 3)], KEEN)["card/z"]
    assert store.memories.of_item("mina", "card/z") == expected
    assert wrong_memories(store) == 0
    undone = store.log.undo("mina", NOW)
    assert undone is not None
    assert undone.memory == by_hand(own, KEEN)["card/z"]
    assert wrong_memories(store) == 0


@pytest.mark.parametrize(
    "weights",
    [
        COURSE_PARAMETERS[:19],
        (-1.0, *COURSE_PARAMETERS[1:]),
        (float("nan"), *COURSE_PARAMETERS[1:]),
    ],
    ids=["too few", "out of range", "nan"],
)
def test_parameters_that_are_no_use_change_nothing(store: Store, weights: Any) -> None:
    before = past(store)
    with pytest.raises(SettingError, match="FSRS"):
        apply(store, weights)
    assert store.parameters.of("mina") == []
    assert store.memories.of("mina") == before


def test_parameters_that_are_no_use_are_refused_before_there_is_any_answer(store: Store) -> None:
    with pytest.raises(SettingError, match="FSRS"):
        apply(store, COURSE_PARAMETERS[:3])
    assert store.parameters.of("mina") == []


def test_what_is_answered_while_parameters_are_applied_counts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memories are made before the transaction; one that came in between is made within it."""
    past(store)
    made_ready = fits.made_ready

    def and_then_an_answer(*arguments: Any) -> Any:
        ready = made_ready(*arguments)
        study(store, 6, "card/a", 12, 3)
        return ready

    monkeypatch.setattr(fits, "made_ready", and_then_an_answer)
    apply(store, KEEN)
    expected = by_hand([*numbered(PAST), (6, "card/a", 12, 3)], KEEN)
    assert store.memories.of("mina") == expected
    assert wrong_memories(store) == 0


def test_what_was_damaged_is_made_again_with_the_learners_parameters(store: Store) -> None:
    past(store)
    apply(store, KEEN)
    with store.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM memory WHERE learner = 'mina'"))
    assert wrong_memories(store) == 2
    assert len(store.memories.rebuild("mina")) == 2
    assert store.memories.of("mina") == by_hand(numbered(PAST), KEEN)


def test_what_others_remember_stays(store: Store) -> None:
    past(store)
    store.learners.ensure("jun", NOW)
    answer = an_answer(99, learner="jun", item="card/a", at=NOW)
    store.log.record(
        answer, lambda before: review(before, Rating.GOOD, NOW, CALENDAR, fuzz_seed=None)
    )
    before = store.memories.of("jun")
    apply(store, KEEN)
    assert store.memories.of("jun") == before
    assert wrong_memories(store) == 0
