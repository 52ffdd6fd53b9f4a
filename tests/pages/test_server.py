"""What the server says of itself to those who watch it, whatever the database does."""

from __future__ import annotations

import asyncio
import resource
import shutil
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from engine import server
from engine.pages import clock
from engine.pages.resources import close, open_study, tidy
from engine.readiness import Readiness
from engine.storage import Store, open_store
from tests.coroutines import run
from tests.storage.samples import give

Endpoint = Callable[[Request], Awaitable[Response]]


def told(endpoint: Endpoint) -> tuple[int, str]:
    """What somebody who asks is told."""
    response = run(endpoint(Request({"type": "http"})))
    return response.status_code, bytes(response.body).decode()


ALIVE = (200, '{"status":"ok"}')
READY = (200, '{"status":"ready"}')
NOT_READY = (503, '{"status":"unavailable"}')


def test_alive_and_ready() -> None:
    assert told(server.health) == ALIVE
    assert told(server.ready) == READY


def test_a_database_that_was_deleted_leaves_the_app_alive_but_not_ready(data: Path) -> None:
    open_study()
    (data / "simcards.db").unlink()
    assert told(server.health) == ALIVE
    assert told(server.ready) == NOT_READY


@contextmanager
def no_room() -> Iterator[None]:
    """No file can grow, nor anything be written to one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_without_room_leaves_the_app_alive_but_not_ready_until_there_is_some() -> None:
    assert told(server.ready) == READY
    with no_room():
        assert told(server.health) == ALIVE
        assert told(server.ready) == NOT_READY
    assert told(server.ready) == READY


def test_a_damaged_database_leaves_the_app_alive_but_not_ready(data: Path) -> None:
    (data / "simcards.db").write_bytes(b"\xa5" * 8192)
    assert told(server.health) == ALIVE
    assert told(server.ready) == NOT_READY


def told_in_the_end(expected: tuple[int, str]) -> bool:
    """Whether somebody who asks again and again is told so."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if told(server.ready) == expected:
            return True
        time.sleep(0.02)
    return False


def filled(data: Path) -> Path:
    """A database that was closed, with answers in it."""
    with open_store(None, data) as store:
        for number in range(300):
            give(store, number)
    return data / "simcards.db"


def damage(file: Path, table: str) -> None:
    """Breaks the page at which a table begins."""
    with closing(sqlite3.connect(file)) as connection:
        told = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        at = (told.fetchone()[0] - 1) * 4096
    content = bytearray(file.read_bytes())
    content[at : at + 4] = b"\xff" * 4
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("table", ["log", "memory", "report", "draft"])
def test_damage_that_nobody_has_met_yet_is_found_in_the_background(data: Path, table: str) -> None:
    damage(filled(data), table)
    assert told(server.health) == ALIVE
    assert told_in_the_end(NOT_READY)
    assert told(server.ready) == NOT_READY  # and it stays so
    assert told(server.health) == ALIVE


def test_a_file_that_takes_the_damaged_ones_place_is_looked_at_anew(data: Path) -> None:
    file = filled(data)
    copy = shutil.copy(file, data / "sound.copy")
    damage(file, "memory")
    assert told_in_the_end(NOT_READY)
    for old in data.glob("simcards.db*"):
        old.unlink()
    shutil.move(copy, file)
    assert told_in_the_end(READY)
    # The other way round: a damaged copy is put in the place of the sound one.
    broken = filled(data / "elsewhere")
    damage(broken, "log")
    for old in data.glob("simcards.db*"):
        old.unlink()
    shutil.move(broken, file)
    assert told_in_the_end(NOT_READY)


def test_nobody_waits_for_a_large_file_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, released = threading.Event(), threading.Event()

    def read(_store: Store, *_seconds: float) -> bool:
        reading.set()
        return released.wait(60)

    monkeypatch.setattr(Store, "inspect", read)
    assert [told(server.ready) for _ in range(5)] == [READY] * 5
    assert reading.is_set()
    released.set()


def test_a_server_that_is_not_there_is_told_to_nobody_but_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SIMCARDS_DATABASE_URL", "postgresql://mina:sesame@127.0.0.1:1/simcards")
    assert told(server.ready) == NOT_READY
    assert "mina@127.0.0.1:1" in caplog.text
    assert "sesame" not in caplog.text
    assert told(server.health) == ALIVE


def test_a_check_that_hangs_keeps_one_thread_and_nobody_waiting() -> None:
    released, begun = threading.Event(), []

    def hang() -> None:
        begun.append(threading.current_thread())
        released.wait(60)

    async def ask() -> tuple[list[bool], float]:
        readiness = Readiness(hang, seconds=0.05)
        longest, before = 0.0, time.monotonic()
        asked = [asyncio.create_task(readiness.ask()) for _ in range(20)]
        while not all(task.done() for task in asked):
            await asyncio.sleep(0.001)
            longest, before = max(longest, time.monotonic() - before), time.monotonic()
        answers = [await task for task in asked] + [await readiness.ask()]
        released.set()
        begun[0].join()
        answers.append(await readiness.ask())
        return answers, longest

    answers, longest = run(ask())
    assert answers == [False] * 21 + [True]
    assert len(begun) == 2  # the one that hung, and one after it
    assert longest < 10  # the event loop never waited for it: that would be a minute


def test_a_stopped_server_leaves_one_file(data: Path) -> None:
    open_study().store.learners.ensure("mina", clock.now())
    tidy()
    close()
    assert [file.name for file in data.glob("simcards.db*")] == ["simcards.db"]
