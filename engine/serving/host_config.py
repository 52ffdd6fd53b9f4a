"""What Streamlit's front end asks its host, answered as this app needs it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

PATH = "/_stcore/host-config"
#: Without a connection Streamlit opens a dialog over the page, which takes the focus and every key
#: from whoever is typing, and does not give the focus back. The page says it in a line instead.
OURS = {"blockErrorDialogs": True}


class HostConfig(BaseHTTPMiddleware):
    """Changes the answer to `PATH` on its way out."""

    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Everything else passes as it is."""
        response = await call_next(request)
        if not request.url.path.endswith(PATH) or response.status_code != 200:
            return response
        parts = [part async for part in response.body_iterator]  # type: ignore[attr-defined]
        said = JSONResponse({**json.loads(b"".join(parts)), **OURS})
        kept = [(k, v) for k, v in response.headers.items() if not k.startswith("content-")]
        for name, value in kept:
            said.headers[name] = value
        return said
