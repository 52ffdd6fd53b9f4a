"""What a chart says of itself: which simulation it shows, and whether the lab offers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
_ATTRIBUTE = "shown_simulation"


@dataclass(frozen=True, slots=True)
class Shown:
    """The simulation whose outcomes a chart draws. in_lab: whether from its settings alone."""

    simulation: str
    in_lab: bool


def shows(simulation: str, *, in_lab: bool = True) -> Callable[[F], F]:
    """Makes a function from a `Picture` to a chart a chart of `simulation`, under its own name.

    Questions about the simulation can name it. The lab offers it, too, in the order in which the
    charts stand in their module, the best first; but not with in_lab=False, where it needs a
    question's numbers or answers to be of use.
    """

    def mark(chart: F) -> F:
        setattr(chart, _ATTRIBUTE, Shown(simulation, in_lab))
        return chart

    return mark


def shown_by(chart: object) -> Shown | None:
    """What a chart shows; None of anything that `shows` does not stand above."""
    found = getattr(chart, _ATTRIBUTE, None)
    return found if isinstance(found, Shown) else None
