"""An estimate in the browser: pointing by mouse and by finger, keys, typing; in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator

from engine import questions
from engine.course import ContentReader, compile_card
from tests.browser.conftest import Server
from tests.browser.tab import DESKTOP, Tab
from tests.kinds_content import write_kinds

pytestmark = pytest.mark.browser

SMALLEST = {"width": 320, "height": 700}
FAR, NEAR = "signals/far", "signals/near"


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server with the course of `kinds_content`, and its folder."""
    folder = write_kinds(tmp_path_factory.mktemp("kinds"))
    data = tmp_path_factory.mktemp("data")
    server = Server(data, SIMCARDS_LEARNERS="browser", SIMCARDS_CONTENT=str(folder)).start()
    yield server, folder
    server.kill()


@pytest.fixture
def at_item(
    open_tab: Callable[..., Tab], kinds: tuple[Server, Path]
) -> Callable[..., tuple[Tab, questions.Variant]]:
    """Opens an item of that course: the tab and the variant on it."""
    server, folder = kinds
    card = ContentReader(folder).read().cards["signals"]
    templates, _ = compile_card(card)

    def go(item: str, *, language: str = "en", **options: Any) -> tuple[Tab, questions.Variant]:
        options = {"locale": {"en": "en-US", "ko": "ko-KR"}[language], **options}
        tab = open_tab(f"/practice?item={item}&seed=3&cards=signals", at=server, **options)
        slider(tab).wait_for()
        return tab, questions.draw(templates[item], 3, language)

    return go


def slider(tab: Tab) -> Locator:
    return tab.page.get_by_role("slider")


def field(tab: Tab) -> Locator:
    return tab.page.locator(".st-key-answer input")


def at(tab: Tab, place: float) -> tuple[float, float]:
    """Where on the screen a place from 0 to 1 of the axis is."""
    box = slider(tab).bounding_box()
    assert box is not None
    return box["x"] + 18 + place * (box["width"] - 36), box["y"] + 45


def told(tab: Tab) -> float:
    """The number in the field, once there is one."""
    tab.page.wait_for_function("() => document.querySelector('.st-key-answer input').value !== ''")
    return float(field(tab).input_value())


@pytest.mark.parametrize("item", [FAR, NEAR])
def test_a_click_writes_the_value_and_it_is_what_is_graded(at_item, item: str) -> None:
    tab, variant = at_item(item)
    tab.look().page.mouse.click(*at(tab, variant.axis.place(variant.answer)))
    assert variant.axis.place(told(tab)) == pytest.approx(
        variant.axis.place(variant.answer), abs=0.01
    )
    before = tab.where()
    tab.look().press("Enter", "3")
    assert tab.leaves(before)[0] == "reveal"
    assert "Correct." in tab.text()
    tab.page.locator(".st-key-strip svg.marks").wait_for()


def test_the_rule_is_dragged_and_stays_where_it_was_dropped(at_item) -> None:
    tab, variant = at_item(FAR)
    mouse = tab.page.mouse
    mouse.move(*at(tab, 0.2))
    mouse.down()
    mouse.move(*at(tab, 0.4), steps=5)
    mouse.move(*at(tab, 0.75), steps=5)
    mouse.up()
    assert variant.axis.place(told(tab)) == pytest.approx(0.75, abs=0.01)
    mouse.move(*at(tab, 0.1))
    assert variant.axis.place(told(tab)) == pytest.approx(0.75, abs=0.01)
    assert slider(tab).evaluate("e => e === document.activeElement")


