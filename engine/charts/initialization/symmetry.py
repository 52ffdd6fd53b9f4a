"""Charts of hidden units that start alike: gradients, weights and loss by step."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis, step_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.networks import ACTIVATION_NAMES
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, PALE
from engine.i18n import Message, say, say_count

STARTS: Mapping[str, Message] = {
    "zero": say("all weights 0"),
    "constant": say("all weights {size}"),
    "random": say("random weights, {count} different units"),
}


@shows("symmetry")
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
                axis=steps_axis(picture, last),
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
        hidden=chosen_number(picture.settings["hidden"]),
        distinct=whole(scalars["distinct"]),
        rank=whole(scalars["rank"]),
    )
    return layered([drawn], heading(picture, finding, _start(picture)))


@shows("symmetry")
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
    detail = say("output bias: {size}", size=number(scalars["gradient_b2"], 2))
    layers = [zero, some] if (frame["size"] > 0).any() else [zero]
    return layered(layers, heading(picture, finding, _start(picture), detail))


@shows("symmetry")
def symmetry_loss(picture: Picture) -> alt.LayerChart:
    """The loss by step, and a gray line at the best that a constant prediction can do."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["steps"], picture.outcome.scalars
    last = max(span(table["step"])[1], 1.0)
    domain = reach(picture, 0.0, 1.1 * max(span(table["loss"])[1], scalars["base_loss"]))
    x = alt.X("at:Q", scale=fixed((0.0, last)), axis=steps_axis(picture, last))
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
        start=number(scalars["loss_start"]),
        end=number(scalars["loss_end"]),
    )
    detail = say("gray: best constant prediction, {base}", base=number(scalars["base_loss"]))
    return layered(
        [
            *band(picture, domain, channel="y"),
            base,
            *lines(picture, table, x, y, named, key="step"),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, detail, _start(picture)),
    )


def steps_axis(picture: Picture, last: float) -> alt.Axis:
    title = words(picture)(say("step"))
    return step_axis(title, 0, last) if last <= 600 else plain_axis(title)


def _start(picture: Picture) -> Message:
    settings = picture.settings
    name = str(settings["initialization"])
    count = min(setting(picture, "distinct"), setting(picture, "hidden"))
    said = Message(
        STARTS[name].id, {"size": chosen_number(settings["size"]), "count": whole(count)}
    )
    if setting(picture, "noise") > 0:
        said = say(
            "{start}, noise {noise} on W1", start=said, noise=chosen_number(settings["noise"])
        )
    activation = str(settings["activation"])
    return say("{activation}, {start}", activation=ACTIVATION_NAMES[activation], start=said)
