from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.questions.expressions import Expression, ExpressionError, compile_expression

HOSTILE = {
    "a tower of powers": "9**9**9**9",
    "a tower of powers to the right of a sum": "1 + 9**9**9**9**9",
    "ten thousand brackets": "(" * 10_000 + "1" + ")" * 10_000,
    "an attribute of a literal": "().__class__",
    "an attribute of an attribute": "().__class__.__bases__[0].__subclasses__()",
    "an attribute of an outcome": "outcome.share.__class__",
    "a private outcome": "outcome.__class__",
    "a megabyte of digits": "9" * 1_000_000,
    "an import": "__import__('os').system('true')",
    "a lambda": "(lambda: 1)()",
    "a comprehension": "[n for n in (1, 2)]",
    "a walrus": "(n := 1)",
    "a string": "'a' * 100",
    "a byte string": "b'a'",
    "a long string": "'a' * 9**9",
    "an f-string": "f'{n}'",
    "a subscript": "n[0]",
    "a star": "max(*[1, 2])",
    "a keyword": "max(1, 2, key=abs)",
    "a function's name alone": "sqrt",
    "a call of a parameter": "n(1)",
    "a call of a call": "sqrt(1)(2)",
    "a conditional": "1 if n else 2",
    "a complex number": "1j",
    "floor division": "n // 2",
    "a remainder": "n % 2",
    "a matrix product": "n @ n",
    "bits": "n << 2",
    "identity": "n is n",
    "membership": "n in n",
    "none": "None",
    "an ellipsis": "...",
    "two statements": "n; n",
    "an assignment": "n = 1",
    "a full-width name": "ｓqrt(4)",
    "a letter that is another in disguise": "ſqrt(4)",
    "a superscript": "n²",
    "a zero byte": "n\x00",
    "a lone surrogate": "\ud800",
    "a comment": "n # + 1",
    "a line continued": "n \\\n + 1",
    "a literal that is too large": "1e999",
    "a hexadecimal": "0xff",
    "an underscore among digits": "1_000",
    "a number run into a word": "1or n",
    "nothing": "",
    "blanks": "   ",
    "a long chain of signs": "-" * 299 + "1",
    "many terms": "+".join("1" * 100),
}


def value(text: str, **names: float) -> float | bool:
    scalars = {name.replace("outcome_", "outcome."): v for name, v in names.items()}
    return compile_expression(text, scalars).value(scalars)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_on_the_list_is_refused_with_a_message(text):
    with pytest.raises(ExpressionError) as refused:
        compile_expression(text, {"n", "outcome.share"}).value({"n": 2, "outcome.share": 0.5})
    assert str(refused.value.message).strip()
    assert len(str(refused.value.message)) < 600


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("2 ** -1", 0.5),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("7 / 2", 3.5),
        ("sqrt(2 / 320)", math.sqrt(2 / 320)),
        ("log(e)", 1),
        ("log2(8) + log10(100)", 5),
        ("exp(0)", 1),
        ("erf(0.5)", math.erf(0.5)),
        ("Phi(0)", 0.5),
        ("Phi(1.959963984540054)", 0.975),
        ("phi(0)", 1 / math.sqrt(2 * math.pi)),
        ("abs(-2)", 2),
        ("min(3, 1, 2) + max(1, 2)", 3),
        ("floor(2.7) + ceil(2.1)", 5),
        ("round(2.6)", 3),
        ("sin(0) + cos(0)", 1),
        ("tanh(100)", 1),
        ("sigmoid(0)", 0.5),
        ("sigmoid(-1000)", 0),
        ("pi", math.pi),
        ("  1  ", 1),
    ],
)
def test_arithmetic_is_float64(text, expected):
    result = value(text)
    assert type(result) is float
    assert result == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 < 2 < 3", True),
        ("1 < 2 > 3", False),
        ("n == 3 and not n != 3", True),
        ("n > 5 or n >= 3", True),
        ("true", True),
        ("not false", True),
    ],
)
def test_conditions_are_true_or_false(text, expected):
    assert value(text, n=3) is expected


@pytest.mark.parametrize(
    "text",
    ["1 / (n - 3)", "sqrt(-n)", "log(n - 3)", "exp(1000 * n)", "1e308 * 10 * n", "n ** 5000"],
)
def test_a_result_that_is_not_a_finite_number_is_an_error(text):
    with pytest.raises(ExpressionError, match="“"):
        value(text, n=3)


def test_whole_numbers_too_large_for_a_float_are_an_error():
    with pytest.raises(ExpressionError):
        value("*".join("n" * 20), n=10**40)


def test_a_parameter_hides_a_constant():
    assert value("e + 1", e=1) == 2


def test_an_outcome_is_read_by_its_name():
    expression = compile_expression("2 * outcome.share + n", {"outcome.share", "n"})
    assert expression.names == {"outcome.share", "n"}
    assert expression.needs_outcome
    assert expression.value({"outcome.share": 0.25, "n": 1}) == 1.5


def test_an_unknown_name_is_told_with_the_names_there_are():
    with pytest.raises(ExpressionError, match=r"n_im.*n_in"):
        compile_expression("2 / n_im", {"n_in"})


def test_a_strange_sign_is_told_with_its_place():
    with pytest.raises(ExpressionError, match="“×” at character 6"):
        compile_expression("n_in × 2", {"n_in"})


def test_an_expression_may_have_300_characters_and_no_more():
    assert value("1 +" + " " * 296 + "1") == 2
    with pytest.raises(ExpressionError, match="301"):
        value("1 +" + " " * 297 + "1")


pieces = [*"0123456789.+-*/()<>=!,en ", "**", "sqrt", "log", "and ", "or ", "not "]
texts = st.lists(st.sampled_from(pieces), max_size=40).map("".join)


@given(st.one_of(texts, st.text(max_size=60)))
def test_any_text_is_a_number_a_condition_or_an_error(text):
    try:
        result = compile_expression(text, {"n"}).value({"n": 2})
    except ExpressionError:
        return
    assert type(result) in (float, bool)
    assert math.isfinite(result)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_as_python_writes_it_is_itself(number):
    assert value(repr(number)) == number


def test_an_expression_is_compiled_once():
    expression = compile_expression("n + 1", {"n"})
    assert isinstance(expression, Expression)
    assert [expression.value({"n": n}) for n in (1, 2)] == [2, 3]