def test_the_keys_move_it_finely_coarsely_and_to_the_ends(at_item) -> None:
    tab, variant = at_item(NEAR)
    assert slider(tab).evaluate("e => e === document.activeElement")
    assert slider(tab).get_attribute("aria-valuetext") == "nothing picked yet"
    place = variant.axis.place
    tab.press("ArrowRight")
    assert place(told(tab)) == pytest.approx(0.5, abs=0.01)
    middle = told(tab)
    tab.press("ArrowRight")
    assert 0 < place(told(tab)) - place(middle) < 0.02
    tab.press("ArrowLeft")
    assert told(tab) == pytest.approx(middle)
    tab.press("PageUp")
    assert place(told(tab)) == pytest.approx(0.55, abs=0.01)
    tab.press("Home")
    assert told(tab) == variant.axis.low
    tab.press("ArrowLeft")
    assert told(tab) == variant.axis.low
    tab.press("End")
    assert told(tab) == variant.axis.high
    assert slider(tab).get_attribute("aria-valuetext") == f"{variant.axis.high:g} steps"
    assert slider(tab).get_attribute("aria-valuenow") == f"{variant.axis.high:g}"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_by_keyboard_alone_with_a_korean_layout_too(at_item, language: str) -> None:
    tab, variant = at_item(NEAR, language=language)
    steps = round((variant.axis.place(variant.answer) - 0.5) / 0.05)
    tab.press("ArrowUp", *["PageDown"] * -steps)
    before = tab.where()
    tab.look().press("Enter", "2")
    assert tab.leaves(before)[0] == "reveal"
    assert {"en": "Correct.", "ko": "정답입니다."}[language] in tab.text()
    before = tab.where()
    tab.look().page.evaluate(
        "(key) => document.body.dispatchEvent(new KeyboardEvent("
        "'keydown', {key, code: 'KeyU', bubbles: true, composed: true}))",
        {"en": "u", "ko": "ㅕ"}[language],
    )
    assert tab.leaves(before)[0] == "number"


def test_typing_moves_the_rule_and_the_axis_takes_over_what_was_typed(at_item) -> None:
    tab, variant = at_item(FAR)
    tab.press("3")  # on the axis, where digits mean the field
    assert field(tab).evaluate("e => e === document.activeElement")
    assert field(tab).input_value() == "3"
    for text, shown in [("1e-6", "10⁻⁶"), ("2.5×10^-3", "0.0025"), ("1/4", "0.25")]:
        tab.fill(text)
        assert slider(tab).get_attribute("aria-valuetext") == shown
    tab.fill("1e9")  # beyond the end
    assert slider(tab).get_attribute("aria-valuetext") == "nothing picked yet"
    tab.fill("√(2/320)")  # only the server reads this
    assert slider(tab).get_attribute("aria-valuetext") == "nothing picked yet"
    tab.fill("1e-6")
    tab.page.mouse.click(*at(tab, 0.5))
    assert variant.axis.place(told(tab)) == pytest.approx(0.5, abs=0.01)


def test_what_is_off_the_axis_is_told_and_spends_no_attempt(at_item) -> None:
    tab, _ = at_item(FAR)
    tab.fill("1e9")
    tab.look().press("Enter", "1")
    tab.page.get_by_text("lies off the axis").wait_for()
    assert tab.settle()[0] == "number"
    assert field(tab).input_value() == "1e9"
    tab.page.mouse.click(*at(tab, 0.9))
    before = tab.where()
    tab.look().press("Enter", "1")
    assert tab.leaves(before)[0] == "reveal"


def test_nothing_flickers_while_the_rule_is_moved(at_item) -> None:
    tab, _ = at_item(FAR)
    tab.page.evaluate(
        """() => {
          window.runs = 0
          const app = document.querySelector('[data-testid=stApp]')
          new MutationObserver(() => window.runs++).observe(
            app, {attributes: true, attributeFilter: ['data-test-script-state']})
          window.kept = document.querySelector('[role=slider]')
        }"""
    )
    for _ in range(20):
        tab.press("ArrowRight")
    tab.page.mouse.click(*at(tab, 0.3))
    tab.page.wait_for_timeout(400)
    assert tab.page.evaluate("window.runs") == 0
    assert tab.page.evaluate("document.querySelector('[role=slider]') === window.kept")
    assert slider(tab).evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_finger_points_and_a_scroll_does_not(at_item, language: str) -> None:
    tab, variant = at_item(FAR, language=language, viewport=SMALLEST, has_touch=True)
    tab.page.touchscreen.tap(*at(tab, 0.6))
    assert variant.axis.place(told(tab)) == pytest.approx(0.6, abs=0.02)
    x, y = at(tab, 0.2)
    slider(tab).evaluate(
        """(e, [x, y]) => {
          const told = (type, more) => e.dispatchEvent(new PointerEvent(
            type, {pointerId: 7, pointerType: 'touch', button: 0, clientX: x, clientY: y,
                   bubbles: true, ...more}))
          e.setPointerCapture = () => {}
          told('pointerdown')
          told('pointercancel')
        }""",
        [x, y],
    )
    assert variant.axis.place(told(tab)) == pytest.approx(0.6, abs=0.02)


