"""What an author wants to know while writing: simulations, values, rounding."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.charts import LAB
from engine.i18n import Message, Translator, folded, say, say_label
from engine.questions import (
    DrawError,
    ExpressionError,
    Malformed,
    Template,
    Value,
    compile_expression,
    draw,
    grade,
    outcome_names,
    parse,
    simulate,
    with_outcome,
)
from engine.simulations import SIMULATIONS, Simulation

#: Seeds on which roundings are tried, and the most digits that are.
ROUNDED_SEEDS, MOST_DIGITS = 50, 6


@dataclass(frozen=True)
class Setting:
    """A parameter of a simulation as an author needs it."""

    name: str
    label: str
    default: str
    allowed: str
    unit: str


@dataclass(frozen=True)
class SimulationHelp:
    """A simulation: what it is called, its parameters, what it finds, the charts that show it."""

    name: str
    title: str
    settings: tuple[Setting, ...]
    outcomes: Mapping[str, str]
    charts: tuple[str, ...]


def simulations(language: str, wanted: str = "") -> list[SimulationHelp]:
    """The simulations in which every word of `wanted` occurs, by name."""
    words = _folded(wanted).split()
    translate = Translator(language)
    entries = (_help_of(simulation, translate) for _, simulation in sorted(SIMULATIONS.items()))
    return [entry for entry in entries if all(word in _searched(entry) for word in words)]


def _help_of(simulation: Simulation, translate: Translator) -> SimulationHelp:
    defaults = {f.name: f.default for f in dataclasses.fields(simulation.parameters)}
    settings = []
    for name, allowed in simulation.ranges().items():
        default = defaults[name]
        if allowed.choices is not None:
            allowed_values = ", ".join(allowed.choices)
        elif isinstance(default, bool):
            allowed_values = "true, false"
        else:
            low = "" if allowed.low is None else f"{allowed.low:g}"
            high = "" if allowed.high is None else f"{allowed.high:g}"
            allowed_values = f"{low} – {high}"
        shown = str(default).lower() if isinstance(default, bool) else f"{default}"
        label = translate(say_label(simulation.label(allowed.label)))
        settings.append(Setting(name, label, shown, allowed_values, allowed.unit))
    outcomes = {
        f"outcome.{name}": translate(say_label(simulation.label(text)))
        for name, text in simulation.scalars.items()
    }
    return SimulationHelp(
        simulation.name,
        translate(say_label(simulation.label(simulation.title))),
        tuple(settings),
        outcomes,
        tuple(LAB.get(simulation.name, ())),
    )


def _searched(entry: SimulationHelp) -> str:
    parts = [entry.name, entry.title, *entry.charts, *entry.outcomes, *entry.outcomes.values()]
    parts += [text for setting in entry.settings for text in (setting.name, setting.label)]
    return _folded(" ".join(parts))


def _folded(text: str) -> str:
    return folded(text).replace("_", " ")


def sample_values(template: Template, seed: int, *, outcome: bool) -> Mapping[str, object]:
    """The numbers that a seed draws, and on request what the simulation finds with them.

    Raises DrawError; and whatever a simulation may raise.
    """
    variant = draw(template, seed)
    found = simulate(template, variant) if outcome and template.simulation is not None else None
    return with_outcome(variant.parameters, found)


def evaluate(template: Template, text: str, seed: int) -> Value | Message:
    """The value of an expression with a seed's numbers, or in words why it has none."""
    names = template.parameters.names - template.parameters.words
    try:
        expression = compile_expression(text, names | outcome_names(template.simulation))
        return expression.value(sample_values(template, seed, outcome=expression.needs_outcome))
    except (ExpressionError, DrawError) as error:
        return error.message
    except Exception as error:  # whatever a simulation may raise
        return say("The simulation failed: {why}", why=f"{type(error).__name__}: {error}")


def accepted_digits(template: Template, seeds: Sequence[int] = range(ROUNDED_SEEDS)) -> int | None:
    """The fewest significant digits with which the right answer is right on all of the seeds.

    None where the answer is no number, or where even MOST_DIGITS are too few.
    """
    if not template.kind.form.is_number:
        return None
    fewest = 1
    for seed in seeds:
        try:
            variant = draw(template, seed)
        except DrawError:
            return None
        key = float(variant.answer)  # type: ignore[arg-type]
        while fewest <= MOST_DIGITS:
            response = parse(variant, f"{key:.{fewest}g}")
            if (
                not isinstance(response, Malformed)
                and grade(variant, response).verdict == "correct"
            ):
                break
            fewest += 1
        if fewest > MOST_DIGITS:
            return None
    return fewest
