"""An experiment: a simulation with settings and a seed, its outcome, and a chart of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine import charts, simulations
from engine.charts import Picture, Theme
from engine.content import clip
from engine.i18n import Message, Translator, plain, say, say_label
from engine.questions import shown
from engine.simulations import Outcome


class LabError(ValueError):
    """Settings or a chart that the lab does not have; `message` says what would be right."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Experiment:
    """A simulation with all of its parameters (name and value, in order) and a seed."""

    simulation: str
    settings: tuple[tuple[str, object], ...]
    seed: int

    @classmethod
    def of(cls, simulation: str, values: Mapping[str, object], seed: int) -> Experiment:
        """What is not named takes its default. Raises LabError, saying what would be right."""
        if simulation not in simulations.SIMULATIONS:
            raise LabError(
                say(
                    "There is no simulation “{name}”. There are: {names}.",
                    name=plain(simulation[:60]),
                    names=", ".join(sorted(simulations.SIMULATIONS)),
                )
            )
        try:
            made = simulations.SIMULATIONS[simulation].make(values)
        except simulations.ParameterError as error:
            raise LabError(
                say(
                    "{name} = {value}: expected {expected}.",
                    name=plain(error.parameter[:60]),
                    value=plain(clip(error.value)),
                    expected=error.expected,
                )
            ) from error
        return cls(simulation, tuple(dataclasses.asdict(made).items()), seed)

    @property
    def values(self) -> dict[str, object]:
        """The parameters by name."""
        return dict(self.settings)

    def changed(self) -> dict[str, object]:
        """The parameters that are not at their default."""
        default = Experiment.of(self.simulation, {}, 0).values
        return {name: value for name, value in self.settings if value != default[name]}


#: All pictures of the cards (132, with 0.7 MB), and what learners are playing with.
KEPT_OUTCOMES = 512


@lru_cache(maxsize=KEPT_OUTCOMES)
def run_experiment(experiment: Experiment) -> Outcome:
    """The outcome; the last ones are kept. Long runs report how far they are."""
    simulation = simulations.SIMULATIONS[experiment.simulation]
    parameters = simulation.parameters(**experiment.values)
    return simulation.run(parameters, np.random.default_rng(experiment.seed))


def charts_of(simulation: str) -> tuple[str, ...]:
    """The charts that show a simulation, the best first; none where nobody has drawn one yet."""
    return charts.LAB.get(simulation, ())


def best_chart(simulation: str) -> str | None:
    """The chart to show a simulation with; None where nobody has drawn one yet."""
    return next(iter(charts_of(simulation)), None)


def check_chart(simulation: str, chart: str) -> None:
    """Raises LabError for a chart that does not show this simulation."""
    shown = charts_of(simulation)
    if chart in shown:
        return
    named = plain(chart[:60])
    if not shown:
        raise LabError(say("There is no chart “{name}”: this simulation has none yet.", name=named))
    raise LabError(
        say(
            "There is no chart “{name}” of this simulation. There are: {names}.",
            name=named,
            names=", ".join(shown),
        )
    )


def experiment_chart(
    experiment: Experiment, chart: str, mode: Theme, language: str
) -> tuple[dict[str, Any], str]:
    """The Vega-Lite specification and its description in words.

    Raises LabError for a chart that does not show this simulation.
    """
    check_chart(experiment.simulation, chart)
    return picture_of(experiment, chart, mode, language)


def picture_of(
    experiment: Experiment, chart: str, mode: Theme, language: str
) -> tuple[dict[str, Any], str]:
    """The same with any chart that can show the simulation."""
    outcome = run_experiment(experiment)
    picture = Picture(outcome, experiment.values, language=language)
    specification = charts.specification(chart, picture, mode)
    return specification, _description(experiment, outcome, specification, language)


def _description(
    experiment: Experiment, outcome: Outcome, specification: Mapping[str, Any], language: str
) -> str:
    """The finding that the chart is headed by, and what the simulation measured."""
    title = specification.get("title", {})
    parts = [title.get("text", ""), title.get("subtitle", "")] if isinstance(title, dict) else []
    lines = [" ".join(charts.lines_of(part)) for part in parts]
    simulation, translate = simulations.SIMULATIONS[experiment.simulation], Translator(language)
    found = "; ".join(
        f"{translate(say_label(simulation.label(simulation.scalars[name])))}: {number(value)}"
        for name, value in outcome.scalars.items()
        if name in simulation.scalars
    )
    # A line of two sentences ends with a full stop of its own.
    return ". ".join(part.removesuffix(".") for part in (*lines, found) if part)


def number(value: float) -> str:
    """A measured value with four digits."""
    return shown(float(value), ".4g")
