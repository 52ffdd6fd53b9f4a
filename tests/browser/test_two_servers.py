"""Two really started servers, each with a checkout of its own, over one database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Server
from tests.browser.tab import Tab
from tests.browser.writer import WIDE, Writer
from tests.storage.conftest import KINDS, postgresql  # noqa: F401  (a fixture)

pytestmark = pytest.mark.browser

CARD = "xavier-normal"
OLD, NEW = "title: Xavier normal initialization", "title: Edited on A"


@pytest.fixture(params=KINDS)
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Server]]:
    """Starts the server of this name, with a checkout that it keeps over its restarts."""
    servers: dict[str, Server] = {}
    told: dict[str, str] = {"SIMCARDS_LEARNERS": "browser", "SIMCARDS_INSTRUCTORS": "*"}
    if request.param != "sqlite":
        told["SIMCARDS_DATABASE_URL"] = request.getfixturevalue("postgresql").new_database()
    (tmp_path / "data").mkdir()

    def go(name: str) -> Server:
        if name not in servers:
            content = shutil.copytree(ROOT / "content", tmp_path / name)
            servers[name] = Server(tmp_path / "data", SIMCARDS_CONTENT=str(content), **told)
        return servers[name].start()

    yield go
    for server in servers.values():
        server.kill()


def content_of(server: Server) -> Path:
    return Path(server.environment["SIMCARDS_CONTENT"])


def status(server: Server) -> tuple[int, str]:
    """What an operator of this server is told of the card."""
    ended = subprocess.run(
        [sys.executable, "-m", "engine", "content", "status"],
        cwd=ROOT,
        env={**os.environ, "SIMCARDS_DATA": str(server.data), **server.environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    (line,) = [line for line in ended.stdout.splitlines() if line.startswith(f"{CARD} ")]
    return ended.returncode, line.removeprefix(CARD).strip()


def writer_at(open_tab: Callable[..., Tab], server: Server) -> Writer:
    tab = open_tab(f"/edit?card={CARD}", at=server, viewport=WIDE)
    writer = Writer(tab, content_of(server))
    expect(writer.area).to_be_visible()
    return writer


def test_an_edit_on_one_server_outlives_the_restart_of_the_other(
    start: Callable[[str], Server], open_tab: Callable[..., Tab]
) -> None:
    a, b = start("a"), start("b")
    writer = writer_at(open_tab, a)
    writer.write(OLD, NEW)
    writer.save()
    writer.saved()
    writer.tab.page.close()
    old_file = Writer(writer.tab, content_of(b)).file()
    assert OLD in old_file
    told = status(b)
    assert told[0] == 0
    assert told[1].startswith("newer in the database; the file is behind")
    for _ in range(2):
        b.kill()
        start("b")
        reader = open_tab(f"/library?card={CARD}", at=b)
        expect(reader.page.get_by_text("Edited on A").first).to_be_visible()
        reader.page.close()
    assert NEW in Writer(writer.tab, content_of(b)).file()  # written over the old one at the start
    assert status(b) == (0, "in step")
    assert status(a) == (0, "in step")
    # And the file of A's checkout, laid out anew, undoes nothing either.
    (content_of(a) / "cards" / CARD / "card.md").write_text(old_file, encoding="utf-8")
    assert status(a)[1].startswith("newer in the database; the file is behind")
    a.kill()
    start("a")
    reader = open_tab(f"/library?card={CARD}", at=a)
    expect(reader.page.get_by_text("Edited on A").first).to_be_visible()
