"""Memories are the log's cache: whatever happens, they are what the log says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from engine.scheduling.memory import Memory
from engine.storage import LoggedAnswer, LoggedUndo, LogRow, Store
from tests.storage.samples import NOW, SIGMA, an_answer, counting, give, wrong_memories

ITEMS = ("card/a", "card/b", "card/c")
numbers = count(1)
ANSWER = st.tuples(st.sampled_from(ITEMS), st.booleans())
#: answers (item, whether scheduled), the answer before once more, and undos
STEPS = st.lists(st.one_of(ANSWER, st.just("again"), st.just("undo")), max_size=14)


def expected_memories(rows: Iterator[LogRow]) -> dict[str, float]:
    """item -> stability, by replaying the log with `counting` from nothing."""
    standing: list[LoggedAnswer] = []
    for row in rows:
        if isinstance(row, LoggedUndo):
            standing = [logged for logged in standing if logged.id != row.undoes]
        else:
            standing.append(row)
    memories: dict[str, Memory] = {}
    for logged in standing:
        if logged.scheduled:
            item = logged.answer.item
            memories[item] = counting(logged.answer.at)(memories.get(item))
    return {item: memory.stability for item, memory in memories.items()}


def take(store: Store, learner: str, steps: list[object]) -> None:
    answer = None
    for step in steps:
        if step == "undo":
            store.log.undo(learner, NOW)
        elif step == "again":
            if answer is not None:
                store.log.record(answer, counting(answer.at))
        else:
            item, scheduled = step
            number = next(numbers)
            answer = an_answer(number, learner=learner, item=item)
            store.log.record(answer, counting(answer.at) if scheduled else None)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
)
@given(steps=STEPS)
def test_memories_are_what_the_log_says_after_any_answers_and_undos(
    store: Store, steps: list[object]
) -> None:
    learner = f"learner-{next(numbers)}"
    take(store, learner, steps)
    memories = store.memories.of(learner)
    assert {item: memory.stability for item, memory in memories.items()} == expected_memories(
        store.log.changes_since(learner, 0)
    )
    assert store.memories.rebuild(learner) == []
    assert store.memories.of(learner) == memories


def meddle(store: Store, statement: str) -> None:
    engine = create_engine(store.database.engine.url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM memory WHERE item = 'xavier-normal/sigma'",
        "UPDATE memory SET stability = stability + 1e-9 WHERE item = 'xavier-normal/sigma'",
        "UPDATE memory SET item = 'other/item' WHERE item = 'xavier-normal/sigma'",
    ],
    ids=["lost", "changed", "misnamed"],
)
def test_a_cache_that_went_wrong_is_noticed_and_rebuilt(store: Store, statement: str) -> None:
    give(store, 1)
    give(store, 2, item="card/untouched")
    right = store.memories.of("mina")
    meddle(store, statement)
    wrong = 2 if "SET item" in statement else 1
    assert wrong_memories(store) == wrong
    assert len(store.memories.rebuild("mina")) == wrong
    assert store.memories.of("mina") == right
    assert wrong_memories(store) == 0


def test_checking_changes_nothing(store: Store) -> None:
    give(store)
    meddle(store, "DELETE FROM memory")
    assert wrong_memories(store) == 1
    assert store.memories.of_item("mina", SIGMA) is None


def test_memories_are_rebuilt_while_somebody_answers(store: Store) -> None:
    answered: list[int] = []

    def answer() -> None:
        for number in range(100, 140):
            give(store, number, item=f"card/item-{number % 7}")
            answered.append(number)

    learner = Thread(target=answer)
    learner.start()
    while learner.is_alive():
        assert store.memories.rebuild("mina") == []
    learner.join()
    assert len(answered) == 40
    assert wrong_memories(store) == 0
