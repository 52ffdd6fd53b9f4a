"""On a phone: what goes on beyond an edge shows it, and nothing lies over what is to be read."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.browser.tab import PHONE, Tab

pytestmark = pytest.mark.browser
TOUCHED = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
GROUNDS = {"light": (255, 255, 255), "dark": (20, 23, 28)}


def edges(table: Any) -> tuple[np.ndarray, np.ndarray]:
    """The colours of most of its outermost pixels: left, right."""
    pixels = np.asarray(Image.open(io.BytesIO(table.screenshot())).convert("RGB")).astype(int)
    return np.median(pixels[:, 1], axis=0), np.median(pixels[:, -2], axis=0)


@pytest.mark.parametrize("scheme", GROUNDS)
def test_a_table_wider_than_a_phone_shows_on_which_side_it_goes_on(
    open_tab: Callable[..., Tab], scheme: str
) -> None:
    tab = open_tab("/library?card=init-defaults", color_scheme=scheme, **TOUCHED)
    table = tab.page.locator("[data-testid=stMarkdownContainer] table").first
    table.wait_for()
    tab.page.wait_for_timeout(500)
    assert table.evaluate("t => t.scrollWidth > t.clientWidth + 20")
    ground = np.array(GROUNDS[scheme])

    def shadowed() -> list[bool]:
        return [bool(np.abs(colour - ground).max() > 25) for colour in edges(table)]

    assert shadowed() == [False, True]
    table.evaluate("t => { t.scrollLeft = (t.scrollWidth - t.clientWidth) / 2 }")
    assert shadowed() == [True, True]
    table.evaluate("t => { t.scrollLeft = t.scrollWidth }")
    assert shadowed() == [True, False]


def test_a_table_that_fits_has_no_shadow(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("/library?card=init-defaults", color_scheme="light")
    table = tab.page.locator("[data-testid=stMarkdownContainer] table").first
    table.wait_for()
    tab.page.wait_for_timeout(500)
    assert table.evaluate("t => t.scrollWidth <= t.clientWidth")
    assert [colour.tolist() for colour in edges(table)] == [[255, 255, 255]] * 2


def test_the_tools_of_the_list_of_cards_lie_over_nothing(
    open_tab: Callable[..., Tab], own_server: Callable[..., Any]
) -> None:
    tab = open_tab("/edit", at=own_server(), **TOUCHED)
    table = tab.page.locator("[data-testid=stDataFrame]").first
    tools = table.locator("[data-testid=stElementToolbarButtonContainer]")
    tools.wait_for()
    tab.page.wait_for_timeout(500)
    counted = tab.page.locator("[data-testid=stCaptionContainer]", has_text="cards").first
    box = tools.bounding_box()
    assert box["y"] + box["height"] <= table.bounding_box()["y"] + 1
    above = counted.bounding_box()
    assert above["y"] + above["height"] <= box["y"] + 1
    # Over the whole screen they are still there, to come back with.
    tools.locator("button").last.tap()
    tab.page.wait_for_timeout(500)
    assert tools.bounding_box()["y"] >= 0
