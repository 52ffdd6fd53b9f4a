"""A chart of the gaps between the errors of three fits, without any shift."""

from __future__ import annotations

import altair as alt

from engine.charts.kit.bars import named_bars
from engine.charts.kit.marks import heading, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.shows import shows
from engine.i18n import say


@shows("fit_gaps")
def overfitting_gaps(picture: Picture) -> alt.LayerChart:
    """The gaps of three fits; the names say the answers' places."""
    translate = words(picture)
    table = picture.outcome.tables["fits"]
    bars = [
        (
            f"fit-{fit}",
            translate(say("degree {degree}, {n} points", degree=int(degree), n=int(n))),
            float(gap),
        )
        for fit, degree, n, gap in zip(
            table["fit"], table["degree"], table["n"], table["gap"], strict=True
        )
    ]
    finding = say("The more coefficients for each point, the larger the gap")
    detail = say("Error with new noise less error in training")
    axis = translate(say("gap (unit of y²)"))
    return named_bars(picture, bars, axis, heading(picture, finding, detail))
