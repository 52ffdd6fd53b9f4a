"""lab.toml: findings of the course, each with the settings that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.content.files.problems import Place, Problem
from engine.content.files.toml_files import read_toml
from engine.content.files.toml_table import Table
from engine.i18n import LANGUAGES, Words, say

LAB_FILE = "lab.toml"


@dataclass(frozen=True)
class Finding:
    """Two sentences about a simulation, and the settings that show it.

    settings: its parameters that are not at their default. against: those of a second run, to be
    shown beside the first. Whether there is such a simulation is not looked at here.
    """

    id: str
    title: Words
    text: Words
    simulation: str
    chart: str
    settings: Mapping[str, object]
    against: Mapping[str, object] | None
    seed: int
    place: Place


def read_findings(
    content: bytes | Problem | None, languages: Sequence[str] = tuple(LANGUAGES)
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings in the order of the file, and what is wrong with those left out."""
    table, _ = read_toml(content, LAB_FILE, "bad-finding", languages)
    table.only("finding", "preset")
    # They were called presets once.
    parts = [*table.tables("finding"), *table.tables("preset")]
    findings = table.once(sorted(parts, key=lambda part: part.place()), _finding)
    return tuple(findings.values()), table.problems


def _finding(table: Table) -> Finding | None:
    table.only("id", "title", "text", "simulation", "chart", "settings", "against", "seed")
    id, title, text = table.id(), table.words("title"), table.words("text")
    simulation, chart = table.text("simulation"), table.text("chart")
    seed = table.seed()
    settings, against = _settings(table, "settings"), _settings(table, "against")
    if table.failed or id is None or title is None or text is None:
        return None
    return Finding(id, title, text, simulation, chart, settings or {}, against, seed, table.place())


def _settings(table: Table, key: str) -> Mapping[str, object] | None:
    value = table.values.get(key)
    if key not in table.values or isinstance(value, dict):
        return value
    table.bad(key, say("{key} = {{name = value}}", key=key))
    return None
