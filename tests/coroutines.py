"""Runs a coroutine from a test, whatever runs in the test's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The coroutine's result; it gets a thread, and an event loop, of its own.

    A browser that is open for the session keeps an event loop in the tests' thread, and
    `asyncio.run` refuses to start beside another.
    """
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()
