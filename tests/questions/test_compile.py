"""What is wrong with a question is told with its place, what was found and how to mend it."""

from __future__ import annotations

import pytest

from engine.content import ContentError, Problem
from engine.questions import compile_question
from tests.questions.written_questions import (
    DEPTH,
    FILE,
    ORDER,
    SEVERAL,
    SIGMA,
    WRITTEN,
    question,
    template,
)


def problems(spec, **words) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as failed:
        template(spec, **words)
    return failed.value.problems


def without(spec, key):
    return {name: value for name, value in spec.items() if name != key}


BROKEN = {
    "no kind": (without(SIGMA, "kind"), "unknown-kind", "kind"),
    "an unknown kind": ({**SIGMA, "kind": "numbr"}, "unknown-kind", "numbr"),
    "an unknown key": ({**SIGMA, "tolerence": "1%"}, "unknown-key", "tolerance"),
    "a key of another kind": ({**SIGMA, "items": {}}, "unknown-key", "items"),
    "no answer": (without(SIGMA, "answer"), "missing-key", "answer"),
    "no tolerance": (without(SIGMA, "tolerance"), "bad-tolerance", "1%"),
    "a tolerance in words": ({**SIGMA, "tolerance": "small"}, "bad-tolerance", "small"),
    "a tolerance of nothing": ({**SIGMA, "tolerance": 0}, "bad-tolerance", "0"),
    "a negative tolerance": ({**SIGMA, "tolerance": -1}, "bad-tolerance", "-1"),
    "a tolerance of everything": ({**SIGMA, "tolerance": "100%"}, "bad-tolerance", "100%"),
    "arithmetic that is none": ({**SIGMA, "answer": "2 +"}, "bad-expression", "2 +"),
    "an unknown name": ({**SIGMA, "answer": "2 / n_im"}, "bad-expression", "n_im"),
    "an unknown function": ({**SIGMA, "answer": "sqr(2)"}, "bad-expression", "sqr"),
    "an outcome without simulation": (
        {**SIGMA, "answer": "outcome.x"},
        "bad-expression",
        "outcome",
    ),
    "a list for an answer": ({**SIGMA, "answer": [1, 2]}, "bad-expression", "1"),
    "a group for a misconception": (
        {**SIGMA, "misconceptions": {"m": {"a": 1}}},
        "bad-expression",
        "a",
    ),
    "misconceptions in a list": ({**SIGMA, "misconceptions": ["m"]}, "not-a-group", "m"),
    "a requirement that is none": ({**SIGMA, "require": "n_in ~ 3"}, "bad-expression", "~"),
    "a format that is none": ({**SIGMA, "format": "three"}, "bad-format", "three"),
    "parameters in a list": ({**SIGMA, "parameters": [1]}, "not-a-group", "1"),
    "a parameter named like a function": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "sqrt": 1}},
        "bad-name",
        "sqrt",
    ),
    "a parameter called answer": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "answer": 1}},
        "bad-name",
        "answer",
    ),
    "a parameter with a hyphen": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "n-in": 1}},
        "bad-name",
        "n-in",
    ),
    "a parameter twice": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "c": {"cases": [{"n_in": 1}]}}},
        "duplicate-name",
        "n_in",
    ),
    "an empty list of choices": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "x": {"choose": []}}},
        "bad-parameter",
        "x",
    ),
    "numbers and words to choose from": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "x": {"choose": [1, "two"]}}},
        "bad-parameter",
        "two",
    ),
    "a range backwards": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "x": {"integer": [5, 1]}}},
        "bad-parameter",
        "5",
    ),
    "a range of halves": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "x": {"integer": [0.5, 1]}}},
        "bad-parameter",
        "0.5",
    ),
    "a misspelt form": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "x": {"chose": [1]}}},
        "bad-parameter",
        "chose",
    ),
    "a truth for a parameter": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "x": True}},
        "bad-parameter",
        "True",
    ),
    "cases with other names": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "x": {"cases": [{"a": 1}, {"b": 1}]}}},
        "bad-parameter",
        "x",
    ),
    "a computed word": (
        {**SIGMA, "parameters": {**SIGMA["parameters"], "w": "relu", "x": {"compute": "w"}}},
        "bad-expression",
        "w",
    ),
    "something computed too early": (
        {
            **SIGMA,
            "parameters": {**SIGMA["parameters"], "x": {"compute": "y"}, "y": {"compute": "1"}},
        },
        "bad-expression",
        "y",
    ),
    "an unknown simulation": ({**SIGMA, "simulation": "con"}, "unknown-simulation", "con"),
    "settings without simulation": (
        {**SIGMA, "settings": {"coin": "bent"}},
        "settings-without-simulation",
        "settings",
    ),
    "a choice with nothing wrong": (without(DEPTH, "misconceptions"), "no-options", "choice"),
    "a misconception called answer": (
        {**DEPTH, "misconceptions": {"answer": "1"}},
        "bad-id",
        "answer",
    ),
    "an option that is not there": (
        {**WRITTEN, "misconceptions": {**WRITTEN["misconceptions"], "m": "stedy"}},
        "unknown-option",
        "steady",
    ),
    "an option with two misconceptions": (
        {**WRITTEN, "misconceptions": {**WRITTEN["misconceptions"], "m": "steady"}},
        "two-misconceptions",
        "steady",
    ),
    "a wrong option without misconception": (
        {**WRITTEN, "misconceptions": without(WRITTEN["misconceptions"], "always-swings")},
        "option-without-misconception",
        "swinging",
    ),
    "a tick without misconception": (
        {**SEVERAL, "misconceptions": without(SEVERAL["misconceptions"], "fears-whole")},
        "option-without-misconception",
        "whole",
    ),
    "one option alone": (
        {**SEVERAL, "options": {"more": "a > b"}, "misconceptions": {"m": "more"}},
        "too-few-options",
        "1",
    ),
    "no order": (without(ORDER, "order"), "bad-order", "ascending"),
    "an order that is none": ({**ORDER, "order": "up"}, "bad-order", "up"),
    "a ranking of other options": (
        {**ORDER, "misconceptions": {"m": {"he": 1, "lecun": 2}}},
        "bad-ranking",
        "he",
    ),
}


