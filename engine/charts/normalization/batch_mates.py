"""A chart of one input's output among different batch mates."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import say


@shows("batch_mates")
def batch_company(picture: Picture) -> alt.LayerChart:
    """The output of one input: in this batch, in other batches, and at inference."""
    translate = words(picture)
    scalars, others = picture.outcome.scalars, picture.outcome.tables["others"]["train_output"]
    rows = {
        translate(say("training: this batch")): [scalars["train_output"]],
        translate(say("training: 24 other batches")): list(others),
        translate(say("inference: any batch")): [scalars["eval_output"]],
    }
    frame = pd.DataFrame(
        [(name, float(value)) for name, values in rows.items() for value in values],
        columns=["row", "value"],
    )
    low, high = span(frame["value"].to_numpy())
    margin = 0.05 * (high - low) + 1e-6
    domain = reach(picture, low - margin, high + margin)
    dots = (
        alt.Chart(frame)
        .mark_point(filled=True, size=110, opacity=0.8)
        .encode(
            x=alt.X(
                "value:Q",
                scale=alt.Scale(domain=list(domain), nice=False),
                axis=plain_axis(translate(say("output y for the input x (no unit)"))),
            ),
            y=alt.Y("row:N", sort=list(rows), title=None, axis=_wrapped()),
            color=alt.Color(
                "row:N",
                scale=alt.Scale(domain=list(rows), range=[ORANGE, SKY, BLUE]),
                legend=None,
            ),
        )
    )
    finding = say(
        "Training: {train} here, {low} to {high} in 24 others. Inference: always {eval}",
        train=number(scalars["train_output"]),
        low=number(span(others)[0]),
        high=number(span(others)[1]),
        eval=number(scalars["eval_output"]),
    )
    mates = (chosen_number(picture.settings[f"mate_{mate}"]) for mate in (1, 2, 3))
    detail = say(
        "x = {x} among {mates}", x=chosen_number(picture.settings["x"]), mates=", ".join(mates)
    )
    return layered(
        [*band(picture, domain), dots, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


def _wrapped() -> alt.Axis:
    """Labels of rows, in lines, so that a phone has room for the plot."""
    return alt.Axis(labelExpr="split(datum.label, ': ')", labelLimit=120)
