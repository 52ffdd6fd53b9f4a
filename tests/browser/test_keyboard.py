"""The whole session by keyboard alone, and what the keys do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine.i18n import Translator, say
from tests.browser.solving import item_and_seed, keys_for, variant_at
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

NUMBER = "xavier-normal/sigma"
FLASHCARD = "xavier-normal/formula"


@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("ko", "ko-KR")])
def test_a_first_session_goes_by_keyboard_alone(
    open_tab: Callable[..., Tab], language: str, locale: str
) -> None:
    tab = open_tab(locale=locale).choose(new_per_day=4)
    where, items, screens = tab.step("Enter"), set(), 1
    while where[0] != "done" and screens < 40:
        screens += 1
        if where[0] in ("number", "options"):
            variant = variant_at(tab.page.url, language)
            assert first_words(variant.prompt) in tab.text()
            # The first answer is wrong, so that it comes back and there is something to tell.
            where = tab.answer("correct" if items else "misconception", language=language)
            items.add(variant.item)
        else:
            where = tab.step(
                {"reveal": "Space", "front": "3", "back": "3", "start": "Enter"}[where[0]]
            )
    assert where[0] == "done"
    assert items
    assert len({row.answer.item for row in tab.answers()}) == 4
    assert not any(row.undone for row in tab.answers())
    translate = Translator(language)
    assert translate(say("Done for today")) in tab.text()
    assert translate(say("Misconceptions that showed")) in tab.text()
    tab.picture(f"session-done-{language}")


def test_a_failed_item_comes_again_after_three_others_and_says_so(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(locale="ko-KR").choose(new_per_day=5)
    where, seen = tab.step("Enter"), []
    while seen.count(seen[0] if seen else "") < 2 and len(seen) < 12:
        if where[0] in ("number", "options", "front"):
            item = item_and_seed(tab.page.url)[0]
            badge = tab.page.locator(".st-key-again").inner_text().strip()
            assert badge == ("다시" if item in seen else "")
            seen.append(item)
        if where[0] in ("number", "options"):
            where = tab.answer("correct" if len(seen) > 1 else "misconception", language="ko")
        else:
            where = tab.step({"reveal": "Space", "front": "3", "back": "1"}[where[0]])
    assert seen.count(seen[0]) == 2
    assert len(set(seen)) >= 4


def first_words(prompt: str) -> str:
    """The beginning of a prompt as the page shows it: up to the first formula or mark."""
    return re.split(r"[$*`\n\\]", prompt)[0].strip()


def test_the_answer_field_has_the_cursor_and_enter_leads_to_the_sureness(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER)
    focused = "() => !!document.activeElement.closest('.st-key-answer')"
    armed = "document.querySelector('.st-key-sure').hasAttribute('data-armed')"
    tab.page.wait_for_function(focused)
    tab.press("0", ".", "1")
    assert not tab.page.evaluate(armed)
    tab.press("Enter")
    assert tab.page.evaluate(armed)
    assert not tab.page.evaluate(focused)
    tab.press("Escape")
    assert tab.page.evaluate(focused)
    assert tab.page.locator(".st-key-answer input").input_value() == "0.1"


def test_an_answer_that_cannot_be_read_stays_and_is_asked_about(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER).look().press("7", ",", "9", "Enter", "4")
    tab.page.get_by_test_id("stAlert").wait_for()
    assert "7.9" in tab.text()
    assert tab.page.locator(".st-key-answer input").input_value() == "7,9"
    assert tab.answers() == []
    tab.settle()
    tab.fill("0.079")
    before = tab.where()
    tab.press("Enter", "4")
    assert tab.leaves(before)[0] == "reveal"
    assert len(tab.answers()) == 1


def test_digits_pick_and_digits_after_enter_submit(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item="xavier-normal/relu-depth").look()
    before = tab.where()
    tab.press(*keys_for(variant_at(tab.page.url)), "Enter", "2")
    assert tab.leaves(before)[0] == "reveal"
    (logged,) = tab.answers()
    assert (logged.answer.verdict, logged.answer.confidence_level) == ("correct", 1)
    assert logged.scheduled


def test_digits_rank_in_the_order_in_which_they_are_pressed(open_tab: Callable[..., Tab]) -> None:
    """However fast: two clicks of one rerun once came in the wrong order."""
    tab = open_tab(item="he-normal/relu-order")
    assert tab.answer()[0] == "reveal"
    (logged,) = tab.answers()
    assert logged.answer.verdict == "correct"


def test_backspace_takes_the_last_pick_out_of_an_order(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item="he-normal/relu-order").look().press("1")
    tab.page.locator(".st-key-unrank button").wait_for()
    tab.press("Backspace")
    tab.page.locator(".st-key-unrank button").wait_for(state="detached")


def test_digits_turn_and_rate_a_flashcard(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=FLASHCARD)
    assert tab.step("2")[0] == "back"
    assert tab.step("4")[0] not in ("back", "trouble")
    (logged,) = tab.answers()
    assert (logged.answer.confidence_level, logged.answer.rating) == (1, 4)


@pytest.mark.parametrize("key", ["u", "ㅕ"])
def test_u_undoes_on_either_keyboard_layout(open_tab: Callable[..., Tab], key: str) -> None:
    tab = open_tab(item=NUMBER)
    reveal = tab.answer()
    tab.look().page.evaluate(
        "(key) => document.body.dispatchEvent(new KeyboardEvent("
        "'keydown', {key, code: 'KeyU', bubbles: true, composed: true}))",
        key,
    )
    assert tab.leaves(reveal)[0] == "number"
    assert [row.undone for row in tab.answers()] == [True]


def test_enter_goes_on_as_space_does(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    tab.answer()
    assert tab.step("Enter")[0] in ("number", "options", "front")


def test_keys_of_an_input_method_are_left_alone(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER).look()
    composing = """(selector) => (selector ? document.querySelector(selector) : document.body)
      .dispatchEvent(new KeyboardEvent('keydown',
        {key: 'Enter', code: 'Enter', isComposing: true, bubbles: true, composed: true}))"""
    tab.page.evaluate(composing, ".st-key-answer input")
    assert not tab.page.evaluate(
        "document.querySelector('.st-key-sure').hasAttribute('data-armed')"
    )
    before = tab.answer()
    tab.look().page.evaluate(composing, None)
    tab.page.wait_for_timeout(300)
    assert tab.settle() == before


def test_a_held_key_does_not_run_through_the_session(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    before = tab.answer()
    tab.look()
    for _ in range(10):  # the second and later ones are repeats
        tab.page.keyboard.down("Space")
        tab.page.wait_for_timeout(40)
    tab.page.keyboard.up("Space")
    assert tab.leaves(before)[0] in ("number", "options", "front")
    assert len(tab.answers()) == 1


def test_every_key_is_written_on_its_button(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    assert "Enter" in tab.button("start").inner_text()
    tab.open(tab.todays(NUMBER))
    for n in range(4):
        assert tab.button("sure", n).inner_text().startswith(str(n + 1))
    tab.answer()
    for container, key in (("next", "Space"), ("undo", "u"), ("same-numbers", "s")):
        assert key in tab.button(container).inner_text()


def test_what_is_typed_right_after_an_undo_arrives_whole(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    field = tab.page.locator(".st-key-answer input")
    undone = tab.page.get_by_text("Undone.")
    wanted = []
    for text in ("0.25", "0.31", "0.47", "0.52"):
        asked = tab.where()
        expect(field).to_be_visible()
        tab.look().press("0", ".", "9", "Enter", "2")
        before = tab.leaves(asked)
        assert before[0] == "reveal"
        tab.look().press("u")
        undone.wait_for()
        expect(field).to_be_focused()
        before = tab.where()
        tab.press("c", *text)
        tab.settle()
        assert field.input_value() == text
        tab.look().press("Enter", "2")
        assert tab.leaves(before)[0] == "reveal"
        wanted.append(text)
        tab.look().press("u")
        undone.wait_for()
        field.wait_for()
        tab.settle()
    assert [row.answer.answer_text for row in tab.answers()][1::2] == wanted


#: Presses `h` in the very moment in which another question's hints stand on the page.
AT_ONCE = """() => {
  const hints = () => document.querySelector('.st-key-hints summary')
  const before = hints()
  window.pressed = 0
  const look = new MutationObserver(() => {
    if (!hints() || hints() === before) return
    look.disconnect()
    window.pressed += 1
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'h', code: 'KeyH', bubbles: true, composed: true }))
  })
  look.observe(document.body, { childList: true, subtree: true })
}"""


def test_a_hint_opens_in_the_moment_in_which_its_question_stands_there(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab("/practice?item=xavier-normal/sigma&seed=7&cards=xavier-normal")
    tab.settle()
    opened = []
    for _ in range(5):
        assert tab.answer()[0] == "reveal"
        tab.page.evaluate(AT_ONCE)
        tab.step("Space")
        tab.page.wait_for_function("() => window.pressed === 1")
        opened.append(tab.page.locator(".st-key-hints details[open]").count())
    assert opened == [1] * 5
