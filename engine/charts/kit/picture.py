"""What a chart is asked to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.simulations import Outcome

Role = Literal["key", "yours", "misconception"]


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer to draw on the chart: a number, or the id of an option."""

    role: Role
    value: float | str
    label: str  # in the reader's language


@dataclass(frozen=True, slots=True)
class Picture:
    """An outcome with the parameters it came from, and the answers to mark on it.

    settings: the simulation's parameters, all of them. numbers: the question's own parameters.
    accepted: the accepted interval of a number question.
    """

    outcome: Outcome
    settings: Mapping[str, object]
    numbers: Mapping[str, object] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    accepted: tuple[float, float] | None = None
    language: str = "en"
    #: option id -> its text as shown, for charts that label by option
    options: Mapping[str, str] = field(default_factory=dict)
