"""Fifty learners at once, and what a session weighs."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable

import numpy as np

from tests.bench.row import Row
from tests.bench.serving import resident_megabytes, served
from tests.bench.streamlit_client import Session

LEARNERS = 50
THINK = 2.0
SECONDS = 24.0
WARMING = 20
DWELL = 0.4  # a click that comes sooner is not taken
Step = Callable[[Session], Awaitable[float]]


def learners() -> list[Row]:
    """95th percentile of a click while 50 learners answer every 2 s; memory a session."""
    with tempfile.TemporaryDirectory() as data:
        environment = {"SIMCARDS_DATA": data, "SIMCARDS_LEARNERS": "browser"}
        with served("engine.server:app", **environment) as (url, pid):
            ours, our_weight = asyncio.run(_crowd(url, pid, _study))
    with served("tests.bench.ten_lines_server:app") as (url, pid):
        theirs, their_weight = asyncio.run(_crowd(url, pid, _press))
    against = "the ten-line app, same settings"
    return [
        Row(
            f"{LEARNERS} learners, a click every {THINK:g} s: p95",
            against,
            ours * 1e3,
            theirs * 1e3,
            "ms",
            3,
        ),
        Row("memory a session", against, our_weight, their_weight, "MB", 1.5),
    ]


async def _study(session: Session) -> float:
    """Whatever comes next for a learner: start, answer, rate, go on."""
    session.fill()
    for word in ("**Enter**", "**Space**", "**3**"):
        if session.has_button(word):
            return await session.click(word)
    raise KeyError([button.label for button, _ in session.of_type("button")])


async def _press(session: Session) -> float:
    return await session.click("Next")


async def _crowd(url: str, pid: int, step: Step) -> tuple[float, float]:
    """p95 seconds of a click, and megabytes a session."""
    first = Session(url, _cookie(url))
    await first.open()
    await _walk(first, step, WARMING)  # what all sessions share is paid for once, and not by them
    before = resident_megabytes(pid)
    sessions = [Session(url, _cookie(url)) for _ in range(LEARNERS)]
    for session in sessions:
        await session.open()
        await _walk(session, step, 2)
    weight = (resident_megabytes(pid) - before) / LEARNERS
    took: list[float] = []
    begin = time.perf_counter()
    await asyncio.gather(*(_learner(session, step, begin, took) for session in sessions))
    for session in [first, *sessions]:
        await session.close()
    errors = [error for session in sessions for error in session.errors]
    if errors:
        raise RuntimeError(errors[0])
    return float(np.percentile(took, 95)), weight


async def _walk(session: Session, step: Step, clicks: int) -> None:
    for _ in range(clicks):
        await step(session)
        await asyncio.sleep(DWELL)


async def _learner(session: Session, step: Step, begin: float, took: list[float]) -> None:
    # Over two clicks, so that at any time some answer while others go on.
    await asyncio.sleep(random.random() * 2 * THINK)
    while time.perf_counter() - begin < SECONDS:
        seconds = await step(session)
        if time.perf_counter() - begin > 3 * THINK:  # everybody has started
            took.append(seconds)
        await asyncio.sleep(max(0.0, THINK - seconds))


def _cookie(url: str) -> str:
    """A new learner's, as the server makes it."""
    with urllib.request.urlopen(url) as page:
        return str(page.headers["Set-Cookie"]).partition(";")[0]
