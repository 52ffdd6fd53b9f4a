"""The formulas of a question over its draws: each is parsed as a learner would meet it."""

from __future__ import annotations

import pytest

from engine.questions import check_drawing, check_question, draw
from engine.questions.checking.formulas import FormulaCheck
from tests.questions.written_questions import template

SPEC = {
    "kind": "number",
    "parameters": {
        "a": {"choose": [1, 2, 12]},
        "word": {"choose": ["x", "x", "x", "b_c_d"]},
    },
    "answer": "a",
    "tolerance": "1%",
}


def told(**words: object) -> list[str]:
    made = template(SPEC, **words)
    problems = [p for p in check_question(made, range(40)).problems if p.code == "formula"]
    assert {str(p.found) for p in problems} >= {
        str(p.found)
        for p in check_drawing(made, range(40), range(3), formulas=True)
        if p.code == "formula"
    }
    return [str(problem.found) for problem in problems]


def test_a_formula_that_is_red_whatever_is_drawn_is_told_once() -> None:
    (found,) = told(prompt={"en": "So $a_b_c$ with {{ a }}."})
    assert found == "the formula “a_b_c”: two subscripts in a row"


def test_a_formula_that_is_red_in_some_draws_is_told_with_a_seed() -> None:
    (found,) = told(prompt={"en": "So $x={{ word }}$."})
    assert found.startswith("with seed ")
    assert "the formula “x=b_c_d”: two subscripts in a row" in found


def test_two_digits_that_take_the_place_of_two_arguments_are_seen() -> None:
    assert told(prompt={"en": "So $\\sqrt{2}_a{{ a }}_b$."}) == []
    assert told(prompt={"en": "So $x_1{{ a }}_2_3$."})


@pytest.mark.parametrize("place", ["explanation", "chart_description"])
def test_every_text_of_every_language_is_looked_at(place: str) -> None:
    (found,) = told(**{place: {"en": "Fine.", "ko": "그런데 $\\frac{1}{2$."}})
    assert "braces that do not balance" in found


def test_draws_of_one_form_are_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.questions.checking import formulas

    parsed: list[str] = []
    monkeypatch.setattr(formulas, "broken_formulas", lambda text: parsed.append(text) or ())
    made = template(
        {**SPEC, "parameters": {"a": {"integer": [100, 999]}}}, prompt={"en": "So $x={{ a }}$."}
    )
    check = FormulaCheck(made)
    for seed in range(100):
        check.look(draw(made, seed))
    assert len(parsed) == 1
