"""`simulate NAME [--set k=v …] [--seed N] [--json]`: runs one simulation."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np

from engine import simulations
from engine.commands.errors import Failure
from engine.commands.terminal import tell
from engine.i18n import say


def add_arguments(command: argparse.ArgumentParser, _languages: Sequence[str]) -> None:
    """Declares the command's arguments."""
    command.add_argument("name", help=", ".join(sorted(simulations.SIMULATIONS)))
    command.add_argument(
        "--set", action="append", default=[], metavar="k=v", help="a parameter; may be repeated"
    )
    command.add_argument("--seed", type=seed, default=0)
    command.add_argument("--json", action="store_true", help="print JSON")
    command.set_defaults(run=run)


def seed(text: str) -> int:
    """A seed from the command line: a whole number from 0 to 2**32 - 1."""
    if text.isascii() and text.isdigit() and len(text) < 11 and int(text) < 2**32:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:60]!r}: expected a whole number from 0 to 4294967295")


def run(given: argparse.Namespace) -> int:
    """Prints the outcome's scalars."""
    if given.name not in simulations.SIMULATIONS:
        raise Failure(
            say(
                "There is no simulation “{name}”. There are: {names}.",
                name=given.name,
                names=", ".join(sorted(simulations.SIMULATIONS)),
            )
        )
    simulation = simulations.SIMULATIONS[given.name]
    values = dict(_setting(simulation, text) for text in given.set)
    try:
        outcome = simulations.run(given.name, values, np.random.default_rng(given.seed))
    except simulations.ParameterError as error:
        raise Failure(
            say(
                "{name} = {value}: expected {expected}.",
                name=error.parameter,
                value=str(error.value)[:60],
                expected=error.expected,
            )
        ) from error
    except Exception as error:
        raise Failure(
            say("The simulation “{name}” failed: {why}", name=given.name, why=repr(error)), code=1
        ) from error
    scalars = {name: float(value) for name, value in outcome.scalars.items()}
    if given.json:
        print(json.dumps({"outcome": scalars}))
    else:
        width = max(map(len, scalars), default=0)
        for name, value in scalars.items():
            label = simulation.scalars.get(name, "")
            tell(f"{name:<{width}}  {value:<12.6g} {label}")
    return 0


def _setting(simulation: simulations.Simulation, text: str) -> tuple[str, object]:
    """`k=v` as a name and a value of the type that the parameter has."""
    name, separator, value = text.partition("=")
    if not separator:
        raise Failure(say("“--set {text}”: expected name=value.", text=text))
    allowed = simulation.ranges().get(name)
    if allowed is not None and allowed.choices is not None:
        return name, value
    if value in ("true", "false"):
        return name, value == "true"
    try:
        return name, float(value) if not value.lstrip("+-").isdigit() else int(value)
    except ValueError:
        return name, value
