"""What the server says of itself to those who watch it, whatever the database does."""

from __future__ import annotations

import asyncio
import resource
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from engine import server
from engine.pages import clock
from engine.pages.resources import close, open_study, tidy
from engine.readiness import Readiness
from tests.coroutines import run

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
    open_study().store.learner("mina", clock.now())
    tidy()
    close()
    assert [file.name for file in data.glob("simcards.db*")] == ["simcards.db"]
