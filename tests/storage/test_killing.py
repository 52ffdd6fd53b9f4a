"""`kill -9` at any moment: nothing acknowledged is lost, and nothing counts twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from engine.storage import LoggedAnswer, LoggedUndo, Store, open_store
from tests.storage.programs import start
from tests.storage.samples import wrong_memories

ROUNDS = 30  # of two kills each


def killed_often(folder: Path, database: str | None) -> Counter[str]:
    """What the killed processes were told, and how often each of it."""
    program = start("killing_program.py", str(folder), database or "", str(ROUNDS), "20260301")
    said = program.communicate(timeout=120)[0].splitlines()
    assert program.returncode == 0
    assert said.pop() == f"killed {2 * ROUNDS}"
    assert not [line for line in said if line.startswith("failed")]
    return Counter(said)


def logged_by(store: Store) -> Counter[str]:
    """What the log holds, in the words of what was acknowledged."""
    found = Counter[str]()
    for learner in ("mina", "jun"):
        presentations = {}
        for row in store.log.changes_since(learner, 0):
            if isinstance(row, LoggedAnswer):
                presentations[row.id] = row.answer.presentation
                found[f"answer {row.answer.presentation}"] += 1
            elif isinstance(row, LoggedUndo):
                found[f"undo {presentations[row.undoes]}"] += 1
    return found


def standing_reviews(store: Store, learner: str) -> Counter[str]:
    """item -> answers that stand; `counting` makes that the stability of its memory."""
    rows = [row for row in store.log.changes_since(learner, 0) if isinstance(row, LoggedAnswer)]
    return Counter(row.answer.item for row in rows if not row.undone)


def test_no_acknowledged_answer_is_lost_and_none_counts_twice_when_killed(
    folder: Path, database: str | None
) -> None:
    acknowledged = killed_often(folder, database)
    with open_store(database, folder) as store:
        logged = logged_by(store)
        assert len(acknowledged) > 100
        assert set(acknowledged) <= set(logged)
        assert set(logged.values()) == {1}
        for learner in ("mina", "jun"):
            memories = store.memories.of(learner)
            stabilities = {item: memory.stability for item, memory in memories.items()}
            assert stabilities == standing_reviews(store, learner)
        assert wrong_memories(store) == 0
        if database is None:
            with store.database.engine.connect() as connection:
                for pragma in ("integrity_check", "foreign_key_check"):
                    found = connection.exec_driver_sql(f"PRAGMA {pragma}").all()
                    assert found in ([], [("ok",)])
