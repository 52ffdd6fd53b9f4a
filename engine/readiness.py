"""Whether the app can do its work, found out without the event loop ever waiting for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from time import monotonic

from engine.storage import Damaged, Store

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


class Inspector:
    """Has every store inspected once, in the background, and remembers what was found.

    A file that was exchanged is another store.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._store: Store | None = None
        self._found: Damaged | None = None

    def look(self, store: Store) -> None:
        """Begins, the first time. Raises Damaged where that is what an inspection has found."""
        with self._lock:
            if self._store is store:
                if self._found is not None:
                    raise self._found.with_traceback(None)
                return
            self._store, self._found = store, None
        Thread(target=self._inspect, args=(store,), name="inspect", daemon=True).start()

    def _inspect(self, store: Store) -> None:
        try:
            if not store.inspect():
                log.warning("the database is too large to be read to its end; it is taken as sound")
        except Damaged as error:
            log.error("%s", error)
            self._remember(store, store, error)
        except Exception as error:  # busy, or gone: found out at the next look
            log.warning("the database could not be inspected: %s", error)
            self._remember(store, None, None)

    def _remember(self, store: Store, inspected: Store | None, found: Damaged | None) -> None:
        with self._lock:
            if self._store is store:
                self._store, self._found = inspected, found
