"""An estimate: read as a number on its axis, graded by its distance on the axis' own scale."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content import ContentError
from engine.questions import (
    Axis,
    DrawError,
    Grade,
    Malformed,
    Response,
    Variant,
    draw,
    grade,
    parse,
    tolerance,
)
from tests.questions.test_kinds import judged
from tests.questions.written_questions import ESTIMATE, SHARE, SIGMA, template

DECADES = {**ESTIMATE, "parameters": {"depth": 20}, "answer": "1e-3", "tolerance": "10%"}
DECADES = {**DECADES, "axis": {"low": 1e-6, "high": 1e4, "scale": "log"}}
DECADES = {**DECADES, "misconceptions": {"far-off": "10"}}
METERS = {**SHARE, "parameters": {"n": 10}, "axis": {"low": -10, "high": 10, "scale": "linear"}}
METERS = {**METERS, "answer": "2", "tolerance": "5%", "misconceptions": {"sign": "-2"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1e-3", Grade("correct")),
        ("0.01", Grade("correct")),  # a tenth of ten decades away: the very end
        ("1e-4", Grade("correct")),
        ("0.0101", Grade("close")),
        ("9.9e-5", Grade("close")),
        ("0.3", Grade("close")),  # two and a half tenths
        ("0.33", Grade("wrong")),
        ("1e-6", Grade("wrong")),
        ("1", Grade("misconception", "far-off")),
        ("100", Grade("misconception", "far-off")),
        ("1000", Grade("wrong")),
        ("10^-3", Grade("correct")),
        ("-1", None),
        ("0", None),
        ("1e5", None),
        ("1e-7", None),
        ("", None),
        ("1,5", None),
    ],
)
def test_on_a_log_axis_decades_count(text, expected):
    assert judged(draw(template(DECADES), 0), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", Grade("correct")),
        ("3", Grade("correct")),
        ("1", Grade("correct")),
        ("3.1", Grade("close")),
        ("4.5", Grade("close")),
        ("4.6", Grade("wrong")),
        ("-2.9", Grade("misconception", "sign")),
        ("0", Grade("close")),
        ("-10", Grade("wrong")),
        ("10", Grade("wrong")),
        ("-10.2", None),
        ("11", None),
    ],
)
def test_on_a_linear_axis_lengths_count(text, expected):
    assert judged(draw(template(METERS), 0), text) == expected


def test_off_the_axis_it_says_where_the_axis_ends():
    response = parse(draw(template(DECADES), 0), "1e5")
    assert isinstance(response, Malformed)
    assert str(response.why) == "100000 lies off the axis, which goes from 1×10⁻⁶ to 10000."


def test_a_pointed_end_that_rounding_put_beyond_it_is_on_the_axis():
    variant = draw(template(METERS), 0)
    assert judged(variant, "10.05") == judged(variant, "-10.05") == Grade("wrong")


def test_the_unit_may_be_typed():
    assert judged(draw(template(METERS, unit={"en": "m"}), 0), "2 m") == Grade("correct")


def test_the_accepted_interval_is_in_values_and_ends_with_the_axis():
    log, linear = draw(template(DECADES), 0), draw(template(METERS), 0)
    assert log.accepted == pytest.approx((1e-4, 1e-2))
    assert linear.accepted == pytest.approx((1, 3))
    at_the_end = draw(template({**METERS, "answer": "9.2", "tolerance": "10%"}), 0)
    assert at_the_end.accepted == pytest.approx((7.2, 10))
    assert tolerance(at_the_end) == pytest.approx(0.1)
    assert judged(at_the_end, "7.1") == Grade("close")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"answer": "9.5"}, "not at its very end"),
        ({"answer": "-9.5"}, "not at its very end"),
        ({"answer": "11"}, "on the axis"),
        ({"misconceptions": {"sign": "-11"}}, "off the axis"),
        ({"misconceptions": {"sign": "4"}}, "within the tolerance"),
        ({"misconceptions": {"one": "-5", "two": "-4"}}, "the same value"),
        ({"axis": {"low": 3, "high": "n - 7", "scale": "linear"}}, "begins below its end"),
        ({"axis": {"low": "n - 10", "high": 100, "scale": "log"}}, "begins above 0"),
        ({"axis": {"low": "1 / (n - 10)", "high": 100, "scale": "linear"}}, "no value here"),
    ],
)
def test_a_draw_that_makes_no_fair_axis_is_drawn_again(change, why):
    with pytest.raises(DrawError, match=why):
        draw(template({**METERS, **change}), 0)


def test_the_ends_of_an_axis_follow_the_numbers_and_its_title_tells_them():
    variant = draw(template(SHARE, axis={"en": "of {{ n }} steps"}), 4)
    n = variant.parameters["n"]
    assert variant.axis == Axis(0, 2 * n, "linear", f"of {n} steps")  # type: ignore[operator]


def test_a_title_is_in_the_language_of_the_variant():
    compiled = template(SHARE, axis={"en": "steps", "ko": "스텝"})
    assert [draw(compiled, 1, code).axis.title for code in ("en", "ko")] == ["steps", "스텝"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("spec", "code", "told"),
    [
        ({**SHARE, "tolerance": "30%"}, "bad-tolerance", "30%"),
        ({**SHARE, "tolerance": "0%"}, "bad-tolerance", "0%"),
        ({**SHARE, "tolerance": 0.05}, "bad-tolerance", "0.05"),
        ({k: v for k, v in SHARE.items() if k != "tolerance"}, "bad-tolerance", "no “tol"),
        ({k: v for k, v in SHARE.items() if k != "axis"}, "bad-axis", "no “axis:”"),
        ({**SHARE, "axis": {"low": 0, "high": 1}}, "bad-axis", "low"),
        ({**SHARE, "axis": {"low": 0, "high": 1, "scale": "root"}}, "bad-axis", "root"),
        ({**SHARE, "axis": 5}, "bad-axis", "5"),
        ({**SHARE, "axis": {"low": "m", "high": 1, "scale": "log"}}, "bad-expression", "“m”"),
        ({**SHARE, "axis": {"low": "n < 1", "high": 1, "scale": "log"}}, "condition-for", "n < 1"),
        ({**SHARE, "options": {"a": True}}, "unknown-key", "options"),
    ],
)
def test_a_block_that_is_not_right_says_so(spec, code, told):
    with pytest.raises(ContentError) as raised:
        template(spec, options={"a": {"en": "a"}})
    problem = next(p for p in raised.value.problems if p.code.startswith(code))
    assert told in str(problem.found)
    assert str(problem.mend)


@pytest.mark.parametrize(
    ("spec", "words", "code"),
    [
        (SHARE, {"axis": None}, "missing-axis"),
        (SHARE, {"axis": {"en": "$x^2$"}}, "axis-maths"),
        (SHARE, {"axis": {"en": "{{ m }}"}}, "bad-place"),
        (SHARE, {"axis": {"en": "{{ answer }}"}}, "bad-place"),
        (SIGMA, {"axis": {"en": "size"}}, "misplaced-axis"),
        (SIGMA, {"claim": {"en": "All."}}, "misplaced-claim"),
    ],
)
def test_the_axis_has_a_title_of_plain_words(spec, words, code):
    with pytest.raises(ContentError) as raised:
        template(spec, **words)
    assert [p.code for p in raised.value.problems] == [code]


ends = st.floats(1e-30, 1e30)
axes = st.one_of(
    st.builds(
        lambda low, decades: Axis(low, low * 10**decades, "log"),
        st.floats(1e-30, 1e10),
        st.floats(0.1, 20),
    ),
    st.builds(
        lambda low, length: Axis(low, low + length, "linear"),
        st.floats(-1e6, 1e6),
        st.floats(1e-3, 1e6),
    ),
)


@given(axes, st.floats(0, 1))
def test_places_and_values_are_inverse(axis, place):
    assert axis.low <= axis.value(place) <= axis.high
    assert axis.place(axis.value(place)) == pytest.approx(place, abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.floats(0, 1), st.sampled_from([ESTIMATE, SHARE]))
def test_the_nearer_answer_is_never_graded_worse(seed, place, spec):
    """Along the way from the key to anywhere, verdicts only fall, but for misconceptions."""
    variant = draw(template(spec), seed)
    assert variant.axis is not None
    key = variant.axis.place(float(variant.answer))  # type: ignore[arg-type]
    ranks = {"correct": 0, "close": 1, "wrong": 2}
    told = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        value = variant.axis.value(key + share * (place - key))
        verdict = grade(variant, Response(value, "")).verdict
        if verdict != "misconception":
            told.append(ranks[verdict])
    assert told[0] == 0
    assert told == sorted(told)


def test_a_variant_stored_before_there_were_axes_still_loads():
    told = json.loads(draw(template(SIGMA), 3).to_json())
    del told["axis"]
    assert Variant.from_json(json.dumps(told)) == draw(template(SIGMA), 3)


@pytest.mark.parametrize("axis", ["0", "[]", '"log"', '{"low": 0}', '{"low": "a", "high": 1}'])
def test_a_stored_axis_of_another_shape_is_a_value_error(axis):
    told = json.loads(draw(template(SHARE), 3).to_json())
    told["axis"] = json.loads(axis)
    with pytest.raises(ValueError, match=r"."):
        Variant.from_json(json.dumps(told))
