"""What makes a flashcard weak, as far as a machine can see it: the course has none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from engine.content import Card, Flashcard
from tests.content.conftest import CONTENT

YES_OR_NO = re.compile(
    r"(?:^|[.!?”:] )(?:Is|Are|Does|Do|Did|Can|Could|May|Has|Have|Was)\b[^.?]*\?$"
)
TWO_QUESTIONS = re.compile(
    r"(?:,| and| or) (?:and )?(?:what|why|how|when|where|by (?:what|how))\b[^,.?]*\?$"
)
BETWEEN_TWO = re.compile(
    r"::[^:{}]*(?: or |\? ?[^}])[^:{}]*\}\}|::[^:{}]*(?:또는|\? \S)[^:{}]*\}\}"
)


def flashcards(cards: Mapping[str, Card]) -> Iterator[tuple[str, Flashcard]]:
    for id, card in cards.items():
        for flashcard in card.flashcards:
            yield f"{id}/{flashcard.id}", flashcard


@pytest.mark.parametrize(
    ("front", "weak"),
    [
        ("Is it a useful model?", True),
        ("A model has ECE 0. Is it a useful model?", True),
        ("Does batch normalization prevent overfitting?", True),
        ("How can a model have ECE 0 and still be useless?", False),
        ("What does a picture show, and what has to be done before?", True),
        ("Which layers learn slowest, and why?", True),
        ("Why can the smaller house get the larger $z$?", False),
        ("Which share is kept, and by what is it divided?", True),
    ],
)
def test_the_patterns_know_a_weak_front(front: str, weak: bool):
    assert bool(YES_OR_NO.search(front) or TWO_QUESTIONS.search(front)) == weak


def test_no_flashcard_asks_for_yes_or_no_or_two_things(cards: Mapping[str, Card]):
    fronts = {id: one.front["en"] for id, one in flashcards(cards) if not one.cloze}
    assert len(fronts) > 80
    weak = [i for i, t in fronts.items() if YES_OR_NO.search(t) or TWO_QUESTIONS.search(t)]
    assert weak == []


@pytest.mark.parametrize("path", sorted((CONTENT / "cards").glob("*/card*.md")), ids=str)
def test_no_hint_of_a_gap_offers_two_words_to_choose_from(path: Path):
    assert BETWEEN_TWO.findall(path.read_text(encoding="utf-8")) == []


def test_a_hint_that_offers_two_words_is_known():
    assert BETWEEN_TWO.search("{{c2::explodes::vanishes or explodes?}}")
    assert BETWEEN_TWO.search("{{c3::작은::작은? 큰?}}")
    assert not BETWEEN_TWO.search("{{c1::about a millionth::a share}}")


DEFINES = re.compile(r"misleading if|misleading\* if|오해의 소지가 있음'으로 보세요")


def test_no_stem_of_a_claim_says_when_it_is_misleading(cards: Mapping[str, Card]):
    """The page does, in the same words for all."""
    told = [
        f"{id}/{question.id} ({language})"
        for id, card in cards.items()
        for question in card.questions
        if question.kind == "claim"
        for language, text in question.prompt.items()
        if DEFINES.search(text)
    ]
    assert told == []
