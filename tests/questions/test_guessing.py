"""What a right answer can be guessed by, and the reasons an author gives for it."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.content import ContentError
from engine.questions import accepted_elsewhere, check_question, draw, remarks
from engine.questions.checking.guessing import most_hit, numbers_in
from engine.questions.checking.reviewing import is_odd
from tests.questions.written_questions import ORDER, WRITTEN, template

WHY = "Nothing else can be asked of it"
PAIR = {"n": {"integer": [2, 40]}, "m": {"integer": [50, 90]}}
LARGEST = {
    "kind": "choice",
    "parameters": PAIR,
    "answer": "n * m",
    "misconceptions": {"adds": "n + m", "one": "n * 0.4", "other": "m * 1.7"},
}
SMALLER = {"adds": "n + m", "one": "n * 0.4", "other": "m * 1.7"}
BOTH_SIDES = {**LARGEST, "show": 3, "misconceptions": {**SMALLER, "twice": "2 * n * m"}}
MORE = {**SMALLER, "twice": "2 * n * m", "thrice": "3 * n * m"}
THREE_RANKS = {**BOTH_SIDES, "misconceptions": MORE}
ESTIMATE = {
    "kind": "estimate",
    "parameters": {"n": {"uniform": [10, 90], "decimals": 1}},
    "axis": {"low": 0, "high": 100, "scale": "linear"},
    "answer": "n",
    "tolerance": "4%",
}


def warned(spec, seeds: int = 200, **words) -> dict[str, str]:
    report = check_question(template(spec, **words), range(seeds))
    return {p.code: str(p.found) for p in report.problems}


def test_a_right_value_that_is_always_the_largest_is_a_warning():
    assert warned(LARGEST)["constant-rank"] == (
        "the right value at rank 4 of those shown in 200 of 200 draws"
    )


def test_values_on_both_sides_hide_the_rank():
    assert "constant-rank" not in warned(BOTH_SIDES)


def test_every_rank_that_the_right_value_can_have_is_about_as_likely():
    drawn = template(THREE_RANKS)
    ranks = Counter()
    for seed in range(300):
        variant = draw(drawn, seed)
        assert len(variant.options) == 3
        values = sorted(numbers_in(option.text) for option in variant.options)
        ranks[values.index(numbers_in(variant.answer_text))] += 1
        assert set(variant.misconceptions) == {o.id for o in variant.options} - {"answer"}
    assert min(ranks[n] for n in range(3)) > 60


def test_without_show_all_values_are_shown():
    for seed in range(20):
        assert len(draw(template(LARGEST), seed).options) == 4


@pytest.mark.parametrize("show", [2, 4, 2.5, "three", True])
def test_a_number_of_values_that_cannot_be_shown_is_an_error(show):
    with pytest.raises(ContentError) as told:
        template({**LARGEST, "show": show})
    assert [p.code for p in told.value.problems] == ["bad-show"]


def test_written_options_cannot_be_left_out():
    with pytest.raises(ContentError) as told:
        template({**WRITTEN, "show": 3})
    assert "show-and-options" in {p.code for p in told.value.problems}


def test_an_order_told_by_its_labels_is_a_warning():
    numbers = {"a": {"integer": [1, 30]}, "b": {"integer": [40, 60]}, "c": {"integer": [70, 90]}}
    spec = {
        "kind": "order",
        "parameters": numbers,
        "items": {"x": "1 / a", "y": "1 / b", "z": "1 / c"},
        "order": "ascending",
        "misconceptions": {"as-shown": {"x": "a", "y": "b", "z": "c"}},
    }
    labels = {id: {"en": "{{ " + name + " }} units"} for id, name in zip("xyz", "abc", strict=True)}
    assert "the ranks 3, 2, 1" in warned(spec, options=labels)["constant-rank"]


def test_an_option_that_keeps_its_place_in_an_order_is_a_warning():
    numbers = {"a": {"integer": [1, 30]}, "b": {"integer": [1, 30]}}
    spec = {**ORDER, "parameters": numbers, "items": {"xavier": "a", "he": "b", "default": "90"}}
    spec["misconceptions"] = {}
    assert warned(spec)["constant-place"].startswith("the option “default” in place ")


def test_an_answer_that_stands_in_the_stem_is_a_warning():
    spec = {"kind": "number", "parameters": PAIR, "answer": "n", "tolerance": "1%"}
    told = warned(spec, prompt={"en": "Of {{ m }} units {{ n }} are dead. How many are?"})
    assert told["given-answer"] == "the answer is number 2 of the stem in 200 of 200 draws"
    assert "given-answer" not in warned(spec, prompt={"en": "Of {{ m }} units, how many?"})


def test_a_place_on_the_axis_that_is_right_too_often_is_a_warning():
    assert "fixed-place" not in warned(ESTIMATE)
    crowded = {**ESTIMATE, "parameters": {"n": {"uniform": [40, 60], "decimals": 1}}}
    assert "of the axis' length is right in" in warned(crowded)["fixed-place"]


def test_a_value_that_is_right_too_often_is_one_on_an_axis_that_moves():
    moving = {
        **ESTIMATE,
        "parameters": {
            "n": {"uniform": [48, 52], "decimals": 1},
            "top": {"choose": [60, 80, 100, 130, 160, 200, 250, 300, 400]},
        },
        "axis": {"low": 0, "high": "top", "scale": "linear"},
    }
    assert warned(moving)["fixed-place"].startswith("the value ")


def test_a_reason_answers_the_warning():
    spec = {**LARGEST, "constant": {"constant-rank": WHY}}
    assert "constant-rank" not in warned(spec)
    assert "needless-constant" not in warned(spec)


def test_a_reason_for_what_does_not_arise_is_a_warning():
    told = warned({**BOTH_SIDES, "constant": {"constant-rank": WHY}})
    assert told["needless-constant"] == "a reason for “constant-rank”, which does not arise"


def test_a_few_draws_do_not_tell_that_a_reason_is_needless():
    assert "needless-constant" not in warned({**BOTH_SIDES, "constant": {"constant-rank": WHY}}, 25)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"constant-rnk": WHY}, "unknown-constant"),
        ({"constant-rank": "so"}, "no-reason"),
        ({"constant-rank": 3}, "no-reason"),
        ("it is meant so", "not-a-group"),
    ],
)
def test_a_reason_that_is_none_is_an_error(written, code):
    with pytest.raises(ContentError) as told:
        template({**LARGEST, "constant": written})
    assert [p.code for p in told.value.problems] == [code]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5×10⁻³ of 20 %", (0.0015, 0.2)),
        (r"$3\times10^{-5}$ and $n_1=4$", (3e-5, 4.0)),
        ("−2, 1,200 and 0.5", (-2.0, 1200.0, 0.5)),
        ("x2 and layer_3", ()),
    ],
)
def test_the_numbers_of_a_text(text, expected):
    assert numbers_in(text) == pytest.approx(expected)


def test_the_point_that_most_spans_hold():
    assert most_hit([]) == (0, 0.0)
    assert most_hit([(0.0, 0.2), (0.1, 0.3), (0.2, 0.6)]) == (3, 0.2)


def power(**changes):
    spec = {
        "kind": "estimate",
        "simulation": "gradient_chain",
        "parameters": {"slope": {"choose": [0.2, 0.3, 0.4]}, "depth": {"integer": [8, 20]}},
        "axis": {"low": 1e-21, "high": 10, "scale": "log"},
        "answer": "slope ** (depth - 1)",
        "tolerance": "4%",
    }
    return {**spec, **changes}


def test_what_one_question_calls_wrong_another_must_not_accept():
    naming = {
        "kind": "choice",
        "simulation": "gradient_chain",
        "parameters": {"factor": {"choose": [0.1, 0.5]}, "depth": {"choose": [5, 6, 8]}},
        "answer": "factor ** (depth - 1)",
        "misconceptions": {"off-by-one": "factor ** depth", "none": "1"},
        "settings": {"slope": 0.5},
    }
    (told,) = accepted_elsewhere([template(naming), template(power())], range(40))
    assert told.code == "accepted-elsewhere"
    assert "“off-by-one”, a misconception in demo/sigma, right here in 40 of 40" in str(told.found)
    narrow = power(tolerance="0.1%")
    assert not list(accepted_elsewhere([template(naming), template(narrow)], range(40)))
    another = power(answer="slope ** depth")
    assert not list(accepted_elsewhere([template(naming), template(another)], range(40)))


@pytest.mark.parametrize(
    ("piece", "odd"),
    [("0", True), ("1", True), ("0.0", True), ("5.2×10⁻¹⁷", True), ("0.5", False), ("tanh", False)],
)
def test_numbers_that_a_reader_has_to_look_at(piece, odd):
    assert is_odd(piece) == odd


def test_a_review_lists_the_sentence_with_its_seed():
    spec = {
        "kind": "number",
        "parameters": {"n": {"choose": [1, 50]}},
        "answer": "n + 3",
        "tolerance": "1%",
    }
    words = {"en": "There are {{ n }} times as many."}
    (told,) = remarks(template(spec, explanation=words), range(20))
    assert "demo/sigma explanation: in " in str(told)
    assert "“There are 1 times as many.”" in str(told)
    assert not list(remarks(template(spec, explanation={"en": "There is 1 way."}), range(20)))
