"""Starting: the file and its folder, the schema, and several programs at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, text

import engine.storage.migrating
from engine.storage import NewerDatabase, Store, open_store
from engine.storage.migrating import MIGRATIONS
from engine.storage.schema import HEAD, metadata
from tests.storage.programs import ROOT, run_together
from tests.storage.samples import NOW, SIGMA, give, wrong_memories


def engine_of(store: Store) -> Engine:
    return store.database.engine


def pragma(store: Store, name: str) -> object:
    with engine_of(store).connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_the_first_start_makes_the_folder_and_the_file(tmp_path: Path) -> None:
    with open_store(None, tmp_path / "a" / "data") as store:
        assert store.where == str(tmp_path / "a" / "data" / "simcards.db")
    assert (tmp_path / "a" / "data" / "simcards.db").is_file()


def test_a_blank_address_means_the_file(tmp_path: Path) -> None:
    with open_store("  ", tmp_path) as store:
        assert store.where == str(tmp_path / "simcards.db")


def test_a_file_of_another_name_can_be_given(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "나의.db"
    with open_store(f"sqlite:///{file}", tmp_path) as store:
        assert store.where == str(file)
    assert file.is_file()


def test_sqlite_is_as_durable_as_it_can_be(tmp_path: Path) -> None:
    with open_store(None, tmp_path) as store:
        assert pragma(store, "journal_mode") == "wal"
        assert pragma(store, "synchronous") == 2
        assert pragma(store, "foreign_keys") == 1
        assert pragma(store, "busy_timeout") == 5_000


def test_what_was_kept_is_there_at_the_next_start(open_it: Callable[[], Store]) -> None:
    store = open_it()
    recorded = give(store)
    store.close()
    again = open_it()
    assert again.log.answer("presentation-1") == recorded.logged
    assert again.memories.of("mina") == {SIGMA: recorded.memory}


def test_the_migrations_make_exactly_the_schema_that_the_code_uses(store: Store) -> None:
    with engine_of(store).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_head_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_a_database_that_is_up_to_date_opens_without_alembic(
    open_it: Callable[[], Store], folder: Path, database: str | None
) -> None:
    open_it()
    program = (
        "import sys; from engine.storage import open_store;"
        "open_store(sys.argv[1] or None, sys.argv[2]).close();"
        "assert 'alembic' not in sys.modules"
    )
    command = [sys.executable, "-c", program, database or "", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)


def test_programs_that_start_together_all_succeed(folder: Path, database: str | None) -> None:
    said = run_together(4, str(folder), database or "")
    firsts = [int(line.removeprefix("first ")) for line in said]
    assert sum(firsts) == 20  # each presentation is the first for one of them
    with open_store(database, folder) as store:
        assert store.memories.of("mina")[SIGMA].stability == 20.0
        assert wrong_memories(store) == 0


def test_a_database_from_a_newer_version_is_left_alone(
    open_it: Callable[[], Store],
) -> None:
    store = open_it()
    with engine_of(store).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(NewerDatabase, match=r"newer version .*0999.*Update Simcards") as error:
        open_it()
    assert store.where in str(error.value)


def test_a_migration_that_breaks_off_leaves_nothing_behind(
    database: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def upgrade_halfway(connection: object) -> None:
        real(connection)
        raise KeyboardInterrupt

    real = engine.storage.migrating.upgrade
    monkeypatch.setattr(engine.storage.migrating, "upgrade", upgrade_halfway)
    with pytest.raises(KeyboardInterrupt):
        open_store(database, folder)
    monkeypatch.undo()
    with open_store(database, folder) as store:
        assert give(store).first


def test_no_query_reads_a_whole_table(sqlite_store: Store) -> None:
    """Every select that a store makes is answered from an index."""
    scans = []

    def explain(connection, cursor, statement, parameters, context, many) -> None:
        if statement.startswith("SELECT"):
            plan = connection.connection.cursor().execute(
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
            scans.extend(row[3] for row in plan if row[3].startswith("SCAN"))

    give(sqlite_store)
    event.listen(engine_of(sqlite_store), "before_cursor_execute", explain)
    day = NOW.date()
    give(sqlite_store, 2)
    sqlite_store.log.undo("mina", NOW)
    sqlite_store.log.answer("presentation-1")
    sqlite_store.log.newest_answer("mina")
    sqlite_store.log.answered_count("mina", day)
    sqlite_store.log.has_answered_card("mina", "card")
    sqlite_store.log.paces(day, 50, learner="mina")
    sqlite_store.log.newest_answer_to("mina", SIGMA, 7)
    sqlite_store.log.tries("mina", SIGMA, 7)
    sqlite_store.log.answers_between("mina", day, day)
    sqlite_store.log.first_answered_on("mina", day)
    sqlite_store.log.changes_since("mina", 0)
    sqlite_store.log.last_id("mina")
    sqlite_store.memories.of("mina")
    assert scans == []
