"""The day on its page: what it holds, its end, what is put aside, help, and the exam."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engine.i18n import Translator, in_language, say, say_count
from engine.pages import clock
from engine.pages.resources import open_study
from engine.scheduling import Calendar, Rating
from engine.storage import Store
from engine.study.stuck import HELP_AFTER
from tests.pages.conftest import LEARNER, SIGMA, Visit, answer_here, button, words
from tests.study.conftest import Desk, wrong_of

LANGUAGES = pytest.mark.parametrize("language", ["en", "ko"])


def at_desk(days_ago: int = 0, **settings: object) -> Desk:
    """The app's own learner, some days ago."""
    desk = Desk(open_study(), LEARNER, **settings)
    desk.now = clock.now() - timedelta(days=days_ago)
    desk.person = replace(desk.person, calendar=Calendar("UTC", desk.person.settings.rollover))
    return desk


def in_words(language: str, message) -> str:
    return Translator(language)(message)


@LANGUAGES
def test_the_overview_names_what_will_be_learned_and_how_long_it_takes(
    visit: Visit, language: str
) -> None:
    day = at_desk().today()
    test = visit(language=language, lessons_read=False)
    cards = open_study().course(clock.now()).cards
    for card in day.concepts:
        assert in_language(cards[card].title, language) in words(test)
    shown = {metric.label: metric.value for metric in test.metric}
    assert shown[in_words(language, say("New concepts"))] == str(len(day.concepts))
    about = say_count("about {count} minute", "about {count} minutes", day.minutes)
    assert shown[in_words(language, say("Time"))] == in_words(language, about)


@LANGUAGES
def test_what_could_wait_is_said_plainly_before_and_after(visit: Visit, language: str) -> None:
    desk = at_desk(days_ago=60, minutes_a_day=60)
    for _ in range(5):
        desk.finish()
        desk.now += timedelta(days=1)
    desk = at_desk(minutes_a_day=5)
    waiting = desk.today().waiting
    assert waiting > 0
    text = say_count(
        "{count} more could wait; nothing is lost.",
        "{count} more could wait; nothing is lost.",
        waiting,
    )
    test = visit(language=language, lessons_read=False, minutes_a_day=5)
    assert in_words(language, text) in words(test)
    desk.finish()
    test = visit(language=language, lessons_read=False, minutes_a_day=5)
    assert test.title[0].value == in_words(language, say("Done for today"))
    assert in_words(language, text) in words(test)
    button(test, "study-more").click().run()
    assert test.query_params["more"] in ("1", ["1"])
    assert not test.exception


def test_the_day_is_over_when_all_of_it_was_right_once(visit: Visit) -> None:
    desk = at_desk()
    desk.finish()
    test = visit(lessons_read=False)
    assert test.title[0].value == "Done for today"
    assert button(test, "study-more")


def test_where_nothing_more_can_come_that_is_said(visit: Visit) -> None:
    test = visit(new_per_day=0)
    assert test.title[0].value == "Nothing is due"
    button(test, "study-more").click().run()
    assert any("Nothing more can come today" in info.value for info in test.info)


@LANGUAGES
def test_a_missed_item_comes_back_later_in_this_session(visit: Visit, language: str) -> None:
    test = answer_here(visit(query=todays(SIGMA["item"]), language=language), "misconception")
    assert in_words(language, say("later in this session")) in words(test)


def todays(item: str) -> dict[str, str]:
    desk = at_desk()
    return {"item": item, "seed": str(desk.study.next_seed(desk.person, item))}


@LANGUAGES
@pytest.mark.parametrize("how", ["tomorrow", "suspend"])
def test_an_item_is_put_aside_and_taken_back_by_undo(
    visit: Visit, app_store: Store, language: str, how: str
) -> None:
    test = visit(query=todays(SIGMA["item"]), language=language)
    button(test, f"aside-{how}-").click().run()
    assert not test.exception
    assert app_store.asides.of(LEARNER).keys() == {SIGMA["item"]}
    assert test.query_params.get("item") not in (SIGMA["item"], [SIGMA["item"]])
    assert test.info
    button(test, "undo-newest").click().run()
    assert not test.exception
    assert app_store.asides.of(LEARNER) == {}
    assert test.query_params["item"] in (SIGMA["item"], [SIGMA["item"]])


@LANGUAGES
def test_the_cards_page_shows_what_is_put_aside_and_takes_it_back(
    visit: Visit, app_store: Store, language: str
) -> None:
    desk = at_desk()
    for item in (SIGMA["item"], "xavier-normal/formula"):
        desk.study.asides.put(desk.person, item, clock.now(), suspend=item == SIGMA["item"])
    test = visit("library", query={"card": "xavier-normal"}, language=language)
    suspended = in_words(language, say("suspended: not asked until you take it back"))
    assert suspended in words(test)
    button(test, f"back-{SIGMA['item']}").click().run()
    assert suspended not in words(test)
    assert app_store.asides.of(LEARNER).keys() == {"xavier-normal/formula"}


