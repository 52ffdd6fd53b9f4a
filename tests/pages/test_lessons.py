"""A lesson on the study page, the check in its place, and the way back to one of its steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.i18n import Translator, say
from engine.pages import clock
from engine.pages.resources import open_study
from engine.storage import Store
from tests.lessons_content import write_lessons
from tests.pages.conftest import LEARNER, Visit, answer_here, button, words

HOPS = {"lesson": "hops"}


@pytest.fixture(autouse=True)
def lessons(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course is the three cards of `lessons_content`."""
    folder = write_lessons(data / "content")
    monkeypatch.setenv("SIMCARDS_CONTENT", str(folder))
    return folder


def address(test: AppTest) -> dict[str, str]:
    """The parameters of the page's address."""
    found = {name: test.query_params[name] for name in test.query_params}
    return {name: v[0] if isinstance(v, list) else v for name, v in found.items()}


def press(test: AppTest, beginning: str) -> AppTest:
    pressed = button(test, beginning).click().run()
    assert not pressed.exception
    return pressed


def labels(test: AppTest) -> list[str]:
    return [found.label for found in test.button]


def read_to_the_end(test: AppTest) -> AppTest:
    while "lesson" in address(test):
        test = press(test, "lesson-next-")
    return test


@pytest.mark.parametrize(
    ("language", "titles", "first", "caption"),
    [
        ("en", ["One hop", "A worked example", "Too far"], "downhill in the dark", "Where does"),
        ("ko", ["한 번의 뜀", "계산 예", "너무 먼 뜀"], "내리막을 걷습니다", "첫 걸음 다음에"),
    ],
)
def test_the_first_session_begins_with_the_lesson_step_by_step(
    visit: Visit, app_store: Store, language: str, titles: list[str], first: str, caption: str
) -> None:
    test = press(visit(lessons_read=False, language=language), "start-today")
    assert address(test) == {"lesson": "hops", "step": "1"}
    assert first in words(test)
    assert caption in words(test)
    assert len(test.get("vega_lite_chart")) == 1
    assert not any(part.key.startswith("lesson-back") for part in test.button if part.key)
    for number, title in enumerate(titles, 2):
        test = press(test, "lesson-next-")
        assert address(test) == {"lesson": "hops", "step": str(number)}
        assert title in [head.value for head in test.header]
        assert first not in words(test)
        bar = test.get("progress")[0].proto.text
        assert str(number) in bar
        assert "4" in bar
    assert app_store.lessons.of(LEARNER) == {}
    test = press(test, "lesson-next-")
    assert address(test)["item"] == "hops/direction"
    assert app_store.lessons.of(LEARNER)["hops"].how == "read"
    assert app_store.log.newest_answer(LEARNER) is None


def test_back_leads_to_the_step_before(visit: Visit) -> None:
    test = visit(query={**HOPS, "step": "3"}, lessons_read=False)
    test = press(press(test, "lesson-back-"), "lesson-back-")
    assert address(test) == {"lesson": "hops", "step": "1"}


def test_a_double_click_turns_one_step(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "DWELL_SECONDS", 3600)
    test = press(visit(query=HOPS, lessons_read=False), "lesson-next-")
    assert address(test) == HOPS


def test_a_card_without_prose_asks_at_once(visit: Visit) -> None:
    test = press(visit(lessons_read=False), "start-today")
    while (at := address(test)).get("item") != "bare/word":
        if "lesson" in at:
            assert at["lesson"] != "bare"
            test = press(test, "lesson-next-")
        elif "next-" in "".join(str(part.key) for part in test.button):
            test = press(test, "next-")
        elif at["item"].rpartition("/")[2] in ("direction", "limit"):
            test = press(press(test, "sure-3"), "rate-3")
        else:
            test = answer_here(test)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "query",
    [
        {"lesson": "nobody"},
        {"lesson": "../x"},
        {"lesson": "bare"},
        {"lesson": "hops", "step": "two"},
    ],
)
def test_a_bad_address_gets_a_sentence(visit: Visit, query: dict[str, str], language: str) -> None:
    test = visit(query=query, language=language, lessons_read=False)
    assert not test.exception
    (error,) = test.error
    assert len(error.value) > 15


# -- I know this already ------------------------------------------------------------------------


def begin_check(visit: Visit, **settings: str) -> AppTest:
    return press(visit(query=HOPS, lessons_read=False, **settings), "lesson-know-")


def test_a_check_that_goes_well_stands_for_the_lesson(visit: Visit, app_store: Store) -> None:
    test = begin_check(visit)
    for number, item in enumerate(("factor", "side", "later"), 1):
        assert address(test)["item"] == f"hops/{item}"
        assert address(test)["check"] == "1"
        bar = test.get("progress")[0].proto.text
        assert bar == Translator("en")(
            say("Instead of the lesson: question {n} of {of}", n=number, of=3)
        )
        test = press(answer_here(test), "next-")
    assert app_store.lessons.of(LEARNER)["hops"].how == "check"
    assert address(test).get("lesson") != "hops"
    assert "check" not in address(test)


