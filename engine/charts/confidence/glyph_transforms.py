"""A chart of a glyph and of what four changes make of it."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend
from engine.charts.kit.marks import heading, words
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say

#: panel -> its place (column, row) and its words; {class} is what comes out
PANELS: Mapping[str, tuple[int, int, Message]] = {
    "original": (0, 0, say("as it is")),
    "mirror": (1, 0, say("mirrored")),
    "flip": (2, 0, say("upside down")),
    "turn": (0, 1, say("half a turn")),
    "shift": (1, 1, say("moved")),
}


@shows("glyph_transforms")
def glyph_panels(picture: Picture) -> alt.LayerChart:
    """The picture and what four changes make of it; where the label is wrong, in orange."""
    translate = words(picture)
    frame = pd.DataFrame(dict(picture.outcome.tables["pixels"]))
    right, wrong = translate(say("shows no other class")), translate(say("label becomes wrong"))
    places = {name: (10 * column, 12 * row) for name, (column, row, _) in PANELS.items()}
    frame["x"] = frame["column"] + frame["panel"].map(lambda name: places[name][0]).astype(float)
    frame["y"] = frame["row"] + frame["panel"].map(lambda name: places[name][1]).astype(float)
    frame["x2"], frame["y2"] = frame["x"] + 0.94, frame["y"] + 0.94
    frame["state"] = np.where(frame["keeps"], right, wrong)
    x, y = fixed((-0.5, 29.5)), alt.Scale(domain=[-2, 21.5], reverse=True, nice=False, zero=False)
    across = alt.X("x:Q", scale=x, axis=None)
    down = alt.Y("y:Q", scale=y, axis=None)
    color = alt.Color(
        "state:N", scale=alt.Scale(domain=[right, wrong], range=[BLUE, ORANGE]), legend=legend()
    )
    paper = alt.Chart(frame[~frame["ink"].astype(bool)]).mark_rect(color=GREY, opacity=0.15)
    ink = alt.Chart(frame[frame["ink"].astype(bool)]).mark_rect()
    ends = {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}
    gives = dict(zip(frame["panel"], frame["gives"], strict=True))
    labels = pd.DataFrame(
        [
            {
                "x": places[name][0],
                "y": places[name][1] - 0.7,
                "text": translate(text) + (f": {gives[name]}" if gives.get(name) else ""),
            }
            for name, (_, _, text) in PANELS.items()
        ]
    )
    said = alt.Chart(labels).mark_text(align="left", fontSize=11)
    lost = [
        translate(PANELS[name][2])
        for name in PANELS
        if not frame.loc[frame["panel"] == name, "keeps"].astype(bool).all()
    ]
    finding = (
        say("Wrong label after: {changes}", changes=", ".join(lost))
        if lost
        else say("Every one of these changes keeps the label")
    )
    return layered(
        [
            paper.encode(x=across, y=down, **ends),
            ink.encode(x=across, y=down, color=color, **ends),
            said.encode(x=across, y=down, text="text:N"),
            *chosen(picture),
        ],
        heading(picture, finding),
    )
