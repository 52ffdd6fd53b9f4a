"""`rebuild`: what is remembered is made of the log again, for one learner or all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.__main__ import main
from engine.storage import Store, open_store
from tests.storage.samples import NOW, SIGMA, give

LEARNERS = ("jun", "mina")
DAMAGE = {
    "lost": "DELETE FROM memory WHERE item = 'xavier-normal/sigma'",
    "changed": "UPDATE memory SET stability = stability * 2 WHERE item = 'xavier-normal/sigma'",
    "misnamed": "UPDATE memory SET item = 'other/item' WHERE item = 'xavier-normal/sigma'",
    "unreadable": "UPDATE memory SET due_at = 'soon' WHERE item = 'xavier-normal/sigma'",
    "no day": "UPDATE memory SET due_day = '2026-99-99' WHERE item = 'xavier-normal/sigma'",
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Two learners with two memories each."""
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path))
    with open_store(None, tmp_path) as opened:
        for number, learner in enumerate(LEARNERS):
            opened.learners.ensure(learner, NOW)
            give(opened, 10 * number + 1, learner=learner, item=SIGMA)
            give(opened, 10 * number + 2, learner=learner, item="card/untouched")
        yield opened


def meddle(store: Store, statement: str) -> None:
    with store.database.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE)
def test_damaged_memories_come_back_as_they_were(store: Store, capsys, statement: str) -> None:
    before = {learner: store.memories.of(learner) for learner in LEARNERS}
    meddle(store, statement)
    assert main(["rebuild"]) == 0
    lines = capsys.readouterr().out.splitlines()
    changed = 4 if "other/item" in statement else 2
    assert lines[-1] == f"Memories changed: {changed}. Learners: 2."
    assert len(lines) == changed + 1
    assert {learner: store.memories.of(learner) for learner in LEARNERS} == before
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out == "Memories changed: 0. Learners: 2.\n"


def test_a_line_says_what_changed(store: Store, capsys) -> None:
    meddle(store, "DELETE FROM memory WHERE learner = 'jun' AND item = 'xavier-normal/sigma'")
    meddle(store, "UPDATE memory SET due_at = 'soon' WHERE learner = 'mina'")
    assert main(["rebuild"]) == 0
    lost, *unreadable = capsys.readouterr().out.splitlines()[:-1]
    due = store.memories.of("jun")[SIGMA].due_day
    assert lost == f"jun {SIGMA}: no memory → due {due}, stability 1"
    assert [line.split(" → ")[0] for line in unreadable] == [
        "mina card/untouched: unreadable",
        f"mina {SIGMA}: unreadable",
    ]


def test_a_healthy_database_is_left_alone(store: Store, capsys) -> None:
    rows = "SELECT * FROM memory ORDER BY learner, item"
    with store.database.engine.connect() as connection:
        before = connection.execute(text(rows)).all()
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out == "Memories changed: 0. Learners: 2.\n"
    with store.database.engine.connect() as connection:
        assert connection.execute(text(rows)).all() == before


def test_a_dry_run_says_the_same_and_changes_nothing(store: Store, capsys) -> None:
    assert main(["rebuild", "--dry-run"]) == 0
    meddle(store, DAMAGE["lost"])
    capsys.readouterr()
    assert main(["rebuild", "--dry-run"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "Memories that are not what the log says: 2. Learners: 2."
    assert store.memories.of_item("jun", SIGMA) is None
    assert main(["rebuild"]) == 0
    assert capsys.readouterr().out.splitlines()[:-1] == said[:-1]


def test_one_learner_alone(store: Store, capsys) -> None:
    meddle(store, DAMAGE["lost"])
    assert main(["rebuild", "mina", "--lang", "ko"]) == 0
    assert "mina xavier-normal/sigma" in capsys.readouterr().out
    assert store.memories.differences("mina") == []
    assert [one.item for one in store.memories.differences("jun")] == [SIGMA]


def test_a_learner_who_is_not_there_is_said_and_nobody_changed(store: Store, capsys) -> None:
    meddle(store, DAMAGE["lost"])
    assert main(["rebuild", "mina", "nobody"]) == 2
    assert "There is no learner “nobody”" in capsys.readouterr().err
    assert len(store.memories.differences("mina")) == 1
