"""From a click to the next item on the screen, in Chromium."""

from __future__ import annotations

import statistics
import tempfile
from typing import Any

from tests.bench.row import Row
from tests.bench.serving import served
from tests.chromium import ARGUMENTS, MISSING, find_chromium

CLICKS = 25
#: Clicks, and tells how long it took until another item stood on the page.
MEASURE = """
([button, mark]) => new Promise((done) => {
  const before = document.querySelector(mark)?.textContent + location.search
  const begin = performance.now()
  const look = () => {
    const now = document.querySelector(mark)
    if (now && now.textContent + location.search !== before) done(performance.now() - begin)
    else requestAnimationFrame(look)
  }
  document.querySelector(button).click()
  requestAnimationFrame(look)
})
"""


def click() -> list[Row]:
    """Median milliseconds until the next item is visible, ours against the ten-line app's."""
    found = find_chromium()
    if found is None:
        print(f"left out: click {MISSING}")
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        with tempfile.TemporaryDirectory() as data:
            environment = {"SIMCARDS_DATA": data, "SIMCARDS_LEARNERS": "browser"}
            with served("engine.server:app", **environment) as (url, _):
                ours = _ours(chromium, url)
        with served("tests.bench.ten_lines_server:app") as (url, _):
            theirs = _theirs(chromium, url)
        chromium.close()
    return [
        Row(
            "click to next item visible",
            "the ten-line app",
            statistics.median(ours),
            statistics.median(theirs),
            "ms",
            1.5,
        )
    ]


def _ours(chromium: Any, url: str) -> list[float]:
    """Next, over and over, in a practice session; the answer in between is not timed."""
    page = chromium.new_page()
    page.goto(f"{url}/practice?cards=xavier-normal")
    page.locator(".st-key-start button").click()
    took = []
    for _ in range(CLICKS):
        page.wait_for_selector(".st-key-sure button")
        page.wait_for_timeout(400)  # the dwell guard
        _give_an_answer(page)
        page.locator(".st-key-sure button").nth(1).click()
        page.wait_for_selector(".st-key-next button")
        page.wait_for_timeout(600)  # the dwell guard, and the chart at rest
        took.append(page.evaluate(MEASURE, [".st-key-next button", ".st-key-sure"]))
    return took[3:]


def _give_an_answer(page: Any) -> None:
    """Something, right or wrong, in whatever way the question wants it."""
    if page.locator(".st-key-answer input").count():
        page.locator(".st-key-answer input").fill("0.123")
    elif page.locator(".st-key-options input").count():
        page.locator(".st-key-options input").first.dispatch_event("click")
    else:
        unranked = page.locator(".st-key-options button[aria-pressed=false]")
        while unranked.count():
            left = unranked.count()
            unranked.first.click()
            page.wait_for_function(
                "n => [...document.querySelectorAll('.st-key-options button')]"
                ".filter(b => b.ariaPressed !== 'true').length < n",
                arg=left,
            )


def _theirs(chromium: Any, url: str) -> list[float]:
    page = chromium.new_page()
    page.goto(url)
    page.wait_for_selector("h1")
    took = []
    for _ in range(CLICKS):
        page.wait_for_timeout(600)
        took.append(page.evaluate(MEASURE, [".stButton button", "h1"]))
    return took[3:]
