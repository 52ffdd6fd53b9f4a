"""Numbers that could mean two things are asked about; those that nearly are numbers, too."""

from __future__ import annotations

import math

import pytest

from engine.questions.model import Malformed
from engine.questions.numbers.reading import read_number
from engine.questions.placeholders import TemplateError, compile_text, shown


def why(text: str) -> str:
    read = read_number(text)
    assert isinstance(read, Malformed), read
    return str(read.why)


#: What each is asked about with.
ASKED = {
    "decimal point or times": ["3·14", "0·079", "3 · 14", "3⋅14", "3•14", "3ㆍ14", "3·10", "1·2·3"],
    "Is the e in": [
        *("e-3", "E-3", "7.9*e-2", "7.9×e−2", "e - 3", "1/e-3", "(2)e-3", "10^e-3", "e+1"),
        *("7.9e -2", "7.9 e - 2", "7.9e- 2", "7.9×10e-2", "7.9*10e-2", "7.9x10e2"),
    ],
    "times sign": ["0x10", "0X10", "0x10^-2", "3x4", "7.9x10", "3 x 14", "(2)x(3)"],
    "7.9×10^2": ["7.9×102", "7.9 · 103", "1.2×1012", "3 x 104"],
    "7.9×10^-2": ["10-2", "10−2", "-10-2", "7.9×10–2"],
    "a range": ["3–5", "3 – 5", "11.1—11.3"],
    "two signs": ["--5", "+-5", "−−5", "5--3", "5 - -3"],
    "exponent": ["2^3^2", "2^1/2", "2**1/2", "2^-1/2", "10^-2⁵"],
    "ln, log10 or log2": ["log(2)", "2*log(100)", r"log 2"],
    "space between": [
        "1 2",
        "1 00",
        "1234 567",
        "12 345 67",
        "1 3/2",
        "1 125/250",
        "3 .14",
        "0 079",
    ],
    "brackets around all": ["1/3 %", "5+3%", "2*50%"],
    "2*√3": ["2\\sqrt{3}", "2\\frac{1}{x}", "5{3}", "2ln(2)", "2²3"],
}


@pytest.mark.parametrize(
    ("asked", "text"), [(asked, text) for asked, texts in ASKED.items() for text in texts]
)
def test_what_is_not_plainly_a_number_is_asked_about(asked, text):
    assert asked in why(text)


@pytest.mark.parametrize(
    "text", ["2√3", "2 √3", "2(3+4)", "(1+2)(3)", "2π", "2pi", "2 sqrt(3)", "(1)2", "√2√3", "3²√4"]
)
def test_a_times_sign_left_out_is_asked_for(text):
    assert "2*√3" in why(text)


@pytest.mark.parametrize("text", ["7.9×10-2", "7.9x10-2", "7.9*10-2", "7.9·10−2", "7.9 × 10 -2"])
def test_an_exponent_that_fell_down_is_asked_about(text):
    assert "7.9×10^-2" in why(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(7.9×10)-2", 77),
        ("7.9×(10-2)", 63.2),
        ("-2+7.9×10", 77),
        ("10⁻²⁻¹", 1e-3),
        ("2^(3)", 8),
        ("‐5", -5),
        ("‑5", -5),
        ("2∗3", 6),
        ("7.9⨯10^-2", 0.079),
        ("٠٫٥", 0.5),
        ("1 /\u00a012.6", 1 / 12.6),
        ("√(2/(3+4))", math.sqrt(2 / 7)),
        ("√(((2)))", math.sqrt(2)),
        ("e^-2", math.exp(-2)),
        ("-0", 0),
        ("2 * 3", 6),
        ("3-5", -2),
        ("1-1/e", 1 - math.exp(-1)),
        ("7.9*102", 805.8),
        ("5-(-3)", 8),
        ("2^(1/2)", math.sqrt(2)),
        ("log10(100)", 2),
    ],
)
def test_what_can_mean_one_thing_only_is_read(text, expected):
    assert read_number(text) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("text", ["٬5", "1٬000"])
def test_an_arabic_comma_is_a_comma(text):
    assert "comma" in why(text)


def test_a_reading_never_quotes_more_than_a_line():
    assert len(why("x" * 200)) < 200
    assert len(why("1,0" * 60)) < 300
    assert len(why("1" * 150 + "/0")) < 200


@pytest.mark.parametrize(
    ("value", "format", "expected"),
    [
        (-0.0, "", "0"),
        (-0.0, ".3g", "0"),
        (-0.001, ".2f", "0.00"),
        (-0.0, ".1e", "0.0×10⁰"),
        (-1e-9, ".0%", "0%"),
        (-0.01, ".2f", "−0.01"),
        (512.0, "+.2e", "+5.12×10²"),
    ],
)
def test_nothing_is_shown_as_minus_nothing(value, format, expected):
    assert shown(value, format) == expected


@pytest.mark.parametrize("format", [".3d", "8.2d", ",.1d"])
def test_a_format_that_python_refuses_is_refused_before_it_is_used(format):
    with pytest.raises(TemplateError, match="format"):
        compile_text(f"{{{{ n|{format} }}}}", {"n"})
