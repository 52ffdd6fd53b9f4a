"""The wrong methods that the cards name: whose questions have them, and that none of them passes.

`check` runs each over 200 seeds; here a few of them, so that a mistake shows at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.cards import Card, Problem
from engine.questions import Template, draw
from engine.questions.wrong_methods import Passing
from engine.study.course import compile_card

#: Any other answer than the right one to these kinds is a named misconception or no option.
TYPED = {"number", "estimate"}


def templates(cards: Mapping[str, Card]) -> list[Template]:
    return [t for card in cards.values() for t in compile_card(card)[0].values()]


def test_every_answer_that_is_typed_or_pointed_at_has_wrong_methods(cards: Mapping[str, Card]):
    typed = [t for t in templates(cards) if t.kind in TYPED]
    assert len(typed) > 70
    assert [t.item for t in typed if not t.wrong_methods] == []


def test_no_wrong_method_of_the_course_is_graded_right(cards: Mapping[str, Card]):
    tried = [t for t in templates(cards) if t.wrong_methods]
    found = [str(problem.found) for template in tried for problem in told(template)]
    assert found == []
    assert len(tried) > 90


def told(template: Template) -> list[Problem]:
    passing = Passing(template)
    for seed in range(20):
        passing.add(draw(template, seed))
    return list(passing.problems())
