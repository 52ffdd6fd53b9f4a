"""Questions whose words or logic need the run of a simulation, and what is said after an answer."""

from __future__ import annotations

import dataclasses

import pytest

from engine import simulations
from engine.questions import (
    DrawError,
    chart_description,
    draw,
    explanation,
    feedback,
    hints,
    response_text,
    settings_of,
    simulate,
)
from engine.simulations import Outcome
from tests.questions.written_questions import DEPTH, ORDER, SEVERAL, SIGMA, WRITTEN, template

COIN = {**SIGMA, "simulation": "coin"}


def test_a_draw_that_does_not_need_the_simulation_does_not_run_it(coin):
    draw(template(COIN, explanation={"en": "{{ outcome.share }}"}), 1)
    assert coin == []


def test_a_prompt_may_tell_what_the_simulation_found(coin):
    compiled = template(COIN, prompt={"en": "{{ outcome.share|.3f }} of {{ n_in }}"})
    variant = draw(compiled, 1)
    outcome = simulate(compiled, variant)
    assert outcome is not None
    assert variant.prompt == f"{outcome.scalars['share']:.3f} of {variant.parameters['n_in']}"


def test_an_answer_may_be_what_the_simulation_found(coin):
    compiled = template({**COIN, "answer": "1 + outcome.share", "misconceptions": {}})
    variant = draw(compiled, 1)
    outcome = simulate(compiled, variant)
    assert outcome is not None
    assert variant.answer == 1 + outcome.scalars["share"]


def test_a_requirement_may_look_at_the_outcome(coin):
    numbers = {"n_in": 1000, "n_out": 500, "coin": {"choose": ["fair", "bent"]}}
    compiled = template({**COIN, "parameters": numbers, "require": "outcome.share > 0.65"})
    for seed in range(30):
        variant = draw(compiled, seed)
        outcome = simulate(compiled, variant)
        assert outcome is not None
        assert outcome.scalars["share"] > 0.65
        assert variant.parameters["coin"] == "bent"


def test_options_within_three_standard_errors_are_not_drawn(coin):
    spec = {
        **DEPTH,
        "simulation": "coin",
        "parameters": {"n_in": 64},
        "answer": "outcome.share",
        "misconceptions": {"fair": "outcome.share + 2.9 * outcome.share_se"},
    }
    with pytest.raises(DrawError, match="close"):
        draw(template(spec), 0)
    apart = {**spec, "misconceptions": {"fair": "outcome.share + 3.1 * outcome.share_se"}}
    assert draw(template(apart), 0).options


def test_the_same_variant_is_the_same_run(coin):
    compiled = template(COIN)
    variant = draw(compiled, 9)
    first, second = simulate(compiled, variant), simulate(compiled, variant)
    assert first is not None
    assert second is not None
    assert first.scalars == second.scalars


def test_a_question_without_simulation_has_no_run():
    compiled = template(SIGMA)
    assert simulate(compiled, draw(compiled, 1)) is None


def test_parameters_of_the_same_name_are_passed_and_the_rest_take_defaults(coin):
    compiled = template(COIN)
    variant = draw(compiled, 1)
    assert settings_of(compiled, variant) == {"n_in": variant.parameters["n_in"], "coin": "fair"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"coin": "bent"}, {"coin": "bent"}),
        ({"coin": "kind"}, {"coin": "bent"}),
        ({"n_in": 5}, {"n_in": 5}),
        ({"n_in": "half / 2"}, {"n_in": 16}),
        ({"n_in": "half"}, {"n_in": 32}),
    ],
)
def test_settings_win_over_parameters(coin, settings, expected):
    numbers = {"n_in": 64, "n_out": 64, "kind": "bent", "half": {"compute": "n_in / 2"}}
    spec = {**COIN, "parameters": numbers, "settings": settings, "require": "n_in > 0"}
    compiled = template({**spec, "misconceptions": {}})
    assert settings_of(compiled, draw(compiled, 1)) == {"n_in": 64, "coin": "fair", **expected}


# -- what is said ---------------------------------------------------------------------------

