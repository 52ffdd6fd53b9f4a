"""Under which names the app answers, and to pages of which sites.

A page elsewhere can make its own name lead to this machine (DNS rebinding), and can open a
websocket to any address. Both are refused here, before Streamlit, which would look up this
machine's address in the outside world to judge a foreign Origin.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ANYWHERE = frozenset({"0.0.0.0", "::"})
REFUSED = (
    "This app does not answer under this name. Whoever runs it names its hosts in SIMCARDS_HOSTS.\n"
)


class KnownHosts:
    """Middleware that turns away what comes under a name, or from a site, that is not known.

    hosts: names beside the loopback ones; `*.example.org` is all names below. With an address that
    means every one of this machine (0.0.0.0), any address is known, but no name: only names can be
    made to lead elsewhere.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, or answers itself."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, socket = headers.get("host", ""), scope["type"] == "websocket"
        known = self.knows(hostname(f"//{host}"))
        if not known or (socket and not self.trusts(headers.get("origin"), host)):
            await _refuse(scope, receive, send)
        else:
            await self.app(_as_same_origin(scope, headers), receive, send)

    def knows(self, name: str | None) -> bool:
        """Whether the app answers under this name or address."""
        if name is None:
            return False
        return name in LOOPBACK or self._named(name) or (self._anywhere and is_address(name))

    def trusts(self, origin: str | None, host: str) -> bool:
        """Whether a page of this origin may talk to the app: its own, or one under a named host.

        Without an Origin it is no browser. A proxy may have put another Host in place.
        """
        if origin is None:
            return True
        name = hostname(origin)
        same = urlsplit(origin).netloc.lower() == host.lower() if name else False
        return same or (name is not None and self._named(name))

    @property
    def _anywhere(self) -> bool:
        return bool(self.hosts & ANYWHERE)

    def _named(self, name: str) -> bool:
        if name in self.hosts - ANYWHERE - LOOPBACK:
            return True
        return any(h.startswith("*.") and name.endswith(h[1:]) for h in self.hosts)


def hostname(url: str) -> str | None:
    """The name or address in a URL; None for what cannot be one."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return None
    odd = parts.username is not None or parts.path or parts.query or parts.fragment
    return None if odd or not parts.hostname else parts.hostname.lower().rstrip(".")


def is_address(name: str) -> bool:
    """Whether this is an IP address rather than a name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _as_same_origin(scope: Scope, headers: Headers) -> Scope:
    """A websocket that was judged here is not judged again by Streamlit, which looks outside.

    Behind a proxy that sends another Host, the one that the browser sees is put back.
    """
    origin = headers.get("origin")
    if scope["type"] != "websocket" or origin is None:
        return scope
    netloc = urlsplit(origin).netloc.encode("latin-1")
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*others, (b"host", netloc)]}


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()  # the handshake, which is answered with 403
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(REFUSED, status_code=421)(scope, receive, send)
