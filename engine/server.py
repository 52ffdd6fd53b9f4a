"""The server: Streamlit as an ASGI application, with what a page alone cannot do.

`uvicorn engine.server:app` serves it (`make run` does). `streamlit run app.py` works too, without
what is here: imports are then paid by the first visitor, and every visitor is the same learner.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engine.configuration import LEARNER_COOKIE, ConfigurationError, learners_by_browser
from engine.readiness import Readiness
from engine.storage import StorageError

ROOT = Path(__file__).resolve().parent.parent
#: Seconds between two checkpoints of SQLite's log.
TIDY_SECONDS = 60
TEN_YEARS = 10 * 365 * 24 * 3600

log = logging.getLogger("simcards")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Pays for imports, migrations and the first reading of the course before anyone waits."""
    from engine.pages import clock, shell  # noqa: F401  (imported for the first visitor)
    from engine.pages.resources import close, open_study

    leave_logging_to_uvicorn()
    try:
        await asyncio.to_thread(lambda: open_study().warm(clock.now()))
    except StorageError as error:
        # The page says that it does not work to whoever opens it, and tries again.
        log.error("%s", error)
    tidying = asyncio.create_task(tidy_now_and_then())
    yield None
    tidying.cancel()
    await asyncio.to_thread(close)


async def tidy_now_and_then(seconds: float = TIDY_SECONDS) -> None:
    """Keeps what SQLite's file itself holds no more than this behind."""
    from engine.pages.resources import tidy

    while True:
        await asyncio.sleep(seconds)
        await asyncio.to_thread(tidy)


def leave_logging_to_uvicorn() -> None:
    """Takes back the handlers that Streamlit gives uvicorn's loggers when it reads its settings.

    With them every line comes twice, and one for every script and font in spite of --no-access-log.
    """
    for name in ("uvicorn", "uvicorn.access", "uvicorn.asgi", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.removeHandler(getattr(logger, "streamlit_console_handler", logging.NullHandler()))


async def health(_request: Request) -> JSONResponse:
    """200 while the process is alive; nothing else is asked."""
    return JSONResponse({"status": "ok"})


def check_database() -> None:
    """Raises an error unless the database can be read and written."""
    from engine.pages import clock
    from engine.pages.resources import open_study

    open_study().store.beat(clock.now())


READINESS = Readiness(check_database)


async def ready(_request: Request) -> JSONResponse:
    """200 when answers can be read and written, 503 when not, within a second; the log says why."""
    if await READINESS.ask():
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "unavailable"}, status_code=503)


class LearnerCookie(BaseHTTPMiddleware):
    """Gives a browser that has none a random name to be remembered by."""

    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Sets the cookie on the page itself; a cookie not of our making is replaced."""
        response = await call_next(request)
        known = request.cookies.get(LEARNER_COOKIE, "")
        is_page = response.headers.get("content-type", "").startswith("text/html")
        if is_page and not re.fullmatch(r"[0-9a-f]{32}", known):
            response.set_cookie(
                LEARNER_COOKIE,
                secrets.token_hex(16),
                max_age=TEN_YEARS,
                httponly=True,
                samesite="lax",
                secure=request.url.scheme == "https",
            )
        return response


def _middleware() -> list[Middleware]:
    try:
        return [Middleware(LearnerCookie)] if learners_by_browser() else []
    except ConfigurationError as error:
        raise SystemExit(str(error)) from error


app = st.App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=[Route("/health", health), Route("/ready", ready)],
    middleware=_middleware(),
)
