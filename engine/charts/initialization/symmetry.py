"""Charts of hidden units that start alike: gradients, weights and loss by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import pandas as pd

from engine.charts.initialization.signal_propagation import ACTIVATION_NAMES
from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend, log_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.marks import figure as powers
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import GREY, fixed
from engine.charts.kit.series import Style, figure, lines, plain_axis, setting, span, step_axis
from engine.i18n import Message, say, say_count

BLUE, ORANGE, SKY, *_ = theme.SERIES
PALE = "#9E9E9E"

STARTS: Mapping[str, Message] = {
    "zero": say("all weights 0"),
    "constant": say("all weights {size}"),
    "random": say("random weights, {count} different units"),
}
WAYS: Mapping[str, tuple[Message, str, tuple[int, ...]]] = {
    "nothing": (say("nothing added"), "#999999", (1, 0)),
    "batches": (say("mini-batches"), SKY, (8, 3)),
    "dropout": (say("mini-batches, dropout on {where}"), BLUE, (1, 0)),
    "noise": (say("noise on {where}"), ORANGE, (6, 3)),
    "bias": (say("another b1: {where}"), "#9467BD", (2, 2)),
    "rates": (say("another learning rate: {where}"), "#8C564B", (8, 2, 2, 2)),
}
WHOSE = {"alike": say("one for all"), "own": say("one for each unit")}


def symmetry_gradients(picture: Picture) -> alt.LayerChart:
    """The first gradient of every weight, a column for each hidden unit; exact zeros are gray."""
    translate = words(picture)
    table = picture.outcome.tables["gradients"]
    frame = pd.DataFrame(table, columns=["weight", "unit", "size"])
    names = list(dict.fromkeys(frame["weight"]))
    labels = {"b": translate(say("bias")), "out": translate(say("outgoing"))}
    frame["weight"] = frame["weight"].map(lambda name: labels.get(name, name))
    order = [labels.get(name, name) for name in names]
    base = alt.Chart(frame).encode(
        x=alt.X(
            "unit:O",
            axis=alt.Axis(title=translate(say("hidden unit")), labelAngle=0, labelOverlap=True),
        ),
        y=alt.Y("weight:N", sort=order, axis=alt.Axis(title=translate(say("weight of the unit")))),
    )
    zero = base.transform_filter("datum.size == 0").mark_rect(color=PALE, opacity=0.5)
    some = (
        base.transform_filter("datum.size > 0")
        .mark_rect()
        .encode(
            color=alt.Color(
                "size:Q",
                scale=alt.Scale(scheme="viridis", zero=True),
                legend=alt.Legend(
                    title=translate(say("size of the gradient (gray: exactly 0)")),
                    orient="bottom",
                    gradientLength=200,
                    titleLimit=300,
                    tickCount=4,
                ),
            )
        )
    )
    scalars = picture.outcome.scalars
    alike = scalars["gradient_apart"] == 0
    if scalars["gradient_w1"] == 0 and scalars["gradient_w2"] == 0:
        finding = say("No weight of a hidden unit gets a gradient")
    elif scalars["gradient_w1"] == 0:
        finding = say("Only the outgoing weights get a gradient, all the same")
    elif alike:
        finding = say("All hidden units get the same gradient")
    else:
        finding = say("Hidden units get different gradients")
    detail = say("output bias: {size}", size=powers(scalars["gradient_b2"]))
    layers = [zero, some] if (frame["size"] > 0).any() else [zero]
    return layered(layers, heading(picture, finding, _start(picture), detail))


def symmetry_units(picture: Picture) -> alt.LayerChart:
    """The first incoming weight of every hidden unit, by step: equal units are one line."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["units"], picture.outcome.scalars
    last = max(span(table["step"])[1], 1.0)
    low, high = span(table["weight"])
    pad = max(0.08 * (high - low), 0.05)
    frame = pd.DataFrame(table, columns=["step", "unit", "weight"])
    drawn = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2, opacity=0.8, color=BLUE)
        .encode(
            x=alt.X(
                "step:Q",
                scale=fixed((0.0, last)),
                axis=_steps(picture, last),
            ),
            y=alt.Y(
                "weight:Q",
                scale=fixed((low - pad, high + pad)),
                axis=plain_axis(translate(say("weight from x1, one line a unit"))),
            ),
            detail=alt.Detail("unit:N"),
        )
    )
    finding = say_count(
        "{hidden} units, {distinct} different after {count} step: rank {rank}",
        "{hidden} units, {distinct} different after {count} steps: rank {rank}",
        int(setting(picture, "steps")),
        hidden=figure(picture.settings["hidden"], "g"),
        distinct=figure(scalars["distinct"], ".0f"),
        rank=figure(scalars["rank"], ".0f"),
    )
    return layered([drawn], heading(picture, finding, _start(picture)))


