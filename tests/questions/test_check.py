"""A question's report over many seeds."""

from __future__ import annotations

import dataclasses

import pytest

from engine import simulations
from engine.questions import Template, check_question
from tests.questions.written_questions import (
    CLAIM,
    DEPTH,
    FILE,
    ORDER,
    SEVERAL,
    SHARE,
    SIGMA,
    WRITTEN,
    template,
)


def codes(spec, seeds: int = 200, **words) -> set[str]:
    return {p.code for p in check_question(template(spec, **words), range(seeds)).problems}


def test_a_sound_question_has_no_problems(of_each_kind: Template):
    report = check_question(of_each_kind, range(200))
    assert [problem.describe(str) for problem in report.problems if problem.level == "error"] == []
    assert report.seeds == 200


def test_the_report_counts_variants_and_what_was_rejected():
    report = check_question(template(SIGMA), range(200))
    assert 10 < report.variants <= 25
    assert report.rejected["require: n_in != n_out and 8 * n_out >= n_in"] > 20
    line = str(report.summary())
    assert "demo/sigma" in line
    assert str(report.variants) in line


def test_every_seed_is_one_step_of_progress():
    steps: list[int] = []
    check_question(template(SIGMA), range(50), progress=lambda: steps.append(1))
    assert len(steps) == 50


def test_constraints_that_cannot_be_met_are_an_error():
    unmet = template({**SIGMA, "require": "n_in < 0"})
    report = check_question(unmet, range(50))
    (problem,) = [p for p in report.problems if p.level == "error"]
    assert problem.code == "no-draw"
    assert "n_in < 0" in str(problem.found)
    line = unmet.question.spec["require"].line
    assert (problem.place.file, problem.place.line) == (FILE, line)


def test_an_answer_shown_too_coarsely_to_be_right_is_an_error():
    assert "sample" in codes({**SIGMA, "format": ".1g"})


def test_a_tolerance_that_three_digits_do_not_meet_is_an_error():
    assert "sample" in codes({**SIGMA, "tolerance": "0.01%", "format": ".6g"})


def test_few_variants_are_a_warning():
    spec = {**SIGMA, "parameters": {"n_in": 256, "n_out": {"choose": [64, 128]}}}
    report = check_question(template(spec), range(200))
    assert [(p.code, p.level) for p in report.problems] == [("few-variants", "warning")]


def test_a_right_option_that_is_always_the_longest_is_a_warning():
    words = {id: {"en": f"no, {id}"} for id in WRITTEN["options"]}
    words["steady"] = {"en": "It converges without ever changing its sign, as it should"}
    spec = {**WRITTEN, "parameters": {"rate": {"uniform": [0.1, 0.9]}, "n": {"integer": [2, 20]}}}
    assert "longest-option" in codes(spec, options=words)


def test_numbers_outside_the_simulation_s_range_are_an_error(coin):
    numbers = {"n_in": {"choose": [64, 99_999]}, "n_out": 32}
    spec = {**SIGMA, "parameters": numbers, "require": "n_in > 0", "simulation": "coin"}
    report = check_question(template({**spec, "misconceptions": {}}), range(30))
    assert "settings" in {p.code for p in report.problems if p.level == "error"}
    assert "n_in" in next(str(p.found) for p in report.problems if p.code == "settings")


def test_a_simulation_that_raises_is_an_error_of_its_question_alone(coin, monkeypatch):
    whole = simulations.SIMULATIONS["coin"]

    def fail(parameters, rng):
        raise RuntimeError("no coins left")

    broken = dataclasses.replace(whole, run=fail)
    monkeypatch.setitem(simulations.SIMULATIONS, "coin", broken)
    report = check_question(template({**SIGMA, "simulation": "coin"}), range(10))
    assert "no coins left" in next(str(p.found) for p in report.problems if p.level == "error")


def test_the_same_problem_is_not_told_200_times():
    report = check_question(template({**SIGMA, "format": ".1g"}), range(200))
    assert 0 < len(report.problems) < 10


@pytest.mark.parametrize("spec", [DEPTH, WRITTEN])
def test_a_uniform_key_position_is_no_problem(spec):
    assert "skewed-key" not in codes(spec, 400)


# -- keys that can be learned by heart ------------------------------------------------------


def warned(spec, seeds: int = 200, **words) -> dict[str, str]:
    report = check_question(template(spec, **words), range(seeds))
    return {p.code: str(p.found) for p in report.problems if p.level == "warning"}


ALWAYS_STEADY = {"parameters": {"rate": {"uniform": [0.1, 0.9]}, "n": {"integer": [2, 20]}}}


def test_a_right_option_that_never_varies_is_a_warning():
    found = warned({**WRITTEN, **ALWAYS_STEADY})
    assert found["constant-key"] == "the same right answer in all 200 draws"
    assert "constant-key" not in warned(WRITTEN)


def test_where_nothing_is_drawn_nothing_can_vary():
    assert "constant-key" not in warned({**WRITTEN, "parameters": {"rate": 0.5, "n": 3}})


def test_the_key_of_values_has_one_name_and_many_values():
    assert "constant-key" not in warned(DEPTH)


def test_a_few_seeds_show_nothing():
    assert "constant-key" not in warned({**WRITTEN, **ALWAYS_STEADY}, seeds=5)


def test_ticks_that_never_vary_are_a_warning():
    spec = {**SEVERAL, "parameters": {"a": {"integer": [5, 9]}, "b": {"integer": [1, 4]}}}
    assert "constant-key" in warned(spec)


def test_an_option_that_is_always_or_never_right_is_a_warning():
    assert warned(SEVERAL)["constant-option"] == "the option “whole”: always right"
    never = {**SEVERAL, "options": {**SEVERAL["options"], "whole": "a > 100"}}
    assert warned(never)["constant-option"] == "the option “whole”: never right"


def test_verdicts_that_never_vary_are_a_warning():
    spec = {**CLAIM, "verdicts": {"true": "n > 0", "false": "n < 0"}}
    assert "constant-key" in warned({**spec, "misconceptions": {"denies": "false"}})
    assert "constant-key" not in warned(CLAIM)
    constant = {k: v for k, v in CLAIM.items() if k != "verdicts"}
    assert "constant-key" in warned({**constant, "verdict": "true"})


def test_an_order_that_hardly_varies_is_a_warning():
    assert "200 of 200" in warned(ORDER)["constant-order"]
    items = {"xavier": "n_in", "he": "n_out", "default": 100}
    numbers = {"n_in": {"integer": [1, 900]}, "n_out": {"integer": [1, 900]}}
    assert "constant-order" not in warned({**ORDER, "items": items, "parameters": numbers})


@pytest.mark.parametrize(
    ("tolerance", "expected"), [("0.01%", True), ("0.1%", True), ("5%", False)]
)
def test_an_estimate_that_three_digits_do_not_meet_is_an_error(tolerance, expected):
    narrow = {"low": 0.9, "high": 1.1, "scale": "linear"}
    spec = {**SHARE, "parameters": {"n": {"integer": [10, 99]}}, "axis": narrow}
    spec = {**spec, "answer": "1 + 1 / (n * 10 + 1)", "misconceptions": {}, "format": ".6g"}
    assert ("sample" in codes({**spec, "tolerance": tolerance})) == expected
