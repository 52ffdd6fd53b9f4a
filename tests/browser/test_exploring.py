"""The map that is clicked, and the lab that is played with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.tab import PHONE, Tab

pytestmark = pytest.mark.browser

LAYERS = "input[type=range][aria-label=Layers]"


@pytest.mark.parametrize("size", [None, PHONE])
def test_a_click_on_the_map_opens_the_card_of_that_row(
    open_tab: Callable[..., Tab], size: dict[str, int] | None
) -> None:
    tab = open_tab("/library", **({"viewport": size} if size else {}))
    drawing = tab.page.locator(
        "[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas"
    )
    box = tab.box_at_rest(drawing.first)
    tab.page.mouse.click(box["x"] + 150, box["y"] + 1.5 * 25)  # the row below the first heading
    tab.page.wait_for_url("**/library?card=*")
    tab.settle()
    assert tab.page.locator("h1").inner_text()
    assert "view" not in tab.page.url


def test_a_slider_of_the_lab_is_moved_with_the_keyboard_and_the_address_follows(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab("/lab?depth=20")
    slider = tab.page.locator(LAYERS)
    slider.focus()
    tab.press("ArrowRight")
    tab.page.wait_for_url("**/lab?*depth=21*")
    tab.settle()
    copy = open_tab(tab.page.url.removeprefix(tab.server.url))
    expect(copy.page.locator(LAYERS)).to_have_value("21")


def test_the_values_can_be_taken_away(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("/lab?depth=5")
    tab.page.get_by_text("Values as a table").click()
    with tab.page.expect_download() as download:
        tab.page.get_by_test_id("stDownloadButton").locator("button").click()
    rows = download.value.path().read_text().splitlines()
    assert rows[0].startswith("layer,")
    assert len(rows) == 6
