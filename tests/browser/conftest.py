"""A real server and a real Chromium, started once; every test has its own learner and tab."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.tab import PATIENCE, Tab, is_local, learner, new_learner
from tests.browser.writer import CARD, WIDE, Writer
from tests.chromium import ARGUMENTS, MISSING, find_chromium
from tests.conftest import missing

expect.set_options(timeout=PATIENCE)
ROOT = Path(__file__).resolve().parents[2]
#: How long a server may take to answer on a machine that has much else to do.
START_SECONDS = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The app as `make run` starts it, on a port and a data folder of its own."""

    def __init__(self, data: Path, app: str = "engine.server:app", **environment: str) -> None:
        self.data, self.app = data, app
        self.environment = environment
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        command = [sys.executable, "-m", "uvicorn", self.app, "--port", str(self.port)]
        command += ["--ws", "websockets-sansio", "--no-access-log", "--log-level", "warning"]
        self.log = (self.data / "server.log").open("ab")
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "SIMCARDS_DATA": str(self.data), **self.environment},
            stdout=self.log,
            stderr=self.log,
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.kill()
        raise RuntimeError(
            f"No answer within {START_SECONDS} s:\n{(self.data / 'server.log').read_text()}"
        )

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.log.close()
            self.process = None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = find_chromium()
    if found is None:
        missing(f"a browser test {MISSING}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for tests that need nothing of their own; every browser is its own learner."""
    started = Server(tmp_path_factory.mktemp("data"), SIMCARDS_LEARNERS="browser").start()
    yield started
    started.kill()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers for a test that kills them or changes their surroundings."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        data = tmp_path / f"data{len(started)}"
        data.mkdir()
        started.append(Server(data, **environment).start())
        return started[-1]

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def open_tab(
    chromium: Browser, server: Server, own_server: Callable[..., Server]
) -> Iterator[Callable[..., Tab]]:
    """Opens tabs; each in a browser of its own, unless it is given a context to share.

    item: opens today's presentation of it, which the learner's cookie decides; without, `path`.
    lessons_read: whether its learner has read all lessons, so that items come at once. (A learner
    of a server for one has read them in no case.)
    At the end nothing may have been asked of another machine, and nothing complained.
    own_server: so that tabs are closed before their server is.
    """
    contexts: list[BrowserContext] = []
    tabs: list[Tab] = []

    def open_one(
        path: str = "/",
        *,
        item: str | None = None,
        context: BrowserContext | None = None,
        at: Server = server,
        lessons_read: bool = True,
        **options: Any,
    ) -> Tab:
        if context is None:
            context = learner(chromium, **options)
            contexts.append(context)
            if at.environment.get("SIMCARDS_LEARNERS") == "browser":
                cookie = new_learner(at, lessons_read=lessons_read)
                context.add_cookies([cookie])  # type: ignore[list-item]
        tabs.append(Tab(context, at))
        if item is None:
            return tabs[-1].open(path)
        return tabs[-1].open(tabs[-1].todays(item))

    yield open_one
    for context in contexts:
        context.close()
    strange = [url for tab in tabs for url in tab.requests if not is_local(url)]
    assert strange == []
    assert [said for tab in tabs for said in tab.console] == []


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


@pytest.fixture
def school(own_server: Callable[..., Server], content: Path) -> Server:
    return own_server(
        SIMCARDS_CONTENT=str(content), SIMCARDS_LEARNERS="browser", SIMCARDS_INSTRUCTORS="*"
    )


@pytest.fixture
def at_editor(open_tab: Callable[..., Tab], school: Server, content: Path) -> Callable[..., Writer]:
    def go(card: str = CARD, **options: Any) -> Writer:
        options = {"viewport": WIDE, **options}
        writer = Writer(open_tab(f"/edit?card={card}", at=school, **options), content)
        expect(writer.area).to_be_visible()
        return writer

    return go
