"""What a key can be guessed by without the question's computation, over many draws of it.

By its rank among the values shown, by a number of the stem that it always is, by the place that an
option always takes in an order, and by one place on an axis that is right too often.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from engine.i18n import say
from engine.questions.checking.diagnostics import ENOUGH, SAME_ORDER, Warned
from engine.questions.kinds.form import Form
from engine.questions.model import Variant
from engine.questions.template import Template

#: Share of the draws in which one place on the axis may be right.
LUCKY = 0.2
#: Two shown numbers that differ by less than this share are the same.
SAME = 1e-3

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NUMBER = re.compile(
    r"(?<![\w.])([-−]?\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:\s*(?:×|\\times|\\cdot)\s*10(?:\^\{?(-?\d+)\}?|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?\s*(\\?%)?"
)


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers that a text shows: powers of ten as one number, percentages as shares.

    >>> numbers_in("1.5×10⁻³ of 20 %")
    (0.0015, 0.2)
    """
    numbers = []
    for written, power, raised, percent in _NUMBER.findall(text):
        value = float(written.replace(",", "").replace("−", "-"))
        exponent = int(power or raised.translate(_SUPERSCRIPTS) or 0)
        numbers.append(value * 10.0**exponent / (100 if percent else 1))
    return tuple(numbers)


class Guesses:
    """Counts over the variants of one question."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._form, self._key_at = template.kind.form, template.logic.key_at
        self._draws = 0
        self._ranks: Counter[tuple[int, ...]] = Counter()
        self._given: Counter[int] = Counter()
        self._places: Counter[tuple[str, int]] = Counter()
        #: estimate: what is accepted, as places on the axis and as values.
        self._spans: list[tuple[float, float]] = []
        self._accepted: list[tuple[float, float]] = []

    def add(self, variant: Variant) -> None:
        """Counts one draw."""
        self._draws += 1
        rank = _rank(variant, self._form)
        if rank:
            self._ranks[rank] += 1
        self._given.update(_given(variant))
        if self._form.ranked:
            assert isinstance(variant.answer, tuple)
            self._places.update((id, place) for place, id in enumerate(variant.answer, 1))
        if variant.axis is not None and variant.accepted is not None:
            low, high = map(variant.axis.place, variant.accepted)
            self._spans.append((low, high))
            self._accepted.append(variant.accepted)

    def warnings(self) -> Iterator[Warned]:
        """All that a key can be guessed by."""
        if self._draws < ENOUGH or not self._template.parameters.drawn:
            return
        yield from self._same_rank()
        yield from self._same_number()
        yield from self._same_place()
        yield from self._lucky_place()

    def _mostly(self, times: int) -> bool:
        return times > SAME_ORDER * self._draws

    def _same_rank(self) -> Iterator[Warned]:
        for rank, times in self._ranks.most_common(1):
            if not self._mostly(times):
                continue
            order = self._form.ranked
            yield Warned(
                "constant-rank",
                say(
                    "the right order as the ranks {ranks} of the numbers shown in {times} of "
                    "{drawn} draws",
                    ranks=", ".join(map(str, rank)),
                    times=times,
                    drawn=self._draws,
                )
                if order
                else say(
                    "the right value at rank {rank} of those shown in {times} of {drawn} draws",
                    rank=rank[0],
                    times=times,
                    drawn=self._draws,
                ),
                say("a rank that changes from draw to draw"),
                say("Let the numbers shown lie otherwise.")
                if order
                else say("Name wrong values on both sides of it, and show some: “show: 4”."),
                self._key_at,
            )

    def _same_number(self) -> Iterator[Warned]:
        for place, times in self._given.most_common(1):
            if self._mostly(times):
                yield Warned(
                    "given-answer",
                    say(
                        "the answer is number {place} of the stem in {times} of {drawn} draws",
                        place=place,
                        times=times,
                        drawn=self._draws,
                    ),
                    say("an answer that does not stand in the question"),
                    say("Ask for another quantity, or let the conditions of it vary."),
                    ("answer",),
                )

    def _same_place(self) -> Iterator[Warned]:
        placed = [found for found, times in self._places.items() if self._mostly(times)]
        options = {id for id, _ in self._places}
        if not placed or len(placed) == len(options):  # then the whole order is constant
            return
        for id, place in sorted(placed):
            yield Warned(
                "constant-place",
                say(
                    "the option “{id}” in place {place} in {times} of {drawn} draws",
                    id=id,
                    place=place,
                    times=self._places[id, place],
                    drawn=self._draws,
                ),
                say("options that change places"),
                say("Let the numbers change places between the options."),
                (*self._key_at, id),
            )

    def _lucky_place(self) -> Iterator[Warned]:
        times, place = most_hit(self._spans)
        found = say(
            "{place} of the axis' length is right in {times} of {drawn} draws",
            place=f"{place:.2f}",
            times=times,
            drawn=self._draws,
        )
        often, value = most_hit(self._accepted)
        if often > times:  # the axis is drawn, too
            found = say(
                "the value {value} is right in {times} of {drawn} draws",
                value=f"{value:.3g}",
                times=often,
                drawn=self._draws,
            )
        if max(times, often) > LUCKY * self._draws:
            yield Warned(
                "fixed-place",
                found,
                say("no place that is right in more than {share} of the draws", share="20%"),
                say("Spread the answers over the axis, shorten it, or narrow the tolerance."),
                ("axis",),
            )


def _rank(variant: Variant, form: Form) -> tuple[int, ...]:
    """The key's rank from below among the values shown; of an order, the ranks of its options.

    Empty where what is shown are no values.
    """
    shown = {option.id: numbers_in(option.text) for option in variant.options}
    ticked = form.many and not form.ranked
    if not shown or ticked or any(len(numbers) != 1 for numbers in shown.values()):
        return ()
    values = {id: numbers[0] for id, numbers in shown.items()}
    if len(set(values.values())) < len(values):
        return ()
    ranks = {id: n for n, id in enumerate(sorted(values, key=values.__getitem__), 1)}
    answer = variant.answer if isinstance(variant.answer, tuple) else (str(variant.answer),)
    return tuple(ranks[id] for id in answer)


def _given(variant: Variant) -> set[int]:
    """Which numbers of the stem, counted from 1, the right answer is."""
    key = variant.answer if isinstance(variant.answer, float) else variant.key
    if key is None and isinstance(variant.answer, str):
        answered = numbers_in(variant.answer_text)
        key = answered[0] if len(answered) == 1 else None
    if key is None:
        return set()
    stem = numbers_in(variant.prompt)
    return {n for n, value in enumerate(stem, 1) if math.isclose(value, key, rel_tol=SAME)}


def most_hit(spans: Sequence[tuple[float, float]]) -> tuple[int, float]:
    """How many spans a point is in at most, both ends counted, and such a point.

    >>> most_hit([(0.0, 0.2), (0.1, 0.3), (0.5, 0.6)])
    (2, 0.1)
    """
    ends = sorted([(low, 0) for low, _ in spans] + [(high, 1) for _, high in spans])
    most, at, inside = 0, 0.0, 0
    for place, is_end in ends:
        inside += -1 if is_end else 1
        if inside > most:
            most, at = inside, place
    return most, at
