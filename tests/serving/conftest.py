"""A server with an instructor named, and clients that send whatever they like."""

from __future__ import annotations

import shutil
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.identity import fresh_id, fresh_token
from engine.storage import open_store
from tests.browser.conftest import Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts the app over the database in `data` of the test's folder."""
    started: list[Server] = []
    (tmp_path / "data").mkdir()

    def go(**environment: str) -> Server:
        started.append(Server(tmp_path / "data", **environment).start())
        return started[-1]

    yield go
    for server in started:
        server.kill()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def known(data: Path) -> tuple[str, str]:
    """(cookie, id) of a learner whom the database knows."""
    token, now = fresh_token(), datetime.now(UTC)
    with open_store(None, data) as store:
        store.credentials.issue(token, now)
        id = store.credentials.enter(token, now, fresh_id)
        assert id is not None
        return f"{store.credentials.cookie}={token}", id


def get(url: str, **headers: str) -> tuple[int, list[tuple[str, str]], str]:
    """(status, headers, body) of a page."""
    asked = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.headers.items(), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, list(error.headers.items()), error.read().decode()
