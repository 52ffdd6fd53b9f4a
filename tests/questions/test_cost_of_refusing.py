"""What is hostile costs little more than what is honest. Costs are compared, never timed alone."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pytest

from engine.questions import Malformed, draw, parse
from engine.questions.expressions import ExpressionError, compile_expression
from engine.questions.numbers.reading import read_number
from engine.questions.placeholders import TemplateError, compile_text
from tests.questions.written_questions import ORDER, SEVERAL, SIGMA, template

#: Honest: 20 terms. Some hostile ones are a megabyte, which has to be looked at once.
HONEST = " + ".join(f"sqrt({n})" for n in range(10))
TIMES = 20

HOSTILE = {
    "a tower of powers": "9**9**9**9",
    "a long tower": "**".join("9" * 90),
    "ten thousand brackets": "(" * 10_000 + "1" + ")" * 10_000,
    "brackets to the limit": "(" * 149 + ")" * 149,
    "a class": "().__class__.__bases__[0].__subclasses__()",
    "a megabyte of digits": "9" * 1_000_000,
    "digits to the limit": "9" * 297 + "e99",
    "points to the limit": "1." * 150,
    "a megabyte of spaces": " " * 1_000_000,
    "signs to the limit": "-" * 299 + "1",
    "nots to the limit": "not " * 74 + "1",
    "a comprehension": "[x for x in (1,) for y in (2,) for z in (3,)]",
    "nested calls": "sqrt(" * 50 + "1" + ")" * 50,
    "many comparisons": "<".join("1" * 150),
}


def cost(work: Callable[[], object]) -> float:
    """The least of some runs, which is the one that nothing else disturbed."""
    took = []
    for _ in range(5):
        start = perf_counter()
        work()
        took.append(perf_counter() - start)
    return min(took)


def refused(text: str) -> None:
    try:
        compile_expression(text, ()).value({})
    except ExpressionError:
        return
    raise AssertionError("it was accepted")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_refusing_an_expression_costs_little_more_than_reading_one(text):
    honest = cost(lambda: compile_expression(HONEST, ()).value({}))
    assert cost(lambda: refused(text)) < TIMES * honest


@pytest.mark.parametrize("text", [*HOSTILE.values(), "√" * 1_000_000, "1,0" * 60, "⁹" * 200])
def test_refusing_an_answer_costs_little_more_than_reading_one(text):
    honest = cost(lambda: read_number("7.9×10⁻² + √(2/320) + 1/12.6"))
    assert cost(lambda: read_number(text)) < TIMES * honest
    assert isinstance(read_number(text), Malformed)


@pytest.mark.parametrize("spec", [SIGMA, SEVERAL, ORDER])
def test_a_megabyte_for_an_answer_is_refused_unread(spec):
    variant = draw(template(spec), 0)
    honest = cost(lambda: [parse(variant, "1 2 3") for _ in range(10)])
    assert cost(lambda: parse(variant, "1 " * 500_000)) < TIMES * honest
    assert isinstance(parse(variant, "1 " * 500_000), Malformed)


@pytest.mark.parametrize(
    "text", ["{{ n" * 5_000, "{" * 20_000, "{{ n|" * 4_000, "{{ " + " " * 20_000]
)
def test_a_text_of_braces_costs_no_more_than_in_proportion(text):
    """Twice the text, about twice the work: no pattern tries again from every place."""

    def compiled(text: str) -> None:
        try:
            compile_text(text, {"n"})
        except TemplateError:
            return

    assert cost(lambda: compiled(text * 2)) < 3.5 * cost(lambda: compiled(text)) + 1e-3
