"""FSRS's parameters: the weights of its formulas, and what they may be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, TypeAlias

from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from engine.i18n import say
from engine.scheduling.days import SettingError

#: The 21 weights of FSRS-6, in its order.
Parameters: TypeAlias = tuple[float, ...]

#: FSRS's own, fitted to many learners.
COURSE_PARAMETERS: Final[Parameters] = tuple(DEFAULT_PARAMETERS)


def checked_parameters(parameters: Sequence[float] | None) -> Parameters:
    """The parameters, or FSRS's own for None.

    Raises SettingError unless they are as many as FSRS has and each is within FSRS's bounds.
    """
    if parameters is None:
        return COURSE_PARAMETERS
    if len(parameters) != len(COURSE_PARAMETERS):
        raise SettingError(
            say(
                "FSRS has {expected} parameters, not {found}.",
                expected=len(COURSE_PARAMETERS),
                found=len(parameters),
            )
        )
    bounds = zip(parameters, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    for number, (weight, lowest, highest) in enumerate(bounds):
        if not (math.isfinite(weight) and lowest <= weight <= highest):
            raise SettingError(
                say(
                    "FSRS parameter w{number} must be from {lowest} to {highest}, not {found}.",
                    number=number,
                    lowest=lowest,
                    highest=highest,
                    found=weight,
                )
            )
    return tuple(float(weight) for weight in parameters)


def within_bounds(parameters: Sequence[float]) -> Parameters:
    """Parameters with each brought to the nearest that FSRS takes."""
    bounds = zip(parameters, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(float(weight), lowest), highest) for weight, lowest, highest in bounds)
