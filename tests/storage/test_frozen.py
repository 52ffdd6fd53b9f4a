"""A server that is frozen: it keeps its connections and answers nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from engine.storage import Store, Unreachable, open_store
from engine.storage.postgresql_timeouts import PATIENCE_SECONDS, PatientConnection
from tests.conftest import missing
from tests.storage.local_postgresql import HOW_TO_GET_IT, PostgreSQL, binaries
from tests.storage.samples import NOW, give

pytestmark = pytest.mark.postgresql


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    bin = binaries()
    if bin is None:
        missing(HOW_TO_GET_IT)
    server = PostgreSQL(bin)
    yield server
    server.stop()


def processes(server: PostgreSQL) -> list[int]:
    """The server and one process for each connection."""
    main = server._process.pid
    told = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(main)], capture_output=True, text=True, check=False
    )
    return [main, *map(int, told.stdout.split())]


@contextmanager
def frozen(server: PostgreSQL) -> Iterator[None]:
    stopped = processes(server)
    try:
        send(signal.SIGSTOP, stopped)
        yield
    finally:
        send(signal.SIGCONT, stopped)


def send(number: signal.Signals, to: list[int]) -> None:
    for process in to:
        with suppress(ProcessLookupError):  # one that has ended since
            os.kill(process, number)


@pytest.fixture
def store(server: PostgreSQL, tmp_path: Path) -> Iterator[Store]:
    with open_store(server.new_database(), tmp_path) as store:
        give(store, 1)
        yield store


def test_a_frozen_server_is_given_up_and_goes_on_when_it_thaws(
    server: PostgreSQL, store: Store
) -> None:
    with frozen(server):
        began = time.monotonic()
        with pytest.raises(Unreachable) as error:
            give(store, 2)
        # Ten times what it takes, as the machine may be busy: without a time-out it is for ever.
        assert time.monotonic() - began < 60
        assert str(server.port) not in str(error.value.message)
        assert str(server.port) in str(error.value)
        with pytest.raises(Unreachable):
            store.log.newest_answer("mina")
    assert give(store, 3).first
    store.beat(NOW)


def test_a_server_that_freezes_within_an_answer_is_given_up(
    server: PostgreSQL, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.storage.opening.PATIENCE_SECONDS", 1.0)
    with (
        pytest.raises(Unreachable, match="no answer within 1 seconds"),
        store.database.writing() as connection,
        frozen(server),
    ):
        store.learners.create(connection, "jun", NOW)
    assert store.learners.ids() == ["mina"]


def test_a_frozen_server_cannot_keep_a_start_waiting(server: PostgreSQL, tmp_path: Path) -> None:
    url = server.new_database()
    with frozen(server), pytest.raises(Unreachable, match="timeout"):
        open_store(url, tmp_path)
    open_store(url, tmp_path).close()


def test_a_connection_waits_longer_than_the_server_allows_a_statement(store: Store) -> None:
    with store.database.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, PatientConnection)
        assert driver.patience == PATIENCE_SECONDS
        for setting in ("statement_timeout", "lock_timeout"):
            told = connection.exec_driver_sql(f"SHOW {setting}").scalar()
            assert 0 < int(str(told).removesuffix("s")) < PATIENCE_SECONDS
