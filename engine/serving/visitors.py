"""The cookie by which a browser is known: made here, renewed at each visit, read by no script."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http.cookies import SimpleCookie

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.identity import FORMER_COOKIE, fresh_token, is_former_id, is_token
from engine.storage import TOKEN_LASTS, Credentials, StorageError

log = logging.getLogger("simcards")


@dataclass(frozen=True)
class Known:
    """What a browser shall keep. former: whether its cookie of an earlier version is done with."""

    cookie: str
    token: str
    former: bool


class Visitors:
    """Middleware that gives a browser its token with every page.

    credentials: whom the database knows; it may raise StorageError, and then the page says so.
    """

    def __init__(
        self, app: ASGIApp, credentials: Callable[[], Credentials], now: Callable[[], datetime]
    ) -> None:
        self.app = app
        self.credentials = credentials
        self.now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, and adds a cookie to a page that comes back."""

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(scope, message):
                known = await to_thread.run_sync(self._know, HTTPConnection(scope))
                if known is not None:
                    _tell(message, known, secure=scope["scheme"] == "https")
            await send(message)

        is_visit = scope["type"] == "http" and scope["method"] == "GET"
        await self.app(scope, receive, send_with_cookie if is_visit else send)

    def _know(self, visit: HTTPConnection) -> Known | None:
        try:
            credentials = self.credentials()
            former = visit.cookies.get(FORMER_COOKIE, "")
            shown = visit.cookies.get(credentials.cookie, "")
            token = token_for(credentials, shown, former, self.now())
            return Known(credentials.cookie, token, former != "")
        except StorageError as error:
            log.error("%s", error)  # the page says the same
            return None


def token_for(credentials: Credentials, shown: str, former: str, now: datetime) -> str:
    """The token that a browser shall keep which came with these two cookies.

    Raises StorageError.
    """
    fresh = fresh_token()
    if is_token(shown):
        kept = credentials.renew(shown, fresh, now)
        if kept is not None:
            return kept
    if is_former_id(former) and credentials.exchange(former, fresh, now):
        return fresh
    credentials.issue(fresh, now)
    return fresh


def _is_page(scope: Scope, message: Message) -> bool:
    """A page that the browser has already is one too; a script or a font is none."""
    if message["status"] == 304:
        return "text/html" in Headers(scope=scope).get("accept", "")
    headers = MutableHeaders(scope=message)
    return headers.get("content-type", "").startswith("text/html")


def _tell(message: Message, known: Known, *, secure: bool) -> None:
    cookies = SimpleCookie()
    cookies[known.cookie] = known.token
    cookies[known.cookie]["max-age"] = int(TOKEN_LASTS.total_seconds())
    if known.former:
        cookies[FORMER_COOKIE] = ""
        cookies[FORMER_COOKIE]["max-age"] = 0
    headers = MutableHeaders(scope=message)
    for cookie in cookies.values():
        cookie["path"], cookie["httponly"], cookie["samesite"] = "/", True, "lax"
        cookie["secure"] = secure
        headers.append("set-cookie", cookie.OutputString())
    # No proxy may give somebody's cookie to others.
    headers["cache-control"] = "private, no-store"
