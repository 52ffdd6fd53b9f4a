"""The HTML document that every page comes in, marked before anything in it runs.

Keys are heard from its beginning on, for those pressed before the page's own handler is there.

The app has its languages itself. A browser that translates the page puts elements of its own
between the texts, which React then cannot find any more.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response

from engine.i18n import spoken

_HTML = re.compile(rb"<html[^>]*>")
_HEAD = re.compile(rb"<head[^>]*>")
META = b'<meta name="google" content="notranslate" />'
KEYS = b"<script>%b</script>" % Path(__file__).with_name("early_keys.js").read_bytes()


def marked(document: bytes, language: str) -> bytes:
    """The document in a language, not to be translated; one without <html> as it is."""
    opening = f'<html lang="{language}" translate="no" class="notranslate">'.encode()
    document = _HTML.sub(lambda _: opening, document, count=1)
    return _HEAD.sub(lambda head: head[0] + META + KEYS, document, count=1)


def asked_for(accepted: str) -> str:
    """The first language of an Accept-Language that the app speaks."""
    return spoken(part.split(";")[0] for part in accepted.split(","))


class MarkedDocument(BaseHTTPMiddleware):
    """Marks the document on its way out."""

    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Everything but a whole HTML document passes as it is."""
        response = await call_next(request)
        headers = response.headers
        is_page = headers.get("content-type", "").startswith("text/html")
        if not is_page or response.status_code != 200 or "content-encoding" in headers:
            return response
        parts = [part async for part in response.body_iterator]  # type: ignore[attr-defined]
        document = marked(b"".join(parts), asked_for(request.headers.get("accept-language", "")))
        # A file's own marks are not those of what was made of it.
        for name in ("etag", "last-modified", "accept-ranges"):
            if name in headers:
                del headers[name]
        if request.method != "HEAD":
            headers["content-length"] = str(len(document))
        headers.add_vary_header("Accept-Language")
        made = Response(document, response.status_code)
        made.raw_headers = response.raw_headers
        return made