@pytest.mark.parametrize(("spec", "code", "named"), BROKEN.values(), ids=BROKEN)
def test_a_broken_question_says_where_and_what_and_how_to_mend_it(spec, code, named):
    told = [problem for problem in problems(spec) if problem.code == code]
    assert told, [problem.code for problem in problems(spec)]
    problem = told[0]
    assert problem.level == "error"
    assert problem.place.file == FILE
    assert problem.place.line >= 10
    text = problem.describe(str)
    assert named in text
    for part in (problem.found, problem.expected, problem.mend):
        assert str(part).strip()


def test_a_problem_stands_on_the_line_of_its_key():
    spec = {**SIGMA, "answer": "2 / n_im"}
    (problem,) = problems(spec)
    assert problem.place.line == 11 + list(spec).index("answer")


def test_a_problem_inside_a_group_stands_on_its_own_line():
    spec = {**SIGMA, "misconceptions": {"one": "1", "two": "2 +"}}
    (problem,) = problems(spec)
    assert problem.place.line == 11 + list(spec).index("misconceptions") + 2


def test_all_problems_are_told_at_once():
    spec = {**SIGMA, "answer": "2 +", "tolerance": "x", "require": "n_im", "chrt": "c"}
    assert {problem.code for problem in problems(spec)} == {
        "bad-expression",
        "bad-tolerance",
        "unknown-key",
    }


def test_an_unknown_key_comes_with_the_nearest_one():
    (problem,) = problems({**SIGMA, "misconception": {}})
    assert "misconceptions" in str(problem.mend)


@pytest.mark.parametrize("spec", [WRITTEN, SEVERAL, ORDER])
def test_an_option_without_words_is_an_error(spec):
    ids = list(spec.get("options", spec.get("items")))
    words = {id: {"en": id} for id in ids[1:]}
    (problem,) = problems(spec, options=words)
    assert problem.code == "missing-option"
    assert ids[0] in problem.describe(str)


@pytest.mark.parametrize(
    "words",
    [
        {"prompt": {"en": "{{ n_im }} inputs"}},
        {"prompt": {"en": "{{ n_in }} inputs", "ko": "입력 {{ n_im }}개"}},
        {"prompt": {"en": "It is {{ answer }}"}},
        {"prompt": {"en": "{{ n_in|three }}"}},
        {"prompt": {"en": "{{ outcome.share }}"}},
        {"hints": ({"en": "{{ n_im }}"},)},
        {"explanation": {"en": "{{ n_im }}"}},
        {"chart_description": {"en": "{{ n_im }}"}},
        {"feedback": {"lecun": {"en": "{{ n_im }}"}}},
    ],
)
def test_a_value_that_is_not_there_is_an_error(words):
    (problem,) = problems(SIGMA, **words)
    assert problem.code == "bad-place"


def test_a_setting_that_the_simulation_lacks_comes_with_the_nearest_one(coin):
    (problem,) = problems({**SIGMA, "simulation": "coin", "settings": {"coins": "bent"}})
    assert problem.code == "unknown-setting"
    assert "“coin”" in str(problem.mend)


@pytest.mark.parametrize("settings", [{"n_in": 0}, {"n_in": 99_999}, {"n_in": 1.5}])
def test_a_setting_out_of_range_is_an_error(coin, settings):
    (problem,) = problems({**SIGMA, "simulation": "coin", "settings": settings})
    assert problem.code == "setting-out-of-range"


def test_a_scalar_that_the_simulation_lacks_is_an_error(coin):
    (problem,) = problems({**SIGMA, "simulation": "coin", "answer": "outcome.shape"})
    assert "outcome.share" in problem.describe(str)


def test_the_template_says_what_it_is(coin):
    asked = question({**SIGMA, "simulation": "coin", "chart": "bars"})
    compiled = compile_question("demo", asked)
    assert (compiled.item, compiled.kind.name) == ("demo/sigma", "number")
    assert (compiled.simulation, compiled.chart) == ("coin", "bars")
    assert compiled.question is asked
