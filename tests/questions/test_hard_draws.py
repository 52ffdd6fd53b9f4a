"""Draws at the edge: what fails halfway, what reads alike, what an order of checks would hide."""

from __future__ import annotations

import dataclasses
import pickle
import sys

import numpy as np
import pytest

from engine import simulations
from engine.i18n import say
from engine.questions import (
    MOST_TRIES,
    DrawError,
    Grade,
    Option,
    check_question,
    compile_question,
    draw,
    grade,
    parse,
    response_text,
    samples,
)
from engine.questions.drawing import Reasons
from engine.questions.model import Malformed, Response
from tests.questions.written_questions import (
    DEPTH,
    KINDS,
    ORDER,
    SIGMA,
    WRITTEN,
    question,
    template,
)

COIN = {**SIGMA, "simulation": "coin"}


@pytest.fixture
def failing_coin(coin, monkeypatch):
    """The simulation `coin`, which raises when it is run."""

    def fail(parameters, rng):
        raise ZeroDivisionError("no coins left")

    broken = dataclasses.replace(simulations.SIMULATIONS["coin"], run=fail)
    monkeypatch.setitem(simulations.SIMULATIONS, "coin", broken)


# -- generators -----------------------------------------------------------------------------


def test_numbers_order_of_options_and_run_each_have_a_generator_of_their_own(coin):
    """A change in what one of them draws leaves the others as they were."""
    plain = template({**DEPTH, "simulation": "coin"})
    told = template({**DEPTH, "simulation": "coin"}, prompt={"en": "{{ outcome.share }}"})
    fewer = template({**DEPTH, "parameters": {"depth": 10}})
    again = template({**DEPTH, "parameters": {"depth": 10, "x": {"integer": [1, 9]}}})
    for seed in range(20):
        assert draw(plain, seed).parameters == draw(told, seed).parameters
        assert draw(plain, seed).options == draw(told, seed).options
        assert draw(fewer, seed).options == draw(again, seed).options


def test_two_questions_with_the_same_seed_draw_differently():
    here, there = (compile_question(card, question(SIGMA)) for card in ("one", "two"))
    drawn = [(draw(here, seed).parameters, draw(there, seed).parameters) for seed in range(20)]
    assert any(one != other for one, other in drawn)


def test_the_global_generator_is_left_alone():
    np.random.seed(0)
    before = np.random.get_state()[1].tolist()
    for spec in KINDS.values():
        draw(template(spec), 3)
    assert np.random.get_state()[1].tolist() == before


# -- constraints ----------------------------------------------------------------------------


def test_what_was_rejected_is_counted_by_its_reason():
    rejected = Reasons()
    for seed in range(50):
        draw(template(SIGMA), seed, rejected=rejected)
    assert list(rejected) == ["require: n_in != n_out and 8 * n_out >= n_in"]


def test_a_failed_draw_counts_every_try():
    rejected = Reasons()
    with pytest.raises(DrawError):
        draw(template({**SIGMA, "require": "n_in < 0"}), 0, rejected=rejected)
    assert rejected == {"require: n_in < 0": MOST_TRIES}


def test_a_requirement_without_value_rejects_the_draw():
    compiled = template({**SIGMA, "require": "1 / (n_in - 64) > 0"})
    assert all(draw(compiled, seed).parameters["n_in"] != 64 for seed in range(30))


def test_numbers_alone_are_required_before_the_simulation_runs(coin):
    spec = {**COIN, "require": ["outcome.share >= 0", "n_in == 64"], "misconceptions": {}}
    compiled = template(spec)
    coin.clear()
    draw(compiled, 12)
    assert {told["n_in"] for told in coin} <= {64}


def test_a_misconception_between_key_and_another_is_told_apart_from_a_collision_of_two():
    near_and_wide = {"near": "1.05", "wide": "1.0199"}
    spec = {"kind": "number", "parameters": {"n": 1}, "answer": "n", "tolerance": "1%"}
    with pytest.raises(DrawError, match="wide"):
        draw(template({**spec, "misconceptions": near_and_wide}), 0)


@pytest.mark.parametrize("change", [{"answer": "0"}, {"answer": "1e20", "tolerance": 1e-9}])
def test_a_tolerance_without_width_is_never_drawn(change):
    with pytest.raises(DrawError, match="no width"):
        draw(template({**SIGMA, "misconceptions": {}, **change}), 0)


# -- options --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
def test_options_that_read_alike_in_any_language_are_never_drawn(language):
    """In no language, so that a seed has the same numbers in each."""
    spec = {
        "kind": "several",
        "parameters": {"a": {"integer": [1, 3]}, "b": {"integer": [1, 3]}},
        "options": {"one": "true", "other": "false"},
        "misconceptions": {"m": "one", "o": "other"},
    }
    words = {
        "one": {"en": "This: {{ a }}", "ko": "이것: {{ a }}"},
        "other": {"en": "That: {{ b }}", "ko": "저것: {{ b }}"},
    }
    words["one"][language] = "Exactly {{ a }}"
    words["other"][language] = "Exactly {{ b }}"
    compiled = template(spec, options=words)
    for seed in range(40):
        for shown in ("en", "ko"):
            numbers = draw(compiled, seed, shown).parameters
            assert numbers["a"] != numbers["b"]


def test_an_order_s_options_are_filled_with_the_numbers():
    words = {id: {"en": f"{id} for {{{{ n_in }}}}"} for id in ORDER["items"]}
    variant = draw(template(ORDER, options=words), 3)
    n_in = variant.parameters["n_in"]
    assert {option.text for option in variant.options} == {f"{id} for {n_in}" for id in words}
    assert f"he for {n_in} → " in response_text(variant, variant.answer)


