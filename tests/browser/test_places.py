"""Addresses, languages, and what the app asks of the world."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from engine.i18n import Translator, say
from engine.storage import open_store
from tests.browser.conftest import ROOT, free_port
from tests.browser.tab import Tab
from tests.past_lessons import read_lessons

pytestmark = pytest.mark.browser

NUMBER = "xavier-normal/sigma"


def test_a_practice_address_reopens_exactly_that_question_for_somebody_else(
    open_tab: Callable[..., Tab],
) -> None:
    mine = open_tab("/practice?cards=xavier-normal,he-normal")
    mine.page.locator(".st-key-start button").click()
    mine.page.wait_for_url("**/practice?*item=*")
    mine.page.mouse.move(0, 0)  # an icon under the mouse is another one
    mine.settle()
    path = mine.page.url.removeprefix(mine.server.url)
    theirs = open_tab(path)
    assert theirs.where()[0] == mine.where()[0]
    expect(theirs.page.locator(".st-key-item")).to_have_text(
        mine.page.locator(".st-key-item").inner_text(), use_inner_text=True
    )
    theirs.answer()
    assert [row.scheduled for row in theirs.answers()] == [False]
    assert mine.reload().where()[0] in ("number", "options")


def test_somebody_elses_address_of_today_is_practice_and_says_so(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab("/?item=xavier-normal/sigma&seed=12345")
    tab.answer()
    assert [row.scheduled for row in tab.answers()] == [False]
    assert str(say("Practice: the schedule stays as it is.")) in tab.text()


def test_same_numbers_and_new_numbers_are_beside_the_schedule(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER)
    prompt = tab.page.locator(".st-key-item p").first
    tab.answer()
    assert tab.step("s")[0] == "number"
    seed = tab.page.url.split("seed=")[1].split("&")[0]
    tab.answer()
    assert tab.step("n")[0] == "number"
    assert tab.page.url.split("seed=")[1].split("&")[0] != seed
    assert prompt.is_visible()
    tab.answer()
    assert [row.scheduled for row in tab.answers()] == [True, False, False]
    assert tab.step("Space")[0] in ("number", "options", "front")
    assert "again" not in tab.page.url


@pytest.mark.parametrize(
    "path", ["/?item=nobody/nothing&seed=1", "/?item=x&seed=abc", "/practice?item=a/b&seed=abc"]
)
def test_an_address_that_leads_nowhere_says_so_and_leads_back(
    open_tab: Callable[..., Tab], path: str
) -> None:
    tab = open_tab(path)
    assert tab.stage() == "trouble"
    assert "Traceback" not in tab.text()
    before = tab.where()
    tab.page.locator(".st-key-trouble-today").locator("a, button").click()
    assert tab.leaves(before)[0] == "start"
    assert tab.page.url == tab.server.url + "/"


def test_the_language_is_switched_in_one_click_and_kept(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    assert tab.page.evaluate("document.documentElement.lang") == "en"
    tab.button("language").click()
    tab.page.wait_for_function("() => document.documentElement.lang === 'ko'")
    tab.settle()
    assert tab.page.locator("h1").inner_text() == Translator("ko")(say("Today"))
    tab.reload()
    assert tab.page.evaluate("document.documentElement.lang") == "ko"
    tab.button("language").click()
    tab.page.wait_for_function("() => document.documentElement.lang === 'en'")


def test_a_switch_of_language_keeps_the_question_and_what_was_typed(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER)
    before = tab.where()
    tab.fill("0.0625")
    tab.button("language").click()
    tab.page.wait_for_function("() => document.documentElement.lang === 'ko'")
    assert tab.settle() == before
    assert tab.page.locator(".st-key-answer input").input_value() == "0.0625"
    tab.look().page.locator(".st-key-answer input").focus()
    tab.press("Enter", "4")
    assert tab.leaves(before)[0] == "reveal"


def test_the_day_carries_on_from_another_page(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    tab.answer()
    tab.open("/settings")
    tab.open("/")
    assert tab.where()[0] == "start"
    assert tab.step("Enter")[0] in ("number", "options", "front")
    assert len(tab.answers()) == 1


def test_the_servers_log_does_not_list_every_script_and_font(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    assert "GET /" not in (tab.server.data / "server.log").read_text()


@pytest.fixture
def plain_streamlit(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The app as people who know Streamlit start it."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "SIMCARDS_DATA": str(tmp_path)}
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        url = f"http://127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + 60
            while True:
                try:
                    with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                        break
                except OSError:
                    assert time.monotonic() < deadline, (tmp_path / "server.log").read_text()
                    time.sleep(0.1)
            with closing(open_store(None, tmp_path)) as store:
                cards = [folder.name for folder in (ROOT / "content" / "cards").iterdir()]
                read_lessons(store, "local", cards)
            yield SimpleNamespace(url=url, data=tmp_path, environment={})
        finally:
            process.kill()
            process.wait()


def test_plain_streamlit_run_works_too(
    open_tab: Callable[..., Tab], plain_streamlit: SimpleNamespace
) -> None:
    tab = open_tab(at=plain_streamlit)
    question = tab.step("Enter")
    while question[0] in ("front", "back"):
        question = tab.step("3")
    assert question[0] in ("number", "options")
    assert tab.answer()[0] == "reveal"
    assert tab.reload().where() == ("reveal", question[1])