OVERLAPS = """() => {
  const boxes = Array.from(document.querySelectorAll('.simcards-axis text, .simcards-axis .title'))
    .map((e) => [e.textContent, e.getBoundingClientRect()])
  const wide = document.documentElement.clientWidth
  const found = boxes.filter(([, b]) => b.left < 0 || b.right > wide)
    .map(([t]) => `${t} sticks out`)
  boxes.forEach(([t, a], n) => boxes.slice(n + 1).forEach(([u, b]) => {
    if (a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      found.push(`${t} and ${u}`)
  }))
  return found
}"""


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ko", "light")])
@pytest.mark.parametrize("item", [FAR, NEAR])
def test_labels_never_overlap(at_item, item: str, language: str, scheme: str) -> None:
    tab, _ = at_item(item, language=language, color_scheme=scheme)
    name = item.partition("/")[2]
    for width in (320, 390, 700, 1100):
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.page.wait_for_timeout(100)
        for place in (0.0, 0.5, 1.0):
            tab.page.mouse.click(*at(tab, place))
            assert tab.page.evaluate(OVERLAPS) == [], (width, place)
        assert tab.page.locator(".simcards-axis text.tick").count() >= 3
        if width in (320, 1100):
            tab.picture(f"estimate-{name}-{language}-{scheme}-{width}")
    before = tab.where()
    tab.look().press("Enter", "4")
    tab.leaves(before)
    tab.page.set_viewport_size(SMALLEST)
    tab.picture(f"estimate-{name}-{language}-{scheme}-feedback")


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("ko", "light")])
def test_a_claim_and_gaps_are_shown(
    open_tab: Callable[..., Tab], kinds: tuple[Server, Path], language: str, scheme: str
) -> None:
    server, _ = kinds
    locale = {"en": "en-US", "ko": "ko-KR"}[language]
    tab = open_tab("/", at=server, locale=locale, color_scheme=scheme, viewport=DESKTOP)
    tab.open("/practice?item=signals/judged&seed=3&cards=signals")
    labels = tab.page.locator(".st-key-options label").all_inner_texts()
    expected = {
        "en": ["1) True", "2) Misleading", "3) False"],
        "ko": ["1) 참", "2) 오해의 소지 있음", "3) 거짓"],
    }[language]
    assert [label.strip() for label in labels if label.strip() in expected] == expected
    assert "24" in tab.page.locator("blockquote").inner_text()
    tab.picture(f"claim-{language}-{scheme}")
    before = tab.where()
    tab.look().press("3", "Enter", "4")
    assert tab.leaves(before)[0] == "reveal"
    assert tab.page.get_by_text("balance", exact=True).is_visible()
    tab.picture(f"claim-{language}-{scheme}-feedback")
    for gap, side in (("bound", "front"), ("bound-c2", "front"), ("bound-c3", "front")):
        tab.open(tab.todays(f"signals/{gap}"))
        assert "{{" not in tab.text()
        assert "**" not in tab.text()
        assert tab.page.locator(".katex-error").count() == 0
        tab.picture(f"{gap}-{language}-{scheme}-{side}")
        tab.step("2")
        assert "**" not in tab.text()
        assert tab.page.locator(".katex-error").count() == 0
        tab.picture(f"{gap}-{language}-{scheme}-back")
