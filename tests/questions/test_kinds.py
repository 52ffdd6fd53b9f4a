"""What every kind promises, over many seeds, through its own samples; then each kind's grades."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.questions import (
    Grade,
    Malformed,
    Response,
    Template,
    Variant,
    draw,
    grade,
    parse,
    samples,
)
from tests.questions.written_questions import DEPTH, ORDER, SEVERAL, SIGMA, WRITTEN, template


def judged(variant: Variant, text: str) -> Grade | None:
    response = parse(variant, text)
    return None if isinstance(response, Malformed) else grade(variant, response)


def test_every_sample_gets_what_it_says_over_200_seeds(of_each_kind: Template):
    for seed in range(200):
        variant = draw(of_each_kind, seed)
        for sample in samples(variant):
            assert judged(variant, sample.text) == sample.grade, (seed, sample.text[:40])


def test_the_samples_show_every_way_to_answer(of_each_kind: Template):
    told: set[str] = set()
    for seed in range(40):
        variant = draw(of_each_kind, seed)
        grades = [sample.grade for sample in samples(variant)]
        assert Grade("correct") in grades
        assert None in grades
        told.update(g.misconception for g in grades if g is not None and g.misconception)
    misconceptions = of_each_kind.question.spec["misconceptions"].value
    assert told == set(misconceptions)  # type: ignore[call-overload]


def test_number_samples_are_also_close_and_wrong():
    verdicts = {s.grade.verdict for s in samples(draw(template(SIGMA), 1)) if s.grade}
    assert verdicts == {"correct", "close", "misconception", "wrong"}


@pytest.mark.parametrize(
    "text", ["", " ", "0", "9", "1.5", "no such option", "-1", "²", "9" * 9999]
)
@pytest.mark.parametrize("spec", [DEPTH, SEVERAL, ORDER])
def test_an_option_that_is_not_there_is_malformed(spec, text):
    response = parse(draw(template(spec), 1), text)
    assert isinstance(response, Malformed)
    assert 5 < len(str(response.why)) < 300


# -- number ---------------------------------------------------------------------------------

HALF = {
    "kind": "number",
    "parameters": {"n": 2},
    "answer": "1 / n",
    "tolerance": "1%",
    "misconceptions": {"not-a-share": "n"},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.5", Grade("correct")),
        ("1/2", Grade("correct")),
        ("50%", Grade("correct")),
        ("0.495", Grade("correct")),
        ("0.505", Grade("correct")),
        ("0.5051", Grade("close")),
        ("0.4949", Grade("close")),
        ("0.515", Grade("close")),
        ("0.516", Grade("wrong")),
        ("2", Grade("misconception", "not-a-share")),
        ("2.02", Grade("misconception", "not-a-share")),
        ("2.03", Grade("wrong")),
        ("-0.5", Grade("wrong")),
        ("0", Grade("wrong")),
    ],
)
def test_a_number_is_right_close_misconceived_or_wrong(text, expected):
    assert judged(draw(template(HALF), 0), text) == expected


def test_both_ends_of_the_accepted_interval_are_accepted():
    variant = draw(template(SIGMA), 3)
    assert variant.accepted is not None
    for end in variant.accepted:
        assert grade(variant, Response(end, repr(end))) == Grade("correct")


def test_a_tolerance_without_percent_is_a_number():
    spec = {**HALF, "tolerance": 0.1}
    variant = draw(template(spec), 0)
    assert variant.accepted == pytest.approx((0.4, 0.6))
    assert judged(variant, "2.1") == Grade("misconception", "not-a-share")
    assert judged(variant, "0.79") == Grade("close")


def test_samples_hold_with_a_tolerance_wider_than_the_answer():
    variant = draw(template({**HALF, "answer": "0", "tolerance": 0.9, "parameters": {"n": 3}}), 0)
    for sample in samples(variant):
        assert judged(variant, sample.text) == sample.grade


def test_a_misconception_is_named_before_close():
    spec = {**HALF, "misconceptions": {"near": "1.022 / n"}, "tolerance": "1%"}
    variant = draw(template(spec), 0)
    assert judged(variant, "0.511") == Grade("misconception", "near")
    assert judged(variant, "0.489") == Grade("close")


def test_the_unit_percent_makes_the_sign_superfluous():
    spec = {**HALF, "answer": "100 / n", "tolerance": "1%"}
    variant = draw(template(spec, unit={"en": "%"}), 0)
    assert variant.unit == "%"
    assert judged(variant, "50") == judged(variant, "50 %") == Grade("correct")


# -- choice ---------------------------------------------------------------------------------


def test_values_stand_for_themselves_and_for_their_misconceptions():
    variant = draw(template(DEPTH), 5)
    assert variant.answer == "answer"
    texts = {option.id: option.text for option in variant.options}
    assert texts["answer"] == variant.answer_text
    assert texts["stays"] == "1"
    assert judged(variant, "halves") == Grade("misconception", "halves")
    right = [option.id for option in variant.options].index("answer") + 1
    assert judged(variant, f" {right} ") == Grade("correct")


def test_of_written_options_the_condition_picks_the_right_one():
    compiled = template(WRITTEN)
    for seed in range(50):
        variant = draw(compiled, seed)
        rate = variant.parameters["rate"]
        assert not isinstance(rate, str)
        expected = "steady" if rate < 1 else "swinging" if rate < 2 else "diverging"
        assert variant.answer == expected
        assert variant.answer_text == f"The option {expected}"
        assert expected not in variant.misconceptions.values()


# -- several --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more whole", Grade("correct")),
        ("whole, more", Grade("correct")),
        ("less whole", Grade("misconception", "reads-backwards")),
        ("more", Grade("misconception", "fears-whole")),
        ("more less whole", Grade("misconception", "reads-sideways")),
        ("more more", None),
    ],
)
def test_several_are_right_when_exactly_the_right_ones_are_ticked(text, expected):
    variant = draw(template({**SEVERAL, "parameters": {"a": 2, "b": 1}}), 0)
    assert variant.answer == ("more", "whole")
    assert judged(variant, text) == expected


def test_the_right_ones_are_shown_as_their_words():
    variant = draw(template({**SEVERAL, "parameters": {"a": 2, "b": 1}}), 0)
    assert "The option more" in variant.answer_text
    assert "The option whole" in variant.answer_text
    assert "less" not in variant.answer_text


# -- order ----------------------------------------------------------------------------------


def test_an_order_is_ranked_by_its_values():
    variant = draw(template(ORDER), 0)
    assert variant.answer == ("he", "xavier", "default")
    assert judged(variant, "he xavier default") == Grade("correct")
    assert judged(variant, "he > xavier > default") == Grade("correct")
    assert judged(variant, "default he xavier") == Grade("misconception", "default-is-he")
    assert judged(variant, "he xavier") is None
    assert judged(variant, "he xavier he") is None


def test_ascending_is_the_other_way_round():
    descending, ascending = (
        draw(template(ORDER), 0),
        draw(template({**ORDER, "order": "ascending"}), 0),
    )
    assert isinstance(descending.answer, tuple)
    assert ascending.answer == descending.answer[::-1]


def test_the_right_order_is_shown_as_its_words():
    variant = draw(template(ORDER), 0)
    places = [variant.answer_text.index(f"The option {id}") for id in ("he", "xavier", "default")]
    assert places == sorted(places)


# -- a variant alone ------------------------------------------------------------------------


def test_a_variant_is_graded_without_its_template(of_each_kind: Template):
    variant = Variant.from_json(draw(of_each_kind, 7).to_json())
    for sample in samples(variant):
        assert judged(variant, sample.text) == sample.grade


def test_another_language_is_graded_alike(of_each_kind: Template):
    variant = draw(of_each_kind, 7)
    for sample in samples(variant):
        assert judged(replace(variant, language="ko"), sample.text) == sample.grade
