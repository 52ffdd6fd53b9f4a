"""A concept's lesson in a real browser: by keyboard alone, on a phone, reloaded, left and found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from engine import questions
from engine.course import CourseFolder
from tests.browser.axe import findings
from tests.browser.conftest import Server
from tests.browser.solving import item_and_seed, keys_for, store_in
from tests.browser.tab import DESKTOP, PHONE, Tab
from tests.lessons_content import write_lessons

pytestmark = pytest.mark.browser

TITLES = {
    "en": ("Hops", "One hop", "A worked example", "Too far"),
    "ko": ("뜀", "한 번의 뜀", "계산 예", "너무 먼 뜀"),
}
LOCALES = {"en": "en-US", "ko": "ko-KR"}
NARROW = {"width": 320, "height": 700}
#: What is wider than the page, and what is cut off at its edge and cannot be scrolled to.
STICKS_OUT = """() => {
  const page = document.querySelector('[data-testid=stMain]')
  const found = []
  if (page.scrollWidth > page.clientWidth + 1) found.push(`page ${page.scrollWidth}`)
  const scrolls = (e) => {
    for (let at = e; at && at !== page; at = at.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) &&
          at.scrollWidth > at.clientWidth) return true
    return false
  }
  const shown = '.st-key-stage-lesson :is(p, button, h2, .base, canvas, svg)'
  for (const e of page.querySelectorAll(shown)) {
    const box = e.getBoundingClientRect()
    if (box.width > 0 && box.right > innerWidth + 1 && !scrolls(e))
      found.push(`${e.tagName} ${e.textContent.slice(0, 40)} ${box.right}`)
  }
  return found
}"""


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server whose course is the three cards of `lessons_content`."""
    data = tmp_path_factory.mktemp("data")
    content = write_lessons(tmp_path_factory.mktemp("content") / "content")
    started = Server(data, SIMCARDS_LEARNERS="browser", SIMCARDS_CONTENT=str(content)).start()
    yield started
    started.kill()


@pytest.fixture
def come(open_tab: Callable[..., Tab], lessons: Server) -> Callable[..., Tab]:
    """A learner who has read no lesson."""

    def go(path: str = "/", **options: Any) -> Tab:
        return open_tab(path, at=lessons, lessons_read=False, **options)

    return go


def head(tab: Tab) -> str:
    """What has the focus."""
    return str(tab.page.evaluate("document.activeElement.textContent")).strip()


def focused(tab: Tab, title: str) -> None:
    """Waits until a heading has the focus, which is what a screen reader then says."""
    tab.page.wait_for_function(
        "(title) => /^H[12]$/.test(document.activeElement.tagName)"
        " && document.activeElement.textContent.trim() === title",
        arg=title,
    )


def lesson_row(tab: Tab) -> Any:
    with store_in(tab.server.data) as store:
        return store.lessons.of(tab.learner).get("hops")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_first_session_by_keyboard_alone(come: Callable[..., Tab], language: str) -> None:
    tab = come(locale=LOCALES[language])
    assert tab.step("Enter")[0] == "lesson"
    for number, title in enumerate(TITLES[language], 1):
        assert f"step={number}" in tab.page.url
        focused(tab, title)
        assert tab.page.locator("[data-testid=stMain]").evaluate("e => e.scrollTop") == 0
        tab.picture(f"lesson-{language}-{number}")
        where = tab.step("Space" if number % 2 else "Enter")
    assert where[0] == "front"
    assert item_and_seed(tab.page.url)[0] == "hops/direction"
    assert tab.answers() == []
    row = lesson_row(tab)
    assert row.how == "read"
    assert row.milliseconds > 4 * 300
    asked = []
    while where[0] in ("front", "back", "number", "options", "reveal") and len(asked) < 3:
        if where[0] in ("number", "options"):
            asked.append(item_and_seed(tab.page.url)[0])
            where = answer(tab, language=language)
        else:
            if where[0] == "front":
                asked.append(item_and_seed(tab.page.url)[0])
            where = tab.step({"front": "3", "back": "3", "reveal": "Space"}[where[0]])
    assert asked == ["hops/direction", "hops/side", "hops/factor"]


def answer(tab: Tab, verdict: str = "correct", language: str = "en") -> tuple[str, str]:
    """As `tab.answer`, for the cards of this course."""
    keys = keys_at(tab, verdict, language)
    before = tab.settle()
    tab.look().press(*keys, "Enter", "4")
    return tab.leaves(before)


