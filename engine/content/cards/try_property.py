"""The `try:` and `pictures:` of a card's properties: which simulations draw what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.content.cards.model import Trial
from engine.content.cards.pictures import TRY
from engine.content.files.problems import Diagnostics, as_id, clip, did_you_mean, is_id
from engine.content.files.yaml_reader import Node
from engine.i18n import Message, say

KEYS = ("simulation", "chart", "settings", "controls")


def read_pictures(node: Node, diagnostics: Diagnostics) -> Mapping[str, Trial]:
    """The pictures by name. One without `controls:` stands still."""
    if not isinstance(node.value, Mapping):
        _wrong(
            diagnostics, node, "pictures", say("names with “simulation:” and what belongs to it")
        )
        return {}
    found: dict[str, Trial] = {}
    for name, entry in node.value.items():
        if name == TRY or not is_id(name):
            _bad_name(diagnostics, name, entry)
            continue
        trial = read_trial(entry, diagnostics, name)
        if trial is not None:
            found[name] = trial if trial.controls is not None else replace(trial, controls=())
    return found


def _bad_name(diagnostics: Diagnostics, name: str, node: Node) -> None:
    other = f"{TRY}-1" if name == TRY else as_id(name)
    diagnostics.error(
        node.line,
        "bad-id",
        say("the picture's name “{name}”", name=clip(name)),
        say("small letters and digits, joined by hyphens, and not “try”, which is “try:” itself"),
        say("Write “{id}”, for example.", id=other),
    )


def read_trial(node: Node, diagnostics: Diagnostics, name: str = TRY) -> Trial | None:
    """What is written there; None where its form is wrong, which goes to `diagnostics`.

    Whether there are such a simulation, chart and parameters is not looked at.
    """
    if not isinstance(node.value, Mapping):
        _wrong(diagnostics, node, name, say("“simulation:” and what else belongs to it, indented"))
        return None
    properties: Mapping[str, Node] = node.value
    for key, entry in properties.items():
        if key not in KEYS:
            _unknown(diagnostics, name, key, entry)
    simulation, chart = (_word(properties, key, diagnostics) for key in ("simulation", "chart"))
    if "simulation" not in properties:
        _wrong(diagnostics, node, name, say("“simulation:” with the name of a simulation"))
    settings, controls = _settings(properties, diagnostics), _controls(properties, diagnostics)
    if simulation is None:
        return None
    return Trial(simulation, chart, settings, controls, node.line)


def _word(properties: Mapping[str, Node], key: str, diagnostics: Diagnostics) -> Node | None:
    node = properties.get(key)
    if node is None or isinstance(node.value, str):
        return node
    _wrong(diagnostics, node, key, say("one name"))
    return None


def _settings(properties: Mapping[str, Node], diagnostics: Diagnostics) -> Mapping[str, Node]:
    node = properties.get("settings")
    if node is None:
        return {}
    if isinstance(node.value, Mapping):
        return node.value
    _wrong(diagnostics, node, "settings", say("names with values, such as {{gamma: 2, beta: 1}}"))
    return {}


def _controls(properties: Mapping[str, Node], diagnostics: Diagnostics) -> tuple[Node, ...] | None:
    node = properties.get("controls")
    if node is None:
        return None
    if isinstance(node.value, tuple) and all(isinstance(n.value, str) for n in node.value):
        return node.value
    _wrong(diagnostics, node, "controls", say("a list of names, such as [gamma, beta]"))
    return None


def _unknown(diagnostics: Diagnostics, name: str, key: str, node: Node) -> None:
    diagnostics.error(
        node.line,
        "unknown-property",
        say("the property “{key}” of “{name}:”", key=clip(key), name=name),
        say("only {names}", names=", ".join(KEYS)),
        did_you_mean(key, KEYS, say("Delete the line.")),
    )


def _wrong(diagnostics: Diagnostics, node: Node, key: str, expected: Message) -> None:
    diagnostics.error(
        node.line,
        "bad-property",
        say("“{key}: {value}”", key=key, value=clip(str(node.plain()))),
        expected,
        say("Write it as in the example of docs/writing-cards.md."),
    )
