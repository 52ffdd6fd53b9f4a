"""The library: map, list, glossary, and a card's page."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import APP, Visit, answer_here, by_turns, to_question, words


def links(test: AppTest) -> list[str]:
    return [link.proto.label for link in test.get("page_link")]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("view", ["map", "list", "glossary", "nonsense"])
def test_every_view_is_drawn(visit: Visit, view: str, language: str) -> None:
    test = visit("library", query={"view": view}, language=language)
    assert not test.exception
    assert not test.error


def test_the_list_says_how_well_each_concept_is_known(visit: Visit) -> None:
    before = words(visit("library", query={"view": "list"}, language="en"))
    assert "known:" not in before
    answer_here(to_question(visit(language="en").button(key="start-today").click().run()))
    after = words(visit("library", query={"view": "list"}, language="en"))
    assert "known:" in after
    assert "items met)" in after


def test_the_view_is_in_the_address(visit: Visit) -> None:
    test = visit("library", language="en")
    test.segmented_control(key="library-view").set_value("glossary").run()
    assert test.query_params["view"] in ("glossary", ["glossary"])


def test_the_glossary_finds_a_korean_word_for_an_english_reader(visit: Visit) -> None:
    test = visit("library", query={"view": "glossary"}, language="en")
    test.text_input(key="glossary-search").set_value("과신").run()
    assert "over-confidence" in words(test)
    assert "1 term" in words(test)


def test_a_search_that_finds_nothing_says_what_to_do(visit: Visit) -> None:
    test = visit("library", query={"view": "glossary"}, language="en")
    test.text_input(key="glossary-search").set_value("![x](http://e.org)").run()
    assert "Try a shorter word" in words(test)
    assert "![x]" not in words(test)


def test_a_cards_page_offers_each_of_its_items_to_practise(visit: Visit) -> None:
    test = visit("library", query={"card": "calibration"}, language="en")
    items = [e for e in test.expander if not e.label.startswith("What the notes say")]
    assert len(items) >= 8
    assert links(test).count("Practise this") == len(items)


def test_a_cards_page_leads_to_what_it_requires_and_what_builds_on_it(visit: Visit) -> None:
    test = visit("library", query={"card": "over-confidence"}, language="en")
    assert "Calibration and ECE" in links(test)
    assert "Under-confidence" in links(test)


# -- playing with a card's simulation ----------------------------------------------------------

CARDS = sorted(path.name for path in (APP.parent / "content" / "cards").iterdir())


def controls(test: AppTest) -> list[Any]:
    """What on a card's page can be moved or picked, but for the buttons."""
    found = [*test.slider, *test.select_slider, *test.selectbox, *test.toggle]
    return [*found, *test.get("button_group")]


@pytest.mark.parametrize(("card", "language"), by_turns(CARDS))
def test_a_cards_page_opens_with_its_chart_and_controls(
    visit: Visit, card: str, language: str
) -> None:
    test = visit("library", query={"card": card}, language=language)
    assert not test.exception
    assert not test.error
    assert not test.warning
    assert not test.info
    assert test.get("vega_lite_chart")
    labels = [control.label for control in controls(test)]
    assert labels
    assert not [label for label in labels if "_" in label]
    titles = [e.label for e in test.expander]
    assert not [title for title in titles if title.startswith("(")]


def test_a_moved_control_draws_another_chart_and_the_lab_takes_it_over(visit: Visit) -> None:
    test = visit("library", query={"card": "leaky-relu"}, language="en")
    before = [chart.proto.spec for chart in test.get("vega_lite_chart")]
    begun = test.slider[0].value
    test.slider[0].set_value(0.5).run()
    assert not test.exception
    assert [chart.proto.spec for chart in test.get("vega_lite_chart")] != before
    labs = [link for link in test.get("page_link") if link.proto.label.startswith("More of")]
    assert any("slope=0.5" in lab.proto.query_string for lab in labs)
    (back,) = [one for one in test.button if (one.key or "").endswith("-back")]
    back.click().run()
    assert [chart.proto.spec for chart in test.get("vega_lite_chart")] == before
    assert test.slider[0].value == begun


def test_a_simulation_that_fails_leaves_the_page_and_says_what_to_do(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("engine.pages.components.playground.experiment_chart", broken)
    test = visit("library", query={"card": "leaky-relu"}, language="en")
    assert not test.exception
    assert "cannot be drawn" in test.info[0].value
    assert controls(test)
    assert "Practise this" in links(test)
