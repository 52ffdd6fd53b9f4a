"""A chart of two batches on one axis of z."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import chosen_number, decimals, number
from engine.charts.kit.options import chosen, ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY
from engine.i18n import say

WATCHED = ("first", "second", "third", "fourth")


@shows("batch_scores")
def batch_strips(picture: Picture) -> alt.LayerChart:
    """Both batches on one axis of z, the watched houses with their size in m²."""
    translate, table = words(picture), picture.outcome.tables["batches"]
    scalars = picture.outcome.scalars
    names = {
        batch: translate(
            say(
                "batch {number}: {mean} ± {std} m²",
                number=batch,
                mean=number(scalars[f"mean_{batch}"]),
                std=number(scalars[f"std_{batch}"]),
            )
        )
        for batch in (1, 2)
    }
    rows = [names[int(batch)] for batch in table["batch"]]
    frame = pd.DataFrame({"at": table["z"], "batch": rows, "watched": table["watched"]})
    scores = np.array([scalars[f"{name}_z"] for name in WATCHED])
    low, high = span(np.asarray(table["z"]), scores)
    pad = 0.12 * (high - low)
    domain = (low - pad, high + pad)
    x = alt.X(
        "at:Q", scale=fixed(domain), axis=plain_axis(translate(say("z within its own batch")))
    )
    y = alt.Y("batch:N", sort=list(names.values()), axis=alt.Axis(title=None, labels=False))
    houses = pd.DataFrame(
        {
            "at": scores,
            "batch": [names[1], names[1], names[2], names[2]],
            "size": [
                f"{chosen_number(setting(picture, name))} m²{ranked(picture, name)}"
                for name in WATCHED
            ],
            "drop": [-24, 26, -24, 26],
        }
    )
    houses["right"] = scores > (low + high) / 2
    others = alt.Chart(frame[~frame["watched"].astype(bool)])
    ticks = others.mark_tick(color=GREY, size=26, thickness=1.5).encode(x=x, y=y)
    dots = alt.Chart(houses).mark_point(filled=True, size=110, opacity=1, color=BLUE)
    texts = [
        alt.Chart(houses[(houses["right"] == right) & (houses["drop"] == drop)])
        .mark_text(align="right" if right else "left", dy=drop, fontSize=12)
        .encode(x=x, y=y, text=alt.Text("size:N"))
        for right in (True, False)
        for drop in (-24, 26)
    ]
    titles = [
        alt.Chart(pd.DataFrame({"batch": [name]}))
        .mark_text(align="left", dy=-48, fontStyle="italic", text=name)
        .encode(x=alt.XValue(6), y=y)
        for name in names.values()
    ]
    finding = say(
        "z: {first} m² → {first_z}, {third} m² → {third_z}",
        first=chosen_number(picture.settings["first"]),
        third=chosen_number(picture.settings["third"]),
        first_z=decimals(scalars["first_z"], 2),
        third_z=decimals(scalars["third_z"], 2),
    )
    return layered(
        [
            ticks,
            *landmark(0.0, domain),
            dots.encode(x=x, y=y),
            *texts,
            *titles,
            *([] if any(ranked(picture, name) for name in WATCHED) else chosen(picture)),
        ],
        heading(picture, finding, say("Thin marks: the other houses of each batch")),
    )