def symmetry_loss(picture: Picture) -> alt.LayerChart:
    """The loss by step, and a gray line at the best that a constant prediction can do."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["steps"], picture.outcome.scalars
    last = max(span(table["step"])[1], 1.0)
    domain = reach(picture, 0.0, 1.1 * max(span(table["loss"])[1], scalars["base_loss"]))
    x = alt.X("at:Q", scale=fixed((0.0, last)), axis=_steps(picture, last))
    y_scale = fixed(domain)
    y = alt.Y("value:Q", scale=y_scale, axis=plain_axis(translate(say("loss (nats)"))))
    base = (
        alt.Chart(alt.InlineData(values=[{}]))
        .mark_rule(color=GREY, strokeDash=[4, 3], strokeWidth=1.5)
        .encode(y=alt.YDatum(scalars["base_loss"], scale=y_scale))
    )
    named = {"loss": (translate(say("loss (nats)")), Style(BLUE, width=3))}
    finding = say(
        "The loss goes from {start} to {end}",
        start=figure(scalars["loss_start"]),
        end=figure(scalars["loss_end"]),
    )
    detail = say("gray: best constant prediction, {base}", base=figure(scalars["base_loss"]))
    return layered(
        [
            *band(picture, domain, channel="y"),
            base,
            lines(table, x, y, named, key="step"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail, _start(picture)),
    )


def symmetry_breaking(picture: Picture) -> alt.LayerChart:
    """How far equal units come apart, by step, in six trainings; 0 is a gap in the line."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["apart"], picture.outcome.scalars
    frame = pd.DataFrame(table, columns=["way", "step", "apart"])
    frame["apart"] = frame["apart"].where(frame["apart"] > 0)
    places: dict[str, object] = {
        "dropout": picture.settings["dropout_on"],
        "noise": picture.settings["noise_on"],
        "bias": WHOSE[str(picture.settings["bias"])],
        "rates": WHOSE[str(picture.settings["rates"])],
    }
    names = {
        way: translate(Message(text.id, {"where": places.get(way, "")}))
        for way, (text, _, _) in WAYS.items()
    }
    drawn_ways = [way for way in WAYS if scalars[way] > 0]
    frame = frame[frame["way"].isin(drawn_ways)]
    frame = frame.assign(series=frame["way"].map(names))
    sizes = frame["apart"].dropna()
    low, high = (sizes.min(), sizes.max()) if len(sizes) else (1e-6, 1.0)
    domain = reach(picture, 0.5 * float(low), 2 * float(high), log=True)
    last = setting(picture, "steps")
    title = translate(say("{size} (log scale)", size=say("difference between units")))
    series = [names[way] for way in drawn_ways]
    scale = alt.Scale(domain=series, range=[WAYS[way][1] for way in drawn_ways])
    dashes = alt.Scale(domain=series, range=[list(WAYS[way][2]) for way in drawn_ways])
    key = legend("stroke") if drawn_ways else None
    drawn = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X(
                "step:Q",
                scale=fixed((0.0, last)),
                axis=_steps(picture, last),
            ),
            y=alt.Y("apart:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain)),
            color=alt.Color("series:N", scale=scale, legend=key),
            strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=key),
        )
    )
    finding = say("The units come apart in {count} of 6 trainings", count=f"{len(drawn_ways)}")
    details = [say("all weights {size}", size=figure(picture.settings["size"], "g"))]
    still = [name for way, name in names.items() if way not in drawn_ways]
    if still:
        details.append(say("Always 0: {ways}", ways="; ".join(still)))
    return layered([drawn], heading(picture, finding, *details))


def _steps(picture: Picture, last: float) -> alt.Axis:
    title = words(picture)(say("step"))
    return step_axis(title, 0, last) if last <= 600 else plain_axis(title)


def _start(picture: Picture) -> Message:
    settings = picture.settings
    name = str(settings["initialization"])
    count = min(setting(picture, "distinct"), setting(picture, "hidden"))
    said = Message(
        STARTS[name].id, {"size": figure(settings["size"], "g"), "count": f"{count:.0f}"}
    )
    if setting(picture, "noise") > 0:
        said = say("{start}, noise {noise} on W1", start=said, noise=figure(settings["noise"], "g"))
    activation = str(settings["activation"])
    return say("{activation}, {start}", activation=ACTIVATION_NAMES[activation], start=said)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "symmetry_gradients": symmetry_gradients,
    "symmetry_units": symmetry_units,
    "symmetry_loss": symmetry_loss,
    "symmetry_breaking": symmetry_breaking,
}
LAB: Mapping[str, tuple[str, ...]] = {
    "symmetry": ("symmetry_units", "symmetry_gradients", "symmetry_loss"),
    "symmetry_breakers": ("symmetry_breaking",),
}