def test_what_is_put_aside_can_be_taken_back_from_its_own_page(
    visit: Visit, app_store: Store
) -> None:
    desk = at_desk()
    desk.study.asides.put(desk.person, SIGMA["item"], clock.now(), suspend=True)
    test = visit(query=todays(SIGMA["item"]))
    button(test, f"back-{SIGMA['item']}").click().run()
    assert not test.exception
    assert app_store.asides.of(LEARNER) == {}


def missed(item: str) -> None:
    """Misses an item as often as help needs."""
    desk = at_desk()
    for _ in range(HELP_AFTER):
        shown = desk.show(item, desk.study.next_seed(desk.person, item))
        desk.answer(shown, wrong_of(shown))


@LANGUAGES
@pytest.mark.parametrize("item", [SIGMA["item"], "xavier-normal/formula"])
def test_six_misses_bring_help_and_then_it_comes_tomorrow(
    visit: Visit, app_store: Store, language: str, item: str
) -> None:
    missed(item)
    test = visit(query=todays(item), language=language)
    assert not test.exception
    assert not test.error
    assert not test.text_input or "report" in str(test.text_input[0].key)
    labels = [expander.label for expander in test.expander]
    assert in_words(language, say("Show me the working **x**")) in labels
    assert in_words(language, say("Read what explains it **c**")) in labels
    if item == SIGMA["item"]:
        desk = at_desk()
        shown = desk.show(item, desk.study.next_seed(desk.person, item))
        assert str(shown.variant.parameters["n_in"]) in words(test)
    button(test, "next-").click().run()
    assert not test.exception
    assert app_store.asides.of(LEARNER).keys() == {item}


def test_it_may_be_tried_all_the_same_beside_the_schedule(visit: Visit) -> None:
    missed(SIGMA["item"])
    test = visit(query=todays(SIGMA["item"]))
    button(test, "try-").click().run()
    assert test.query_params["again"] in ("1", ["1"])
    assert button(test, "sure-3")


def test_a_rating_says_that_a_missed_card_comes_back_in_the_session(visit: Visit) -> None:
    query = {**todays("xavier-normal/formula"), "sure": "2"}
    test = visit(query=query)
    assert "later in this session" in button(test, "rate-1").label
    assert all("session" not in button(test, f"rate-{n}").label for n in (2, 3, 4))
    assert int(Rating.AGAIN) == 1


# -- the exam ---------------------------------------------------------------------------------


def exam(days: int) -> dict[str, object]:
    day = at_desk().person.calendar.day(clock.now()) + timedelta(days=days)
    return {"exam_day": day, "exam_units": ("initialization",)}


def worked_out(visit: Visit, **settings: object) -> AppTest:
    """Today, once the outlook is there."""
    deadline = time.monotonic() + 120
    while True:
        test = visit(**settings)
        assert not test.exception
        if any(str(b.key).startswith("exam-minutes") for b in test.button):
            return test
        assert time.monotonic() < deadline
        time.sleep(0.2)


@LANGUAGES
def test_today_tells_how_the_exam_will_go_and_what_more_minutes_would_do(
    visit: Visit, app_store: Store, language: str
) -> None:
    test = worked_out(visit, language=language, **exam(9))
    text = say_count("Exam in {count} day ({date})", "Exam in {count} days ({date})", 9, date="")
    assert in_words(language, text).split("(")[0].strip() in words(test)
    assert "%" in words(test)
    button(test, "exam-minutes-20").click().run()
    assert not test.exception
    assert app_store.learners.ensure(LEARNER, clock.now()).settings.minutes_a_day == 20


def test_an_exam_that_cannot_be_reached_is_said_early_and_can_be_moved(
    visit: Visit, app_store: Store
) -> None:
    chosen = exam(12)
    test = worked_out(visit, **chosen)
    assert any("You want 90%" in warning.value for warning in test.warning)
    button(test, "exam-later").click().run()
    assert not test.exception
    kept = app_store.learners.ensure(LEARNER, clock.now()).settings
    assert kept.exam_day is not None
    assert kept.exam_day > chosen["exam_day"]
    assert kept.exam_units == ("initialization",)


@pytest.mark.parametrize(("days", "said"), [(0, "Your exam is today."), (-1, "")])
def test_an_exam_of_today_is_named_and_one_that_is_over_is_not(
    visit: Visit, days: int, said: str
) -> None:
    test = visit(**exam(days))
    assert not test.exception
    assert ("Your exam is today." in words(test)) is bool(said)
    assert not any(str(b.key).startswith("exam-") for b in test.button)
