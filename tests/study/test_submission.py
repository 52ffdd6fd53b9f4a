"""The log's row is assembled in one place, for an answer that counts and for one in the editor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.scheduling import Rating
from engine.study import Feedback, PresentedFlashcard, PresentedQuestion, preview_feedback
from tests.study.conftest import FLASHCARD, SIGMA, Desk, text_for


@pytest.mark.parametrize("item", [SIGMA, "he-normal/which-side", "he-normal/relu-order"])
@pytest.mark.parametrize("verdict", ["correct", "misconception"])
def test_the_editor_makes_the_row_that_a_learners_answer_makes(
    desk: Desk, item: str, verdict: str
) -> None:
    shown = desk.practise(item)
    assert isinstance(shown, PresentedQuestion)
    text = text_for(shown, verdict)
    recorded = desk.say(shown, text, 2)
    made = preview_feedback(desk.person, shown, text, 2, desk.now)
    assert isinstance(recorded, Feedback)
    assert isinstance(made, Feedback)
    assert made.logged.answer == replace(recorded.logged.answer, milliseconds=None)
    assert desk.study.store.log.answer(shown.id) == recorded.logged


def test_a_flashcards_row_has_no_variant_and_no_response(desk: Desk) -> None:
    shown = desk.show(FLASHCARD)
    assert isinstance(shown, PresentedFlashcard)
    row = desk.rate(shown, Rating.GOOD).logged.answer
    assert (row.kind, row.variant, row.response, row.answer_text) == (
        "flashcard",
        None,
        None,
        "good",
    )
