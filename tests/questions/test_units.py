"""A unit is read in any of its forms; another one is named."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from engine.questions import Malformed, Response, Variant, bare, draw, parse, quantity
from engine.study.feedback import right_words, typed_words
from tests.questions.written_questions import SIGMA, template

LAYER = {"en": "(layer)", "ko": "(번째 층)"}
STEPS = {"en": "steps", "ko": "스텝"}
READ = [
    (
        LAYER,
        33,
        ["33", "33 layer", "33 layers", "33layer", "33 (layer)", "33(layers)", "33 Layer."],
    ),
    (
        LAYER,
        33,
        ["33rd layer", "33th layer", "33rd", "33번째 층", "33번째층", "33 번째 층", "33층"],
    ),
    (
        LAYER,
        33,
        ["33 층", "33번째", "33 (번째 층)", "33(층)", "３３층", "33\u200b층", "33 ＬＡＹＥＲ"],
    ),
    (
        STEPS,
        16.6,
        ["16.6 step", "16.6 steps", "16.6steps", "16.6 (steps)", "16.6 스텝", "16.6스텝"],
    ),
    (
        STEPS,
        1000,
        ["1e3 steps", "10^3 steps", "1 000 steps", "10³ 스텝", "2000/2 steps", "1e3steps"],
    ),
]
NAMED = {
    "33 epochs": "“epochs”",
    "33 에포크": "“에포크”",
    "33번째 스텝": "“번째 스텝”",
    "33k": "“k”",
    "33 lаyer": "CYRILLIC SMALL LETTER A",
}


def asked_in(unit: dict[str, str], language: str) -> Variant:
    return draw(template(SIGMA, unit=unit), 0, language)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [(unit, value, text) for unit, value, texts in READ for text in texts],
)
def test_a_unit_is_read_in_any_form(unit, value, text, language, form):
    read = parse(asked_in(unit, language), unicodedata.normalize(form, text))
    assert isinstance(read, Response), read
    assert read.value == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(("text", "part"), NAMED.items())
def test_another_unit_is_named_beside_the_right_one(text, part):
    read = parse(asked_in(LAYER, "en"), text)
    assert isinstance(read, Malformed)
    assert part in str(read.why)
    assert "“layer”" in str(read.why)


def test_where_there_is_no_unit_a_unit_is_named():
    read = parse(draw(template(SIGMA), 0), "0.05 meters")
    assert isinstance(read, Malformed)
    assert "no unit" in str(read.why)
    assert "“meters”" in str(read.why)


@pytest.mark.parametrize("text", ["2*pi", "1/e", "2*π"])
def test_the_letters_of_a_number_are_no_unit(text):
    assert isinstance(parse(asked_in(STEPS, "en"), text), Response)


def test_a_variant_from_before_has_its_own_unit():
    variant = replace(asked_in(STEPS, "en"), units=())
    assert "units" not in variant.to_json()
    old = Variant.from_json(variant.to_json())
    assert isinstance(parse(old, "16.6 step"), Response)


@pytest.mark.parametrize("unit", ["layer", "(layer)", " ( layer ) ", "((layer))"])
def test_a_label_puts_one_pair_of_parentheses_around_a_unit(unit):
    assert bare(unit) == "layer"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("33", "layer 33"),
        ("33 layers", "33 layers"),
        ("33번째 층", "33번째 층"),
        ("33rd", "33rd"),
        ("11*3", "layer 11\\*3 = 33"),
        ("11*3 layers", "layer 11\\*3 = 33"),
        ("100/3", "layer 100/3 ≈ 33.3333"),
        ("3.3e1", "layer 3.3e1"),
        ("3.3×10¹", "layer 3.3×10¹"),
        ("-33", "layer −33"),
        ("√9 - 5", "layer √9 − 5 = −2"),
        ("50 %", "layer 50 % = 0.5"),
    ],
)
def test_what_was_typed_is_repeated_with_its_unit_once(typed, told):
    assert typed_words(asked_in(LAYER, "en"), typed) == told


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("", "33"),
        ("steps", "33 steps"),
        ("%", "33%"),
        ("(%)", "33%"),
        ("(layer)", "layer 33"),
        ("(번째 층)", "33번째 층"),
        ("번째 층", "33번째 층"),
        ("스텝", "33스텝"),
    ],
)
def test_a_number_is_shown_with_its_unit(unit, told):
    assert quantity("33", unit) == told


@pytest.mark.parametrize(("language", "told"), [("en", "layer 33"), ("ko", "33번째 층")])
def test_the_right_answer_has_the_unit_that_the_learners_own_has(language, told):
    variant = asked_in(LAYER, language)
    assert typed_words(variant, variant.answer_text) == right_words(variant)
    assert right_words(replace(variant, answer_text="33")) == told


def test_a_unit_in_decomposed_letters_is_shown_like_any_other():
    assert quantity("12", unicodedata.normalize("NFD", "스텝")) == "12스텝"
    assert quantity("33", unicodedata.normalize("NFD", "(번째 층)")) == "33번째 층"
