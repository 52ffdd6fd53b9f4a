"""The worked examples in the text of the cards on gradients, computed anew in both languages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pytest

from engine.content import Card

HOUSES = np.array([40.0, 50, 60, 70, 180])
GRADIENT = np.array([3.0, -40, 0.5, 8])


def above(x: float) -> float:
    return 0.5 * math.erfc(x / math.sqrt(2))


def steps(times: float, kappa: float) -> int:
    return math.ceil(math.log(times) / math.log((kappa + 1) / (kappa - 1)) - 1e-9)


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


#: (card, what stands in its text in every language, that number, and as computed here)
EXAMPLES = [
    ("standardisation-shape", r"\mu=80", "80", HOUSES.mean()),
    ("standardisation-shape", "2600", "2600", HOUSES.var()),
    ("standardisation-shape", r"\sqrt{2600}=51", "51", HOUSES.std()),
    ("standardisation-shape", "| −0.78 |", "-0.78", (40 - 80) / HOUSES.std()),
    ("standardisation-shape", "| 1.96 |", "1.96", (180 - 80) / HOUSES.std()),
    ("standardisation-shape", "| 69% |", "0.69", 1 - above(0.5)),
    ("learning-rate", "43.7", "43.7", math.log(0.01) / math.log(0.9)),
    ("input-conditioning", "62", "62", steps(1e6, 9)),
    ("input-conditioning", "691", "691", steps(1e6, 100)),
    ("vanishing-gradient", r"9.5\times10^{-7}", "9.5e-7", 0.25**10),
    ("vanishing-gradient", r"0.41^{19}=4\times10^{-8}", "4e-8", (1 / math.sqrt(6)) ** 19),
    ("vanishing-gradient", r"4\times10^{-5}", "4e-5", 2 ** (-29 / 2)),
    ("vanishing-gradient", r"5\times10^{-12}", "5e-12", (1 / math.sqrt(6)) ** 29),
    ("exploding-gradient", "0.71=1.6", "1.6", 0.2 * math.sqrt(128 / 2)),
    ("exploding-gradient", r"1.6^{29}=8\times10^5", "8e5", 1.6**29),
    ("exploding-gradient", "11.3", "11.3", math.sqrt(256 / 2)),
    ("exploding-gradient", "0.125", "0.125", math.sqrt(2 / 128)),
    ("gradient-clipping", "=40.9", "40.9", np.linalg.norm(GRADIENT)),
    ("gradient-clipping", "0.122", "0.122", 5 / np.linalg.norm(GRADIENT)),
    ("gradient-clipping", "7.7", "7.7", np.linalg.norm(np.clip(GRADIENT, -5, 5))),
    ("gradient-clipping", "24%", "0.24", above(math.log(2))),
    ("gradient-clipping", "1%", "0.01", above(math.log(10))),
    ("sigmoid-saturation", "0.105", "0.105", sigmoid(2) * (1 - sigmoid(2))),
    ("sigmoid-saturation", "0.9933", "0.9933", sigmoid(5)),
    ("sigmoid-saturation", "−0.993", "-0.993", sigmoid(-5) - 1),
    ("relu-dead-units", "0.031", "0.031", 0.5**5),
    ("leaky-relu", "0.00032", "0.00032", 0.2**5),
    ("leaky-relu", "1.04^{25}=2.7", "2.7", 1.04**25),
    ("leaky-relu", "1.25^{25}=265", "265", 1.25**25),
    ("leaky-relu", "| −0.159 |", "-0.159", -(1 - above(-1))),
    ("leaky-relu", "2.996", "2.996", 3 * (1 - above(3))),
]


@pytest.mark.parametrize(("card", "text", "said", "found"), EXAMPLES)
def test_the_number_stands_in_the_text_and_is_right(
    cards: Mapping[str, Card], card: str, text: str, said: str, found: float
) -> None:
    for language in ("en", "ko"):
        assert text in cards[card].prose[language], language
    exact = Decimal(said)
    assert abs(float(exact) - found) <= 0.5 * 10.0 ** int(exact.as_tuple().exponent)


def test_each_card_begins_with_the_problem_and_not_with_a_formula(
    cards: Mapping[str, Card],
) -> None:
    for card in (card for card in cards.values() if card.unit == "gradients"):
        for language in ("en", "ko"):
            first = card.steps[0].text[language].split("\n\n")[0]
            assert len(first) > 80, card.id
            assert "$" not in first, card.id
