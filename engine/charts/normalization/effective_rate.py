"""A chart of how far a step turns weights of different norms."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE
from engine.i18n import say


@shows("effective_rate")
def turned_angles(picture: Picture) -> alt.LayerChart:
    """How far each unit turns in a step; beside its name, the places the answers gave it."""
    translate = words(picture)
    table = picture.outcome.tables["units"]
    frame = pd.DataFrame(
        {
            "name": [
                translate(
                    say(
                        "{unit}: η = {rate}, |W| = {norm}",
                        unit=unit,
                        rate=number(rate, 6),
                        norm=number(norm, 6),
                    )
                )
                + ranked(picture, str(unit).lower())
                for unit, rate, norm in zip(
                    table["unit"], table["rate"], table["norm"], strict=True
                )
            ],
            "turned": table["turned"],
            "text": [f"{number(angle, 2)}°" for angle in table["turned"]],
        }
    )
    high = max(span(frame["turned"].to_numpy())[1], 1e-6)
    x = alt.X(
        "turned:Q",
        scale=alt.Scale(domain=[0.0, 1.2 * high], nice=False),
        axis=plain_axis(translate(say("angle turned in one step (degrees)"))),
    )
    y = alt.Y("name:N", sort=list(frame["name"]), title=None, axis=None)
    base = alt.Chart(frame)
    bars = base.mark_bar(size=16, color=BLUE, yOffset=8).encode(x=x, y=y, x2=alt.datum(0.0))
    numbers = base.mark_text(align="left", dx=4, dy=8).encode(x=x, y=y, text="text:N")
    names = base.mark_text(align="left", baseline="bottom", dy=-4)
    scalars = picture.outcome.scalars
    finding = say(
        "η/|W|² of A: {a}, of B: {b}, of C: {c}",
        **{unit: number(scalars[f"effective_{unit}"], 2) for unit in "abc"},
    )
    detail = say("Only the direction of the weights counts in front of BN.")
    return layered(
        [bars, numbers, names.encode(x=alt.XValue(4), y=y, text="name:N")],
        heading(picture, finding, detail),
    )
