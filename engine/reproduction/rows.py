"""A row of the table of figures, and what makes the runs behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine import simulations
from engine.simulations import Outcome

Scale = Literal["absolute", "relative", "decades"]
Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One figure. expected: a number, or the ends of what several runs gave.

    within: how far the measured value may lie from it, or beyond those ends: absolutely, as a
    share of the expected value, or in powers of ten. note: what there is to say about the figure,
    such as that another one was printed and is wrong.
    """

    name: str
    expected: float | tuple[float, float]
    measured: float
    within: float
    scale: Scale = "absolute"
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the measured value is within the stated error of the expected one."""
        low, high = self.ends
        at = self.measured
        if not math.isfinite(at):
            return False
        if self.scale == "decades":
            if at <= 0 or low <= 0:
                return at == low == high
            low, high, at = math.log10(low), math.log10(high), math.log10(at)
        slack = self.within
        if self.scale == "relative":
            return low - slack * abs(low) <= at <= high + slack * abs(high)
        return low - slack <= at <= high + slack

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest expected value."""
        if isinstance(self.expected, tuple):
            return self.expected
        return self.expected, self.expected

    @property
    def expected_text(self) -> str:
        """As it is printed: `0.89` or `48 … 51`."""
        low, high = self.ends
        return f"{low:.4g}" if low == high else f"{low:.4g} … {high:.4g}"

    @property
    def error_text(self) -> str:
        """As it is printed: `± 0.05`, `± 10%`, or `×÷ 2` for powers of ten."""
        if self.scale == "relative":
            return f"± {100 * self.within:.3g}%"
        if self.scale == "decades":
            return f"×÷ {10**self.within:.3g}"
        return f"± {self.within:.2g}"


@dataclass(frozen=True)
class Runner:
    """Makes runs. Each repeat has a generator of its own; `quick` makes a third of them."""

    seed: int
    quick: bool = False

    def repeats(self, count: int) -> int:
        """How many of `count` repeats are made."""
        return max(1, count // 3) if self.quick else count

    def outcomes(self, simulation: str, count: int = 1, **settings: Any) -> Iterator[Outcome]:
        """`count` runs with the same settings."""
        for number in range(self.repeats(count)):
            rng = np.random.default_rng([self.seed, number])
            yield simulations.run(simulation, settings, rng)

    def mean(self, simulation: str, count: int = 1, **settings: Any) -> Mapping[str, float]:
        """Each scalar's mean over the runs."""
        return self._over(np.mean, simulation, count, settings)

    def median(self, simulation: str, count: int = 1, **settings: Any) -> Mapping[str, float]:
        """Each scalar's median over the runs, for what spreads over powers of ten."""
        return self._over(np.median, simulation, count, settings)

    def _over(
        self,
        summary: Callable[[list[float]], np.floating],
        simulation: str,
        count: int,
        settings: Settings,
    ) -> Mapping[str, float]:
        found = [run.scalars for run in self.outcomes(simulation, count, **settings)]
        return {name: float(summary([scalars[name] for scalars in found])) for name in found[0]}


@dataclass(frozen=True)
class Experiment:
    """Some runs and the rows that come of them."""

    section: str
    title: str
    rows: Callable[[Runner], Iterator[Row]]
