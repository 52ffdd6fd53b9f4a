"""The server: Streamlit as an ASGI application, with what a page alone cannot do.

`uvicorn engine.server:app` serves it (`make run` does). `streamlit run app.py` works too, without
what is here: imports are then paid by the first visitor, and every visitor is the same learner.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.config import set_option

from engine import configuration, logs
from engine.configuration import ConfigurationError
from engine.document import MarkedDocument, marked
from engine.i18n import DEFAULT_LANGUAGE, say
from engine.readiness import Inspector, Readiness
from engine.serving import HostConfig, KnownHosts, NoUploads, SecurityHeaders, Visitors
from engine.storage import Credentials, StorageError, checked_address

ROOT = Path(__file__).resolve().parent.parent
#: Streamlit's document, in which every page comes.
DOCUMENT = Path(st.__file__).parent / "static" / "index.html"
#: Seconds between two checkpoints of SQLite's log.
TIDY_SECONDS = 60
EVERYBODY_IS_ONE = say(
    "ATTENTION: SIMCARDS_LEARNERS=one, and other machines can reach this app. Everybody who opens "
    "it is the same learner, and may edit the course unless SIMCARDS_INSTRUCTORS says otherwise."
)

log = logging.getLogger("simcards")
logs.set_up()


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
    await READINESS.ask()  # which begins to read the whole file, in the background
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
    """Raises an error unless the database can be read and written, and no damage is known."""
    from engine.pages import clock
    from engine.pages.resources import open_study

    store = open_study().store
    store.beat(clock.now())  # first, as it notices another file in the place of a damaged one
    INSPECTOR.look(store)


INSPECTOR = Inspector()
READINESS = Readiness(check_database)


async def ready(_request: Request) -> JSONResponse:
    """200 when answers can be read and written, 503 when not, within a second; the log says why."""
    if await READINESS.ask():
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "unavailable"}, status_code=503)


def _app_there(script: Path) -> Path:
    """The page's script. Ends the program, in words, where there is none."""
    if not script.is_file():
        raise SystemExit(
            str(
                say(
                    "The app is served from the folder of Simcards, with {file} in it: say “make "
                    "run” there. Where Simcards is installed as a package it has its commands "
                    "alone.",
                    file=script.name,
                )
            )
        )
    return script


def _middleware() -> list[Middleware]:
    """From the outside in. Ends the program, in words, where what an operator set is wrong."""
    try:
        configuration.check()
        checked_address(configuration.database_url(), configuration.data_folder())
        hosts = configuration.allowed_hosts()
        by_browser = configuration.learners_by_browser()
    except (ConfigurationError, StorageError) as error:
        raise SystemExit(str(error)) from error
    if not by_browser and not configuration.is_loopback(configuration.serving_host()):
        log.warning("%s", EVERYBODY_IS_ONE)
    # Judged by `KnownHosts`, which knows addresses too.
    set_option("server.allowedHosts", ["*"])
    found = [
        Middleware(SecurityHeaders, document=marked(DOCUMENT.read_bytes(), DEFAULT_LANGUAGE)),
        Middleware(KnownHosts, hosts=hosts),
        Middleware(NoUploads),
    ]
    if by_browser:
        found.append(Middleware(Visitors, credentials=_credentials, now=_now))
    found += [Middleware(HostConfig), Middleware(MarkedDocument)]
    return found


def _credentials() -> Credentials:
    from engine.pages.resources import open_study

    return open_study().store.credentials


def _now() -> datetime:
    return datetime.now(UTC)


app = st.App(
    _app_there(ROOT / "app.py"),
    lifespan=lifespan,
    routes=[Route("/health", health), Route("/ready", ready)],
    middleware=_middleware(),
)
