"""A chart of the numbers that a convolution and its batch norm hold."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, PALE, SKY
from engine.i18n import say

PARTS = {"weights": BLUE, "biases": ORANGE, "affine": SKY, "running": PALE}


@shows("layer_parameters")
def parameter_parts(picture: Picture) -> alt.LayerChart:
    """Weights, biases, γ and β, and running statistics, one after the other on one axis."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["parts"], picture.outcome.scalars
    names = {
        "weights": say("weights ({count})", count=whole(scalars["weights"])),
        "biases": say("biases ({count})", count=whole(scalars["biases"])),
        "affine": say("γ and β ({count})", count=whole(scalars["affine"])),
        "running": say(
            "running statistics, not trained ({count})", count=whole(scalars["running"])
        ),
    }
    texts = {part: translate(name) for part, name in names.items()}
    frame = pd.DataFrame({"start": table["start"], "end": table["end"]})
    frame["part"] = [texts[str(part)] for part in table["part"]]
    domain = reach(picture, 0.0, max(float(scalars["total"]), 1.0) * 1.03, slack=0.3)
    bars = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X(
                "start:Q",
                scale=alt.Scale(domain=list(domain), nice=False),
                axis=plain_axis(translate(say("numbers that the two layers hold"))),
            ),
            x2=alt.X2("end:Q"),
            y=alt.YValue(70),
            y2=alt.Y2Value(150),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=list(texts.values()), range=list(PARTS.values())),
                legend=legend(),
            ),
        )
    )
    finding = say(
        "{total} numbers, of which {trainable} are trained",
        total=whole(scalars["total"]),
        trainable=whole(scalars["trainable"]),
    )
    detail = say(
        "{k} × {k} kernel, {c} channels in, {f} filters, then BN",
        k=whole(picture.settings["kernel"]),
        c=whole(picture.settings["channels"]),
        f=whole(picture.settings["filters"]),
    )
    return layered(
        [*band(picture, domain), bars, *rules(picture, domain)],
        heading(picture, finding, detail),
    )
