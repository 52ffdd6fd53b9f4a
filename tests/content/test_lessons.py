"""Every card of the course can be taught: steps, pictures, core items, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.content import Card, Placed, check_lesson, load_cards
from engine.course import play_of
from engine.questions import palette

CONTENT = load_cards(Path(__file__).resolve().parents[2] / "content", palette())
CARDS = [card for card in CONTENT.cards.values() if card.status == "ready"]
of_each_card = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)


@of_each_card
def test_a_card_is_a_lesson(card: Card) -> None:
    assert [f"{p.code}: {p.found}" for p in check_lesson(card)] == []


@of_each_card
def test_its_translation_has_the_same_steps_and_pictures(card: Card) -> None:
    there = [p for p in CONTENT.problems if p.place.file.startswith(f"cards/{card.id}/")]
    assert [f"{p.place}: {p.found}" for p in there] == []
    assert all(set(step.text) == {"en", "ko"} for step in card.steps)
    assert card.steps[0].title is None
    for step in card.steps[1:]:
        assert step.title is not None
        assert step.title["ko"] != step.title["en"]


@of_each_card
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_picture_has_a_caption_and_can_be_played(card: Card, language: str) -> None:
    placed = [p for s in card.steps for p in s.parts(language) if isinstance(p, Placed)]
    assert placed
    for picture in placed:
        assert picture.caption.endswith((".", "?", "!", ".**"))
        assert play_of(card, {}, picture.name) is not None


@of_each_card
def test_an_item_is_explained_in_a_step_that_is_there(card: Card) -> None:
    steps = range(1, len(card.steps) + 1)
    assert all(item.step in steps for item in (*card.flashcards, *card.questions))
    assert len({item.step for item in (*card.flashcards, *card.questions)}) > 1, "all in one step"
