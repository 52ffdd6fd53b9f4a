"""Where somebody can see for themselves, as a note's file says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from engine.content.files.problems import clip
from engine.content.files.toml_table import LARGEST_SEED, Table
from engine.content.notes.model import Evidence
from engine.i18n import say

_KINDS: tuple[Literal["card", "question", "simulation"], ...] = ("card", "question", "simulation")


def read_evidence(table: Table) -> tuple[Evidence, ...]:
    """At least one card, question or simulation."""
    entries = table.values.get("evidence")
    if not isinstance(entries, list) or not entries:
        table.bad("evidence", say("at least one card, question or simulation"))
        return ()
    found = (_one(table, one if isinstance(one, dict) else {}, one) for one in entries)
    return tuple(evidence for evidence in found if evidence is not None)


def _one(table: Table, values: Mapping[str, object], entry: object) -> Evidence | None:
    kinds = [kind for kind in _KINDS if kind in values]
    allowed = {"simulation", "settings", "seed", "chart"} if kinds == ["simulation"] else {*kinds}
    settings, seed, chart = values.get("settings", {}), values.get("seed", 0), values.get("chart")
    name = values.get(kinds[0]) if len(kinds) == 1 else None
    if (
        isinstance(name, str)
        and set(values) <= allowed
        and isinstance(settings, dict)
        and type(seed) is int
        and 0 <= seed <= LARGEST_SEED
        and isinstance(chart, str | None)
    ):
        place = table.place("evidence", naming=name)
        return Evidence(kinds[0], name, place, settings, seed, chart)
    table.bad(
        "evidence",
        say("{{card = …}}, {{question = …}} or {{simulation = …, settings = {{…}}}}"),
        say("the evidence “{evidence}”", evidence=clip(entry)),
    )
    return None
