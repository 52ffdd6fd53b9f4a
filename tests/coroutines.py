"""Runs a coroutine from a test, whatever runs in the test's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The coroutine's result; it gets a thread, and an event loop, of its own.

    A browser that is open for the session keeps an event loop in the tests' thread, and
    `asyncio.run` refuses to start beside another. A test that takes too long does not wait for it.
    """
    promised: Future[T] = Future()

    def work() -> None:
        try:
            promised.set_result(asyncio.run(coroutine))
        except BaseException as error:
            promised.set_exception(error)

    Thread(target=work, daemon=True).start()
    return promised.result()
