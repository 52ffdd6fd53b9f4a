"""The lab's page: its address, its controls, two settings, a prediction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import charts
from engine.course import Experiment, charts_of
from engine.i18n import Translator, say
from engine.pages.components import running
from engine.pages.components.parameter_controls import linear_step, log_steps
from engine.pages.lab import lab
from engine.pages.lab.lab_address import LabAddress, read
from engine.simulations import SIMULATIONS
from engine.simulations.kit import labels
from engine.study import NotThere
from tests.pages.conftest import Visit, button, by_turns, words

DEPTH = "lab-signal_propagation-0-depth"
DEPTH_B = "lab-signal_propagation-1-depth"


def slider(test, key):
    return next(s for s in (*test.slider, *test.select_slider) if s.key == key)


def asked(test, name):
    """A parameter of the address, which AppTest keeps as a list or as it is."""
    value = test.query_params[name]
    return value[0] if isinstance(value, list) else value


def select(test, key):
    return next(s for s in test.selectbox if s.key == key)


@pytest.mark.parametrize(("name", "language"), by_turns(SIMULATIONS))
def test_every_simulation_can_be_played_with(visit: Visit, name: str, language: str) -> None:
    test = visit("lab", query={"simulation": name}, language=language)
    assert not test.exception
    assert not test.error


def test_moving_a_slider_changes_the_address_and_the_numbers(visit: Visit) -> None:
    test = visit("lab", language="en")
    before = test.table[0].value
    slider(test, DEPTH).set_value(10).run()
    assert not test.exception
    assert asked(test, "depth") == "10"
    assert not test.table[0].value.equals(before)


def test_an_address_sets_every_control(visit: Visit) -> None:
    query = {"activation": "relu", "depth": "7", "std": "0.033", "seed": "5"}
    test = visit("lab", query=query, language="en")
    assert slider(test, DEPTH).value == 7
    assert slider(test, "lab-signal_propagation-0-std").value == 0.033
    assert select(test, "lab-signal_propagation-0-activation").value == "relu"
    assert test.number_input[0].value == 5


def test_two_settings_stand_side_by_side(visit: Visit) -> None:
    test = visit("lab", query={"depth": "10", "b.depth": "20"}, language="en")
    assert not test.exception
    assert slider(test, DEPTH).value == 10
    assert slider(test, DEPTH_B).value == 20
    assert list(test.table[0].value.columns) == ["A", "B"]
    slider(test, DEPTH_B).set_value(30).run()
    assert asked(test, "b.depth") == "30"
    assert asked(test, "depth") == "10"


def test_drawing_again_keeps_the_settings_and_takes_another_seed(visit: Visit) -> None:
    test = visit("lab", query={"depth": "10", "b.depth": "20"}, language="en")
    button(test, "lab-again").click().run()
    assert asked(test, "depth") == "10"
    assert asked(test, "b.depth") == "20"
    assert asked(test, "seed") != "0"


def test_the_defaults_come_back(visit: Visit) -> None:
    test = visit("lab", query={"depth": "10"}, language="en")
    button(test, "lab-defaults").click().run()
    assert "depth" not in test.query_params


def test_a_finding_sets_everything_and_says_what_it_is(visit: Visit) -> None:
    test = visit("lab", language="en")
    select(test, "lab-preset").set_value("xavier-does-not-rescue-sigmoid").run()
    assert not test.exception
    assert asked(test, "activation") == "sigmoid"
    assert "no initialization can change that" in words(test)


def test_setting_b_is_hidden_until_somebody_has_predicted(visit: Visit) -> None:
    test = visit("lab", query={"depth": "10", "b.depth": "50", "predict": "1"}, language="en")
    assert list(test.table[0].value.columns) == ["A"]
    button(test, "lab-run").click().run()
    assert "in which direction" in words(test)
    test.text_input[0].set_value("abc")
    button(test, "lab-run").click().run()
    assert list(test.table[0].value.columns) == ["A"]
    test.text_input[0].set_value("0.1")
    button(test, "lab-run").click().run()
    assert not test.exception
    assert list(test.table[0].value.columns) == ["A", "B"]
    assert "As you said: smaller." in words(test)
    assert "well guessed" in words(test)


def test_after_a_change_a_new_prediction_is_asked_for(visit: Visit) -> None:
    test = visit("lab", query={"depth": "10", "b.depth": "50", "predict": "1"}, language="en")
    test.text_input[0].set_value("5")
    button(test, "lab-run").click().run()
    assert "You said larger; it became smaller." in words(test)
    slider(test, DEPTH_B).set_value(30).run()
    assert list(test.table[0].value.columns) == ["A"]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    "query",
    [
        {"simulation": "nobody"},
        {"depth": "many"},
        {"b.depth": "1000000"},
        {"seed": "-1"},
        {"chart": "nothing"},
        {"nonsense": "1"},
    ],
)
def test_a_bad_address_gets_a_sentence(visit: Visit, query: dict[str, str], language: str) -> None:
    test = visit("lab", query=query, language=language)
    assert not test.exception
    (error,) = test.error
    assert len(error.value) > 20


# -- the address and the steps of sliders ------------------------------------------------------


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_address_leads_back_to_where_it_was_made(data):
    name = data.draw(st.sampled_from(sorted(SIMULATIONS)))
    ranges = SIMULATIONS[name].ranges()
    default = Experiment.of(name, {}, 0).values

    def setting(parameter):
        allowed, value = ranges[parameter], default[parameter]
        if allowed.choices is not None:
            return st.sampled_from(allowed.choices)
        if isinstance(value, bool):
            return st.booleans()
        kind = st.integers if isinstance(value, int) else st.floats
        low, high = allowed.low, allowed.high
        if isinstance(value, int):
            low, high = int(low), int(high)
        return kind(low, high)

    seed = data.draw(st.integers(0, 2**32 - 1))
    made = [Experiment.of(name, {p: data.draw(setting(p)) for p in ranges}, seed) for _ in range(2)]
    place = LabAddress(made[0], made[1], data.draw(st.sampled_from(charts_of(name))))
    assert read(place.query()) == place


@pytest.mark.parametrize("name", sorted(SIMULATIONS))
def test_every_range_has_steps_for_a_slider(name):
    default = Experiment.of(name, {}, 0).values
    for parameter, allowed in SIMULATIONS[name].ranges().items():
        value = default[parameter]
        if allowed.low is None or allowed.high is None or isinstance(value, (bool, str)):
            continue
        if allowed.log and allowed.low > 0:
            steps = log_steps(allowed.low, allowed.high, value)
            assert steps == sorted(set(steps))
            assert {allowed.low, allowed.high, value} <= set(steps)
            assert 4 <= len(steps) <= 80
            assert all(isinstance(step, type(value)) for step in steps)
        else:
            assert (allowed.high - allowed.low) / linear_step(allowed.low, allowed.high) >= 20


# -- a simulation that nobody has drawn a chart of ---------------------------------------------

UNDRAWN = "signal_propagation"


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> str:
    """A simulation as it is before it has a chart, and words for its tables."""
    monkeypatch.delitem(charts.LAB, UNDRAWN)  # type: ignore[arg-type]
    monkeypatch.setattr(labels, "TABLES", {})
    monkeypatch.setattr(labels, "COLUMNS", {})
    return UNDRAWN


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("more", [{}, {"b.depth": "7"}, {"b.depth": "7", "predict": "1"}])
def test_without_a_chart_there_are_numbers_and_tables(
    visit: Visit, undrawn: str, more: dict[str, str], language: str
) -> None:
    test = visit("lab", query={"simulation": undrawn, "depth": "5", **more}, language=language)
    assert not test.exception
    assert not test.error
    assert not test.warning
    told = say(
        "This simulation has no chart yet. What it measures stands below, in numbers and tables."
    )
    assert Translator(language)(told) in words(test)
    assert len(test.table[0].value) == len(SIMULATIONS[undrawn].scalars)
    assert test.dataframe
    opened = [part for part in test.expander if part.proto.expanded]
    assert any(part.dataframe for part in opened)


def test_every_page_of_a_simulation_without_a_chart_is_whole(visit: Visit, undrawn: str) -> None:
    """The lab's findings name a chart, and so do cards and notes; all of it is passed over."""
    for page, query in (
        ("lab", {}),
        ("library", {"card": "xavier-normal"}),
        ("library", {"card": "he-normal"}),
        ("sources", {}),
    ):
        test = visit(page, query=query, language="en")
        assert not test.exception, page
        assert "Something went wrong" not in words(test), page


def test_an_address_with_a_chart_that_there_is_not_says_so(undrawn: str) -> None:
    with pytest.raises(NotThere, match="this simulation has none yet"):
        read({"simulation": undrawn, "chart": "signal_forward"})
    place = read({"simulation": undrawn, "depth": "5"})
    assert read(place.query()) == place
    assert "chart" not in place.query()


def test_without_a_chart_what_fails_is_still_told(
    visit: Visit, undrawn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(experiment: Experiment) -> None:
        raise ArithmeticError("no such luck")

    for module in (lab, running):
        monkeypatch.setattr(module, "run_experiment", breaks)
    test = visit("lab", query={"simulation": undrawn, "depth": "5"}, language="en")
    assert not test.exception
    assert len(test.warning) == 1
    assert not test.table
