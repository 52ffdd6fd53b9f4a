"""The checker of formulas against KaTeX's own words, recorded; what it says of each kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.content.katex import VERSION, fault_in
from engine.i18n import Translator
from tests.cards.katex.rendering import version

CORPUS = json.loads(Path(__file__).with_name("corpus.json").read_text(encoding="utf-8"))
FORMULAS: list[tuple[str, bool, str | None]] = [tuple(row) for row in CORPUS["formulas"]]


def test_the_tables_and_the_record_are_of_the_katex_that_streamlit_ships() -> None:
    assert version() == VERSION == CORPUS["katex"]


def test_the_corpus_has_many_of_both() -> None:
    broken = sum(why is not None for *_, why in FORMULAS)
    assert broken > 800
    assert len(FORMULAS) - broken > 800


def test_it_agrees_with_katex_over_the_whole_corpus() -> None:
    wrong = [
        (formula, display, why)
        for formula, display, why in FORMULAS
        if (fault_in(formula, display=display) is None) != (why is None)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("a_b_c", "two subscripts in a row"),
        ("a^b^c", "two superscripts in a row"),
        (r"\frac{1}{2", "braces that do not balance"),
        ("a}", "braces that do not balance"),
        (r"\begin{align} a &= b \end{align}", "“align” in a formula of one line"),
        ("a &= b", "a “&” outside of aligned, cases or a matrix"),
        (r"\begin{aligned} \boxed{a &= b} \end{aligned}", "a “&” outside"),
        (r"\left( x", r"\left and \right that do not pair"),
        (r"x \right)", r"\left and \right that do not pair"),
        (r"\begin{cases} a", r"\begin and \end that do not pair"),
        (r"\begin{foo} a \end{foo}", "the unknown environment “foo”"),
        (r"\softmax(x)", "the unknown command “\\softmax”"),
        (r"\ce{H2O}", "the unknown command “\\ce”"),
        (r"\href{x}{y}", "the command “\\href”, which is not carried out"),
        ("a$b", "a dollar sign inside a formula"),
        ("a # b", "the sign “#”"),
        ("x^", "“^” without what it applies to"),
        (r"x_\sum", "“\\sum” where it cannot stand"),
        (r"\hspace{1zz}", "“1zz”, which is no size"),
        (r"\color{12} x", "“12”, which is no size, colour"),
        ("a\\", "a sign that cannot be shown, or a \\ at the end"),
        ("{" * 100 + "}" * 100, "more commands, or more of them inside one another"),
        (r"\quad" * 2000, "more commands"),
        (r"\left(" * 5000, "more commands"),
    ],
)
def test_it_says_what_is_wrong_and_how_to_mend_it_in_both_languages(
    formula: str, found: str
) -> None:
    fault = fault_in(formula)
    assert fault is not None
    assert found in str(fault.found)
    korean = Translator("ko")
    assert korean(fault.mend) != str(fault.mend)


def test_a_command_that_is_nearly_one_is_told_with_it() -> None:
    fault = fault_in(r"\alhpa")
    assert fault is not None
    assert str(fault.mend) == r"Did you mean “\alpha”?"


@pytest.mark.parametrize("formula", [r"\def\x{1}\x", r"\newcommand{\x}{1}\x", r"\let\x=\alpha \x"])
def test_a_formula_that_defines_commands_is_not_judged(formula: str) -> None:
    assert fault_in(formula) is None


@pytest.mark.parametrize("many", [r"\frac{", "{", r"\left(", "x^{", r"\text{", r"\sqrt[", "$", "&"])
def test_a_formula_of_a_megabyte_is_refused_and_not_a_crash(many: str) -> None:
    assert fault_in(many * 20_000) is not None
