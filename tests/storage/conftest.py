"""An empty store of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.storage import Store, open_store
from tests.conftest import missing
from tests.storage.local_postgresql import HOW_TO_GET_IT, PostgreSQL, binaries
from tests.storage.samples import NOW

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    bin = binaries()
    if bin is None:
        missing(HOW_TO_GET_IT)
    server = PostgreSQL(bin)
    yield server
    server.stop()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest) -> str | None:
    """The address of a database that is not there (SQLite) or empty (PostgreSQL)."""
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgresql").new_database()
    return url


@pytest.fixture(scope="session")
def shared_database(postgresql: PostgreSQL) -> str:
    """A database for all tests that do not care how it was opened."""
    return postgresql.new_database()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where SQLite keeps its file; not there yet."""
    return tmp_path / "data"


@pytest.fixture
def open_it(database: str | None, folder: Path) -> Iterator[Callable[[], Store]]:
    """Opens the test's database, as a program does when it starts; again for every call."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(open_store(database, folder)))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    """Empty but for the learner Mina."""
    in_file = request.param == "sqlite"
    with open_store(
        None if in_file else request.getfixturevalue("shared_database"), folder
    ) as store:
        if not in_file:
            with store.database.engine.begin() as connection:
                connection.execute(
                    text(
                        "TRUNCATE learner, log, memory, revision, head, draft, rename, report, "
                        "course, credential, lesson, aside, parameters"
                    )
                )
        store.learners.ensure("mina", NOW)
        yield store


@pytest.fixture
def sqlite_store(folder: Path) -> Iterator[Store]:
    with open_store(None, folder) as store:
        store.learners.ensure("mina", NOW)
        yield store
