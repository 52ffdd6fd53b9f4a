"""Values in formulas: braces and parentheses where they need them, and nowhere else."""

from __future__ import annotations

import pytest

from engine.content.katex import fault_in
from engine.questions.placeholders import compile_text


def filled(formula: str, value: object) -> str:
    return compile_text(f"${formula}$", {"a"}).fill({"a": value})[1:-1]


@pytest.mark.parametrize(
    ("formula", "negative", "small"),
    [
        # a power is that of the whole value
        ("{{ a }}^2", "(-3)^2", r"(2\times10^{-5})^2"),
        ("{{ a }} ^2", "(-3) ^2", r"(2\times10^{-5}) ^2"),
        ("{{{ a }}}^2", "{(-3)}^2", r"{(2\times10^{-5})}^2"),
        ("e^{{{ a }}^2/2}", "e^{(-3)^2/2}", r"e^{(2\times10^{-5})^2/2}"),
        ("{{ a }}!", "(-3)!", r"(2\times10^{-5})!"),
        # behind a sign, and as a factor
        ("5 - {{ a }}", "5 - (-3)", r"5 - 2\times10^{-5}"),
        ("5-{{{ a }}}", "5-{(-3)}", r"5-{2\times10^{-5}}"),
        ("5 +\\, {{ a }}", "5 +\\, (-3)", r"5 +\, 2\times10^{-5}"),
        (r"2\cdot{{ a }}", r"2\cdot(-3)", r"2\cdot2\times10^{-5}"),
        (r"\sigma {{ a }}", r"\sigma (-3)", r"\sigma 2\times10^{-5}"),
        (r"\mathbf{x} {{ a }}", r"\mathbf{x} (-3)", r"\mathbf{x} 2\times10^{-5}"),
        (r"\bf {{ a }}", r"\bf -3", r"\bf 2\times10^{-5}"),
        ("x^{2}{{ a }}", "x^{2}(-3)", r"x^{2}2\times10^{-5}"),
        ("-{{ a }}", "-(-3)", r"-2\times10^{-5}"),
        ("1/{{ a }}", "1/(-3)", r"1/(2\times10^{-5})"),
        (r"\ln {{ a }}", r"\ln (-3)", r"\ln (2\times10^{-5})"),
        (r"\log_2 {{ a }}", r"\log_2 (-3)", r"\log_2 (2\times10^{-5})"),
        # as the argument of what takes one token
        ("x_{{ a }}", "x_{-3}", r"x_{2\times10^{-5}}"),
        ("e^{{ a }}", "e^{-3}", r"e^{2\times10^{-5}}"),
        (r"\frac{{ a }}{{ a }}", r"\frac{-3}{-3}", r"\frac{2\times10^{-5}}{2\times10^{-5}}"),
        (r"\frac{1}{{ a }}", r"\frac{1}{-3}", r"\frac{1}{2\times10^{-5}}"),
        (r"\sqrt{{ a }}", r"\sqrt{-3}", r"\sqrt{2\times10^{-5}}"),
        (r"\sqrt[3]{{ a }}", r"\sqrt[3]{-3}", r"\sqrt[3]{2\times10^{-5}}"),
        # alone, behind = and brackets, as a function's argument: as it is
        ("{{ a }}", "-3", r"2\times10^{-5}"),
        ("x={{ a }}", "x=-3", r"x=2\times10^{-5}"),
        ("x={{ a }}+1", "x=-3+1", r"x=2\times10^{-5}+1"),
        (r"x \approx\,{{ a }}", r"x \approx\,-3", r"x \approx\,2\times10^{-5}"),
        (r"x \neq {{ a }}", r"x \neq -3", r"x \neq 2\times10^{-5}"),
        ("f({{ a }})", "f(-3)", r"f(2\times10^{-5})"),
        ("({{ a }}-1)^2", "(-3-1)^2", r"(2\times10^{-5}-1)^2"),
        (r"\exp\left({{ a }}\right)", r"\exp\left(-3\right)", r"\exp\left(2\times10^{-5}\right)"),
        (r"\max(0, {{ a }})", r"\max(0, -3)", r"\max(0, 2\times10^{-5})"),
        ("[{{ a }}, {{ a }}]", "[-3, -3]", r"[2\times10^{-5}, 2\times10^{-5}]"),
        (r"\frac{{{ a }}}{2}", r"\frac{-3}{2}", r"\frac{2\times10^{-5}}{2}"),
        (r"\sqrt[{{ a }}]{2}", r"\sqrt[-3]{2}", r"\sqrt[2\times10^{-5}]{2}"),
        (r"\boxed{{{ a }}}", r"\boxed{-3}", r"\boxed{2\times10^{-5}}"),
        ("|{{ a }}|", "|-3|", r"|2\times10^{-5}|"),
        (r"\text{값 }{{ a }}", r"\text{값 }-3", r"\text{값 }2\times10^{-5}"),
        (
            r"\begin{aligned} x &= {{ a }} \\ {{ a }} & \end{aligned}",
            r"\begin{aligned} x &= -3 \\ -3 & \end{aligned}",
            r"\begin{aligned} x &= 2\times10^{-5} \\ 2\times10^{-5} & \end{aligned}",
        ),
        # a sign that the format asks for is part of the formula
        ("5 {{ a|+.0e }}", r"5 -3\times10^{0}", r"5 +2\times10^{-5}"),
    ],
)
def test_a_value_keeps_its_meaning_and_gets_nothing_needless(
    formula: str, negative: str, small: str
) -> None:
    assert filled(formula, -3) == negative
    assert filled(formula, 2e-5) == small
    assert fault_in(negative) is None
    assert fault_in(small) is None


@pytest.mark.parametrize(
    "formula", ["{{ a }}^2", "5 - {{ a }}", "1/{{ a }}", "2{{ a }}", "x_{ {{ a }} }"]
)
def test_a_plain_number_stands_as_it_is(formula: str) -> None:
    assert filled(formula, 12) == formula.replace("{{ a }}", "12")


def test_a_percentage_is_raised_as_a_whole() -> None:
    assert filled("{{ a|.0% }}^2", 0.05) == r"(5\%)^2"


def test_a_word_is_braced_where_one_token_is_taken() -> None:
    assert filled("x_{{ a }}", "in") == "x_{in}"
    assert filled("x + {{ a }}", "in") == "x + in"


def test_words_outside_of_formulas_are_left_alone() -> None:
    assert compile_text("5 - {{ a }}^2", {"a"}).fill({"a": -3}) == "5 - −3^2"
