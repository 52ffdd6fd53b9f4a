"""Headers, hosts and the token's cookie, at a server as it is started."""

from __future__ import annotations

import asyncio
import http.client
import re
import secrets
import time
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import websockets
from streamlit.config import get_option

from engine.i18n import say
from engine.identity import FORMER_COOKIE, digest, fresh_id
from engine.serving import NoUploads, Visitors
from engine.serving.hosts import KnownHosts, hostname
from engine.storage import Unreachable, open_store
from tests.coroutines import run
from tests.serving.conftest import get, known


def cookies(headers):
    return [value for name, value in headers if name.lower() == "set-cookie"]


def token_in(headers):
    (cookie,) = (c for c in cookies(headers) if c.startswith("simcards_token_"))
    return cookie.partition(";")[0]


def test_every_answer_says_what_the_app_never_does(start):
    server = start()
    for path in ("/", "/practice", "/health", "/_stcore/health", "/static/nothing.js"):
        _, headers, _ = get(server.url + path)
        said = {name.lower(): value for name, value in headers}
        assert "frame-ancestors 'none'" in said["content-security-policy"], path
        assert "default-src 'self'" in said["content-security-policy"]
        assert said["x-content-type-options"] == "nosniff"
        assert said["referrer-policy"] == "same-origin"


def test_a_token_is_made_by_the_server_renewed_and_read_by_no_script(start):
    server = start(SIMCARDS_LEARNERS="browser")
    _, headers, _ = get(server.url)
    (cookie,) = cookies(headers)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert re.search(r"Max-Age=3[0-9]{7}", cookie)
    assert "Secure" not in cookie
    token = token_in(headers)
    assert token_in(get(server.url, Cookie=token)[1]) == token  # renewed
    secure = cookies(get(server.url, Cookie=token, **{"X-Forwarded-Proto": "https"})[1])
    assert "Secure" in secure[0]
    made_up = token.partition("=")[0] + "=" + "x" * 43
    assert token_in(get(server.url, Cookie=made_up)[1]) not in (made_up, token)
    others = cookies(get(server.url + "/_stcore/health", Cookie=token)[1])
    assert [c for c in others if c.startswith("simcards")] == []


def test_one_learner_needs_no_cookie(start):
    assert cookies(get(start().url)[1]) == []


def test_a_cookie_of_an_earlier_version_is_exchanged_and_taken_away(start):
    server = start(SIMCARDS_LEARNERS="browser")
    former, now = secrets.token_hex(16), datetime.now(UTC)
    with closing(open_store(None, server.data)) as store:
        store.learners.ensure("bcdfg-bcdfg", now)
        with store.database.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO credential VALUES (?, 'former', 'bcdfg-bcdfg', ?, ?)",
                (digest(former), *["2037-01-01T00:00:00.000000Z"] * 2),
            )
        _, headers, _ = get(server.url, Cookie=f"{FORMER_COOKIE}={former}")
        token = token_in(headers).partition("=")[2]
        assert store.credentials.enter(token, now, fresh_id) == "bcdfg-bcdfg"
        (gone,) = (c for c in cookies(headers) if c.startswith(FORMER_COOKIE))
        assert "Max-Age=0" in gone
        assert former not in str(headers)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", 200),
        ("localhost", 200),
        ("LOCALHOST.", 200),
        ("[::1]", 200),
        ("cards.example.org", 200),
        ("a.lab.example.org", 200),
        ("evil.example", 421),
        ("cards.example.org.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("10.0.0.7", 421),
        ("", 421),
        ("me@localhost", 421),
        ("localhost:port", 421),
    ],
)
def test_the_app_answers_under_its_names_alone(shared, host, expected):
    assert get(shared.url + "/_stcore/health", Host=host)[0] == expected


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    from tests.browser.conftest import Server

    hosts = "cards.example.org,*.lab.example.org"
    server = Server(tmp_path_factory.mktemp("shared"), SIMCARDS_HOSTS=hosts).start()
    yield server
    server.kill()


