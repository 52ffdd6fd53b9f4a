"""A card with a red formula is not saved as ready; one that is served stays served."""

from __future__ import annotations

import pytest

from engine.authoring import Refused
from tests.authoring.conftest import MINA, NOW, Shop
from tests.kinds_of_trouble import card

RED_IN_SOME = (
    "kind: number\nparameters: {a: {choose: [1, 2]}, word: {choose: [x, y_1_2]}}\n"
    "answer: a\ntolerance: 1%"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: ", "title: 'On $a_b_c$' #"),
        ("\n## Question", "\nAnd $\\frac{1}{2$.\n\n## Question"),
    ],
)
def test_it_is_refused_with_its_line(shop: Shop, old: str, new: str) -> None:
    text = card(RED_IN_SOME).replace(old, new, 1)
    result = shop.editor.save(MINA, "red", None, {"en": text}, NOW)
    assert isinstance(result, Refused)
    (error,) = [p for p in result.problems if p.code == "formula"]
    assert "$" in text.split("\n")[error.place.line - 1]


def test_one_that_is_red_in_some_draws_is_refused_with_a_seed(shop: Shop) -> None:
    sound = card(RED_IN_SOME)
    line = next(row for row in sound.split("\n") if row.endswith("?"))
    text = sound.replace(line, f"Here $z={{{{ word }}}}$. {line}")
    result = shop.editor.save(MINA, "red", None, {"en": text}, NOW)
    assert isinstance(result, Refused)
    (error,) = [p for p in result.problems if p.code == "formula"]
    assert str(error.found).startswith("with seed ")
    assert "y_1_2" in str(error.found)
    assert text.split("\n")[error.place.line - 1].startswith("Here")


def test_a_file_with_one_is_served_all_the_same(shop: Shop) -> None:
    text = card(RED_IN_SOME).replace("\n## Question", "\nAnd $a_b_c$.\n\n## Question", 1)
    assert shop.editor.checker.alone("red", {"en": text}) == (True, False)
    assert not isinstance(
        shop.editor.save(MINA, "fine", None, {"en": card(RED_IN_SOME)}, NOW), Refused
    )
