"""Charts of batch normalization at inference: running statistics, a shifted test."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend, plain_axis, step_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, decimals, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import Message, say, say_count


@shows("batchnorm_inference")
def running_mean(picture: Picture) -> alt.LayerChart:
    """The running mean batch by batch, and how the other reading of momentum would go."""
    finding = say_count(
        "{framework}: after {count} batch the running mean is {value}",
        "{framework}: after {count} batches the running mean is {value}",
        int(setting(picture, "steps")),
        framework=picture.settings["framework"],
        value=number(picture.outcome.scalars["running_mean"]),
    )
    return _running(picture, "running_mean", "batch_mean", finding, say("running mean"))


@shows("batchnorm_inference")
def running_variance(picture: Picture) -> alt.LayerChart:
    """The running variance batch by batch, in the same way."""
    finding = say_count(
        "{framework}: after {count} batch the running variance is {value}",
        "{framework}: after {count} batches the running variance is {value}",
        int(setting(picture, "steps")),
        framework=picture.settings["framework"],
        value=number(picture.outcome.scalars["running_var"]),
    )
    return _running(picture, "running_var", "batch_var", finding, say("running variance"))


@shows("batchnorm_inference")
def test_shift(picture: Picture) -> alt.LayerChart:
    """Outputs for shifted test values: with the stored statistics, and with their own."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["test"], picture.outcome.scalars
    names = {
        "frozen": translate(say("stored statistics (inference)")),
        "own": translate(say("their own statistics (not what inference does)")),
    }
    frame = pd.concat(
        pd.DataFrame(
            {
                "left": table["left"],
                "right": table["right"],
                "density": table[column],
                "series": name,
            }
        )
        for column, name in names.items()
    )
    domain = reach(picture, *span(table["left"], table["right"]), slack=0.3)
    bars = (
        alt.Chart(frame)
        .mark_rect(opacity=0.5)
        .encode(
            x=alt.X(
                "left:Q",
                scale=alt.Scale(domain=list(domain), nice=False),
                axis=plain_axis(translate(say("output y (no unit)"))),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("density:Q", axis=plain_axis(translate(say("density (per unit of output)")))),
            y2=alt.datum(0.0),
            color=alt.Color(
                "series:N",
                scale=alt.Scale(domain=list(names.values()), range=[BLUE, ORANGE]),
                legend=legend(),
            ),
        )
    )
    finding = say(
        "A test shift of {shift} is still there: mean output {mean}",
        shift=chosen_number(picture.settings["shift"]),
        mean=decimals(scalars["eval_mean"], 2),
    )
    detail = say(
        "σ = {std}, γ = {gamma}, β = {beta}",
        std=chosen_number(picture.settings["std"]),
        gamma=chosen_number(picture.settings["gamma"]),
        beta=chosen_number(picture.settings["beta"]),
    )
    return layered(
        [*band(picture, domain), bars, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


def _running(
    picture: Picture, column: str, batch_column: str, finding: Message, title: Message
) -> alt.LayerChart:
    translate = words(picture)
    trace, all_of_them = picture.outcome.tables["trace"], picture.outcome.tables["conventions"]
    own = str(picture.settings["framework"])
    other = "Flax" if own.startswith("PyTorch") else "PyTorch"
    of_new = say("if momentum weighed the new batch")
    of_old = say("if momentum weighed the old value")
    named = {
        "own": (own, Style(BLUE, width=3)),
        "other": (translate(of_old if other == "Flax" else of_new), Style(SKY, (8, 3, 2, 3))),
    }
    shown = {
        "batch": trace["batch"],
        "own": trace[column],
        "other": all_of_them[column][all_of_them["framework"] == other],
    }
    low, high = span(shown["own"], shown["other"], trace[batch_column])
    margin = 0.06 * (high - low) + 1e-6
    domain = reach(picture, low - margin, high + margin, slack=0.3)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("training batches")), *span(trace["batch"])),
    )
    scale = alt.Scale(domain=list(domain), nice=False)
    y = alt.Y("value:Q", scale=scale, axis=plain_axis(translate(title)))
    points = pd.DataFrame({"at": trace["batch"], "value": trace[batch_column]})
    dots = alt.Chart(points[np.isfinite(points["value"])]).mark_point(size=30, color=ORANGE)
    detail = say(
        "momentum={momentum}, batches of {n}. Circles: each batch's own value",
        momentum=chosen_number(picture.settings["momentum"]),
        n=whole(picture.settings["batch_size"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            dots.encode(x=x, y=y),
            *lines(picture, shown, x, y, named, key="batch"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )
