"""Each mistake of an answer with several is spoken to, with words that fit the drawn numbers."""

from __future__ import annotations

import pytest

from engine import questions
from engine.study import Feedback, PresentedQuestion
from tests.study.conftest import Desk

FIRST = "symmetry-breaking/first-gradients"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_both_of_two_mistakes_are_answered(desk: Desk, language: str) -> None:
    desk = desk.speaking(language)
    shown = desk.show(FIRST, 0)
    assert isinstance(shown, PresentedQuestion)
    right = set(shown.variant.answer)  # type: ignore[arg-type]
    wrong = {"w1", "alike"} ^ right
    told = desk.say(shown, " ".join(sorted(wrong)))
    assert isinstance(told, Feedback)
    assert told.misconception is not None
    parts = told.misconception.split("\n\n")
    assert len(parts) == 2
    assert len(set(parts)) == 2
    assert told == desk.study.result(shown)


def test_every_several_question_answers_all_that_is_amiss(desk: Desk) -> None:
    asked = 0
    for item, template in desk.study.course(desk.now).templates.items():
        if template.kind.name != "several":
            continue
        variant = questions.draw(template, 3)
        right = set(variant.answer)  # type: ignore[arg-type]
        amiss = {option.id for option in variant.options}
        names = template.kind.mistakes(variant, tuple(amiss ^ right))
        known = [n for n, ids in variant.misconceptions.items() if amiss & set(ids)]  # type: ignore[arg-type]
        assert names == known, item
        asked += len(names) > 1
    assert asked > 10


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nothing_said_after_first_gradients_takes_its_weights_for_zero(
    desk: Desk, language: str
) -> None:
    for seed in range(25):
        shown = desk.speaking(language).show(FIRST, seed)
        assert isinstance(shown, PresentedQuestion)
        outcome = questions.simulate(shown.template, shown.variant)
        for name in shown.variant.misconceptions:
            said = questions.feedback(shown.template, shown.variant, name, language, outcome)
            assert said is not None
            assert "With all weights 0" not in said
            assert "가중치가 모두 0이면" not in said
