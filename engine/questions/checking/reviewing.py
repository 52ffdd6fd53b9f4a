"""Numbers in what is said after an answer that may not mean what the words around them suggest.

A 0, a 1 or a number below 10⁻¹⁵ in a sentence about growth, shares or gradients is often right, and
sometimes says “it grew 1 times” or shows the rounding of floats. Nobody but a reader can tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.i18n import DEFAULT_LANGUAGE, Message, say
from engine.questions.checking.formulas import texts_of
from engine.questions.checking.guessing import numbers_in
from engine.questions.drawing import DrawError, draw
from engine.questions.placeholders import Text
from engine.questions.template import Template
from engine.questions.texts import known_to, simulate

#: Below this, a double that should be of the order of 1 is rounding.
ROUNDING = 1e-15
#: How much of a sentence is shown on either side.
AROUND = 60


@dataclass
class _Seen:
    """How often a place showed such a number, and its first time."""

    times: int
    seed: int
    words: str


def remarks(template: Template, seeds: Sequence[int]) -> Iterator[Message]:
    """A line for each place that shows a 0, a 1 or a rounding error in some of the draws."""
    seen: dict[tuple[str, int], _Seen] = {}
    counts: dict[str, int] = defaultdict(int)
    for seed in seeds:
        try:
            variant = draw(template, seed)
            values = known_to(variant, simulate(template, variant))
        except (DrawError, ValueError):
            break  # which the check tells
        shown = {f"feedback:{name}" for name in variant.misconceptions} | {"explanation"}
        for (language, slot), text in texts_of(template):
            if language != DEFAULT_LANGUAGE or slot not in shown:
                continue
            counts[slot] += 1
            for place, words in _odd(text, values):
                found = seen.setdefault((slot, place), _Seen(0, seed, words))
                found.times += 1
    for (slot, _), found in seen.items():
        yield say(
            "{item} {slot}: in {times} of {told} draws, such as seed {seed}: “{words}”",
            item=template.item,
            slot=slot,
            times=found.times,
            told=counts[slot],
            seed=found.seed,
            words=found.words,
        )


def _odd(text: Text, values: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """The places (by number) that show such a number, with the words around them."""
    filled = text.filled(values)
    for place, piece in enumerate(filled):
        if isinstance(text.pieces[place], str) or not is_odd(piece):
            continue
        before = "".join(filled[:place])[-AROUND:]
        after = "".join(filled[place + 1 :])[:AROUND]
        yield place, re.sub(r"\s+", " ", f"{before}{piece}{after}").strip()


def is_odd(piece: str) -> bool:
    """Whether a shown value is 0, 1, or smaller than rounding."""
    numbers = numbers_in(piece)
    return any(abs(value) in (0.0, 1.0) or abs(value) < ROUNDING for value in numbers)
