"""What the lab shows, as its address says it, so that it can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.course import Experiment, LabError, best_chart, check_chart
from engine.pages.address import read_number
from engine.study import LARGEST_SEED, NotThere, read_settings

FIRST = "signal_propagation"
#: Before the name of a parameter of the second setting.
SECOND = "b."
OWN = ("simulation", "chart", "seed", "compare", "predict")


@dataclass(frozen=True)
class LabAddress:
    """One experiment, or two of one simulation and seed side by side.

    chart: None where nobody has drawn one of this simulation yet.
    predict: the second one is shown only after somebody has said what it will come to.
    """

    first: Experiment
    second: Experiment | None
    chart: str | None
    predict: bool = False

    def query(self) -> dict[str, str]:
        """The address's parameters; what has its default is left out."""
        query = {"simulation": self.first.simulation, "seed": str(self.first.seed)}
        if self.chart is not None and self.chart != best_chart(self.first.simulation):
            query["chart"] = self.chart
        query.update((name, _text(value)) for name, value in self.first.changed().items())
        if self.second is not None:
            query["predict" if self.predict else "compare"] = "1"
            changed = self.second.changed()
            query.update((SECOND + name, _text(value)) for name, value in changed.items())
        return query


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def read(query: Mapping[str, str]) -> LabAddress:
    """The place an address names. Raises NotThere, saying what to do about it."""
    simulation = query.get("simulation", FIRST)
    seed = read_number(query, "seed", LARGEST_SEED) or 0
    try:
        first = _experiment(simulation, {k: v for k, v in query.items() if _is_first(k)}, seed)
        second = None
        predict = query.get("predict") == "1"
        beside = {k.removeprefix(SECOND): v for k, v in query.items() if k.startswith(SECOND)}
        if beside or predict or query.get("compare") == "1":
            second = _experiment(simulation, beside, seed)
        chart = query.get("chart", best_chart(simulation))
        if chart is not None:
            check_chart(simulation, chart)
    except LabError as error:
        raise NotThere(error.message) from error
    return LabAddress(first, second, chart, predict)


def _is_first(name: str) -> bool:
    return name not in OWN and not name.startswith(SECOND)


def _experiment(simulation: str, texts: Mapping[str, str], seed: int) -> Experiment:
    return Experiment.of(simulation, read_settings(simulation, texts), seed)