def keys_at(tab: Tab, verdict: str, language: str) -> list[str]:
    item, seed = item_and_seed(tab.page.url)
    folder = CourseFolder(Path(tab.server.environment["SIMCARDS_CONTENT"]))
    template = folder.current(datetime.now(UTC)).templates[item]
    return keys_for(questions.draw(template, seed, language), verdict)


@pytest.mark.parametrize("key", ["Backspace", "ArrowLeft"])
def test_back_leads_to_the_step_before(come: Callable[..., Tab], key: str) -> None:
    tab = come("/?lesson=hops&step=3")
    tab.step(key)
    focused(tab, "One hop")
    tab.step(key)
    focused(tab, "Hops")
    tab.look().press(key)
    tab.page.wait_for_timeout(400)
    assert tab.settle()[0] == "lesson"
    assert "step=1" in tab.page.url


def test_an_arrow_on_a_slider_moves_the_slider(come: Callable[..., Tab]) -> None:
    tab = come("/?lesson=hops&step=1")
    tab.step("Space")
    tab.step("Backspace")
    slider = tab.page.locator("[data-testid=stSlider] input")
    tab.page.mouse.click(5, 5)  # whoever points is left alone by what puts the focus on the title
    slider.focus()
    before = slider.input_value()
    tab.look().press("ArrowLeft")
    expect(slider).not_to_have_value(before)
    assert "step=1" in tab.page.url
    tab.settle()
    assert tab.step("Space")[0] == "lesson"  # the slider has no use for it
    assert "step=2" in tab.page.url


def test_a_lesson_is_reloaded_where_it_was(come: Callable[..., Tab]) -> None:
    tab = come()
    tab.step("Enter")
    tab.step("Space")
    tab.page.wait_for_timeout(1500)
    tab.reload()
    assert tab.stage() == "lesson"
    focused(tab, "One hop")
    for _ in range(3):
        tab.step("Space")
    assert lesson_row(tab).milliseconds >= 1500  # what was read before the reload counts


def test_the_browsers_back_and_forward_go_through_the_steps(come: Callable[..., Tab]) -> None:
    tab = come("/?lesson=hops&step=1")
    tab.step("Space")
    tab.step("Space")
    focused(tab, "A worked example")
    before = tab.where()
    tab.page.go_back()
    before = tab.leaves(before)
    expect(tab.page.get_by_role("heading", name="One hop")).to_be_visible()
    tab.page.go_forward()
    tab.leaves(before)
    expect(tab.page.get_by_role("heading", name="A worked example")).to_be_visible()


def test_nothing_of_an_old_step_stays(come: Callable[..., Tab]) -> None:
    """Also while a chart is drawn and the page looks for changes: one heading, one set of keys."""
    tab = come("/?lesson=hops&step=1")
    for _ in range(3):
        tab.step("Space")
    tab.page.wait_for_timeout(300)
    assert tab.page.locator("[data-testid=stMain] h2").count() == 1
    assert tab.page.locator(".st-key-lesson-next button").count() == 1
    assert tab.page.locator("[data-testid=stVegaLiteChart]").count() == 0
    tab.step("Space")
    for key in ("lesson-next", "lesson-back", "lesson-know", "stage-lesson"):
        assert tab.page.locator(f".st-key-{key}").count() == 0, key


def test_two_quick_clicks_turn_one_step(come: Callable[..., Tab]) -> None:
    tab = come("/?lesson=hops&step=1").look()
    before = tab.where()
    tab.button("lesson-next").dblclick()
    tab.leaves(before)
    assert "step=2" in tab.page.url


# -- I know this already ------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_check_answered_right_by_keyboard(come: Callable[..., Tab], language: str) -> None:
    tab = come("/?lesson=hops&step=1", locale=LOCALES[language])
    where = tab.step("k")
    for number, item in enumerate(("factor", "side", "later"), 1):
        assert item_and_seed(tab.page.url)[0] == f"hops/{item}"
        assert "check=1" in tab.page.url
        if number == 1:
            tab.reload()
            tab.picture(f"lesson-check-{language}")
        assert answer(tab, language=language)[0] == "reveal"
        where = tab.step("Space")
    assert where[0] in ("lesson", "front", "number", "options", "done")
    assert "hops" not in tab.page.url.partition("lesson=")[2]
    assert lesson_row(tab).how == "check"
    assert [row.scheduled for row in tab.answers()] == [True] * 3


