"""A chart of two networks by both measures of shift."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, log_axis, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.networks import PAIR
from engine.charts.kit.numbers import decimals, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say


@shows("shift_table")
def shift_table(picture: Picture) -> alt.LayerChart:
    """Both networks of a table by both measures: to the left is less shift, above is farther."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["rows"], picture.outcome.scalars
    names = {
        "plain": (translate(PAIR["none"][0]), ORANGE, "circle"),
        "with": (translate(PAIR["bn"][0]), BLUE, "diamond"),
    }
    frame = pd.DataFrame(
        {
            "network": [names[str(name)][0] for name in table["network"]],
            "x": np.asarray(table["drift"], dtype=np.float64),
            "y": np.asarray(table["cosine"], dtype=np.float64),
            "text": [
                translate(say("loss {loss}", loss=decimals(float(loss), 2)))
                for loss in table["loss"]
            ],
        }
    )
    low, high = span(frame["x"].to_numpy())
    across = (max(low, 1e-6) / 2, max(high, 1e-6) * 2.5)
    bottom, top = span(frame["y"].to_numpy())
    up = (min(0.0, bottom - 0.1), max(1.0, top + 0.05))
    x = alt.X(
        "x:Q",
        scale=fixed(across, log=True),
        axis=log_axis(translate(say("drift of the means (left: less shift)")), across),
    )
    y = alt.Y(
        "y:Q",
        scale=fixed(up),
        axis=plain_axis(translate(say("cosine of the gradients (up: less shift)"))),
    )
    domain = [name for name, _, _ in names.values()]
    colour = alt.Color(
        "network:N",
        scale=alt.Scale(domain=domain, range=[colour for _, colour, _ in names.values()]),
        legend=legend("circle"),
    )
    shape = alt.Shape(
        "network:N",
        scale=alt.Scale(domain=domain, range=[shape for _, _, shape in names.values()]),
        legend=legend("circle"),
    )
    base = alt.Chart(frame)
    points = base.mark_point(filled=True, size=160, opacity=1)
    labels = base.mark_text(dy=-14).encode(x=x, y=y, text="text:N")
    finding = say(
        "With batch norm: drift × {drift}, cosine {plain} → {normalized}",
        drift=number(scalars["drift_times"], 2),
        plain=decimals(setting(picture, "cosine_plain"), 2),
        normalized=decimals(setting(picture, "cosine_with"), 2),
    )
    equal = 0.8 < scalars["loss_times"] < 1.25
    detail = say("Both at the same loss") if equal else say("At very different losses")
    layers = [points.encode(x=x, y=y, color=colour, shape=shape), labels, *chosen(picture)]
    return layered(layers, heading(picture, finding, detail))
