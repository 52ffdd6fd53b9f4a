"""FSRS-6 as its authors write it down, in plain arithmetic: an oracle without code of ours.

https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

Weights = Sequence[float]
#: (rating, days since the review before), oldest first
History = list[tuple[int, int]]
#: Nobody waits longer than so many days.
LONGEST = 120


def recalled(w: Weights, days: int, stability: float) -> float:
    """The curve of forgetting: 0.9 after as many days as the stability has."""
    factor = 0.9 ** (-1 / w[20]) - 1
    return (1 + factor * days / stability) ** -w[20]


def begun(w: Weights, rating: int) -> tuple[float, float]:
    """Stability and difficulty after the first answer."""
    return w[rating - 1], min(max(w[4] - math.exp(w[5] * (rating - 1)) + 1, 1), 10)


def after(w: Weights, s: float, d: float, rating: int, days: int) -> tuple[float, float]:
    """Stability and difficulty after a later answer."""
    r = recalled(w, days, s)
    if days == 0:
        gain = math.exp(w[17] * (rating - 3 + w[18])) * s ** -w[19]
        stability = s * (max(gain, 1) if rating >= 3 else gain)
    elif rating == 1:
        lost = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * math.exp(w[14] * (1 - r))
        stability = min(lost, s / math.exp(w[17] * w[18]))
    else:
        bonus = w[15] if rating == 2 else w[16] if rating == 4 else 1
        growth = math.exp(w[8]) * (11 - d) * s ** -w[9] * (math.exp(w[10] * (1 - r)) - 1)
        stability = s * (1 + growth * bonus)
    easy = w[4] - math.exp(w[5] * 3) + 1
    moved = d - w[6] * (rating - 3) * (10 - d) / 9
    return max(stability, 0.001), min(max(w[7] * easy + (1 - w[7]) * moved, 1), 10)


def log_loss(w: Weights, histories: Sequence[History], since: int = 0) -> float:
    """Mean log loss of what w foretold, of reviews after a day or more; since: from which on."""
    losses = []
    for history in histories:
        s, d = begun(w, history[0][0])
        for number, (rating, days) in enumerate(history[1:], start=1):
            if days > 0 and number >= since:
                r = recalled(w, days, s)
                losses.append(-math.log(r if rating > 1 else 1 - r))
            s, d = after(w, s, d, rating, days)
    return sum(losses) / len(losses)


def a_learner(w: Weights, seed: int, items: int = 300, reviews: int = 6) -> list[History]:
    """Histories of somebody who forgets exactly as w says, and repeats at once what failed.

    Reviewed when an everyday schedule would have it, a little early or late.
    """
    chance, found = Random(seed), []
    for _ in range(items):
        first = chance.choices((1, 2, 3), (0.35, 0.1, 0.55))[0]
        history: History = [(first, 0)]
        s, d = begun(w, first)
        for _ in range(reviews):
            if history[-1][0] == 1:
                history.append((3, 0))
                s, d = after(w, s, d, 3, 0)
            days = min(max(1, round(s * chance.uniform(0.4, 2.5))), LONGEST)
            right = chance.random() < recalled(w, days, s)
            rating = chance.choices((2, 3), (0.15, 0.85))[0] if right else 1
            history.append((rating, days))
            s, d = after(w, s, d, rating, days)
        found.append(history)
    return found