WORDS = {
    "hints": ({"en": "Look at {{ n_in }}.", "ko": "{{ n_in }}을 보세요."}, {"en": "Divide."}),
    "explanation": {
        "en": "It is {{ answer }}, so ${{ answer|.1e }}$.",
        "ko": "{{ answer }}입니다.",
    },
    "chart_description": {"en": "A line at {{ outcome.share|.2f }}."},
    "feedback": {"lecun": {"en": "Not {{ n_in }} alone.", "ko": "{{ n_in }}만이 아닙니다."}},
}
MISCONCEIVED = {**COIN, "misconceptions": {"lecun": "sqrt(1 / n_in)"}}


def test_words_are_filled_in_the_reader_s_language(coin):
    compiled = template(MISCONCEIVED, **WORDS)
    variant = draw(compiled, 3)
    n_in, shown = variant.parameters["n_in"], variant.answer_text
    outcome = Outcome({"share": 0.5, "share_se": 0.1, "doubled": 1.0})
    assert hints(compiled, variant, "en") == [f"Look at {n_in}.", "Divide."]
    assert hints(compiled, variant, "ko") == [f"{n_in}을 보세요.", "Divide."]
    assert (explanation(compiled, variant, "en", None) or "").startswith(f"It is {shown}, so $")
    assert explanation(compiled, variant, "ko", None) == f"{shown}입니다."
    assert feedback(compiled, variant, "lecun", "ko", None) == f"{n_in}만이 아닙니다."
    assert chart_description(compiled, variant, "en", outcome) == "A line at 0.50."


def test_what_is_not_written_is_not_said():
    compiled = template({**SIGMA, "misconceptions": {}})
    variant = draw(compiled, 3)
    assert hints(compiled, variant, "en") == []
    assert explanation(compiled, variant, "en", None) is None
    assert chart_description(compiled, variant, "en", None) is None
    assert feedback(compiled, variant, "no-such", "en", None) is None


def test_a_hint_may_tell_what_the_simulation_found(coin):
    compiled = template(COIN, hints=({"en": "About {{ outcome.share|.1f }}."},))
    variant = draw(compiled, 1)
    assert coin == []
    outcome = simulate(compiled, variant)
    assert outcome is not None
    assert hints(compiled, variant, "en") == [f"About {outcome.scalars['share']:.1f}."]


@pytest.mark.parametrize("spec", [DEPTH, WRITTEN, SEVERAL, ORDER, SIGMA])
def test_the_answer_in_a_text_is_the_answer_as_shown(spec):
    compiled = template(spec, explanation={"en": "It is: {{ answer }}"})
    variant = draw(compiled, 2)
    assert variant.answer_text
    assert explanation(compiled, variant, "en", None) == f"It is: {variant.answer_text}"


def test_a_value_among_options_may_be_shown_more_exactly():
    compiled = template(DEPTH, explanation={"en": "{{ answer|.6e }}"})
    variant = draw(compiled, 2)
    depth = variant.parameters["depth"]
    assert isinstance(depth, int)
    mantissa = f"{2 ** (-depth / 2):.6e}".split("e")[0]
    assert (explanation(compiled, variant, "en", None) or "").startswith(mantissa)


def test_a_response_is_shown_as_words():
    number, choice = draw(template(SIGMA, unit={"en": "volts"}), 1), draw(template(WRITTEN), 1)
    assert response_text(number, 0.0625) == "0.0625 volts"
    assert response_text(choice, "steady") == "The option steady"
    several, order = draw(template(SEVERAL), 1), draw(template(ORDER), 1)
    assert set(response_text(several, ("less", "more")).split(" · ")) == {
        "The option less",
        "The option more",
    }
    assert response_text(order, ("he", "xavier", "default")) == (
        "The option he → The option xavier → The option default"
    )


def test_an_option_that_is_gone_is_shown_by_its_id():
    assert response_text(draw(template(WRITTEN), 1), "deleted") == "deleted"


def test_a_simulation_that_raises_is_not_hidden(coin, monkeypatch):
    compiled = template(COIN)
    broken = simulations.SIMULATIONS["coin"]

    def fail(parameters, rng):
        raise RuntimeError("no coins left")

    monkeypatch.setitem(
        simulations.SIMULATIONS,
        "coin",
        dataclasses.replace(broken, run=fail),
    )
    with pytest.raises(RuntimeError, match="no coins left"):
        simulate(compiled, draw(compiled, 1))
