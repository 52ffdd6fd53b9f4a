from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from engine.storage import LoggedUndo, Store
from tests.storage.samples import NOW, SIGMA, an_answer, give

LATER = NOW + timedelta(hours=1)


def test_undo_takes_back_the_newest_answer_and_its_memory(store: Store) -> None:
    first, second = give(store, 1), give(store, 2)
    undone = store.log.undo("mina", LATER)
    assert undone is not None
    assert undone.first
    assert undone.logged.id == second.logged.id
    assert undone.logged.undone
    assert undone.memory == first.memory
    assert store.memories.of("mina") == {SIGMA: first.memory}


def test_undoing_an_items_only_answer_forgets_the_item(store: Store) -> None:
    give(store)
    undone = store.log.undo("mina", LATER)
    assert undone is not None
    assert undone.memory is None
    assert store.memories.of("mina") == {}


def test_undo_goes_one_further_back_each_time_until_nothing_is_left(store: Store) -> None:
    for number in (1, 2, 3):
        give(store, number, item=f"card/item-{number}")
    undone = [store.log.undo("mina", LATER) for _ in range(4)]
    presentations = [one and one.logged.answer.presentation for one in undone]
    assert presentations == ["presentation-3", "presentation-2", "presentation-1", None]
    assert store.memories.of("mina") == {}


def test_undo_survives_a_restart(open_it: Callable[[], Store]) -> None:
    store = open_it()
    for number in (1, 2, 3):
        give(store, number)
    store.log.undo("mina", LATER)
    store.close()
    again = open_it()
    undone = again.log.undo("mina", LATER)
    assert undone is not None
    assert undone.logged.answer.presentation == "presentation-2"
    assert again.memories.of("mina")[SIGMA].stability == 1.0


def test_an_undone_presentation_still_counts_as_answered(store: Store) -> None:
    give(store)
    store.log.undo("mina", LATER)
    again = give(store)
    assert not again.first
    assert again.logged.undone
    assert store.memories.of("mina") == {}


def test_after_an_undo_the_item_can_be_answered_anew(store: Store) -> None:
    give(store, 1)
    store.log.undo("mina", LATER)
    anew = give(store, 2)
    assert anew.previous is None
    assert anew.memory is not None
    assert anew.memory.stability == 1.0
    assert store.log.tries("mina", SIGMA, 7) == 2


def test_undoing_practice_leaves_the_schedule_alone(store: Store) -> None:
    scheduled = give(store, 1)
    store.log.record(an_answer(2, mode="practice"), None)
    undone = store.log.undo("mina", LATER)
    assert undone is not None
    assert undone.logged.answer.presentation == "presentation-2"
    assert undone.memory == scheduled.memory
    assert store.memories.of("mina") == {SIGMA: scheduled.memory}


def test_undo_with_nothing_to_undo_is_none(store: Store) -> None:
    assert store.log.undo("mina", LATER) is None
    assert store.log.undo("nobody", LATER) is None
    assert store.log.undo("mina", LATER, expected="presentation-1") is None


def test_a_double_click_on_undo_undoes_once(store: Store) -> None:
    first = give(store, 1)
    give(store, 2)
    one = store.log.undo("mina", LATER, expected="presentation-2")
    two = store.log.undo("mina", LATER, expected="presentation-2")
    assert one is not None
    assert two is not None
    assert (one.first, two.first) == (True, False)
    assert one.logged == two.logged
    assert one.memory == two.memory == first.memory


def test_undo_leaves_a_newer_answer_than_the_expected_one_alone(store: Store) -> None:
    give(store, 1)
    give(store, 2)
    assert store.log.undo("mina", LATER, expected="presentation-1") is None
    assert store.memories.of("mina")[SIGMA].stability == 2.0


def test_nobody_undoes_somebody_elses_answer(store: Store) -> None:
    give(store, 1)
    give(store, 2, learner="jun")
    store.log.undo("jun", LATER)
    assert store.log.undo("mina", LATER, expected="presentation-2") is None
    assert store.memories.of("mina")[SIGMA].stability == 1.0


def test_eight_threads_undoing_the_same_answer_undo_it_once(store: Store) -> None:
    give(store, 1)
    give(store, 2)
    with ThreadPoolExecutor(8) as threads:
        undone = list(
            threads.map(lambda _: store.log.undo("mina", LATER, "presentation-2"), range(8))
        )
    assert sum(one is not None and one.first for one in undone) == 1
    assert store.memories.of("mina")[SIGMA].stability == 1.0


def test_an_undo_is_a_row_of_its_own_with_the_memory_it_left(store: Store) -> None:
    first, second = give(store, 1), give(store, 2)
    store.log.undo("mina", LATER)
    row = store.log.changes_since("mina", 0)[-1]
    assert row == LoggedUndo(
        id=row.id,
        learner="mina",
        undoes=second.logged.id,
        item=SIGMA,
        scheduled=True,
        memory=first.memory,
        at=LATER,
    )
