"""No query of a learner's page walks through the log, whoever else is in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import event, insert, text

from engine.storage import Store
from engine.storage.mapping import answer_values
from engine.storage.schema import log
from tests.storage.samples import NOW, SIGMA, an_answer, give

OTHERS = 20_000


def crowd(store: Store) -> None:
    """Another learner's answers, so many that a planner would rather not read them."""
    store.learners.ensure("jun", NOW)
    rows = [
        answer_values(
            an_answer(number, learner="jun", item=f"card/item-{number % 400}"),
            scheduled=True,
            memory=None,
        )
        for number in range(1_000_000, 1_000_000 + OTHERS)
    ]
    with store.database.writing() as connection:
        connection.execute(insert(log), rows)
        connection.execute(text("ANALYZE"))


def plans_of(store: Store) -> list[str]:
    """Fills itself with a line for every step of the plan of every select."""
    lines: list[str] = []
    on_file = store.database.engine.dialect.name == "sqlite"
    how = "EXPLAIN QUERY PLAN" if on_file else "EXPLAIN"

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked = connection.connection.cursor()
            rows = asked.execute(f"{how} {statement}", parameters).fetchall()
            lines.extend(str(row[3] if on_file else row[0]).strip() for row in rows)

    event.listen(store.database.engine, "before_cursor_execute", explain)
    return lines


def use_everything(store: Store) -> None:
    day = NOW.date()
    give(store, 2)
    store.log.undo("mina", NOW + timedelta(days=1))
    store.log.answer("presentation-1")
    store.log.newest_answer("mina")
    store.log.answered_count("mina", day)
    store.log.has_answered_card("mina", "card")
    store.log.paces(day, 50, learner="mina")
    store.log.newest_answer_to("mina", SIGMA, 7)
    store.log.answered_as("mina", "today", SIGMA, 7, 0)
    store.log.tries("mina", SIGMA, 7)
    store.log.answer_count("mina", SIGMA)
    store.log.answers_between("mina", day, day)
    store.log.first_answered_on("mina", day)
    store.log.changes_since("mina", 0)
    store.log.last_id("mina")
    store.log.newest_scheduled("mina", SIGMA)
    store.log.misses("mina", SIGMA)
    store.mark("mina")
    store.asides.entries("mina")
    store.memories.of("mina")


def test_no_query_walks_through_the_log_of_others(store: Store) -> None:
    crowd(store)
    give(store, 1)
    lines = plans_of(store)
    use_everything(store)
    assert len(lines) > 20
    walks = ("SCAN log", "SCAN undo", "SCAN earlier", "Seq Scan on log")
    assert [line for line in lines if any(walk in line for walk in walks)] == []
