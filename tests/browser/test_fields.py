"""What is typed into any field reaches the server, whatever becomes of focus and connection."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.tab import Tab
from tests.browser.test_editing import SOON, Writer, at_editor, content, school  # noqa: F401

pytestmark = pytest.mark.browser

NUMBER = "xavier-normal/sigma"


@pytest.fixture
def learners(own_server: Callable[..., Server]) -> Server:
    return own_server(SIMCARDS_LEARNERS="browser")


def gone_and_back(tab: Tab, server: Server) -> None:
    """The server is killed, which the page sees, and started again."""
    session = "document.documentElement.dataset.simcardsSession"
    before = tab.page.evaluate(session)
    server.kill()
    tab.page.locator("[data-test-connection-state=CONNECTED]").wait_for(state="detached")
    server.start()
    tab.page.wait_for_function(f"before => {session} !== before", arg=before, timeout=60_000)
    tab.settle(30)


def composed(page: Page, *syllables: str) -> None:
    """Keys of a Korean keyboard, up to a syllable that is left open."""
    keys = page.context.new_cdp_session(page)
    for text in syllables:
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})


@pytest.mark.parametrize("way", ["click", "keys"])
def test_a_number_typed_before_a_restart_is_graded_at_once(
    open_tab: Callable[..., Tab], learners: Server, way: str
) -> None:
    tab = open_tab(item=NUMBER, at=learners)
    question = tab.where()
    field = tab.page.locator(".st-key-answer input")
    field.press_sequentially("0.0625")
    gone_and_back(tab, learners)
    assert tab.where() == question
    assert field.input_value() == "0.0625"
    tab.look()
    if way == "click":
        tab.button("sure", 2).click()
    else:
        tab.press("Enter", "2")
    assert tab.leaves(question)[0] == "reveal"
    (logged,) = tab.answers()
    assert logged.answer.answer_text == "0.0625"
    tab.console.clear()  # the browser's own words about a server that is not there


def report_field(tab: Tab) -> Any:
    field = tab.page.get_by_label(re.compile("What is wrong"))
    if not field.is_visible():
        tab.page.get_by_role("button", name=re.compile("Something is wrong")).click()
    expect(field).to_be_visible()
    return field


def reported(tab: Tab) -> str:
    tab.page.get_by_role("button", name="Send", exact=True).click()
    expect(tab.page.get_by_text(re.compile("Thank you"))).to_be_visible(timeout=SOON)
    tab.open("/settings")
    return tab.text()


def test_a_report_typed_before_a_restart_is_sent(
    open_tab: Callable[..., Tab], learners: Server
) -> None:
    tab = open_tab(item=NUMBER, at=learners)
    report_field(tab).press_sequentially("typed before the restart")
    gone_and_back(tab, learners)
    assert report_field(tab).input_value() == "typed before the restart"
    assert "typed before the restart" in reported(tab)
    tab.console.clear()


def test_an_open_syllable_is_reported(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    report_field(tab).press_sequentially("틀렸")
    composed(tab.page, "ㄷ", "다")
    assert "틀렸다" in reported(tab)


def test_a_report_survives_a_reload_and_is_forgotten_once_it_is_sent(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER)
    report_field(tab).press_sequentially("typed before the reload")
    at = tab.page.url.removeprefix(tab.server.url)
    tab.reload()
    expect(report_field(tab)).to_have_value("typed before the reload")
    assert "typed before the reload" in reported(tab)
    tab.open(at)
    field = report_field(tab)
    tab.page.wait_for_timeout(500)  # time enough for a copy to come back
    assert field.input_value() == ""


def test_ctrl_s_in_the_note_saves_with_the_note_the_open_syllable_included(
    at_editor: Callable[..., Writer],  # noqa: F811
) -> None:
    writer = at_editor()
    writer.write("title: Xavier normal initialization", "title: With a note")
    writer.page.locator(".st-key-edit-note input").press_sequentially("고침 ")
    composed(writer.page, "ㅎ", "하", "한")
    writer.page.keyboard.press("Control+s")
    writer.saved()
    writer.view("History")
    writer.says(re.compile("고침 한"))


def test_a_note_and_a_new_card_survive_a_reload(
    at_editor: Callable[..., Writer],  # noqa: F811
) -> None:
    writer = at_editor()
    note = writer.page.locator(".st-key-edit-note input")
    note.press_sequentially("a note")
    writer.tab.reload()
    expect(note).to_have_value("a note", timeout=SOON)
    writer.write("title: Xavier normal initialization", "title: Noted")
    writer.save()
    writer.saved()
    writer.tab.reload()
    expect(writer.area).to_be_visible(timeout=SOON)
    expect(note).to_have_value("")
    writer.tab.open("/edit")
    title = writer.page.locator(".st-key-edit-new-title input")
    writer.page.get_by_text("New card").click()
    title.press_sequentially("A title")
    writer.tab.reload()
    if not title.is_visible():
        writer.page.get_by_text("New card").click()
    expect(title).to_have_value("A title", timeout=SOON)