@pytest.mark.parametrize("answer", ["0", "-1", "1e-300", "1e300"])
def test_a_value_choice_may_have_any_key(answer):
    spec = {**DEPTH, "answer": answer, "misconceptions": {"five": 5, "minus": -5, "seven": 7}}
    variant = draw(template(spec), 0)
    assert len({option.text for option in variant.options}) == 4
    for sample in samples(variant):
        response = parse(variant, sample.text)
        found = None if isinstance(response, Malformed) else grade(variant, response)
        assert found == sample.grade


# -- a simulation that fails ----------------------------------------------------------------


def test_a_simulation_that_raises_at_the_draw_is_a_sentence(failing_coin):
    compiled = template(COIN, prompt={"en": "{{ outcome.share }}"})
    with pytest.raises(DrawError, match="no coins left") as failed:
        draw(compiled, 0)
    assert "demo/sigma" in str(failed.value.message)


def test_a_simulation_that_raises_does_not_end_a_check(failing_coin):
    report = check_question(template(COIN, prompt={"en": "{{ outcome.share }}"}), range(5))
    assert [problem.code for problem in report.problems] == ["no-draw"]


def test_an_outcome_that_was_promised_and_is_not_there_names_it(coin, monkeypatch):
    def nothing(parameters, rng):
        return simulations.Outcome({})

    broken = dataclasses.replace(simulations.SIMULATIONS["coin"], run=nothing)
    monkeypatch.setitem(simulations.SIMULATIONS, "coin", broken)
    spec = {**COIN, "answer": "1 + outcome.share", "misconceptions": {}}
    with pytest.raises(DrawError, match=r"outcome\.share"):
        draw(template(spec), 0)


# -- answers with their unit ----------------------------------------------------------------


@pytest.mark.parametrize("text", ["0.5", "0.5 ms", "0.5ms", " 0.5 ms "])
def test_the_unit_may_be_written_behind_a_number(text):
    spec = {"kind": "number", "parameters": {"n": 2}, "answer": "1 / n", "tolerance": "1%"}
    variant = draw(template(spec, unit={"en": "ms"}), 0)
    response = parse(variant, text)
    assert isinstance(response, Response)
    assert grade(variant, response) == Grade("correct")


def test_the_unit_alone_is_no_number():
    variant = draw(template(SIGMA, unit={"en": "ms"}), 0)
    assert isinstance(parse(variant, "ms"), Malformed)


# -- checking a question --------------------------------------------------------------------


def test_progress_is_told_of_every_seed_although_the_first_fails():
    steps: list[int] = []
    compiled = template({**SIGMA, "require": "n_in < 0"})
    report = check_question(compiled, range(9), progress=lambda: steps.append(1))
    assert len(steps) == 9
    assert report.seeds == 1


def test_a_misconception_inside_the_tolerance_is_an_error_that_names_it():
    spec = {**SIGMA, "misconceptions": {"nearly": "1.001 * sqrt(2 / (n_in + n_out))"}}
    (problem,) = check_question(template(spec), range(20)).problems
    assert problem.code == "no-draw"
    assert "nearly" in str(problem.found)


def test_a_misconception_that_is_sometimes_inside_is_counted_as_rejected():
    spec = {**SIGMA, "require": "n_in >= n_out", "misconceptions": {"lecun": "sqrt(1 / n_in)"}}
    numbers = {"n_in": {"choose": [64, 128, 256]}, "n_out": {"integer": [10, 256]}}
    report = check_question(template({**spec, "parameters": numbers}), range(200))
    assert any("lecun" in reason for reason in report.rejected)
    assert report.problems == []


def test_a_count_need_not_be_right_to_three_digits():
    spec = {
        "kind": "number",
        "parameters": {"n_in": {"integer": [100, 999]}, "n_out": {"integer": [100, 999]}},
        "answer": "n_in * n_out + n_out",
        "format": "d",
        "tolerance": 0.5,
        "misconceptions": {"no-bias": "n_in * n_out"},
    }
    assert check_question(template(spec), range(50)).problems == []


def test_a_chart_without_a_simulation_is_a_warning():
    report = check_question(template({**SIGMA, "chart": "bars"}), range(3))
    assert [(p.code, p.level) for p in report.problems] == [("chart-without-simulation", "warning")]


def test_a_key_that_never_stands_last_is_noticed(monkeypatch):
    """As an unshuffled list would have it; counted against all places, used or not."""

    def in_order(template, seed, words, solved, known):
        texts = [words.options[id].fill(known) for id, _ in solved.options]
        return tuple(Option(id, text) for (id, _), text in zip(solved.options, texts, strict=True))

    monkeypatch.setattr(sys.modules["engine.questions.drawing"], "_options", in_order)
    spec = {**WRITTEN, "parameters": {"rate": {"choose": [0.2, 0.5]}, "n": {"integer": [2, 99]}}}
    report = check_question(template(spec), range(200))
    assert "skewed-key" in {problem.code for problem in report.problems}


def test_reasons_are_counted_and_survive_another_process():
    reasons = Reasons()
    for reason in (say("a tie"), say("a tie"), say("too close")):
        reasons.hear(reason)
    kept = pickle.loads(pickle.dumps(reasons))
    assert kept == {"a tie": 2, "too close": 1}
    assert kept.messages == reasons.messages
