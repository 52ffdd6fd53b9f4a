"""The course as a map: a row a concept, a line from each to what it requires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from engine.charts.kit.scales import over_lines
from engine.charts.kit.theme import BLUE, PAGE, Theme, colour
from engine.i18n import Message, Translator, say, say_count

#: What a click on a row is called in the page's selection.
PICK = "concept"
ROW = 25  # pixels
STEP = 13  # pixels a level of prerequisites is indented
LEFT = 12
EMPTY = "#999999"


@dataclass(frozen=True)
class Concept:
    """One row. known: 0 to 1; met: how many of `items` were answered. requires: ids."""

    id: str
    title: str
    unit: str
    requires: tuple[str, ...]
    known: float
    met: int
    items: int


def levels(concepts: Sequence[Concept]) -> dict[str, int]:
    """The longest way down to a concept that requires nothing, in steps, by id."""
    by_id = {concept.id: concept for concept in concepts}
    found: dict[str, int] = {}

    def level(id: str, above: frozenset[str]) -> int:
        if id not in found:
            below = [r for r in by_id[id].requires if r in by_id and r not in above]
            found[id] = max((level(r, above | {id}) + 1 for r in below), default=0)
        return found[id]

    for concept in concepts:
        level(concept.id, frozenset())
    return found


def concept_map(
    concepts: Sequence[Concept], mode: Theme, language: str = "en"
) -> tuple[alt.LayerChart, str]:
    """The map and its description in words. A click selects a row's id as `concept`."""
    translate = Translator(language)
    depth = levels(concepts)
    rows = _rows(concepts)
    deepest = max(depth.values(), default=0)
    words_at = LEFT + (deepest + 1) * STEP
    frame = pd.DataFrame(
        [
            {
                "id": c.id,
                "title": c.title,
                "row": rows[c.id],
                "x": LEFT + depth[c.id] * STEP,
                "known": c.known if c.met else None,
                "said": _said(translate, c),
            }
            for c in concepts
        ],
        columns=["id", "title", "row", "x", "known", "said"],
    )
    heads = pd.DataFrame(
        [{"unit": unit, "row": row} for unit, row in rows.items() if unit.startswith("unit:")],
        columns=["unit", "row"],
    ).assign(unit=lambda f: f["unit"].str.removeprefix("unit:"))
    height = ROW * len(rows)
    scale = alt.Scale(domain=[-0.5, len(rows) - 0.5], reverse=True, nice=False, zero=False)
    y = alt.Y("row:Q", axis=None, scale=scale)
    ink = "#31333F" if mode == "light" else "#FAFAFA"
    layers = [
        _targets(frame, scale),
        _edges(concepts, depth, rows, y),
        *_dots(frame, y, mode),
        alt.Chart(frame)
        .mark_text(align="left", fontSize=13, color=ink, limit=alt.expr(f"width - {words_at}"))
        .encode(x=alt.XValue(words_at), y=y, text="title:N", tooltip=["title:N", "said:N"]),
        # The edges behind the units' titles stay apart from the letters.
        *over_lines(
            alt.Chart(heads).encode(x=alt.XValue(0), y=y, text="unit:N"),
            mode,
            align="left",
            fontSize=13,
            fontWeight="bold",
            color=ink,
            limit=alt.expr("width"),
        ),
    ]
    unframed = alt.ViewBackground(stroke=None)
    chart = alt.LayerChart(layer=layers, width="container", height=height, view=unframed)
    return chart, _description(translate, concepts)


def _rows(concepts: Sequence[Concept]) -> dict[str, int]:
    """The row of each concept by id, and of each unit's heading by `unit:<title>`."""
    rows: dict[str, int] = {}
    for unit in dict.fromkeys(concept.unit for concept in concepts):
        rows[f"unit:{unit}"] = len(rows)
        for concept in concepts:
            if concept.unit == unit:
                rows[concept.id] = len(rows)
    return rows


def _targets(frame: pd.DataFrame, scale: alt.Scale) -> alt.Chart:
    """The whole row can be clicked; the one under the pointer lights up."""
    over = alt.selection_point(
        name="over", fields=["id"], on="pointerover", clear="pointerout", empty=False
    )
    pick = alt.selection_point(name=PICK, fields=["id"])
    drawn: alt.Chart = (
        alt.Chart(frame.assign(top=frame["row"] - 0.48, bottom=frame["row"] + 0.48))
        .mark_rect(cursor="pointer", color=BLUE)
        .encode(
            x=alt.XValue(0),
            x2=alt.X2Value("width"),
            y=alt.Y("top:Q", axis=None, scale=scale),
            y2="bottom:Q",
            opacity=alt.condition(over, alt.value(0.15), alt.value(0.0)),
            tooltip=["title:N", "said:N"],
        )
        .add_params(pick, over)
    )
    return drawn


def _edges(
    concepts: Sequence[Concept], depth: dict[str, int], rows: dict[str, int], y: alt.Y
) -> alt.Chart:
    """From what is required straight down, then across to what requires it."""
    points = []
    for concept in concepts:
        for required in concept.requires:
            if required in depth:
                start, end = LEFT + depth[required] * STEP, LEFT + depth[concept.id] * STEP
                name = f"{required} {concept.id}"
                points += [
                    {"edge": name, "step": 0, "x": start, "row": rows[required]},
                    {"edge": name, "step": 1, "x": start, "row": rows[concept.id]},
                    {"edge": name, "step": 2, "x": end, "row": rows[concept.id]},
                ]
    frame = pd.DataFrame(points, columns=["edge", "step", "x", "row"])
    drawn: alt.Chart = (
        alt.Chart(frame)
        .mark_line(color=EMPTY, strokeWidth=1.2, opacity=0.7, interpolate="linear", tooltip=None)
        .encode(x=_pixels(), y=y, detail="edge:N", order="step:Q")
    )
    return drawn


def _pixels() -> alt.X:
    """A horizontal place in pixels, however wide the chart is."""
    return alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 100], range=[0, 100], nice=False))


def _dots(frame: pd.DataFrame, y: alt.Y, mode: Theme) -> list[alt.Chart]:
    """A ring for each concept, filled as far as it is known."""
    ground = colour(PAGE, mode)
    ring = alt.Chart(frame).mark_circle(
        size=120, color=ground, stroke=EMPTY, strokeWidth=1.6, opacity=1
    )
    fill = alt.Chart(frame[frame["known"].notna()]).mark_circle(
        stroke=BLUE, strokeWidth=1.6, size=120, color=BLUE
    )
    known = alt.FillOpacity("known:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0.08, 1]))
    return [
        ring.encode(x=_pixels(), y=y),
        fill.encode(x=_pixels(), y=y, fillOpacity=known),
    ]


def _said(translate: Translator, concept: Concept) -> str:
    return translate(knowledge_words(concept.known, concept.met, concept.items))


def knowledge_words(known: float, met: int, items: int) -> Message:
    """How well a concept is known, in a few words."""
    if not met:
        return say("not begun")
    return say(
        "known: {percent} ({met} of {items} items met)",
        percent=f"{known:.0%}",
        met=met,
        items=items,
    )


def _description(translate: Translator, concepts: Sequence[Concept]) -> str:
    begun = sum(concept.met > 0 for concept in concepts)
    return translate(
        say(
            "A row for each of {count}, with a line from every concept down to those that build "
            "on it. A ring is empty until you have begun a concept, and fills as you know it "
            "better. Begun: {begun}.",
            count=say_count("{count} concept", "{count} concepts", len(concepts)),
            begun=begun,
        )
    )
