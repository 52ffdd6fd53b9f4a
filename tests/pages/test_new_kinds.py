"""Estimates, claims and flashcards with gaps on their pages, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import questions
from engine.pages import clock
from engine.pages.resources import open_study
from tests.kinds_content import write_kinds
from tests.pages.conftest import Visit, answer_here, button, words


@pytest.fixture(autouse=True)
def kinds(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course is the one card of `kinds_content`."""
    folder = write_kinds(data / "content")
    monkeypatch.setenv("SIMCARDS_CONTENT", str(folder))
    return folder


def at(item: str) -> dict[str, str]:
    return {"item": f"signals/{item}", "seed": "3"}


def variant_of(item: str, language: str) -> questions.Variant:
    template = open_study().course(clock.now()).templates[f"signals/{item}"]
    return questions.draw(template, 3, language)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("item", ["far", "near"])
@pytest.mark.parametrize("verdict", ["correct", "misconception", "close", "wrong"])
def test_an_estimate_is_typed_and_graded(
    visit: Visit, item: str, verdict: str, language: str
) -> None:
    test = visit(query=at(item), language=language)
    assert not test.exception
    test = answer_here(test, verdict)
    assert not test.exception
    assert not test.get("warning") or verdict == "close"
    log = open_study().store.log.changes_since("local", 0)
    assert [row.answer.verdict for row in log] == [verdict]  # type: ignore[union-attr]
    assert [row.answer.kind for row in log] == ["estimate"]  # type: ignore[union-attr]
    titles = {"en": "You pointed", "ko": "가리켰습니다"}[language]
    specs = [str(json.loads(chart.proto.spec)) for chart in test.get("vega_lite_chart")]
    assert any(titles in spec for spec in specs)
    accepted = next(line for line in words(test).split("\n") if "10.4" in line or "10⁻⁸" in line)
    assert "e-" not in accepted  # as people write numbers


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_answer_off_the_axis_is_asked_for_again(visit: Visit, language: str) -> None:
    test = visit(query=at("far"), language=language)
    test.text_input[0].set_value("1e9")
    button(test, "sure-1").click().run()
    assert not test.exception
    assert {"en": "lies off the axis", "ko": "축을 벗어납니다"}[language] in words(test)
    assert test.text_input[0].value == "1e9"
    assert open_study().store.log.changes_since("local", 0) == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_it_says_how_near_is_near_enough(visit: Visit, language: str) -> None:
    assert {"en": "within a factor of 14", "ko": "14배 안"}[language] in words(
        visit(query=at("far"), language=language)
    )
    assert "±2.6" in words(visit(query=at("near"), language=language))


@pytest.mark.parametrize(("language", "word"), [("en", "False"), ("ko", "거짓")])
def test_a_claim_is_judged_and_the_simulation_settles_it(
    visit: Visit, language: str, word: str
) -> None:
    test = visit(query=at("judged"), language=language)
    assert "\n\n> " in words(test)
    assert test.radio[0].options == [
        f"{n}) {option.text}" for n, option in enumerate(variant_of("judged", language).options, 1)
    ]
    test.radio[0].set_value("false")
    button(test, "sure-3").click().run()
    assert not test.exception
    assert word in words(test)
    assert {"en": "settled it", "ko": "판정했습니다"}[language] in words(test)


def test_a_claim_that_was_not_borne_out_is_not_called_settled(visit: Visit, kinds: Path) -> None:
    file = kinds / "cards" / "signals" / "card.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("final_rms < 0.1", "final_rms > 0.1"), encoding="utf-8")
    test = visit(query=at("judged"), language="en")
    test.radio[0].set_value("false")
    button(test, "sure-3").click().run()
    assert not test.exception
    assert "settled it" not in words(test)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("item", "hidden", "shown"),
    [
        ("bound", r"\boxed{\;?\;}", r"\boxed{6}"),
        ("bound-c2", r"\boxed{\text{", r"\boxed{n_{in}+n_{out}}"),
        ("bound-c3", "[…]", "**\u2060("),
    ],
)
def test_each_gap_is_a_flashcard_of_its_own(
    visit: Visit, item: str, hidden: str, shown: str, language: str
) -> None:
    front = words(visit(query=at(item), language=language))
    assert hidden in front
    assert shown not in front
    back = words(visit(query={**at(item), "sure": "2"}, language=language))
    assert shown in back


def test_the_library_shows_the_card(visit: Visit) -> None:
    test = visit("library", query={"card": "signals"}, language="en")
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize(("language", "meaning"), [("en", "only in part"), ("ko", "일부만 맞거나")])
def test_the_page_of_a_claim_says_what_misleading_means(
    visit: Visit, language: str, meaning: str
) -> None:
    assert meaning in words(visit(query=at("judged"), language=language))
    assert meaning not in words(visit(query=at("far"), language=language))
