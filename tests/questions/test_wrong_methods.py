"""Wrong methods that students really use are graded in every draw, and must not come out right."""

from __future__ import annotations

from typing import Any

import pytest

from engine.content import ContentError, Problem
from engine.questions import check_drawing, check_question
from tests.questions.written_questions import (
    CLAIM,
    DEPTH,
    ESTIMATE,
    FILE,
    KINDS,
    ORDER,
    SEVERAL,
    SIGMA,
    WRITTEN,
    template,
)

#: x squared, which 2x is taken for where x is 2.
SQUARE: dict[str, Any] = {
    "kind": "number",
    "parameters": {"x": {"choose": [2, 3, 4, 5, 6]}},
    "answer": "x ** 2",
    "tolerance": "1%",
}


def errors(spec, seeds: int = 60, **words) -> list[Problem]:
    report = check_question(template(spec, **words), range(seeds))
    return [p for p in report.problems if p.code.startswith("wrong-method")]


def test_a_wrong_method_that_passes_is_told_with_its_place_its_seed_and_the_answer():
    spec = {**SQUARE, "wrong_methods": {"cubes": "x ** 3", "doubles": "2 * x"}}
    (problem,) = errors(spec)
    line = template(spec).question.spec["wrong_methods"].line + 2
    assert (problem.level, problem.code) == ("error", "wrong-method-right")
    assert (problem.place.file, problem.place.line) == (FILE, line)
    found = str(problem.found)
    assert "“doubles”" in found
    assert "it answers 4.0, and the answer is 4, accepted from 3.96 to 4.04" in found
    assert "require" in str(problem.mend)


def test_the_draws_in_which_it_passes_are_counted_and_its_first_seed_is_one_of_them():
    unchecked = template(SQUARE)
    report = []
    check_question(unchecked, range(60), heard=report.append)
    passing = [v.seed for v in report if v.parameters["x"] == 2]
    (problem,) = errors({**SQUARE, "wrong_methods": {"doubles": "2 * x"}})
    assert f"in {len(passing)} of 60 draws; with seed {passing[0]} " in str(problem.found)


@pytest.mark.parametrize("mend", [{"require": "x != 2"}, {"misconceptions": {"named": "2 * x"}}])
def test_keeping_the_draws_out_or_naming_it_mends_it(mend):
    assert errors({**SQUARE, **mend, "wrong_methods": {"doubles": "2 * x"}}) == []


def test_what_only_passes_when_rounded_as_people_round_passes():
    spec = {**SQUARE, "tolerance": 0.002, "wrong_methods": {"slips": "x ** 2 + 0.003"}}
    assert [p.code for p in errors(spec)] == ["wrong-method-right"]


def test_all_methods_that_pass_are_told():
    wrong = {f"way-{n}": f"x ** 2 + {n} / 1000" for n in range(6)}
    assert len(errors({**SQUARE, "wrong_methods": wrong})) == 6


@pytest.mark.parametrize(
    ("spec", "passing", "failing"),
    [
        (SIGMA, "sqrt(2 / (n_in + n_out)) * 1.001", "2 / n_in"),
        (ESTIMATE, "2 ** (-depth / 2) * 2", "100 / depth"),
        (DEPTH, "1.2 * 2 ** (-depth / 2)", "1.1 * 2 ** -depth"),
        (WRITTEN, "swinging", {"steady": "rate > 1", "diverging": "rate < 1"}),
        (WRITTEN, {"steady": "rate < 2", "diverging": "rate > 2"}, {"steady": "rate > 1"}),
        (SEVERAL, ["more", "whole"], ["more", "less"]),
        (SEVERAL, {"more": "a > b", "whole": "a > 3"}, {"more": "a < b", "less": "a > b"}),
        (
            ORDER,
            {"xavier": "1 / n_in", "he": "2 / n_in", "default": 0},
            {"xavier": 1, "he": "n_in", "default": 2},
        ),
        (ORDER, ["he", "xavier", "default"], ["default", "xavier", "he"]),
        (CLAIM, "true", {"true": "n >= 40", "false": "n < 20"}),
        (CLAIM, True, {"misleading": "n < 20"}),
    ],
)
def test_each_kind_has_its_wrong_methods_graded(spec, passing, failing):
    told = errors({**spec, "wrong_methods": {"passes": passing, "fails": failing}}, 200)
    assert ["“passes”" in str(p.found) for p in told] == [True], [str(p.found) for p in told]


