"""Charts of gradient descent on a bowl: the weights, the error, and what each rate comes to."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, plain_axis, step_axis
from engine.charts.kit.marks import Domain, band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.options import any_number, chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY
from engine.i18n import Message, say, say_count

WIDEST = 5.0  # starts: what runs farther away is cut off at the edge

LEAST = 1e-9  # of an error on a log axis


@shows("gradient_descent")
def descent_path(picture: Picture) -> alt.LayerChart:
    """The weight after each step, with the minimum at 0; answers are weights or in words."""
    translate, trace = words(picture), picture.outcome.tables["trace"]
    edge = max(abs(setting(picture, "start")), 1e-6) * WIDEST
    low, high = span(trace["weight"])
    pad = 0.08 * max(high - low, 1e-6)
    domain = reach(picture, max(min(low, 0.0) - pad, -edge), min(max(high, 0.0) + pad, edge))
    x, y = _axes(picture, trace, domain, say("weight w (no unit)"))
    shown = {"step": trace["step"], "weight": trace["weight"]}
    points = alt.Chart(_frame(shown, "weight")).mark_point(filled=True, size=45, clip=True)
    floor = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=GREY, strokeWidth=1.5)
    named = {"weight": (translate(say("weight")), Style(BLUE))}
    return layered(
        [
            *band(picture, domain, channel="y"),
            floor.encode(y=y),
            *lines(picture, shown, x, y, named, key="step"),
            points.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
            *([] if any_number(picture) else chosen(picture)),
        ],
        heading(picture, _behaviour(picture), _setting(picture)),
    )


@shows("gradient_descent")
def descent_hops(picture: Picture) -> alt.LayerChart:
    """The bowl, and the weight hopping on it from step to step; answers are weights."""
    translate, trace = words(picture), picture.outcome.tables["trace"]
    curvature = setting(picture, "curvature")
    start = max(abs(setting(picture, "start")), 1e-6)
    farthest = float(np.abs(span(trace["weight"])).max())
    edge = min(max(farthest, start), 2 * start) * 1.1
    across = reach(picture, -edge, edge, slack=0.3)
    up = (-0.03 * curvature * edge**2 / 2, curvature * edge**2 / 2)
    x = alt.X("at:Q", scale=fixed(across), axis=plain_axis(translate(say("weight w (no unit)"))))
    y = alt.Y("value:Q", scale=fixed(up), axis=plain_axis(translate(say("loss"))))
    at = np.linspace(*across, 121)
    bowl = alt.Chart(pd.DataFrame({"at": at, "value": curvature * at**2 / 2}))
    weight = np.asarray(trace["weight"], dtype=np.float64)
    frame = pd.DataFrame({"at": weight, "value": curvature * weight**2 / 2, "step": trace["step"]})
    hops = alt.Chart(frame)
    first = frame.head(3)
    told = alt.Chart(first.assign(said=[whole(step) for step in first["step"]]))
    return layered(
        [
            *band(picture, across),
            bowl.mark_line(color=GREY, strokeWidth=2, clip=True).encode(x=x, y=y),
            hops.mark_line(color=BLUE, strokeWidth=1.5, strokeDash=[4, 3], clip=True).encode(
                x=x, y=y, order="step:Q"
            ),
            hops.mark_point(color=BLUE, filled=True, size=60, opacity=1, clip=True).encode(
                x=x, y=y
            ),
            told.mark_text(dy=-12, dx=8, clip=True).encode(x=x, y=y, text="said:N"),
            *rules(picture, across),
        ],
        heading(picture, _behaviour(picture), _setting(picture)),
    )


@shows("gradient_descent")
def rate_sweep(picture: Picture) -> alt.LayerChart:
    """The loss after the steps for every learning rate; answers are rates."""
    translate, table = words(picture), picture.outcome.tables["sweep"]
    limit = picture.outcome.scalars["largest_rate"]
    shares = np.asarray(table["loss"], dtype=np.float64)
    shares = np.where(shares >= LEAST, shares, np.nan)
    low, high = span(table["rate"], [limit])
    x_domain = reach(picture, low, high, log=True, slack=0.3)
    y_domain = (LEAST, 2e6)
    x = alt.X(
        "at:Q",
        scale=fixed(x_domain, log=True),
        axis=log_axis(translate(say("learning rate η (log scale)")), x_domain),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(y_domain, log=True),
        axis=log_axis(translate(say("loss ÷ first loss (log scale)")), y_domain),
    )
    same = alt.Chart(pd.DataFrame({"value": [1.0]})).mark_rule(color=GREY, strokeDash=[4, 3])
    named = {"loss": (translate(say("loss")), Style(BLUE))}
    finding = say("Above η = {limit} the loss grows without end", limit=number(limit))
    detail = say_count(
        "Largest curvature {curvature}; loss after {count} step",
        "Largest curvature {curvature}; loss after {count} steps",
        int(setting(picture, "steps")),
        curvature=number(2 / limit),
    )
    return layered(
        [
            *band(picture, x_domain, log=True),
            same.encode(y=y),
            *lines(picture, {"rate": table["rate"], "loss": shares}, x, y, named, key="rate"),
            *([] if picture.marks else landmark(limit, x_domain, log=True, name="2/λ")),
            *rules(picture, x_domain, log=True),
        ],
        heading(picture, finding, detail),
    )


@shows("gradient_descent")
def descent_error(picture: Picture) -> alt.LayerChart:
    """The error as a share of the first, on a log axis; answers are numbers of steps."""
    translate, trace = words(picture), picture.outcome.tables["trace"]
    times = setting(picture, "times")
    needed = picture.outcome.scalars["steps_needed"]
    error = np.where(np.asarray(trace["error"]) >= LEAST, trace["error"], np.nan)
    low, high = span(error)
    y_domain = (max(min(low, 0.5 / times), LEAST), max(high * 1.3, 1.3))
    x_domain = reach(picture, *span(trace["step"], [0.0, 1.0]), slack=0.2)
    x = alt.X("at:Q", scale=fixed(x_domain), axis=step_axis(translate(say("step")), *x_domain))
    y = alt.Y(
        "value:Q",
        scale=fixed(y_domain, log=True),
        axis=log_axis(translate(say("error, share of the first (log scale)")), y_domain),
    )
    goal = alt.Chart(pd.DataFrame({"value": [1 / times]}))
    named = {"error": (translate(say("error")), Style(BLUE))}
    if needed:
        finding = say(
            "{times} times smaller after {steps} steps",
            times=whole(times),
            steps=whole(needed),
        )
    else:
        finding = say("The error never becomes {times} times smaller", times=whole(times))
    return layered(
        [
            *band(picture, x_domain),
            goal.mark_rule(color=GREY, strokeDash=[4, 3]).encode(y=y),
            *lines(picture, {"step": trace["step"], "error": error}, x, y, named, key="step"),
            *rules(picture, x_domain),
        ],
        heading(picture, finding, _setting(picture)),
    )


@shows("gradient_descent")
def descent_loss(picture: Picture) -> alt.LayerChart:
    """The loss after each step on a log axis; answers are in words, or losses."""
    translate, trace = words(picture), picture.outcome.tables["trace"]
    scalars = picture.outcome.scalars
    first, last = scalars["first_loss"], scalars["last_loss"]
    losses = np.where(np.asarray(trace["loss"]) > first * LEAST, trace["loss"], np.nan)
    low, high = span(losses, [first] if first > 0 else [1.0])
    domain = reach(picture, low / 1.3, high * 1.3, log=True, slack=0.2)
    x_axis = step_axis(translate(say("step")), *span(trace["step"], [0.0, 1.0]))
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=x_axis)
    y = alt.Y(
        "value:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("loss (log scale)")), domain),
    )
    start = alt.Chart(pd.DataFrame({"value": [max(first, domain[0])]}))
    named = {"loss": (translate(say("loss")), Style(BLUE))}
    said = {
        "first": number(first, 2),
        "next": number(scalars["next_loss"], 2),
        "last": number(last, 2),
    }
    finding = say("Loss {first} at the start, {next} after a step, {last} at the end", **said)
    detail = say(
        "η = {rate}; it diverges above {limit}",
        rate=chosen_number(picture.settings["learning_rate"]),
        limit=number(scalars["largest_rate"]),
    )
    return layered(
        [
            start.mark_rule(color=GREY, strokeDash=[4, 3]).encode(y=y),
            *lines(picture, {"step": trace["step"], "loss": losses}, x, y, named, key="step"),
            *(rules(picture, domain, channel="y", log=True) if any_number(picture) else []),
            *([] if any_number(picture) else chosen(picture)),
        ],
        heading(picture, finding, detail),
    )


def _behaviour(picture: Picture) -> Message:
    product = picture.outcome.scalars["product"]
    said = number(product)
    if abs(product - 2) < 1e-9:
        return say("ηλ = 2: jumps between the same two weights for ever")
    if product > 2:
        return say("ηλ = {product} is above 2: every jump is longer", product=said)
    if abs(product - 1) < 1e-9:
        return say("ηλ = 1: at the minimum after one step")
    if product > 1:
        return say("ηλ = {product}: jumps across the minimum, and settles", product=said)
    return say("ηλ = {product}: comes down on one side", product=said)


def _setting(picture: Picture) -> Message:
    return say(
        "η = {rate}, λ = {curvature}: each step multiplies by {factor}",
        rate=chosen_number(picture.settings["learning_rate"]),
        curvature=chosen_number(picture.settings["curvature"]),
        factor=number(picture.outcome.scalars["factor"]),
    )


def _axes(
    picture: Picture, trace: Mapping[str, object], domain: Domain, title: Message
) -> tuple[alt.X, alt.Y]:
    translate = words(picture)
    ends = span(np.asarray(trace["step"]), np.array([0.0, 1.0]))
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=step_axis(translate(say("step")), *ends))
    return x, alt.Y("value:Q", scale=fixed(domain), axis=plain_axis(translate(title)))


def _frame(table: Mapping[str, object], column: str) -> pd.DataFrame:
    return pd.DataFrame({"at": np.asarray(table["step"]), "value": np.asarray(table[column])})
