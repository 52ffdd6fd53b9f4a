from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.questions.model import Malformed
from engine.questions.numbers.reading import read_number
from engine.questions.placeholders import shown

READ = [
    ("0.079", 0.079),
    ("7.9e-2", 0.079),
    ("7.9E-2", 0.079),
    ("1e-3", 1e-3),
    ("1e+3", 1000),
    ("1e−3", 1e-3),
    ("7.9×10^-2", 0.079),
    ("7.9 × 10^-2", 0.079),
    ("7.9*10**-2", 0.079),
    ("7.9·10⁻²", 0.079),
    ("7.9⋅10⁻²", 0.079),
    ("7.9×10^(-2)", 0.079),
    ("7.9×10^{-2}", 0.079),
    (r"7.9\times10^{-2}", 0.079),
    (r"7.9\cdot10^{-2}", 0.079),
    ("7.9x10^-2", 0.079),
    ("7.9 X 10^-2", 0.079),
    ("1.5×10³", 1500),
    ("10⁻³", 1e-3),
    ("12²", 144),
    ("1/12.6", 1 / 12.6),
    ("1/3", 1 / 3),
    ("1÷4", 0.25),
    ("1/08", 0.125),
    ("√(2/320)", math.sqrt(2 / 320)),
    ("√ (2/320)", math.sqrt(2 / 320)),
    ("sqrt(2/320)", math.sqrt(2 / 320)),
    ("√2", math.sqrt(2)),
    ("1/√320", 1 / math.sqrt(320)),
    ("√(√(16))", 2),
    ("√((2+2)/(3+1))", 1),
    ("√(4)+√(9)", 5),
    ("√2/2", math.sqrt(2) / 2),
    ("2^-5", 2**-5),
    ("2**-5", 2**-5),
    ("-2^2", -4),
    ("2^05", 32),
    ("2*pi", 2 * math.pi),
    ("2·π", 2 * math.pi),
    ("ln(2)", math.log(2)),
    ("−5", -5),
    ("–5", -5),
    ("－５", -5),
    ("−7.9×10⁻²", -0.079),
    ("０．０７９", 0.079),
    ("٣", 3),
    ("१२", 12),
    ("7.9%", 0.079),
    ("7.9 %", 0.079),
    ("７．９％", 0.079),
    ("1e2 %", 1),
    (" 0.079\t", 0.079),
    ("\u00a00.079\u3000", 0.079),
    ("≈0.079", 0.079),
    ("≈ 0.079", 0.079),
    ("= 0.079", 0.079),
    ("~0.079", 0.079),
    ("+0.079", 0.079),
    ("≈ +0.079", 0.079),
    (".5", 0.5),
    ("-.5", -0.5),
    ("5.", 5),
    ("007", 7),
    ("007.50", 7.5),
    ("0", 0),
    ("000", 0),
    ("0.0", 0),
    ("100000", 100000),
    ("1e5", 1e5),
    ("1e005", 1e5),
    ("½", 0.5),
    ("1½", 1.5),
    ("1 ½", 1.5),
    ("−2½", -2.5),
    ("2½", 2.5),
    ("½ %", 0.005),
    ("√½", math.sqrt(0.5)),
    ("2*1½", 3),
    ("⅔", 2 / 3),
    ("1 1/2", 1.5),
    ("-1 1/2", -1.5),
    ("12 3/4", 12.75),
    ("1 1⁄2", 1.5),
    ("1 1/2 %", 0.015),
    ("1 000", 1000),
    ("1\u2009000", 1000),
    ("1\u00a0000", 1000),
    ("1\u202f000", 1000),
    ("1 000 000.5", 1_000_000.5),
    ("1/12 000", 1 / 12_000),
    ("1.2 e-3", 1.2e-3),
    ("1.2 E-3", 1.2e-3),
    ("7.9•10^-2", 0.079),
    ("7.9∙10^-2", 0.079),
    ("7.9ㆍ10^-2", 0.079),
    ("7.9・10⁻²", 0.079),
    ("7.9×10⁻2", 0.079),
    ("7.9·10⁻2", 0.079),
    ("7.9✕10⁻²", 0.079),
    ("3.5·2", 7),
    ("７．９×１０＾－２", 0.079),
    ("７．９ｅ－２", 0.079),
    ("$0.079$", 0.079),
    ("$$0.079$$", 0.079),
    (r"\(0.079\)", 0.079),
    (r"\[0.079\]", 0.079),
    (r"$7.9\times10^{-2}$", 0.079),
    (r"7.9 \cdot 10^{-2}", 0.079),
    (r"\frac{1}{3}", 1 / 3),
    (r"\dfrac12", 0.5),
    (r"1\frac{1}{2}", 1.5),
    (r"-\frac{1}{2}", -0.5),
    (r"\sqrt{2}", math.sqrt(2)),
    (r"\sqrt{\frac{2}{320}}", math.sqrt(2 / 320)),
    (r"\frac{\sqrt{2}}{2}", math.sqrt(2) / 2),
    (r"\frac{1}{\sqrt{320}}", 1 / math.sqrt(320)),
    (r"\left(1+2\right)/4", 0.75),
    (r"7.9\,\%", 0.079),
    (r"1\,000", 1000),
    (r"\approx 0.079", 0.079),
    ("0\u200b.079", 0.079),
    ("\ufeff0.079", 0.079),
    ("\u200e0.079\u200f", 0.079),
    ("\u2066-5\u2069", -5),
    ("0.\u00ad079", 0.079),
    ("\u20600.079\ufe0f", 0.079),
    ("0.079\u2800", 0.079),
    ("0.079\u3164", 0.079),
    ("7.9 percent", 0.079),
    ("7.9 퍼센트", 0.079),
    ("7.9٪", 0.079),
    ("≒ 0.079", 0.079),
    ("(1/3)%", 1 / 300),
]
UNREADABLE = {
    "nothing": "",
    "blanks": " \t ",
    "words": "about two",
    "one letter": "x",
    "a name and a value": "x=3",
    "not a number": "nan",
    "infinity": "inf",
    "minus infinity": "-inf",
    "infinity in full": "Infinity",
    "the sign for infinity": "∞",
    "too large": "1e999",
    "a power that is too large": "10^400",
    "a tower": "9^9^9^9",
    "too long": "9" * 201,
    "a megabyte of digits": "9" * 1_000_000,
    "a megabyte of roots": "√" * 1_000_000,
    "brackets": "(" * 199,
    "division by zero": "1/0",
    "division by a zero that is computed": "1/(2-2)",
    "nothing by nothing": "0/0",
    "the root of a negative": "√(-1)",
    "a space among digits": "1 00",
    "two points": "1.2.3",
    "two numbers": "1 2",
    "two percents": "5 % %",
    "a percent inside": "5%/2",
    "a percent alone": "%",
    "a sign alone": "-",
    "a root alone": "√",
    "a condition": "1 < 2",
    "a truth": "true",
    "an underscore": "1_000",
    "a hexadecimal": "0xff",
    "a complex number": "1j",
    "a class": "().__class__",
    "an import": "__import__('os')",
    "a zero byte": "1\x00",
    "a lone surrogate": "\ud800",
    "a half after a point": "1.5½",
    "two halves": "½½",
    "half of a fraction": "⅟2",
    "a choice": "1 or 2",
    "a product by a word": "3 and 4",
    "a comparison inside": "2*(1<2)",
    "a truth inside": "2*true",
    "a letter O": "O.5",
    "a letter l": "l.5",
    "a Cyrillic O": "0.О79",
    "a mark below": "0.0\u033279",
    "a decomposed word": "3 \u1109\u1173",
    "dollars inside": "5$3",
    "a root of another degree": r"\sqrt[3]{8}",
    "a quarter of nothing": r"\frac{1}{0}",
    "a factorial": "5!",
    "a ratio": "1:2",
    "an apostrophe": "1'000",
    "an ellipsis": "0.333…",
    "a unit": "5 m",
    "a thousand": "5k",
    "a deviation": "3±0.1",
    "about": "3~5",
    "only what is not seen": "\u200b\ufeff",
}


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_number_is_read_as_people_write_it(text, expected):
    assert read_number(text) == pytest.approx(expected, rel=1e-14, abs=0)


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_says_how_to_mend_it(text):
    read = read_number(text)
    assert isinstance(read, Malformed)
    assert 10 < len(str(read.why)) < 400


