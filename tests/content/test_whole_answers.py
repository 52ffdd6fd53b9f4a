"""Questions whose answer is counted: whole ends, and no percentage that tells the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.content import Card
from engine.i18n import Translator
from engine.pages.study.question import precision_words
from engine.questions import Variant, accepted_ends, compile_question, draw
from engine.questions.expressions import compile_expression
from engine.questions.numbers.whole import is_whole

COUNTED = {
    "vanishing-gradient/steps",
    "exploding-gradient/overflow-layer",
    "symmetry-breaking/copied-units",
    "batchnorm-batch-size/per-channel",
    "batchnorm-placement/parameters",
    "layernorm-axes/means",
    "layernorm-axes/learned",
}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("floor(x) + 1", True),
        ("ceil(log(x) / log(n))", True),
        ("2 * n * max(n, m) - 1", True),
        ("abs(-n) ** 2", True),
        ("n / m", False),
        ("2 ** n", False),
        ("n * x", False),
        ("sqrt(n)", False),
        ("0.5 * n", False),
    ],
)
def test_sums_and_products_of_whole_numbers_are_whole(text: str, whole: bool) -> None:
    assert is_whole(compile_expression(text, ["n", "m", "x"]), {"n", "m"}) is whole


def test_the_counted_questions_of_the_course_show_whole_ends(cards: Mapping[str, Card]) -> None:
    found = set()
    for card in cards.values():
        for question in card.questions:
            if question.kind != "number":
                continue
            template = compile_question(card.id, question)
            for seed in range(15):
                variant = draw(template, seed)
                always = variant.whole
                if always:
                    found.add(variant.item)
                    assert float(variant.answer).is_integer()  # type: ignore[arg-type]
                    assert all(end.replace("−", "").isdigit() for end in accepted_ends(variant))
                assert Variant.from_json(variant.to_json()) == variant
    assert found >= COUNTED


@pytest.mark.parametrize(
    ("answer", "accepted", "relative", "whole", "en", "ko"),
    [
        (47.0, (46.6, 47.4), False, True, "The answer is a whole number, exactly.", "정수"),
        (18.0, (17.82, 18.18), True, True, "The answer is a whole number, exactly.", "정수"),
        (392.0, (388.08, 395.92), True, True, "Accepted within 1% of the value.", "1%"),
        (47.0, (44.6, 49.4), False, True, "Accepted within ±2.", "±2"),
        (0.5, (0.497, 0.503), False, False, "Accepted within ±0.003.", "±0.003"),
        (0.5, (0.495, 0.505), True, False, "Accepted within 1% of the value.", "1%"),
    ],
)
def test_how_exact_a_number_is_wanted(
    cards: Mapping[str, Card], answer, accepted, relative, whole, en, ko
) -> None:
    question = next(q for q in cards["he-normal"].questions if q.kind == "number")
    drawn = draw(compile_question("he-normal", question), 0)
    there = replace(drawn, answer=answer, accepted=accepted, relative=relative, whole=whole)
    said = precision_words(there)
    assert Translator("en")(said) == en
    assert ko in Translator("ko")(said)
