"""Whether the app can do its work, found out without the event loop ever waiting for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from time import monotonic

log = logging.getLogger("simcards")

#: Seconds after which somebody who asks is told that there is no answer yet.
PATIENCE_SECONDS = 0.7


class Readiness:
    """Asks `check`, which raises if something is wrong, in a thread of its own.

    Whoever asks while a check is under way waits for that one, so that a database that hangs never
    keeps more than one thread.
    """

    def __init__(self, check: Callable[[], None], seconds: float = PATIENCE_SECONDS) -> None:
        self._check = check
        self._seconds = seconds
        self._under_way: Future[bool] | None = None
        self._begun = 0.0

    async def ask(self) -> bool:
        """Whether all is well; False as well if it cannot be found out in time."""
        if self._under_way is None or self._under_way.done():
            self._under_way, self._begun = Future(), monotonic()
            # A daemon: the app can stop though its database hangs.
            Thread(target=self._run, args=(self._under_way,), name="ready", daemon=True).start()
        answer = asyncio.shield(asyncio.wrap_future(self._under_way))
        try:
            # One that has been under way for longer is not waited for again.
            return await asyncio.wait_for(answer, self._begun + self._seconds - monotonic())
        except TimeoutError:
            log.error("the database has not answered within %g seconds", self._seconds)
            return False

    def _run(self, answer: Future[bool]) -> None:
        try:
            self._check()
        except Exception as error:  # whatever it is, the app is not ready; the log says why
            log.error("not ready: %s", error)
            answer.set_result(False)
        else:
            answer.set_result(True)
