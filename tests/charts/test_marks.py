"""The answers on a chart."""

from __future__ import annotations

import math

import altair as alt
import pytest

from engine.charts import Mark, Picture
from engine.charts.kit import theme
from engine.charts.kit.marks import band, heading, number_of, numbers, reach, rules
from engine.charts.kit.numbers import number
from engine.charts.kit.options import badges, chosen
from engine.charts.kit.wrapping import LINE, wrap
from engine.i18n import say
from engine.simulations import Outcome

KEY = Mark("key", 2.0, "Right answer: 2")
YOURS = Mark("yours", 3.0, "Your answer: 3")
WRONG = Mark("misconception", 4.0, "he-sigma: 4")


def picture(*marks, **more):
    return Picture(Outcome(), {}, marks=marks, **more)


def drawn_rules(layers, channel="x"):
    """(position, colour, dash) of every rule that spans the plot."""
    found = []
    for layer in layers:
        spec = layer.to_dict()
        at = spec["encoding"].get(channel, {}).get("datum")
        if spec["mark"]["type"] == "rule" and at is not None:
            found.append((at, spec["mark"]["color"], spec["mark"]["strokeDash"]))
    return found


def said(layers):
    marks = [layer.to_dict()["mark"] for layer in layers]
    return [mark["text"] for mark in marks if mark["type"] == "text"]


@pytest.mark.parametrize("channel", ["x", "y"])
def test_each_answer_is_a_rule_in_its_own_colour_and_dash(channel):
    layers = rules(picture(YOURS, WRONG, KEY), (0, 10), channel=channel)
    assert drawn_rules(layers, channel) == [
        (2.0, theme.KEY, theme.DASHES["key"]),
        (4.0, theme.MISCONCEPTION, theme.DASHES["misconception"]),
        (3.0, theme.YOURS, theme.DASHES["yours"]),
    ]


def test_the_words_of_each_answer_stand_in_a_row_of_their_own():
    layers = rules(picture(YOURS, KEY), (0, 10))
    assert set(said(layers)) == {"Right answer: 2", "Your answer: 3"}
    specs = [layer.to_dict() for layer in layers]
    rows = [s["encoding"]["y"]["value"] for s in specs if s["mark"]["type"] == "text"]
    assert len(set(rows)) == 2
    assert all(row < 0 for row in rows)  # above the plot


def test_an_answer_off_the_chart_stands_at_its_edge_and_says_so():
    layers = rules(picture(Mark("yours", 1e9, "Your answer: 1e9")), (0, 10))
    assert drawn_rules(layers)[0][0] == 10
    assert said(layers) == ["Your answer: 1e9 ▶ (off the chart)"]
    layers = rules(picture(Mark("yours", -5, "Your answer: -5")), (0, 10))
    assert drawn_rules(layers)[0][0] == 0
    assert said(layers) == ["Your answer: -5 ◀ (off the chart)"]


def test_an_answer_that_counts_on_both_sides_of_zero_is_drawn_on_both():
    layers = rules(picture(KEY), (-5, 5), places=lambda a: (a, -a))
    assert [at for at, _, _ in drawn_rules(layers)] == [2.0, -2.0]
    assert said(layers) == ["Right answer: 2"]


def test_options_that_are_numbers_are_marked_as_numbers_and_others_are_not():
    options = {"a": "3.1e-05", "b": "$2.5$", "c": "7.9×10⁻²", "d": r"$4 \times 10^{-3}$", "e": "He"}
    marks = [Mark("yours", option, option) for option in options]
    found = [number_of(picture(options=options), mark) for mark in marks]
    assert found == [3.1e-05, 2.5, 0.079, 0.004, None]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0131, "0.013"), (1.34e-5, "1.3×10⁻⁵"), (14000, "1.4×10⁴"), (1, "1")]
)
def test_figures_look_as_they_do_in_the_texts_of_the_cards(value, shown):
    assert number(value, 2) == shown
    options = {"a": shown}
    found = number_of(picture(options=options), Mark("yours", "a", ""))
    assert found == pytest.approx(value, rel=0.05)


def test_answers_that_are_no_finite_number_are_not_drawn():
    marks = (Mark("yours", math.nan, "?"), Mark("yours", math.inf, "∞"), Mark("key", "he", "He"))
    assert numbers(picture(*marks)) == []
    assert rules(picture(*marks), (0, 1)) == []


