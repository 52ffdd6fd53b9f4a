"""Headers that tell the browser what this app never does."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def _scripts_in(document: bytes) -> str:
    """The scripts that stand in the document itself, as a policy names them."""
    digests = (hashlib.sha256(script).digest() for script in _INLINE.findall(document))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


#: Nothing comes from elsewhere, and nobody may show the app inside a page of theirs.
#: Scripts run if they are files of the app's, those that the document begins with (Streamlit's and
#: engine/early_keys.js), or those of its components, which it makes files of (blob:). Charts
#: interpret their expressions, and nothing else compiles a text. Streamlit needs
#: styles that stand in the page itself.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' {scripts} blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # The address of a page says what somebody studies.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Middleware that adds them to every answer that does not say otherwise itself.

    document: the HTML document that every page comes in, whose own scripts may run.
    """

    def __init__(self, app: ASGIApp, document: bytes) -> None:
        self.app = app
        policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())
        policy = policy.replace("{scripts}", _scripts_in(document))
        self.headers = {"Content-Security-Policy": policy, **HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, and adds to what comes back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
