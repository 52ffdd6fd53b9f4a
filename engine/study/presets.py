"""lab.toml: findings of the course, each with the settings that show it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.content import Place, Problem
from engine.i18n import DEFAULT_LANGUAGE, Message, Words, each_language, say
from engine.study.lab import Experiment, LabError, charts_of

LAB_FILE = "lab.toml"
_KEYS = ("id", "title", "text", "simulation", "chart", "settings", "against", "seed")


@dataclass(frozen=True)
class Preset:
    """A finding: two sentences about it, and one experiment that shows it, or two side by side."""

    id: str
    title: Words
    text: Words
    chart: str
    experiment: Experiment
    against: Experiment | None


class _Bad(Exception):
    def __init__(self, found: Message, expected: Message) -> None:
        self.found, self.expected = found, expected


def read_presets(
    folder: Path, languages: Sequence[str]
) -> tuple[tuple[Preset, ...], tuple[Problem, ...]]:
    """The presets in the order of the file, and what is wrong with those left out.

    languages: those of the course. What is not translated is a warning, and shown in English.
    """
    path = folder / LAB_FILE
    if not path.exists():
        return (), ()
    presets: list[Preset] = []
    problems: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8")
        told = tomllib.loads(text).get("preset", [])
        if not isinstance(told, list) or not all(isinstance(entry, dict) for entry in told):
            raise ValueError('expected "[[preset]]" above each of them')
    except (OSError, ValueError) as error:  # UnicodeDecodeError and TOMLDecodeError are ValueErrors
        found = say("something that cannot be read ({problem})", problem=str(error)[:120])
        return (), (_problem(1, found, say("a list of [[preset]]")),)
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.strip() == "[[preset]]"]
    for line, entry in zip(lines, told, strict=False):
        try:
            preset = _preset(entry)
            if any(preset.id == other.id for other in presets):
                raise _Bad(
                    say("the preset “{id}” a second time", id=preset.id), say("every id once")
                )
            presets.append(preset)
            lacking = [c for c in languages if c not in preset.title or c not in preset.text]
            if lacking:
                problems.append(_not_translated(line, preset.id, lacking))
        except _Bad as bad:
            problems.append(_problem(line, bad.found, bad.expected))
    return tuple(presets), tuple(problems)


def _problem(line: int, found: Message, expected: Message) -> Problem:
    mend = say("Correct the preset that begins on this line.")
    return Problem("error", Place(LAB_FILE, line), "bad-preset", found, expected, mend)


def _not_translated(line: int, id: str, lacking: Sequence[str]) -> Problem:
    found = say("“{key}” without {languages}", key=id, languages=", ".join(lacking))
    expected = say("a title and a text in every language of the course")
    mend = say("Translate it; until then it is shown in English.")
    return Problem("warning", Place(LAB_FILE, line), "not-translated", found, expected, mend)


def _preset(entry: Mapping[str, Any]) -> Preset:
    for key in entry:
        if key not in _KEYS:
            raise _Bad(
                say("the property “{key}”", key=str(key)[:60]),
                say("only {names}", names=", ".join(_KEYS)),
            )
    id, simulation, chart = (_text(entry, key) for key in ("id", "simulation", "chart"))
    seed = entry.get("seed", 0)
    if type(seed) is not int or not 0 <= seed < 2**32:
        raise _Bad(
            say("seed = {value}", value=str(seed)[:40]),
            say("a whole number from 0 to {most}", most=2**32 - 1),
        )
    settings, against = entry.get("settings", {}), entry.get("against")
    if not isinstance(settings, dict) or not isinstance(against, (dict, type(None))):
        raise _Bad(say("settings that are no table"), say("settings = {{name = value}}"))
    try:
        experiment = Experiment.of(simulation, settings, seed)
        second = None if against is None else Experiment.of(simulation, against, seed)
    except LabError as error:
        raise _Bad(
            say("{what}", what=error.message), say("settings the simulation can run with")
        ) from error
    if chart not in charts_of(simulation):
        raise _Bad(
            say("the chart “{name}”", name=chart[:60]),
            say("one of {names}", names=", ".join(charts_of(simulation)))
            if charts_of(simulation)
            else say("a simulation that has a chart"),
        )
    return Preset(id, _words(entry, "title"), _words(entry, "text"), chart, experiment, second)


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Bad(
            say("{key} = {value}", key=key, value=str(value)[:60]),
            say("a text in quotation marks"),
        )
    return value


def _words(entry: Mapping[str, Any], key: str) -> Words:
    value = entry.get(key)
    if (
        not isinstance(value, dict)
        or DEFAULT_LANGUAGE not in value
        or not all(isinstance(text, str) and text.strip() for text in value.values())
    ):
        raise _Bad(
            say("{key} = {value}", key=key, value=str(value)[:60]),
            say("{texts}", texts=each_language(key)),
        )
    return value
