"""Numbers as people write them, wherever a learner reads one."""

from __future__ import annotations

import pytest

from engine.charts.kit.numbers import number
from engine.i18n import as_written
from engine.questions.placeholders import compile_text, shown


@pytest.mark.parametrize(
    ("formatted", "written"),
    [
        ("1.6e+03", "1600"),
        ("1.6e+04", "1.6×10⁴"),
        ("-1.6e+03", "−1600"),
        ("-0.5", "−0.5"),
        ("-0.00", "0.00"),
        ("+1.6e+03", "+1600"),
        ("1.2e-05", "1.2×10⁻⁵"),
        ("-inf", "−inf"),
        ("12", "12"),
    ],
)
def test_a_formatted_number_as_people_write_it(formatted: str, written: str) -> None:
    assert as_written(formatted) == written


def test_texts_and_charts_write_the_same_number_alike() -> None:
    for value in (1600.0, -1600.0, 16000.0, -0.013, 1.2e-5, 512.0):
        assert shown(value, ".2g") == number(value, 2)


def test_a_power_of_ten_that_is_asked_for_stays() -> None:
    assert shown(1600.0, ".1e") == "1.6×10³"


def test_a_formula_has_the_minus_of_formulas_and_code_stays_code() -> None:
    text = compile_text("{{ a }}, $x={{ a }}$, `lr={{ a }}`, `{{ b }}`", ["a", "b"])
    assert text.fill({"a": -3, "b": 1e-5}) == "−3, $x=-3$, `lr=-3`, `1e-05`"
