"""Every page is drawn, in both languages, and bad input gets a sentence and not a traceback."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import streamlit as st

from engine.i18n import Translator, say
from engine.pages import clock
from engine.pages.resources import open_study
from engine.storage import Settings, Store
from tests.pages.conftest import LEARNER, SIGMA, Visit, answer_here, button, to_question, words


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("", {}),
        ("", SIGMA),
        ("", {"item": "xavier-normal/formula", "seed": "7"}),
        ("", {"item": "xavier-normal/formula", "seed": "7", "sure": "2"}),
        ("", {"item": "he-normal/relu-order", "seed": "7"}),
        ("", {"item": "he-normal/which-side", "seed": "7"}),
        ("practice", {}),
        ("practice", {**SIGMA, "cards": "xavier-normal"}),
        ("library", {}),
        ("library", {"card": "xavier-normal"}),
        ("settings", {}),
    ],
)
def test_every_page_is_drawn(visit: Visit, page: str, query: dict[str, str], language: str) -> None:
    test = visit(page, query=query, language=language)
    assert not test.exception
    assert not test.error
    assert words(test)


def test_every_card_is_drawn_with_its_chart(visit: Visit) -> None:
    for card in open_study().course(datetime.now(UTC)).cards:
        test = visit("library", query={"card": card}, language="ko")
        assert not test.exception
        assert not test.error, card


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("", {"item": "x", "seed": "abc"}),
        ("", {**SIGMA, "seed": "abc"}),
        ("", {**SIGMA, "seed": "4294967296"}),
        ("", {**SIGMA, "try": "-1"}),
        ("", {**SIGMA, "sure": "9"}),
        ("", {"item": "nobody/nothing", "seed": "1"}),
        ("practice", {"item": "nobody/nothing", "seed": "1"}),
        ("practice", {**SIGMA, "seed": "1e3"}),
        ("library", {"card": "nobody"}),
        ("library", {"card": "../../etc/passwd"}),
    ],
)
def test_a_bad_address_gets_a_sentence(
    visit: Visit, page: str, query: dict[str, str], language: str
) -> None:
    test = visit(page, query=query, language=language)
    assert not test.exception
    (error,) = test.error
    assert len(error.value) > 20
    assert "Traceback" not in error.value


def test_concepts_to_practise_that_are_not_there_are_told(visit: Visit) -> None:
    test = visit("practice", query={"cards": "nobody"}, language="en")
    assert not test.exception
    button(test, "start-practice").click().run()
    assert not test.exception
    assert test.query_params["item"]


def test_an_item_without_numbers_is_the_overview(visit: Visit) -> None:
    test = visit(query={"item": "xavier-normal/sigma"})
    assert not test.exception
    assert button(test, "start-today")


def test_a_first_answer_is_graded_and_kept(visit: Visit, app_store: Store) -> None:
    test = visit()
    button(test, "start-today").click().run()
    test = answer_here(to_question(test))
    assert [s.value.partition("\n\n")[0] for s in test.success] == ["Correct."]
    assert app_store.log.newest_answer(LEARNER) is not None


def test_same_numbers_after_the_feedback_ask_again(visit: Visit, app_store: Store) -> None:
    test = answer_here(visit(query=SIGMA), "misconception")
    assert test.error
    button(test, "same-").click().run()
    assert test.query_params["try"] in ("1", ["1"])
    test = answer_here(test)
    assert [s.value.partition("\n\n")[0] for s in test.success] == ["Correct."]
    assert app_store.log.tries(LEARNER, SIGMA["item"], 7) == 2


def test_undo_shows_the_item_again(visit: Visit, app_store: Store) -> None:
    test = answer_here(visit(query=SIGMA))
    button(test, "undo-").click().run()
    assert not test.exception
    assert button(test, "sure-0")
    assert app_store.log.newest_answer(LEARNER) is None


def test_a_malformed_answer_is_asked_about_and_not_recorded(visit: Visit, app_store: Store) -> None:
    test = visit(query=SIGMA)
    test.text_input[0].set_value("7,9")
    button(test, "sure-3").click().run()
    assert "7.9" in test.warning[0].value
    assert test.text_input[0].value == "7,9"
    assert app_store.log.newest_answer(LEARNER) is None


def test_a_click_that_comes_too_soon_does_not_count(
    visit: Visit, app_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "DWELL_SECONDS", 3600)
    test = visit(query=SIGMA)
    test.text_input[0].set_value("0.1")
    button(test, "sure-3").click().run()
    assert app_store.log.newest_answer(LEARNER) is None
    monkeypatch.setattr(clock, "DWELL_SECONDS", 0)
    button(test, "sure-3").click().run()
    assert app_store.log.newest_answer(LEARNER) is not None


@pytest.mark.parametrize("key", ["next-", "rate-4"])
def test_next_and_ratings_have_the_guard_too(
    visit: Visit, app_store: Store, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    if key == "next-":
        test = answer_here(visit(query=SIGMA))
    else:
        test = visit(query={"item": "xavier-normal/formula", "seed": "7", "sure": "2"})
    before = (dict(test.query_params), app_store.log.last_id(LEARNER))
    monkeypatch.setattr(clock, "DWELL_SECONDS", 3600)
    button(test, key).click().run()
    assert (dict(test.query_params), app_store.log.last_id(LEARNER)) == before


def test_settings_are_kept_at_once_and_survive(visit: Visit, app_store: Store) -> None:
    test = visit("settings")
    test.selectbox(key="setting-timezone").select("Europe/Berlin").run()
    test.selectbox(key="setting-rollover").select(3).run()
    test.number_input(key="setting-minutes_a_day").set_value(25).run()
    test.number_input(key="setting-new_per_day").set_value(0).run()
    test.slider(key="setting-desired_retention").set_value(85).run()
    test.selectbox(key="setting-language").select("ko").run()
    assert not test.exception
    st.cache_resource.clear()  # a restart
    kept = open_study().store.learners.ensure(LEARNER, clock.now()).settings
    assert kept == Settings("ko", "Europe/Berlin", 3, 0, 0.85, 25)
    assert visit("settings").title[0].value == Translator("ko")(say("Settings"))


def test_a_bound_of_new_items_can_be_taken_away_again(visit: Visit, app_store: Store) -> None:
    test = visit("settings", new_per_day=7)
    assert test.number_input(key="setting-new_per_day").value == 7
    test.number_input(key="setting-new_per_day").set_value(None).run()
    assert not test.exception
    assert app_store.learners.ensure(LEARNER, clock.now()).settings.new_per_day is None


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_exam_with_its_units_is_chosen_and_taken_out(
    visit: Visit, app_store: Store, language: str
) -> None:
    def kept() -> Settings:
        return app_store.learners.ensure(LEARNER, clock.now()).settings

    test = visit("settings", language=language)
    assert not [p for p in test.pills if p.key == "setting-exam_units"]
    day = clock.now().date() + timedelta(days=30)
    test.date_input(key="setting-exam_day").set_value(day).run()
    assert not test.exception
    assert (kept().exam_day, kept().exam_units) == (day, ())
    test.pills(key="setting-exam_units").set_value(["initialization"]).run()
    assert kept().exam_units == ("initialization",)
    button(test, "setting-no-exam").click().run()
    assert not test.exception
    assert (kept().exam_day, kept().exam_units) == (None, ())
    assert test.date_input(key="setting-exam_day").value is None


def test_an_exam_that_is_over_can_be_seen_and_changed(visit: Visit) -> None:
    past = clock.now().date() - timedelta(days=30)
    test = visit("settings", exam_day=past)
    assert not test.exception
    assert not test.error
    assert "This exam is over" in words(test)


def test_the_language_is_switched_in_one_click(visit: Visit) -> None:
    test = visit(language="en")
    button(test, "language-ko").click().run()
    assert test.title[0].value == Translator("ko")(say("Today"))
    assert button(test, "language-en")


def test_a_zone_this_machine_does_not_know_falls_back(visit: Visit) -> None:
    test = visit("settings", timezone="Moon/Tycho")
    assert not test.exception
    assert not visit("").error


@pytest.mark.parametrize("page", ["", "practice"])
def test_the_address_of_an_undone_answer_can_be_answered(
    visit: Visit, app_store: Store, page: str
) -> None:
    test = answer_here(visit(page, query=SIGMA), "wrong")
    button(test, "undo-").click().run()
    test = visit(page, query=SIGMA)  # the browser's Back
    assert test.query_params["try"] in ("1", ["1"])
    test = answer_here(test)
    assert [s.value.partition("\n\n")[0] for s in test.success] == ["Correct."]
    newest = app_store.log.newest_answer(LEARNER)
    assert newest is not None
    assert newest.answer.attempt == 1


def test_what_was_typed_is_not_read_as_markdown(visit: Visit) -> None:
    picture = "![a](http://example.org/a.png)"
    for test in (visit(query={"item": picture}), visit("library", query={"card": picture})):
        assert picture not in test.error[0].value
    test = visit(query=SIGMA)
    test.text_input[0].set_value(picture)
    button(test, "sure-3").click().run()
    assert picture not in test.warning[0].value


@pytest.mark.parametrize(("language", "asked"), [("en", "Tick all"), ("ko", "모두 고르세요")])
def test_a_learner_is_asked_to_tick_once(visit: Visit, language: str, asked: str) -> None:
    test = visit(query={"item": "he-normal/which-side", "seed": "7"}, language=language)
    assert test.checkbox
    assert words(test).count(asked) == 1


@pytest.mark.parametrize("choice", [{"new_per_day": 201}, {"timezone": "Mars/Olympus"}])
def test_the_language_is_kept_whatever_else_stands_in_the_settings(
    visit: Visit, app_store: Store, choice: dict[str, object]
) -> None:
    visit("settings")
    app_store.learners.save_settings(LEARNER, Settings(**choice))
    test = visit("settings")
    button(test, "language-ko").click().run()
    assert not test.exception
    assert app_store.learners.ensure(LEARNER, datetime.now(UTC)).settings == Settings(
        language="ko", **choice
    )