def test_a_check_answered_wrong_leads_to_the_lesson(come: Callable[..., Tab]) -> None:
    tab = come("/?lesson=hops&step=2")
    tab.step("k")
    assert answer(tab, "misconception")[0] == "reveal"
    assert lesson_row(tab).how == "failed"
    assert tab.step("Space")[0] == "lesson"
    focused(tab, "Hops")
    assert tab.page.locator(".st-key-lesson-know").count() == 0
    tab.open()
    assert tab.step("Enter")[0] == "lesson"


# -- back to the step that explains it ------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_wrong_answer_leads_back_to_its_step(come: Callable[..., Tab], language: str) -> None:
    tab = come("/?lesson=hops&step=4", locale=LOCALES[language])
    tab.step("Space")
    tab.step("3")
    tab.step("3")
    assert item_and_seed(tab.page.url)[0] == "hops/side"
    assert answer(tab, "misconception", language)[0] == "reveal"
    tab.picture(f"lesson-reread-{language}")
    assert TITLES[language][3] in tab.button("reread").inner_text()
    assert tab.step("r")[0] == "lesson"
    focused(tab, TITLES[language][3])
    tab.picture(f"lesson-again-{language}")
    assert tab.step("Space")[0] == "reveal"
    assert tab.step("Space")[0] == "number"
    assert len(tab.answers()) == 2


def test_the_back_of_a_flashcard_leads_to_its_step_and_is_rated_after_it(
    come: Callable[..., Tab],
) -> None:
    tab = come("/?lesson=hops&step=4")
    tab.step("Space")
    assert tab.step("2")[0] == "back"
    assert tab.step("r")[0] == "lesson"
    focused(tab, "One hop")
    assert tab.step("Space")[0] == "back"
    tab.step("1")
    assert [row.answer.verdict for row in tab.answers()] == ["wrong"]


# -- from the library, and how it looks ---------------------------------------------------------


def test_any_concept_is_learned_from_its_card(come: Callable[..., Tab]) -> None:
    tab = come("/library?card=valleys")
    expect(tab.page.locator(".st-key-builds-on a")).to_have_text("Hops")
    before = tab.where()
    tab.page.get_by_role("link", name="Learn this now").click()
    assert tab.leaves(before)[0] == "lesson"
    assert "lesson=valleys" in tab.page.url
    expect(tab.page.locator(".st-key-builds-on a")).to_have_text("Hops")
    tab.step("Space")
    assert tab.step("Space")[0] == "front"
    assert item_and_seed(tab.page.url)[0] == "valleys/limit"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (NARROW, "dark"), (DESKTOP, "dark")]
)
def test_it_fits_every_screen(
    come: Callable[..., Tab], language: str, size: dict[str, int], scheme: str
) -> None:
    tab = come("/?lesson=hops&step=1", locale=LOCALES[language], viewport=size, color_scheme=scheme)
    for number in (1, 2, 3, 4):
        tab.open(f"/?lesson=hops&step={number}")
        tab.page.wait_for_timeout(600)  # charts and formulas are drawn after the page is there
        assert tab.page.evaluate(STICKS_OUT) == [], number
        assert [str(found) for found in findings(tab.page) if found.matters] == [], number
        tab.picture(f"lesson-{language}-{size['width']}-{scheme}-{number}")
    long = tab.open("/?lesson=hops&step=2").page.locator(".katex-display").first
    expect(long).to_be_visible()
    if size["width"] == 320:  # what is wider than the page can be scrolled to its end
        assert long.evaluate("e => { e.scrollLeft = 9999; return e.scrollLeft > 0 }")


def test_a_phone_goes_through_it_with_the_finger(come: Callable[..., Tab]) -> None:
    tab = come("/", viewport=PHONE, has_touch=True, is_mobile=True)
    before = tab.settle()
    tab.button("start").tap()
    before = tab.leaves(before)
    for _ in range(4):
        tab.look()
        box = tab.box_at_rest(tab.button("lesson-next"))
        assert box["height"] >= 44
        tab.button("lesson-next").tap()
        before = tab.leaves(before)
    assert before[0] == "front"
