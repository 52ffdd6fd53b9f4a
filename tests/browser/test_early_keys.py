"""A key pressed where the page shows its button already, and the key handler is not there yet.

The handler is the last of the page to come: 10 to 50 ms after the button, and half a second on a
busy machine. Here it waits until the test lets it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import Server
from tests.browser.tab import Tab, learner, new_learner

pytestmark = pytest.mark.browser

#: Streamlit makes a module of a component's script; it begins by waiting.
GATE = """() => {
  window.gate = new Promise((open) => { window.openGate = open })
  const make = URL.createObjectURL.bind(URL)
  URL.createObjectURL = (part) =>
    make(part.type.includes("javascript")
      ? new Blob(["await window.gate\\n", part], { type: part.type }) : part)
}"""


@pytest.fixture
def waiting(chromium: Browser, server: Server) -> Callable[..., BrowserContext]:
    """A browser of a new learner's, in which no component begins before `let_in`."""

    def made() -> BrowserContext:
        context = learner(chromium)
        context.add_cookies([new_learner(server)])  # type: ignore[list-item]
        context.add_init_script(f"({GATE})()")
        return context

    return made


def arrive(context: BrowserContext, server: Server, shown: str, item: str | None = None) -> Tab:
    """Opens today, or an item of it, until `shown` is on the page."""
    tab = Tab(context, server)
    path = "/" if item is None else tab.todays(item)
    tab.page.goto(server.url + path, wait_until="commit")
    if shown:
        expect(tab.page.locator(shown).first).to_be_visible(timeout=20_000)
        tab.page.wait_for_timeout(400)
    return tab


def let_in(tab: Tab) -> None:
    tab.page.evaluate("window.openGate()")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_on_start_is_kept_until_it_is_heard(
    waiting: Callable[..., BrowserContext], server: Server, key: str
) -> None:
    with waiting() as context:
        tab = arrive(context, server, ".st-key-start button").press(key)
        before = tab.settle()
        assert before[0] == "start"
        let_in(tab)
        assert tab.leaves(before)[0] in ("number", "options", "front")
        assert tab.console == []


def test_digits_are_typed_into_the_field(
    waiting: Callable[..., BrowserContext], server: Server
) -> None:
    with waiting() as context:
        tab = arrive(context, server, ".st-key-answer input", "xavier-normal/sigma")
        tab.press("0", ".", "0", "7")
        let_in(tab)
        field = tab.page.locator(".st-key-answer input")
        expect(field).to_have_value("0.07")
        expect(field).to_be_focused()
        before = tab.settle()
        tab.press("9", "Enter", "2")
        assert tab.leaves(before)[0] == "reveal"
        assert [row.answer.answer_text for row in tab.answers()] == ["0.079"]


def test_a_digit_picks_its_option(waiting: Callable[..., BrowserContext], server: Server) -> None:
    with waiting() as context:
        tab = arrive(context, server, ".st-key-options label", "xavier-normal/relu-depth")
        tab.press("2")
        let_in(tab)
        expect(tab.page.locator(".st-key-options input").nth(1)).to_be_checked()


def test_a_key_that_came_before_there_was_anything_to_press_is_none(
    waiting: Callable[..., BrowserContext], server: Server
) -> None:
    with waiting() as context:
        tab = arrive(context, server, "").press("Enter")
        assert tab.page.locator(".st-key-item").count() == 0
        expect(tab.page.locator(".st-key-start button")).to_be_visible(timeout=20_000)
        let_in(tab)
        tab.page.wait_for_timeout(600)
        assert tab.settle()[0] == "start"
        assert tab.step("Enter")[0] != "start"


def test_keys_of_a_page_that_has_no_handler_are_not_pressed_on_the_next(
    waiting: Callable[..., BrowserContext], server: Server
) -> None:
    with waiting() as context:
        tab = Tab(context, server)
        tab.page.goto(server.url + "/settings", wait_until="commit")
        expect(tab.page.locator("h1")).to_be_visible(timeout=20_000)
        let_in(tab)
        tab.press("Enter", "Space")
        tab.page.get_by_role("link", name="Today").first.click()
        expect(tab.page.locator(".st-key-start button")).to_be_visible(timeout=20_000)
        tab.page.wait_for_timeout(600)
        assert tab.settle()[0] == "start"


def test_what_follows_enter_in_the_field_is_not_typed_into_it(
    waiting: Callable[..., BrowserContext], server: Server
) -> None:
    with waiting() as context:
        tab = arrive(context, server, ".st-key-answer input", "xavier-normal/sigma")
        tab.page.locator(".st-key-answer input").click()
        tab.press("0", ".", "0", "7", "9", "Enter", "2")
        assert tab.page.locator(".st-key-answer input").input_value() == "0.079"
        before = tab.settle()
        let_in(tab)
        assert tab.leaves(before)[0] == "reveal"
        assert [row.answer.answer_text for row in tab.answers()] == ["0.079"]


def test_enter_on_a_button_that_was_reached_by_tab_presses_that_one_alone(
    waiting: Callable[..., BrowserContext], server: Server
) -> None:
    with waiting() as context:
        tab = arrive(context, server, ".st-key-start button")
        reached = "() => document.activeElement?.closest('.st-key-language') !== null"
        for _ in range(30):
            tab.press("Tab")
            if tab.page.evaluate(reached):
                break
        assert tab.page.evaluate(reached)
        tab.press("Enter")
        let_in(tab)
        expect(tab.page.locator("html")).to_have_attribute("lang", "ko", timeout=20_000)
        tab.page.wait_for_timeout(600)
        assert tab.settle()[0] == "start"


def test_enter_leaves_an_option_that_was_clicked_as_it_is(
    waiting: Callable[..., BrowserContext], server: Server
) -> None:
    with waiting() as context:
        item = "batchnorm-placement/means"
        tab = arrive(context, server, ".st-key-options button", item)
        pill = tab.page.locator(".st-key-options button").first
        pill.click()
        tab.press("Enter")
        tab.page.wait_for_timeout(500)
        let_in(tab)
        expect(tab.page.locator(".st-key-sure[data-armed]")).to_have_count(1, timeout=20_000)
        picked = tab.page.locator(".st-key-options [aria-pressed=true]")
        assert picked.count() == 1


def test_a_key_that_is_held_down_takes_no_place_of_others(
    waiting: Callable[..., BrowserContext], server: Server
) -> None:
    with waiting() as context:
        tab = arrive(context, server, ".st-key-start button")
        for _ in range(40):
            tab.page.keyboard.down("ArrowDown")
        tab.page.keyboard.up("ArrowDown")
        before = tab.press("Enter").settle()
        let_in(tab)
        assert tab.leaves(before)[0] in ("number", "options", "front")
