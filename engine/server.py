"""The server: Streamlit as an ASGI application, with what a page alone cannot do.

`uvicorn engine.server:app` serves it (`make run` does). `streamlit run app.py` works too, without
what is here: imports are then paid by the first visitor, and every visitor is the same learner.
"""

from __future__ import annotations

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
from engine.document import MarkedDocument
from engine.storage import StorageError

ROOT = Path(__file__).resolve().parent.parent
TEN_YEARS = 10 * 365 * 24 * 3600

log = logging.getLogger("simcards")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Pays for imports, migrations and the first reading of the course before anyone waits."""
    from engine.pages import clock, shell  # noqa: F401  (imported for the first visitor)
    from engine.pages.resources import open_study

    leave_logging_to_uvicorn()
    try:
        open_study().warm(clock.now())
    except StorageError as error:
        # The page says the same to whoever opens it, and tries again.
        log.error("%s", error)
    yield None


def leave_logging_to_uvicorn() -> None:
    """Takes back the handlers that Streamlit gives uvicorn's loggers when it reads its settings.

    With them every line comes twice, and one for every script and font in spite of --no-access-log.
    """
    for name in ("uvicorn", "uvicorn.access", "uvicorn.asgi", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.removeHandler(getattr(logger, "streamlit_console_handler", logging.NullHandler()))


async def health(_request: Request) -> JSONResponse:
    """200 when the database answers, 503 when it does not."""
    from engine.pages.resources import open_study

    try:
        open_study().store.ping()
    except StorageError as error:
        return JSONResponse({"status": "unavailable", "why": str(error)}, status_code=503)
    return JSONResponse({"status": "ok"})


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
        cookies = [Middleware(LearnerCookie)] if learners_by_browser() else []
    except ConfigurationError as error:
        raise SystemExit(str(error)) from error
    return [*cookies, Middleware(MarkedDocument)]


app = st.App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=[Route("/health", health)],
    middleware=_middleware(),
)