def test_badges_name_the_options_that_were_right_and_picked():
    yours, key = Mark("yours", "he", "your answer"), Mark("key", "he", "right answer")
    assert badges(picture(yours, key)) == {"he": [key, yours]}


def test_badges_of_a_ranking_say_the_place():
    key = [Mark("key", option, "answer") for option in ("a", "b")]
    yours = [Mark("yours", option, "yours") for option in ("b", "a")]
    found = badges(picture(*key, *yours))
    assert {option: [mark.label for mark in marks] for option, marks in found.items()} == {
        "a": ["answer #1", "yours #2"],
        "b": ["answer #2", "yours #1"],
    }


def test_a_label_without_its_number_gets_it():
    options = {"o": "3.1×10⁻⁵"}
    layers = rules(
        picture(Mark("key", 0.0968, "answer"), Mark("yours", "o", "yours"), options=options), (0, 1)
    )
    assert set(said(layers)) == {"answer: 0.0968", "yours: 3.1×10⁻⁵"}


def test_the_domain_widens_for_an_answer_nearby_and_not_for_a_wild_one():
    low, high = reach(picture(Mark("yours", 12, "12")), 0, 10)
    assert low == 0
    assert 12 < high < 13
    assert reach(picture(Mark("yours", 1000, "1000")), 0, 10) == (0, 10)


def test_a_log_domain_counts_decades_and_leaves_out_what_has_no_logarithm():
    low, high = reach(picture(Mark("yours", 1e-5, "")), 1e-4, 1, log=True)
    assert 0.5e-5 < low < 1e-5
    assert high == pytest.approx(1)
    assert reach(picture(Mark("yours", 0, "0")), 0.1, 1, log=True) == pytest.approx((0.1, 1))


@pytest.mark.parametrize("log", [True, False])
def test_a_domain_is_never_empty(log):
    low, high = reach(picture(), 1, 1, log=log)
    assert low < 1 < high


def test_the_accepted_interval_is_a_band_between_its_ends():
    (layer,) = band(picture(accepted=(1.9, 2.1)), (0, 10))
    encoding = layer.to_dict()["encoding"]
    assert (encoding["x"]["datum"], encoding["x2"]["datum"]) == (1.9, 2.1)
    assert band(picture(), (0, 10)) == []
    assert band(picture(accepted=(20, 21)), (0, 10)) == []


def test_headings_are_wrapped_for_a_phone_and_hangul_counts_double():
    assert all(len(line) <= LINE for line in wrap("many short words " * 10))
    assert all(len(line) <= LINE / 2 for line in wrap("한글로쓴 " * 20))
    assert wrap("x" * 100) == ["x" * 100]
    title = heading(picture(), say("one {value}", value="two " * 20), say("three"))
    assert len(title.to_dict()["text"]) > 1
    assert title.to_dict()["subtitle"] == ["three"]


def test_the_axis_keeps_its_title_beside_rules_and_band():
    main = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_bar().encode(x=alt.X("a:Q", title="m"))
    shown = picture(KEY, YOURS, accepted=(1.9, 2.1))
    chart = alt.layer(*band(shown, (0, 10)), main, *rules(shown, (0, 10)))
    layers = chart.to_dict()["layer"]
    titles = [layer["encoding"].get("x", {}).get("title", "none") for layer in layers]
    assert set(titles) == {"m", "none"}  # a null would take the title away


def test_an_answer_drawn_around_a_middle_is_in_sight_though_its_value_is_not():
    answer = Mark("yours", 0.2, "Your answer: 0.2")
    layers = rules(picture(answer), (1.5, 2.5), places=lambda a: (2 - a, 2 + a))
    assert said(layers) == ["Your answer: 0.2"]
    layers = rules(picture(answer), (2.5, 3.5), places=lambda a: (2 - a, 2 + a))
    assert said(layers) == ["Your answer: 0.2 ◀ (off the chart)"]


def test_answers_to_an_order_are_told_in_their_order():
    key = [Mark("key", option, "answer") for option in ("a", "b", "c")]
    yours = [Mark("yours", option, "your answer") for option in ("a", "c", "b")]
    rows = said(chosen(picture(*key, *yours, options={"a": "A", "b": "B", "c": "C"})))
    assert list(reversed(rows)) == [
        "answer #1: A",
        "answer #2: B",
        "answer #3: C",
        "your answer #1: A",
        "your answer #2: C",
        "your answer #3: B",
    ]