@pytest.mark.parametrize(
    ("text", "decimal", "whole"),
    [
        ("7,9", "7.9", "79"),
        ("1,000", "1.000", "1000"),
        ("-0,5", "-0.5", "-05"),
        ("7，9", "7.9", "79"),
        ("7,9e-2", "7.9e-2", "79e-2"),
        (",5", ".5", "5"),
        ("1,5 %", "1.5%", "15%"),
    ],
)
def test_a_comma_is_asked_about_with_both_readings(text, decimal, whole):
    read = read_number(text)
    assert isinstance(read, Malformed)
    told = str(read.why).replace(" %", "%")
    assert decimal in told
    assert whole in told


@pytest.mark.parametrize("text", ["1,000,000", "1,000.5", "1.000,5", "7,", "max(1,2)"])
def test_any_other_comma_is_asked_about_too(text):
    read = read_number(text)
    assert isinstance(read, Malformed)
    assert "comma" in str(read.why)


def test_a_division_by_zero_is_called_that():
    read = read_number("1/0")
    assert isinstance(read, Malformed)
    assert "zero" in str(read.why)


@pytest.mark.parametrize("text", ["5", "5%", "5 %"])
def test_where_the_unit_is_percent_the_sign_changes_nothing(text):
    assert read_number(text, in_percent=True) == 5


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("0.О79", "U+041E, CYRILLIC CAPITAL LETTER O"),
        ("0.0\u033279", "U+0332"),
        ("1\x00", "‹U+0000›"),
        ("\ud8001", "‹U+D800›"),
        ("1\u2044\ue000", "‹U+E000›"),
        ("O.5", "“O”"),
        ("5 m", "“m”"),
        ("0.333…", "U+2026"),
    ],
)
def test_what_is_in_a_number_that_looks_right_is_named(text, named):
    read = read_number(text)
    assert isinstance(read, Malformed)
    assert named in str(read.why)


@given(st.text(alphabet="0123456789.\u200b\u00ad\u2800\u0332\x00\ud800ОoО", max_size=12))
def test_a_message_never_repeats_a_number_that_looks_right(text):
    read = read_number(text)
    if isinstance(read, Malformed):
        quoted = re.match("“([^”]*)”", str(read.why))
        seen = "".join(c for c in quoted[1] if c.isprintable()) if quoted else ""
        if re.fullmatch(r"\d+\.?\d*|\.\d+", seen):
            assert "U+" in str(read.why)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_python_writes_it_is_read_as_itself(number):
    assert read_number(repr(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 17), st.booleans())
def test_a_number_as_it_is_shown_is_read_back(number, digits, in_maths):
    text = shown(number, f".{digits}g", in_maths=in_maths)
    read = read_number(text)
    rounded = float(f"{number:.{digits}g}")
    if math.isinf(rounded):
        return
    assert read == pytest.approx(rounded, rel=1e-14, abs=1e-300)


@given(st.text(max_size=80))
def test_any_text_is_a_finite_number_or_says_why_not(text):
    read = read_number(text)
    if isinstance(read, Malformed):
        assert str(read.why)
    else:
        assert type(read) is float
        assert math.isfinite(read)