async def handshake(server, origin, host=None):
    """Whether a websocket is accepted, and the seconds until that is known."""
    begin = time.perf_counter()
    headers = {"Host": host} if host else {}
    try:
        async with websockets.connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=origin,
            additional_headers=headers,
            proxy=None,
        ):
            return True, time.perf_counter() - begin
    except websockets.InvalidStatus:  # before it was accepted
        return False, time.perf_counter() - begin


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, True),
        ("http://127.0.0.1:{port}", True),
        ("https://cards.example.org", True),
        ("https://evil.example", False),
        ("http://127.0.0.1:1", False),  # another app on this machine
        ("http://localhost", False),
        ("null", False),
        ("https://cards.example.org.evil.example", False),
        ("https://user@cards.example.org", False),
    ],
)
def test_a_page_elsewhere_cannot_open_a_websocket(shared, origin, expected):
    origin = origin and origin.format(port=shared.port)
    assert run(handshake(shared, origin))[0] is expected


def test_a_foreign_origin_asks_nobody_outside_and_delays_nobody(shared):
    """Streamlit would look up the machine's address, seconds long, on the event loop."""

    async def attack():
        tried = [asyncio.create_task(handshake(shared, "https://evil.example")) for _ in range(20)]
        begin = time.perf_counter()
        status, _, _ = await asyncio.to_thread(get, shared.url + "/_stcore/health")
        took = time.perf_counter() - begin
        return status, took, [accepted for accepted, _ in await asyncio.gather(*tried)]

    status, _, accepted = run(attack())
    assert status == 200
    assert accepted == [False] * 20
    log = (shared.data / "server.log").read_text()
    assert "external" not in log.lower()
    assert "Rejecting WebSocket" not in log  # Streamlit was never asked


def test_serving_every_address_knows_addresses_but_no_names():
    hosts = KnownHosts(None, {"0.0.0.0", "cards.example.org"})
    assert hosts.knows("192.168.0.7")
    assert hosts.knows("cards.example.org")
    assert not hosts.knows("evil.example")
    assert not KnownHosts(None, {"127.0.0.1"}).knows("192.168.0.7")
    assert hostname("//[::1]:8501") == "::1"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "GET", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", ["/_stcore/upload_file/any/any", "/_stcore/upload_file"])
def test_nobody_can_send_a_file(shared, method, path):
    """With a session of its own, too, or many small ones: Streamlit is not asked."""
    connection = http.client.HTTPConnection(urlsplit(shared.url).netloc, timeout=20)
    with closing(connection):
        connection.request(method, path, body=b"x" * 1000)
        answer = connection.getresponse()
        assert answer.status == 403
        assert answer.read() == b"Nothing is uploaded to this app.\n"


def test_streamlit_itself_would_take_no_more_than_a_megabyte():
    assert get_option("server.maxUploadSize") == 1


def test_a_file_that_is_refused_is_not_read():
    async def app(scope, receive, send):
        raise AssertionError("passed on")

    async def receive():
        raise AssertionError("read")

    async def send(message):
        sent.append(message)

    sent = []
    scope = {"type": "http", "method": "PUT", "path": "/learn/_stcore/upload_file/a/b"}
    run(NoUploads(app)({**scope, "headers": []}, receive, send))
    assert sent[0]["status"] == 403


def test_a_learner_of_the_database_keeps_the_token(start, tmp_path):
    cookie, _ = known(tmp_path / "data")
    server = start(SIMCARDS_LEARNERS="browser")
    assert token_in(get(server.url, Cookie=cookie)[1]) == cookie


@pytest.mark.parametrize(("accept", "asked"), [("text/html,*/*", True), ("*/*", False)])
def test_a_script_that_the_browser_has_already_asks_nobody_who_comes(accept, asked):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 304, "headers": []})

    def credentials():
        questions.append(True)
        raise Unreachable(say("nobody is asked"))

    async def send(message):
        sent.append(message)

    questions, sent = [], []
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/static/app.js",
        "headers": [(b"accept", accept.encode())],
    }
    visitors = Visitors(app, credentials, lambda: datetime.now(UTC))
    run(visitors(scope, None, send))
    assert bool(questions) is asked
    assert [message["status"] for message in sent] == [304]
