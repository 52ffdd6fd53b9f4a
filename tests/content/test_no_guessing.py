"""No question of the course can be answered by what stays the same from draw to draw."""

from __future__ import annotations

import pytest

from engine.course import compile_card
from engine.questions import draw
from engine.questions.checking.constancy import unexcused
from engine.questions.checking.diagnostics import Tally
from engine.questions.checking.guessing import Guesses
from tests.content.conftest import CONTENT

SEEDS = range(200)


@pytest.mark.parametrize("id", sorted({path.name for path in (CONTENT / "cards").iterdir()}))
def test_no_key_of_a_card_can_be_guessed(cards, id):
    """Questions that need a run for every draw are left to the check."""
    for template in compile_card(cards[id])[0].values():
        if template.needs_outcome:
            continue
        tally, guesses = Tally(template), Guesses(template)
        for seed in SEEDS:
            variant = draw(template, seed)
            tally.add(variant)
            guesses.add(variant)
        told = unexcused(template, [*tally.warnings(), *guesses.warnings()], sure=True)
        assert [(template.item, one.code, str(one.found)) for one in told] == []
