"""Which of a question's wrong values are shown, where it names more of them than it shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.questions.kinds.common import Solved


def show_some(solved: Solved, rng: np.random.Generator) -> Solved:
    """The same with `solved.show` options; every rank that the key can have is as likely.

    So the key cannot be told by its rank among the values.
    """
    key = str(solved.answer)
    at, others = solved.ranked.index(key), solved.show - 1
    below, above = solved.ranked[:at], solved.ranked[at + 1 :]
    low = int(rng.integers(max(0, others - len(above)), min(others, len(below)) + 1))
    shown = {key}
    for ids, count in ((below, low), (above, others - low)):
        shown.update(ids[n] for n in rng.permutation(len(ids))[:count])
    return replace(
        solved,
        options=tuple(option for option in solved.options if option[0] in shown),
        misconceptions={name: id for name, id in solved.misconceptions.items() if id in shown},
    )