@pytest.mark.parametrize(("language", "told"), [("en", "here is the lesson"), ("ko", "개념 학습")])
def test_a_wrong_answer_in_the_check_leads_to_the_lesson(
    visit: Visit, app_store: Store, language: str, told: str
) -> None:
    test = answer_here(begin_check(visit, language=language), "misconception")
    assert app_store.lessons.of(LEARNER)["hops"].how == "failed"
    assert not any("reread" in str(part.key) for part in test.button)
    test = press(test, "next-")
    assert address(test) == {"lesson": "hops", "step": "1"}
    assert told in test.info[0].value
    assert not any(part.key.startswith("lesson-know") for part in test.button if part.key)


def test_there_is_no_check_for_what_was_met(visit: Visit) -> None:
    test = visit(query=HOPS)
    assert not any(part.key.startswith("lesson-know") for part in test.button if part.key)


# -- back to the step that explains it ------------------------------------------------------------


@pytest.mark.parametrize(("language", "title"), [("en", "A worked example"), ("ko", "계산 예")])
def test_a_wrong_answer_leads_back_to_its_step_and_on(
    visit: Visit, language: str, title: str
) -> None:
    seed = {"item": "hops/factor", "seed": "3"}
    test = answer_here(visit(query=seed, language=language), "misconception")
    assert title in button(test, "reread-").label
    test = press(test, "reread-")
    assert address(test) == {**seed, "lesson": "hops", "step": "3"}
    assert title in [head.value for head in test.header]
    assert not any(part.key.startswith("lesson-know") for part in test.button if part.key)
    test = press(test, "lesson-return-")
    assert address(test) == seed
    assert button(test, "next-")


def test_a_right_answer_has_no_need_of_its_step(visit: Visit) -> None:
    test = answer_here(visit(query={"item": "hops/factor", "seed": "3"}))
    assert not any("reread" in str(part.key) for part in test.button)


def test_a_flashcard_leads_back_from_its_back(visit: Visit) -> None:
    back = {"item": "hops/direction", "seed": "3", "sure": "1"}
    test = press(visit(query=back, language="en"), "reread-")
    assert address(test) == {**back, "lesson": "hops", "step": "2"}
    test = press(test, "lesson-return-")
    assert address(test) == back
    assert button(test, "rate-1")


def test_practice_leads_back_to_a_step_too(visit: Visit) -> None:
    practised = {"item": "hops/factor", "seed": "3", "cards": "hops"}
    test = press(answer_here(visit("practice", query=practised), "misconception"), "reread-")
    assert address(test) == {**practised, "lesson": "hops", "step": "3"}
    assert button(press(test, "lesson-return-"), "next-")


def test_a_look_back_at_a_step_is_no_lesson(visit: Visit, app_store: Store) -> None:
    query = {"item": "hops/factor", "seed": "3", "lesson": "hops", "step": "4"}
    press(visit(query=query, lessons_read=False), "lesson-return-")
    assert app_store.lessons.of(LEARNER) == {}


# -- from the library -----------------------------------------------------------------------------


def links(test: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.label, link.proto.query_string) for link in test.get("page_link")]


@pytest.mark.parametrize(
    ("language", "label", "hops"), [("en", "Learn this now", "Hops"), ("ko", "지금 배우기", "뜀")]
)
def test_any_concept_can_be_learned_from_its_card(
    visit: Visit, language: str, label: str, hops: str
) -> None:
    test = visit("library", query={"card": "valleys"}, language=language, lessons_read=False)
    assert (label, "lesson=valleys&step=1") in links(test)
    told = Translator(language)(
        say("This builds on what you do not know yet. You can go on all the same.")
    )
    assert told in words(test)
    assert (hops, "card=hops") in links(test)
    test = visit(query={"lesson": "valleys"}, lessons_read=False)
    assert told in words(test)
    test = read_to_the_end(test)
    assert address(test)["item"] == "valleys/limit"


def test_what_was_met_is_not_offered_anew(visit: Visit) -> None:
    test = visit("library", query={"card": "valleys"}, language="en")
    assert "Learn this now" not in [label for label, _ in links(test)]
    assert "builds on what you do not know" not in words(test)


def test_every_step_of_the_course_is_drawn_in_both_languages(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SIMCARDS_CONTENT")
    cards = open_study().course(clock.now()).cards
    for n, card in enumerate(cards.values()):
        language = ("en", "ko")[n % 2]
        for number in range(1, len(card.steps) + 1):
            query = {"lesson": card.id, "step": str(number)}
            test = visit(query=query, language=language, lessons_read=False)
            assert not test.exception, query
            assert not test.error, query
            assert not test.warning, query
