"""Charts of batch normalization at inference: running statistics, batch mates, a shifted test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import (
    Style,
    figure,
    lines,
    plain_axis,
    ranked,
    setting,
    span,
    step_axis,
)
from engine.i18n import Message, say, say_count

BLUE, ORANGE, SKY, GREY, _ = theme.SERIES


def running_mean(picture: Picture) -> alt.LayerChart:
    """The running mean batch by batch, and how the other reading of momentum would go."""
    finding = say_count(
        "{framework}: after {count} batch the running mean is {value}",
        "{framework}: after {count} batches the running mean is {value}",
        int(setting(picture, "steps")),
        framework=picture.settings["framework"],
        value=figure(picture.outcome.scalars["running_mean"]),
    )
    return _running(picture, "running_mean", "batch_mean", finding, say("running mean"))


def running_variance(picture: Picture) -> alt.LayerChart:
    """The running variance batch by batch, in the same way."""
    finding = say_count(
        "{framework}: after {count} batch the running variance is {value}",
        "{framework}: after {count} batches the running variance is {value}",
        int(setting(picture, "steps")),
        framework=picture.settings["framework"],
        value=figure(picture.outcome.scalars["running_var"]),
    )
    return _running(picture, "running_var", "batch_var", finding, say("running variance"))


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
        train=figure(scalars["train_output"]),
        low=figure(span(others)[0]),
        high=figure(span(others)[1]),
        eval=figure(scalars["eval_output"]),
    )
    mates = (figure(picture.settings[f"mate_{number}"]) for number in (1, 2, 3))
    detail = say("x = {x} among {mates}", x=figure(picture.settings["x"]), mates=", ".join(mates))
    return layered(
        [*band(picture, domain), dots, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


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
        shift=figure(picture.settings["shift"]),
        mean=figure(scalars["eval_mean"], ".2f"),
    )
    detail = say(
        "σ = {std}, γ = {gamma}, β = {beta}",
        std=figure(picture.settings["std"]),
        gamma=figure(picture.settings["gamma"]),
        beta=figure(picture.settings["beta"]),
    )
    return layered(
        [*band(picture, domain), bars, *rules(picture, domain)],
        heading(picture, finding, detail),
    )


def momentum_memory(picture: Picture) -> alt.LayerChart:
    """What is left of the old value in three frameworks; in the legend, the answers' places."""
    translate = words(picture)
    table = picture.outcome.tables["memory"]
    styles = {
        "PyTorch": Style(BLUE, width=3),
        "Keras": Style(ORANGE, (10, 3)),
        "Flax": Style(SKY, (8, 3, 2, 3)),
    }
    shown: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    named: dict[str, tuple[str, Style]] = {}
    for framework, style in styles.items():
        rows = table["framework"] == framework
        shown["batch"], shown[framework] = table["batch"][rows], table["left"][rows]
        momentum = figure(picture.settings[f"{framework.lower()}_momentum"], "g")
        text = say("{framework} {m}", framework=framework, m=momentum)
        named[framework] = (translate(text) + ranked(picture, framework.lower()), style)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("training batches")), *span(shown["batch"])),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0.0, 1.0], nice=False),
        axis=plain_axis(translate(say("share of the old value left"))),
    )
    left = picture.outcome.scalars
    lefts = {name: figure(left[f"{name.lower()}_left"], ".2g") for name in styles}
    finding = say("Left at the end: PyTorch {PyTorch}, Keras {Keras}, Flax {Flax}", **lefts)
    detail = say("By framework and its momentum")
    return layered([lines(shown, x, y, named, key="batch")], heading(picture, finding, detail))


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
        momentum=figure(picture.settings["momentum"], "g"),
        n=figure(picture.settings["batch_size"], ".0f"),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            dots.encode(x=x, y=y),
            lines(shown, x, y, named, key="batch"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail),
    )


def _wrapped() -> alt.Axis:
    """Labels of rows, in lines, so that a phone has room for the plot."""
    return alt.Axis(labelExpr="split(datum.label, ': ')", labelLimit=120)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "running_mean": running_mean,
    "running_variance": running_variance,
    "batch_company": batch_company,
    "test_shift": test_shift,
    "momentum_memory": momentum_memory,
}

#: simulation -> the charts that show it from its settings alone, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    "batchnorm_inference": (
        "running_mean",
        "running_variance",
        "test_shift",
    ),
    "batch_mates": ("batch_company",),
    "momentum_conventions": ("momentum_memory",),
}
