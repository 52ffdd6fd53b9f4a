"""The `simulation:` and `settings:` of a block, read."""

from __future__ import annotations

from engine import simulations
from engine.content import Node
from engine.i18n import Message, say
from engine.questions.compiling.spec import Block
from engine.questions.parameters import Parameters
from engine.questions.template import Setting
from engine.simulations import Range


def read_simulation(block: Block) -> str | None:
    """The simulation's name; None without one, or with one that there is not."""
    name = block.word("simulation")
    if name is None or name in simulations.SIMULATIONS:
        return name
    block.fail(
        "unknown-simulation",
        block.line("simulation"),
        say("the simulation “{name}”", name=name[:60]),
        say("one of {names}", names=", ".join(sorted(simulations.SIMULATIONS))),
        block.nearest(name, simulations.SIMULATIONS),
    )
    return None


def outcome_names(simulation: str | None) -> frozenset[str]:
    """What expressions and texts may say of the simulation's outcome."""
    if simulation is None:
        return frozenset()
    return frozenset(f"outcome.{name}" for name in simulations.SIMULATIONS[simulation].scalars)


def read_settings(
    block: Block, simulation: str | None, parameters: Parameters
) -> tuple[dict[str, Setting], dict[str, str]]:
    """What the simulation is told: the question's parameters of the same name, then `settings`.

    Second, the simulation's parameters that are word-valued parameters of the question.
    """
    written = block.mapping("settings")
    if simulation is None:
        if written and "simulation" not in block.spec:
            block.fail(
                "settings-without-simulation",
                block.line("settings"),
                say("settings without a simulation"),
                say("“simulation:” with the simulation that is set"),
                say("Name the simulation, or delete the settings."),
            )
        return {}, {}
    ranges = simulations.SIMULATIONS[simulation].ranges()
    numbers = parameters.names - parameters.words
    copied = {name: name for name in ranges if name in parameters.words}
    settings: dict[str, Setting] = {
        name: block.expression_of(name, block.line("parameters"), numbers)
        for name in ranges
        if name in numbers
    }
    for name, node in written.items():
        if name not in ranges:
            _bad_setting(block, name, node, ", ".join(ranges), block.nearest(name, ranges))
        elif isinstance(node.value, str) and node.value in parameters.words:
            settings.pop(name, None)
            copied[name] = node.value
        else:
            copied.pop(name, None)
            setting = _setting(block, simulation, name, node, parameters)
            if setting is not None:
                settings[name] = setting
    return settings, copied


def _setting(
    block: Block, simulation: str, name: str, node: Node, parameters: Parameters
) -> Setting | None:
    """A constant within the parameter's range, or an expression over the question's numbers."""
    allowed: Range = simulations.SIMULATIONS[simulation].ranges()[name]
    value = node.value
    if not isinstance(value, (str, int, float)):
        _out_of_range(block, name, node, say("a number, a word or an expression"))
        return None
    if isinstance(value, str) and allowed.choices is None:
        return block.expression_at(node, parameters.names - parameters.words)
    try:
        simulations.SIMULATIONS[simulation].make({name: value})
    except simulations.ParameterError as error:
        _out_of_range(block, name, node, say("{expected}", expected=error.expected))
        return None
    return value


def _bad_setting(block: Block, name: str, node: Node, names: str, mend: Message) -> None:
    block.fail(
        "unknown-setting",
        node.line,
        say("the setting “{name}”", name=name[:60]),
        say("one of {names}", names=names),
        mend,
    )


def _out_of_range(block: Block, name: str, node: Node, expected: Message) -> None:
    block.fail(
        "setting-out-of-range",
        node.line,
        say("{name}: {value}", name=name, value=str(node.plain())[:60]),
        expected,
        say("Write a value in that range."),
    )
