"""What a card that is ready lacks."""

from __future__ import annotations

import pytest

from engine.content import read_card
from engine.questions import check_complete
from tests.kinds_content import ENGLISH


def lacks(text: str) -> set[str]:
    card = read_card("t", {"en": text.encode()}).card
    assert card is not None
    problems = check_complete(card)
    assert all(p.level == "warning" for p in problems)
    assert all(str(p.place) == "cards/t/card.md:1" for p in problems)
    return {p.code for p in problems}


def without(heading: str) -> str:
    """The card without one of its items."""
    items = ENGLISH.split("\n## ")
    kept = [item for item in items if not item.startswith(f"{heading}\n")]
    assert len(kept) == len(items) - 1
    return "\n## ".join(kept)


def test_a_whole_card_lacks_nothing():
    assert lacks(ENGLISH) == set()


def test_a_draft_may_lack_anything():
    assert lacks("---\ntitle: T\nunit: u\nstatus: draft\n---\nText.\n") == set()


def test_a_card_of_prose_lacks_everything():
    found = lacks("---\ntitle: T\nunit: u\nstatus: ready\n---\nText.\n")
    assert found == {"few-flashcards", "no-cloze", "few-questions", "few-kinds", "no-prediction"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (without("Question: counted"), "few-questions"),
        (without("Flashcard: bound"), "no-cloze"),
        (without("Flashcard: bound"), "few-flashcards"),
        (ENGLISH.replace("kind: estimate", "kind: number"), "no-prediction"),
        (
            ENGLISH.replace("kind: claim", "kind: estimate").replace(
                "kind: number", "kind: estimate"
            ),
            "few-kinds",
        ),
    ],
)
def test_each_thing_is_missed(text, code):
    assert code in lacks(text)