def test_a_value_is_taken_for_the_option_nearest_to_it_and_for_none_far_from_all():
    parameters = {"x": {"choose": [10, 20, 30]}}
    spec = {**DEPTH, "parameters": parameters, "answer": "x", "misconceptions": {"more": "1.2 * x"}}
    wrong = {"nearer-to-wrong": "1.15 * x", "nearer-to-right": "1.05 * x", "far": "2 * x"}
    told = errors({**spec, "wrong_methods": wrong})
    assert [p.code for p in told if "“nearer-to-right”" in str(p.found)] == ["wrong-method-right"]
    assert [p.code for p in told if "“far”" in str(p.found)] == ["wrong-method-idle"]
    assert not any("“nearer-to-wrong”" in str(p.found) for p in told)


def test_where_a_method_has_no_value_it_is_passed_over_and_where_it_never_has_one_it_is_told():
    spec = {**SQUARE, "wrong_methods": {"now-and-then": "sqrt(x - 4)", "never": "log(-x)"}}
    (problem,) = errors(spec)
    assert (problem.level, problem.code) == ("warning", "wrong-method-idle")
    assert "“never”" in str(problem.found)


def test_a_method_may_ask_for_the_outcome(coin):
    numbers = {"parameters": {"n_in": {"choose": [50, 60]}}, "simulation": "coin"}
    spec = {**SQUARE, **numbers, "answer": "n_in", "wrong_methods": {"halves": "outcome.share"}}
    assert errors(spec) == []
    assert coin
    told = errors({**spec, "wrong_methods": {"all": "n_in + 0 * outcome.share"}})
    assert [p.code for p in told] == ["wrong-method-right"]


def test_they_are_looked_at_before_a_save_too():
    wrong = template({**SQUARE, "wrong_methods": {"doubles": "2 * x"}})
    assert [p.code for p in check_drawing(wrong, range(30), range(3))] == ["wrong-method-right"]


@pytest.mark.parametrize("spec", KINDS.values(), ids=KINDS)
def test_they_change_no_draw(spec):
    plain, other = [], []
    check_question(template(spec), range(20), heard=plain.append)
    options = [*spec.get("options", ()), *spec.get("items", ())]
    wrong: Any = {"number": 1, "estimate": 1, "several": options[:1], "order": options}.get(
        spec["kind"], options[0] if options else 1
    )
    named = {**spec, "wrong_methods": {"some": "true" if spec["kind"] == "claim" else wrong}}
    check_question(template(named), range(20), heard=other.append)
    assert plain == other


@pytest.mark.parametrize(
    ("spec", "wrong", "code"),
    [
        (SQUARE, {"doubles": "2 * y"}, "bad-expression"),
        (SQUARE, {"doubles": "x > 2"}, "condition-for-number"),
        (SQUARE, {"doubles": ["x"]}, "bad-expression"),
        (SQUARE, "2 * x", "not-a-group"),
        (SIGMA, {"lecun": "sqrt(1 / n_in)"}, "two-names"),
        (WRITTEN, {"some": "standing"}, "bad-wrong-method"),
        (WRITTEN, {"some": ["steady", "swinging"]}, "bad-wrong-method"),
        (WRITTEN, {"some": {"standing": "rate > 1"}}, "bad-wrong-method"),
        (SEVERAL, {"some": ["more", "more"]}, "bad-wrong-method"),
        (SEVERAL, {"some": []}, "bad-wrong-method"),
        (SEVERAL, {"some": "more"}, "bad-wrong-method"),
        (ORDER, {"some": ["he", "xavier"]}, "bad-wrong-method"),
        (ORDER, {"some": {"he": 1, "xavier": 2}}, "bad-wrong-method"),
        (CLAIM, {"some": "perhaps"}, "bad-wrong-method"),
    ],
)
def test_a_wrong_method_that_cannot_be_read_is_an_error_in_its_line(spec, wrong, code):
    with pytest.raises(ContentError) as failed:
        template({**spec, "wrong_methods": wrong})
    (problem,) = failed.value.problems
    assert problem.code == code
    at = 11 + list({**spec, "wrong_methods": wrong}).index("wrong_methods")
    assert problem.place.line == at + (1 if isinstance(wrong, dict) else 0)


def test_a_value_is_looked_for_among_the_options_that_are_shown():
    spec = {
        "kind": "choice",
        "parameters": {"a": {"choose": [1, 2, 4, 8]}},
        "answer": "10 * a",
        "show": 3,
        "misconceptions": {"near": "9 * a", "b": "30 * a", "c": "50 * a", "d": "2 * a"},
        "wrong_methods": {"nearly": "9.2 * a"},
    }
    (problem,) = errors(spec)  # where `near` is not shown, the key is the nearest
    assert "it answers answer" in str(problem.found)
