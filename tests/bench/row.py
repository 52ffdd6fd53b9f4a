"""One line of the table, and how repeated timings become a ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, against what, the two figures with their unit, and the ratio aimed at."""

    what: str
    against: str
    ours: float
    theirs: float
    unit: str
    target: float

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def table(rows: Sequence[Row]) -> str:
    """Markdown."""
    lines = [
        "| what | against | ours | theirs | ratio | at most | |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for row in rows:
        met = "ok" if row.ratio <= row.target else "**misses**"
        lines.append(
            f"| {row.what} | {row.against} | {row.ours:.3g} {row.unit}"
            f" | {row.theirs:.3g} {row.unit} | {row.ratio:.2f}× | {row.target:g}× | {met} |"
        )
    return "\n".join(lines)


def medians(
    first: Callable[[], object], second: Callable[[], object], *, rounds: int, inner: int = 1
) -> tuple[float, float]:
    """Median seconds of one call of each; the two take turns, so that noise hits both alike."""
    told: tuple[list[float], list[float]] = ([], [])
    for round_ in range(rounds + 2):
        for times, act in zip(told, (first, second), strict=True):
            begin = time.perf_counter()
            for _ in range(inner):
                act()
            if round_ >= 2:  # the first two warm up
                times.append((time.perf_counter() - begin) / inner)
    return statistics.median(told[0]), statistics.median(told[1])
