"""The wrong methods that the cards name: whose questions have them, and that none of them passes.

`check` runs each over 200 seeds; here a few of them, so that a mistake shows at once. A question
to pick from may do without: then each of its wrong options is a misconception with words of its
own, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from engine.content import Card, Problem
from engine.course import compile_card
from engine.questions import Template, Variant, draw, grade, parse
from engine.questions.kinds import KINDS
from engine.questions.kinds.common import number
from engine.questions.placeholders import Text
from engine.questions.wrong_methods import Passing
from tests.content.answering import template_of

#: Kinds whose wrong answers are too many to be named one by one.
OPEN = {"number", "estimate", "order"}
#: Kinds whose wrong answers are options: each is a misconception, or has a wrong method.
CLOSED = {"choice", "several", "claim"}
HANGUL = re.compile("[가-힣]")


def templates(cards: Mapping[str, Card]) -> list[Template]:
    return [t for card in cards.values() for t in compile_card(card)[0].values()]


def test_every_answer_that_is_typed_ranked_or_pointed_at_has_wrong_methods(
    cards: Mapping[str, Card],
):
    open = [t for t in templates(cards) if t.kind.name in OPEN]
    assert len(open) > 100
    assert [t.item for t in open if not t.wrong_methods] == []


def test_every_other_question_has_words_for_each_wrong_option(cards: Mapping[str, Card]):
    closed = [t for t in templates(cards) if t.kind.name not in OPEN and not t.wrong_methods]
    assert {t.kind.name for t in closed} == CLOSED
    assert len(closed) > 70
    assert [gap for template in closed for gap in gaps(template)] == []


def test_a_wrong_option_without_a_misconception_or_without_words_is_told(cards: Mapping[str, Card]):
    claim = next(t for t in templates(cards) if t.item == "symmetry-breaking/equal-start")
    words = claim.words["ko"]
    feedback = {name: text for name, text in words.feedback.items() if name != "only-for-a-while"}
    mute = with_feedback(claim, "ko", feedback)
    assert gaps(mute) == {"symmetry-breaking/equal-start: only-for-a-while has no words in ko"}
    same = dict.fromkeys(words.feedback, words.feedback["any-zero-is-bad"])
    assert gaps(with_feedback(claim, "ko", same)) == {
        "symmetry-breaking/equal-start: two misconceptions have the same words in ko"
    }
    variant = draw(claim, 0)
    bare = {name: id for name, id in variant.misconceptions.items() if id != "misleading"}
    unnamed = replace(variant, misconceptions=bare)
    assert set(unanswered(unnamed)) == {"misleading"}


def test_no_wrong_method_of_the_course_is_graded_right(cards: Mapping[str, Card]):
    tried = [t for t in templates(cards) if t.wrong_methods]
    found = [str(problem.found) for template in tried for problem in told(template)]
    assert found == []
    assert len(tried) > 100


def told(template: Template) -> list[Problem]:
    passing = Passing(template)
    for seed in range(20):
        passing.add(draw(template, seed))
    return list(passing.problems())


def gaps(template: Template) -> set[str]:
    """What is missing so that every wrong option gets an answer of its own."""
    found = set()
    for seed in range(20):
        variant = draw(template, seed)
        found |= {f"{template.item}: {option} is graded wrong" for option in unanswered(variant)}
        for name in variant.misconceptions:
            found |= {f"{template.item}: {name} {lack}" for lack in wordless(template, name)}
    return found | {f"{template.item}: {lack}" for lack in alike(template)}


def unanswered(variant: Variant) -> Iterator[str]:
    """The options that are picked, ticked or left out wrongly without being recognized."""
    kind = KINDS[variant.kind]
    for option in variant.options:
        if isinstance(variant.answer, tuple):
            answer = " ".join(sorted(set(variant.answer) ^ {option.id}))
        else:
            answer = option.id
        if not answer or answer == variant.answer:
            continue
        if kind.grade(variant, kind.parse(variant, answer)).verdict != "misconception":
            yield option.id


def wordless(template: Template, name: str) -> Iterator[str]:
    """The languages that have nothing of their own to say to a misconception."""
    for language in ("en", "ko"):
        text = template.words[language].feedback.get(name)
        said = "" if text is None else written(text.pieces)
        if not said.strip() or bool(HANGUL.search(said)) != (language == "ko"):
            yield f"has no words in {language}"


def alike(template: Template) -> Iterator[str]:
    """The languages in which two misconceptions get the same answer."""
    for language, words in template.words.items():
        texts = list(words.feedback.values())
        if any(texts.count(text) > 1 for text in texts):
            yield f"two misconceptions have the same words in {language}"


def written(pieces: tuple[object, ...]) -> str:
    return "".join(piece for piece in pieces if isinstance(piece, str))


def with_feedback(template: Template, language: str, feedback: Mapping[str, Text]) -> Template:
    words = replace(template.words[language], feedback=feedback)
    return replace(template, words={**template.words, language: words})


#: Questions on a chain of equal layers whose answer is pointed at, and the name of the chain's
#: length; for the rest one layer more or less is smaller than the spread between drawn networks.
CHAINS = {
    "exploding-gradient/grown": "steps",
    "init-defaults/deep-default": "depth",
    "skip-connections/growth": "depth",
    "variance-propagation/depth": "depth",
}


@pytest.mark.parametrize(("item", "length"), CHAINS.items())
def test_one_layer_more_or_less_is_not_the_answer(cards: Mapping[str, Card], item, length):
    template = template_of(cards, item)
    computed = dict(template.parameters.computed)
    for seed in range(60):
        variant = draw(template, seed)
        drawn = {n: value for n, value in variant.parameters.items() if n not in computed}
        for off in (-1, 1):
            values = template.parameters.complete({**drawn, length: drawn[length] + off})
            off_by_one = repr(number(template.logic.answer, values))
            assert grade(variant, parse(variant, off_by_one)).verdict != "correct", (seed, off)
