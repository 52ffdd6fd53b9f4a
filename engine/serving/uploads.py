"""Nobody uploads anything: no page has a field for files."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/_stcore/upload_file"
REFUSED = "Nothing is uploaded to this app.\n"


class NoUploads:
    """Middleware that refuses Streamlit's address for files, with any method, and passes all else.

    Streamlit keeps in memory whatever a session sends there, with a bound on each file but none on
    their sum. What is sent is not read.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, or answers itself."""
        if scope["type"] != "http" or PATH not in scope["path"]:
            await self.app(scope, receive, send)
        else:
            refused = PlainTextResponse(REFUSED, 403, headers={"Connection": "close"})
            await refused(scope, receive, send)
