"""A database that cannot do its work says what to do, and never shows a password."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, exc, insert

from engine.i18n import Message
from engine.storage import (
    Busy,
    DiskFull,
    ReadOnly,
    StorageError,
    Store,
    Unreachable,
    open_store,
)
from engine.storage.schema import log
from tests.storage.local_postgresql import PASSWORD, PostgreSQL, binaries, free_port
from tests.storage.programs import run_together
from tests.storage.samples import NOW, give, wrong_memories

NOBODY = "65534"
AS_NOBODY = [NOBODY] if os.geteuid() == 0 else []


def set_for_every_connection(store: Store, statement: str) -> None:
    """From now on; connections that are open are closed."""

    def set_it(connection, record) -> None:
        connection.execute(statement)
        connection.commit()

    event.listen(store.database.engine, "connect", set_it)
    store.database.engine.dispose()


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "foo://",
        "garbage",
        "://",
        "host=h user=u password=sesame",
        "mysql://user:sesame@host/database",
        "postgresql+asyncpg://user:sesame@host/database",
        "postgresql://user:se@sesame@host/database",
        "postgresql://user:sesame@host:port/database",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_an_address_that_cannot_be_used_is_explained(url: str, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"SIMCARDS_DATABASE_URL .*postgresql://user") as error:
        open_store(url, tmp_path)
    assert "sesame" not in str(error.value)
    assert isinstance(error.value.message, Message)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_that_is_not_there_is_named_without_its_password(
    scheme: str, tmp_path: Path
) -> None:
    port = free_port()
    url = f"{scheme}://mina:sesame@127.0.0.1:{port}/simcards?sslpassword=sesame"
    with pytest.raises(Unreachable) as error:
        open_store(url, tmp_path)
    assert f"postgresql://mina@127.0.0.1:{port}/simcards does not answer" in str(error.value)
    assert "refused" in str(error.value)
    assert "sesame" not in str(error.value)


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"postgresql://mina:sesame@127.0.0.1:{port}/simcards?connect_timeout=2"
        with pytest.raises(Unreachable, match=r"does not answer .*timeout"):
            open_store(url, tmp_path)


@pytest.mark.postgresql
def test_a_wrong_password_is_not_shown(postgresql: PostgreSQL, tmp_path: Path) -> None:
    url = postgresql.new_database().replace(PASSWORD, "sesame")
    with pytest.raises(Unreachable, match="authentication failed") as error:
        open_store(url, tmp_path)
    assert "sesame" not in str(error.value)


@pytest.mark.postgresql
def test_a_database_that_was_never_created_is_named(postgresql: PostgreSQL, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r'/nowhere does not answer .*"nowhere" does not exist'):
        open_store(postgresql.url("nowhere"), tmp_path)


@pytest.mark.postgresql
def test_a_connection_that_the_server_closed_is_made_again(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    with open_store(postgresql.new_database(), tmp_path) as store:
        give(store, 1)
        postgresql.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        assert give(store, 2).first


@pytest.mark.postgresql
def test_a_server_that_went_away_is_unreachable(postgresql: PostgreSQL, tmp_path: Path) -> None:
    bin = binaries()
    assert bin is not None
    server = PostgreSQL(bin)
    with open_store(server.new_database(), tmp_path) as store:
        give(store, 1)
        server.stop()
        with pytest.raises(Unreachable):
            give(store, 2)
        with pytest.raises(Unreachable):
            store.log.newest_answer("mina")


# Reading only


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that any user can enter, which pytest's are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_made_is_read_only(open_to_all: Path) -> None:
    open_to_all.chmod(0o555)
    (said,) = run_together(1, str(open_to_all / "data"), "", *AS_NOBODY)
    assert said.startswith(f"ReadOnly The database file {open_to_all}/data/simcards.db")
    assert "Allow the user who runs Simcards to write" in said


def test_a_folder_that_may_not_be_written_is_read_only(open_to_all: Path) -> None:
    open_to_all.chmod(0o555)
    (said,) = run_together(1, str(open_to_all), "", *AS_NOBODY)
    assert said.startswith("ReadOnly")


def test_a_database_in_a_folder_that_may_not_be_written_is_read_only(open_to_all: Path) -> None:
    open_store(None, open_to_all).close()
    open_to_all.chmod(0o555)
    (said,) = run_together(1, str(open_to_all), "", *AS_NOBODY)
    assert said.startswith("ReadOnly")


def test_a_file_that_may_not_be_written_is_read_only(open_to_all: Path) -> None:
    open_store(None, open_to_all).close()
    (open_to_all / "simcards.db").chmod(0o444)
    open_to_all.chmod(0o777)
    (said,) = run_together(1, str(open_to_all), "", *AS_NOBODY)
    assert said.startswith("ReadOnly")


def test_a_file_opened_for_reading_is_read_only(tmp_path: Path) -> None:
    open_store(None, tmp_path).close()
    with pytest.raises(ReadOnly):
        open_store(f"sqlite:///file:{tmp_path}/simcards.db?mode=ro&uri=true", tmp_path)


def test_a_disk_that_becomes_read_only_is_noticed_at_the_next_answer(sqlite_store: Store) -> None:
    set_for_every_connection(sqlite_store, "PRAGMA query_only = ON")
    with pytest.raises(ReadOnly, match="cannot be written"):
        give(sqlite_store)
    assert sqlite_store.log.answer("presentation-1") is None


@pytest.mark.postgresql
def test_a_server_that_only_reads_is_read_only(postgresql: PostgreSQL, tmp_path: Path) -> None:
    url = postgresql.new_database()
    with open_store(url, tmp_path) as store:
        database = url.rpartition("/")[2]
        postgresql.run(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
        with pytest.raises(ReadOnly, match="can only be read"):
            open_store(url, tmp_path)
        store.close()
        with pytest.raises(ReadOnly):
            give(store)


@pytest.mark.postgresql
def test_a_user_without_rights_is_told_so(postgresql: PostgreSQL, tmp_path: Path) -> None:
    url = postgresql.new_database()
    postgresql.run("CREATE ROLE visitor LOGIN PASSWORD 'sesame'")
    postgresql.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC", url.rpartition("/")[2])
    with pytest.raises(ReadOnly, match="permission denied"):
        open_store(url.replace(f"simcards:{PASSWORD}", "visitor:sesame"), tmp_path)


# Files that are none


def test_a_folder_in_place_of_the_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "simcards.db").mkdir()
    with pytest.raises(Unreachable, match="cannot be opened"):
        open_store(None, tmp_path)


def test_a_file_in_place_of_the_folder_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(Unreachable, match="must exist and be a folder"):
        open_store(None, tmp_path / "data")


def test_a_file_that_is_no_database_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "simcards.db"
    file.write_text("my shopping list\n" * 100)
    with pytest.raises(StorageError, match="is not a Simcards database, or it is damaged"):
        open_store(None, tmp_path)
    assert file.read_text().startswith("my shopping list")


# Full, busy, and our own mistakes


def test_a_full_disk_loses_nothing_and_works_again_with_room(sqlite_store: Store) -> None:
    give(sqlite_store, 1)
    set_for_every_connection(sqlite_store, "PRAGMA max_page_count = 1")  # than which there are more
    with pytest.raises(DiskFull, match=r"is full.*Free some space"):
        give(sqlite_store, 2, variant="x" * 100_000)
    assert sqlite_store.log.answer("presentation-1") is not None
    assert sqlite_store.log.answer("presentation-2") is None
    assert wrong_memories(sqlite_store) == 0
    set_for_every_connection(sqlite_store, "PRAGMA max_page_count = 1000000")
    assert give(sqlite_store, 2, variant="x" * 100_000).first


def test_a_file_that_somebody_else_holds_is_busy(sqlite_store: Store) -> None:
    set_for_every_connection(sqlite_store, "PRAGMA busy_timeout = 20")
    other = sqlite3.connect(sqlite_store.where, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match="busy for too long"):
        give(sqlite_store)
    other.execute("ROLLBACK")
    other.close()
    assert give(sqlite_store).first


@pytest.mark.postgresql
def test_a_learner_whom_somebody_else_holds_is_busy(postgresql: PostgreSQL, tmp_path: Path) -> None:
    url = postgresql.new_database()
    with open_store(url, tmp_path) as store, psycopg.connect(url) as other:
        store.learners.ensure("mina", NOW)
        set_for_every_connection(store, "SET lock_timeout = '20ms'")
        other.execute("SELECT * FROM learner FOR UPDATE")
        with pytest.raises(Busy):
            give(store)
        other.rollback()
        assert give(store).first


def test_a_mistake_of_ours_is_not_blamed_on_the_database(store: Store) -> None:
    with pytest.raises(exc.IntegrityError), store.database.writing() as connection:
        connection.execute(insert(log).values(learner="nobody", type="answer"))
    assert give(store).first
