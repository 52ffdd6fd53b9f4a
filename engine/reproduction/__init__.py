"""The course's figures, run again by its own simulations.

An `Experiment` belongs to a section of figures (R1 to R15), makes some runs and yields rows: what
is expected, what was measured, how far apart the two may be. One module a subject, each with its
list `EXPERIMENTS`; a new figure is a row in one of them, a new module an entry here.
"""

from __future__ import annotations

from engine.reproduction import averages, confidence, descent, layers, shifts, signals, training
from engine.reproduction.rows import Experiment, Row, Runner

__all__ = ["EXPERIMENTS", "SECTIONS", "Experiment", "Row", "Runner"]

#: The sections of the figures that the simulations reproduce, in order.
SECTIONS = (
    "R1",
    "R2",
    "R2b",
    "R3",
    "R4",
    "R7",
    "R8",
    "R9",
    "R10",
    "R11",
    "R12",
    "R13",
    "R14",
    "R15",
)
EXPERIMENTS: tuple[Experiment, ...] = tuple(
    sorted(
        (
            *signals.EXPERIMENTS,
            *averages.EXPERIMENTS,
            *layers.EXPERIMENTS,
            *descent.EXPERIMENTS,
            *confidence.EXPERIMENTS,
            *shifts.EXPERIMENTS,
            *training.EXPERIMENTS,
        ),
        key=lambda experiment: SECTIONS.index(experiment.section),
    )
)
