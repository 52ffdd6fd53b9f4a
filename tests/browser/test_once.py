"""An answer counts once and is never lost, whatever happens to clicks, tabs, server and line."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocketRoute

from tests.browser.conftest import Server
from tests.browser.solving import keys_for, variant_at
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser

NUMBER = "xavier-normal/sigma"
CHOICE = "xavier-normal/relu-depth"
FLASHCARD = "xavier-normal/formula"


def test_a_double_click_on_a_sureness_is_one_answer(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER).look()
    before = tab.where()
    tab.fill("0.05")
    tab.button("sure", 2).dblclick()
    assert tab.leaves(before)[0] == "reveal"
    tab.page.wait_for_timeout(300)
    assert tab.settle()[0] == "reveal"
    assert len(tab.answers()) == 1


@pytest.mark.parametrize("pause", [60, 200])
def test_a_double_click_on_next_skips_nothing(open_tab: Callable[..., Tab], pause: int) -> None:
    tab = open_tab(item=NUMBER)
    reveal = tab.answer()
    tab.look()
    box = tab.button("next").bounding_box()
    x, y = box["x"] + 9, box["y"] + 9
    tab.page.mouse.click(x, y)
    tab.page.wait_for_timeout(pause)
    tab.page.mouse.click(x, y)
    question = tab.leaves(reveal)
    tab.page.wait_for_timeout(300)
    assert tab.settle() == question
    assert question[0] in ("number", "options", "front")
    assert len(tab.answers()) == 1


def test_a_double_click_on_undo_takes_back_one_answer(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    for item in (CHOICE, NUMBER):
        tab.open(tab.todays(item))
        tab.answer()
    tab.look()
    before = tab.where()
    tab.button("undo").dblclick()
    tab.leaves(before)
    tab.page.wait_for_timeout(500)
    assert [row.undone for row in tab.answers()] == [False, True]


def test_a_double_click_on_a_sureness_does_not_rate_the_flashcards_back(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=FLASHCARD).look()
    front = tab.where()
    tab.press("3", "3")
    assert tab.leaves(front)[0] == "back"
    tab.page.wait_for_timeout(300)
    assert tab.settle()[0] == "back"
    assert tab.answers() == []


def test_a_reload_in_a_question_keeps_the_numbers(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=CHOICE)
    before = tab.where()
    options = tab.page.locator(".st-key-options").inner_text()
    tab.reload()
    assert tab.where() == before
    assert tab.page.locator(".st-key-options").inner_text() == options
    tab.answer()
    assert tab.answers()[0].scheduled


def test_a_reload_on_the_feedback_keeps_it(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    before = tab.answer("misconception")
    said = [tab.page.get_by_test_id("stAlert").inner_text(), "0.", "Accepted"]
    tab.reload()
    assert tab.where() == before
    assert all(words in tab.text() for words in said)
    assert len(tab.answers()) == 1
    assert tab.step("Space")[0] in ("number", "options", "front")


def test_a_reload_on_a_flashcards_back_keeps_the_back_and_the_sureness(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=FLASHCARD)
    before = tab.step("2")
    assert before[0] == "back"
    tab.reload()
    assert tab.where() == before
    tab.step("3")
    assert tab.answers()[0].answer.confidence_level == 1


def test_a_second_tab_on_the_same_item_is_told_that_the_first_counts(
    open_tab: Callable[..., Tab],
) -> None:
    first = open_tab(item=CHOICE)
    second = open_tab(first.todays(CHOICE), context=first.context)
    first.answer("correct")
    second.answer("misconception")
    assert second.where() == first.where()
    assert second.page.get_by_test_id("stAlert").count() == 2  # the verdict, and the notice
    (logged,) = first.answers()
    assert logged.answer.verdict == "correct"


def test_a_flashcard_rated_in_two_tabs_counts_once(open_tab: Callable[..., Tab]) -> None:
    first = open_tab(item=FLASHCARD)
    second = open_tab(first.todays(FLASHCARD) + "&sure=2", context=first.context)
    first.step("3")
    first.step("4")
    second.step("1")
    (logged,) = first.answers()
    assert logged.answer.rating == 4


def test_a_killed_server_loses_nothing_and_leaves_the_learner_in_place(
    open_tab: Callable[..., Tab], own_server: Callable[..., Server]
) -> None:
    server = own_server(SIMCARDS_LEARNERS="browser")
    tab = open_tab(item=CHOICE, at=server)
    answered = tab.answer()
    question = tab.open(tab.todays(NUMBER)).settle()
    server.kill()
    server.start()
    assert tab.settle() == question
    assert answer_until_heard(tab, question) == ("reveal", question[1])
    assert [row.answer.presentation for row in tab.answers()] == [answered[1], question[1]]
    tab.console.clear()  # the browser's own words about a server that is not there


def answer_until_heard(tab: Tab, question: tuple[str, str]) -> tuple[str, str]:
    """A restarted server does not hear a click in the moment before it has drawn the page anew;
    like a person, the learner clicks again."""
    for _ in range(4):
        if question[0] == "number":
            tab.fill("0.0625")
        else:
            tab.press(*keys_for(variant_at(tab.page.url)))
        tab.look().press("Enter", "2")
        with contextlib.suppress(AssertionError):
            return tab.leaves(question, 4)
    raise AssertionError("the server did not hear four answers")


def test_an_answer_typed_before_the_server_went_away_is_still_there(
    open_tab: Callable[..., Tab], own_server: Callable[..., Server]
) -> None:
    server = own_server(SIMCARDS_LEARNERS="browser")
    tab = open_tab(item=NUMBER, at=server)
    question = tab.where()
    tab.fill("0.0625")
    server.kill()
    tab.page.locator(".st-key-answer input[disabled]").wait_for()
    server.start()
    assert tab.settle(30) == question
    assert tab.page.locator(".st-key-answer input").input_value() == "0.0625"
    assert answer_until_heard(tab, question)[0] == "reveal"
    (logged,) = tab.answers()
    assert logged.answer.answer_text == "0.0625"
    tab.console.clear()


class Line:
    """The wire between a tab and the server, to cut. To be made before the page is opened."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.up = True
        self.deaf = False  # what the server says no longer arrives
        self._ends: list[WebSocketRoute] = []
        tab.page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, page: WebSocketRoute) -> None:
        if not self.up:
            page.close()
            return
        self._ends.append(page)
        server = page.connect_to_server()
        server.on_message(lambda said: None if self.deaf else page.send(said))

    def cut(self) -> None:
        self.up = False
        self.tab.context.set_offline(True)
        for page in self._ends:
            page.close()
        self.tab.page.locator("[data-test-connection-state=CONNECTED]").wait_for(state="detached")

    def mend(self) -> None:
        self.up, self.deaf = True, False
        self.tab.context.set_offline(False)


