"""What is typed into any field reaches the server, whatever becomes of focus and connection."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.tab import IDLE, Tab
from tests.browser.test_once import Line
from tests.browser.writer import Writer

pytestmark = pytest.mark.browser

NUMBER, ESTIMATE = "xavier-normal/sigma", "batchnorm-batch-size/largest"
TITLE = "title: Xavier normal initialization"


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
    expect(tab.page.get_by_text(re.compile("Thank you"))).to_be_visible()
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
    at_editor: Callable[..., Writer],
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
    at_editor: Callable[..., Writer],
) -> None:
    writer = at_editor()
    note = writer.page.locator(".st-key-edit-note input")
    note.press_sequentially("a note")
    writer.tab.reload()
    expect(note).to_have_value("a note")
    writer.write("title: Xavier normal initialization", "title: Noted")
    writer.save()
    writer.saved()
    writer.tab.reload()
    expect(writer.area).to_be_visible()
    expect(note).to_have_value("")
    writer.tab.open("/edit")
    title = writer.page.locator(".st-key-edit-new-title input")
    writer.page.get_by_text("New card").click()
    title.press_sequentially("A title")
    writer.tab.reload()
    if not title.is_visible():
        writer.page.get_by_text("New card").click()
    expect(title).to_have_value("A title")


class Trouble:
    """What comes between somebody and the server: a cut line, or a server that is killed."""

    def __init__(self, tab: Tab, server: Server, kind: str) -> None:
        self.tab, self.server, self.kind = tab, server, kind
        self.line = Line(tab) if kind == "cut" else None
        if self.line is not None:
            tab.reload()

    def comes(self) -> None:
        if self.line is None:
            gone_and_back(self.tab, self.server)
            return
        self.line.cut()
        self.line.mend()
        self.tab.page.locator(IDLE).wait_for(timeout=60_000)
        self.tab.settle(30)


TROUBLES = pytest.mark.parametrize("trouble", ["cut", "killed"])


@TROUBLES
def test_an_estimate_that_was_typed_is_graded(
    open_tab: Callable[..., Tab], learners: Server, trouble: str
) -> None:
    tab = open_tab(item=ESTIMATE, at=learners)
    between = Trouble(tab, learners, trouble)
    question = tab.where()
    field = tab.page.locator(".st-key-answer input")
    expect(field).to_be_visible()
    field.press_sequentially("12.5")
    between.comes()
    assert tab.where() == question
    assert field.input_value() == "12.5"
    tab.look()
    tab.button("sure", 2).click()
    assert tab.leaves(question)[0] == "reveal"
    (logged,) = tab.answers()
    assert logged.answer.answer_text == "12.5"
    tab.console.clear()


@TROUBLES
def test_a_prediction_that_was_typed_is_judged(
    open_tab: Callable[..., Tab], learners: Server, trouble: str
) -> None:
    tab = open_tab("/lab?depth=10&b.depth=50&predict=1", at=learners)
    between = Trouble(tab, learners, trouble)
    field = tab.page.locator(".st-key-lab-guess input")
    expect(field).to_be_visible()
    field.press_sequentially("0.0625")
    between.comes()
    assert field.input_value() == "0.0625"
    tab.page.locator(".st-key-lab-run button").click()
    expect(tab.page.get_by_text(re.compile("Your number was 0.0625"))).to_be_visible()
    tab.console.clear()


def test_a_report_that_was_typed_while_the_line_was_cut_is_sent(
    open_tab: Callable[..., Tab], learners: Server
) -> None:
    tab = open_tab(item=NUMBER, at=learners)
    between = Trouble(tab, learners, "cut")
    report_field(tab).press_sequentially("typed before the cut")
    between.comes()
    assert report_field(tab).input_value() == "typed before the cut"
    assert "typed before the cut" in reported(tab)
    tab.console.clear()


@TROUBLES
def test_a_decision_between_two_changes_is_taken_as_it_was_typed(
    at_editor: Callable[..., Writer],
    school: Server,
    trouble: str,
) -> None:
    mina, jun = at_editor(), at_editor()
    between = Trouble(jun.tab, school, trouble)
    expect(jun.area).to_be_visible()
    mina.write(TITLE, "title: Mina's title")
    jun.write(TITLE, "title: Jun's title")
    mina.save()
    mina.saved()
    mina.tab.page.close()
    jun.save()
    jun.says(re.compile("you both changed the same lines"))
    decision = jun.page.locator(".st-key-edit-decision-en-0 textarea")
    decision.fill("")
    decision.press_sequentially("title: Their title")
    between.comes()
    if not decision.is_visible():  # a new server is asked to save once more, and asks again
        jun.save()
        jun.says(re.compile("you both changed the same lines"))
    expect(decision).to_have_value("title: Their title")
    jun.page.locator(".st-key-edit-decide button").click()
    jun.says(re.compile("Both are in the editor now"))
    jun.save()
    jun.saved()
    assert "title: Their title" in jun.file()
    for writer in (mina, jun):
        writer.tab.console.clear()


@TROUBLES
def test_the_id_of_a_copy_is_used_as_it_was_typed(
    at_editor: Callable[..., Writer],
    school: Server,
    trouble: str,
) -> None:
    writer = at_editor()
    between = Trouble(writer.tab, school, trouble)
    more = writer.page.get_by_role("button", name="More", exact=True)
    field = writer.page.locator(".st-key-edit-copy-id input")
    expect(writer.area).to_be_visible()
    more.click()
    field.press_sequentially("typed-before")
    between.comes()
    if not field.is_visible():
        more.click()
    expect(field).to_have_value("typed-before")
    writer.page.locator(".st-key-edit-copy button").click()
    writer.says(re.compile("The copy is there as a draft, under “typed-before”"))
    assert (writer.content / "cards" / "typed-before" / "card.md").exists()
    writer.tab.console.clear()