def test_a_lost_connection_keeps_what_was_typed(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab(item=NUMBER)
    line = Line(tab)
    question = tab.reload().where()
    tab.fill("0.0625")
    line.cut()
    assert tab.answers() == []
    line.mend()
    assert tab.settle(30) == question
    assert tab.page.locator(".st-key-answer input").input_value() == "0.0625"
    tab.page.locator(".st-key-answer input").focus()
    tab.look().press("Enter", "2")
    assert tab.leaves(question, 30)[0] == "reveal"
    assert len(tab.answers()) == 1
    tab.console.clear()


def test_an_answer_whose_reply_was_lost_counts_once_and_is_shown_when_the_line_is_back(
    open_tab: Callable[..., Tab],
) -> None:
    tab = open_tab(item=NUMBER)
    line = Line(tab)
    question = tab.reload().where()
    line.deaf = True
    tab.look().press("0", ".", "1", "Enter", "2")
    for _ in range(100):
        if tab.answers():
            break
        tab.page.wait_for_timeout(50)
    line.cut()
    line.mend()
    assert tab.leaves(question, 30) == ("reveal", question[1])
    assert len(tab.answers()) == 1
    tab.console.clear()


def test_nothing_of_an_answer_stays_on_the_next_question(
    open_tab: Callable[..., Tab], own_server: Callable[..., Server]
) -> None:
    """Also where the page looks for news at the moment of the click."""
    restless = own_server(app="tests.browser.restless:app", SIMCARDS_LEARNERS="browser")
    tab = open_tab(at=restless).choose(minutes_a_day=120)
    tab.page.locator(".st-key-start button").click()
    for round in range(20):
        while (where := tab.settle()[0]) in ("front", "back"):
            tab.step("3")
        if where == "done":
            break
        tab.answer()
        tab.page.wait_for_timeout(37 * (round % 12))
        assert tab.step("Space")[0] != "reveal"
        assert tab.page.locator(".st-key-next").count() == 0
    assert round > 10
