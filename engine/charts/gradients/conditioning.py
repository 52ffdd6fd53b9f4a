"""Charts of badly scaled inputs: the valley, the waiting time, and what each cause does."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, plain_axis
from engine.charts.kit.marks import Domain, band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say

LEAST = 1e-7  # of an error

ROUNDING = 1e-12  # of an error: none is left

EDGE = 1.6  # of the plane of weights


@shows("conditioning")
def scaling_race(picture: Picture) -> alt.LayerChart:
    """The error after each number of steps, as it is and standardized; answers are steps."""
    translate, trace = words(picture), picture.outcome.tables["trace"]
    scalars, already = picture.outcome.scalars, bool(picture.settings["standardize"])
    rate = number(scalars["rate"])
    raw = say("η = {rate}", rate=rate) if already else say("as in the settings")
    other = say("fastest rate") if already else say("standardized, fastest rate")
    named = {
        "raw": (translate(raw), Style(BLUE)),
        "standardized": (translate(other), Style(ORANGE, (10, 3))),
    }
    if not np.any(np.asarray(trace["standardized"]) >= LEAST):  # there after a single step
        del named["standardized"]
    times = setting(picture, "times")
    steps, few = number(scalars["steps_needed"], 2), number(scalars["steps_standardized"], 2)
    if not scalars["steps_needed"]:
        finding = say("η = {rate} diverges", rate=rate)
    elif already:
        finding = say(
            "η = {rate}: {steps} steps, the fastest rate {few}", rate=rate, steps=steps, few=few
        )
    else:
        kappa = number(scalars["kappa"])
        finding = say(
            "κ = {kappa}: {steps} steps, standardized {few}", kappa=kappa, steps=steps, few=few
        )
    detail = say("Steps until the error is {times} times smaller", times=whole(times))
    x_domain = reach(picture, *step_ends(trace["step"]), log=True, slack=0.3)
    return layered(
        [
            *band(picture, x_domain, log=True),
            *error_lines(picture, trace, named, x_domain),
            *rules(picture, x_domain, log=True),
            *([] if any_number(picture) else chosen(picture)),
        ],
        heading(picture, finding, detail),
    )


@shows("conditioning")
def valley_path(picture: Picture) -> alt.LayerChart:
    """Lines of equal loss around the best weights, and the path of descent across them."""
    translate, tables = words(picture), picture.outcome.tables
    domain = (-EDGE, EDGE)
    first, second = say("error of weight 1"), say("error of weight 2")
    if picture.settings["model"] == "feature_and_intercept":
        first, second = say("error of the intercept"), say("error of the weight")
    x = alt.X("x:Q", scale=fixed(domain), axis=plain_axis(translate(first)))
    y = alt.Y("y:Q", scale=fixed(domain), axis=plain_axis(translate(second)))
    rings = pd.DataFrame({k: tables["contours"][k] for k in ("level", "order")}).assign(
        x=tables["contours"]["w_1"], y=tables["contours"]["w_2"]
    )
    path = pd.DataFrame(
        {
            "x": tables["path"]["w_1"],
            "y": tables["path"]["w_2"],
            "order": tables["path"]["step"],
        }
    )
    ellipses = (
        alt.Chart(rings)
        .mark_line(color=GREY, strokeWidth=1.2, clip=True)
        .encode(x=x, y=y, order="order:Q", detail="level:N")
    )
    walked = alt.Chart(path).mark_line(color=BLUE, strokeWidth=2, clip=True)
    points = alt.Chart(path).mark_point(color=BLUE, filled=True, size=30, clip=True)
    best = alt.Chart(pd.DataFrame({"x": [0.0], "y": [0.0]}))
    scalars = picture.outcome.scalars
    shown = {"kappa": number(scalars["kappa"]), "rate": number(scalars["rate"])}
    if abs(scalars["factor"]) < ROUNDING:
        finding = say("κ = {kappa}: one step at η = {rate} leaves no error", **shown)
    else:
        finding = say(
            "κ = {kappa}: a step at η = {rate} leaves {factor} of the error",
            factor=number(scalars["factor"], 4),
            **shown,
        )
    detail = say("Ellipses: equal loss. Orange cross: the best weights.")
    return layered(
        [
            ellipses,
            walked.encode(x=x, y=y, order="order:Q"),
            points.encode(x=x, y=y),
            best.mark_point(shape="cross", color=ORANGE, filled=True, size=140).encode(x=x, y=y),
            *chosen(picture),
        ],
        heading(picture, finding, detail),
    )


@shows("conditioning")
def kappa_by_scale(picture: Picture) -> alt.LayerChart:
    """The condition number of uncorrelated features by the ratio of their scales."""
    scale = setting(picture, "scale")
    finding = say(
        "Scales 1 : {scale} give κ = {kappa}",
        scale=number(max(scale, 1 / scale)),
        kappa=number(max(scale, 1 / scale) ** 2),
    )
    title = heading(picture, finding, say("Uncorrelated, centered features: κ is the square"))
    table = picture.outcome.tables["by_scale"]
    at = {"scale": say("ratio of the deviations (log scale)")}
    return _curve(picture, table, at, {"kappa": say("κ (log scale)")}, scale, title, log_x=True)


@shows("conditioning")
def kappa_by_correlation(picture: Picture) -> alt.LayerChart:
    """The condition number of standardized features by their correlation."""
    rho = setting(picture, "correlation")
    finding = say(
        "Standardized, correlation {rho}: κ = {kappa}",
        rho=chosen_number(rho),
        kappa=number(picture.outcome.scalars["kappa_standardized"]),
    )
    table = picture.outcome.tables["by_correlation"]
    title = heading(picture, finding, say("Standardizing does not remove correlation"))
    at = {"correlation": say("correlation ρ of the features")}
    return _curve(picture, table, at, {"kappa": say("κ (log scale)")}, rho, title)


@shows("conditioning")
def rate_by_mean(picture: Picture) -> alt.LayerChart:
    """The largest stable rate of a feature with an intercept, by the feature's mean."""
    mean = setting(picture, "mean")
    scalars = picture.outcome.scalars
    finding = say(
        "Mean {mean}: the largest rate is {rate}",
        mean=chosen_number(mean),
        rate=number(scalars["largest_rate"]),
    )
    detail = say("Standardized it is {rate}", rate=number(scalars["largest_rate_standardized"]))
    full = picture.outcome.tables["by_mean"]
    near = np.abs(np.asarray(full["mean"])) <= max(1.5 * abs(mean), 5.0)
    table = {name: np.asarray(column)[near] for name, column in full.items()}
    at = {"mean": say("mean of the feature")}
    value = {"largest_rate": say("largest stable rate η (log scale)")}
    return _curve(picture, table, at, value, mean, heading(picture, finding, detail))


def error_lines(
    picture: Picture,
    trace: Mapping[str, object],
    named: Mapping[str, tuple[str, Style]],
    x_domain: Domain,
) -> list[alt.Chart]:
    translate = words(picture)
    shown = {
        name: np.where(np.asarray(column) >= LEAST, np.asarray(column, dtype=np.float64), np.nan)
        for name, column in trace.items()
    }
    low, high = span(*(shown[name] for name in named), [1.0])
    y_domain = (max(low, LEAST), max(min(high, 1e3), 1.3))
    x = alt.X(
        "at:Q",
        scale=fixed(x_domain, log=True),
        axis=log_axis(translate(say("step (log scale)")), x_domain),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(y_domain, log=True),
        axis=log_axis(translate(say("error, share of the first (log scale)")), y_domain),
    )
    return lines(picture, shown, x, y, named, key="step")


def _curve(
    picture: Picture,
    table: Mapping[str, object],
    at: Mapping[str, Message],
    value: Mapping[str, Message],
    here: float,
    title: alt.TitleParams,
    *,
    log_x: bool = False,
) -> alt.LayerChart:
    """A curve over one setting, a point where it stands, answers across."""
    translate = words(picture)
    ((x_name, x_said),), ((y_name, y_said),) = at.items(), value.items()
    xs, ys = np.asarray(table[x_name]), np.asarray(table[y_name])
    x_domain = (0.01, 100.0) if log_x else span(xs)
    if len(ys):
        low, high = span(ys)
        point = float(np.exp(np.interp(here, xs, np.log(ys))))
    else:
        low, high, point = 0.1, 10.0, 1.0
    domain = reach(picture, low, high * 1.2, log=True, slack=0.2)
    axis = log_axis(translate(x_said), x_domain) if log_x else plain_axis(translate(x_said))
    x = alt.X("at:Q", scale=fixed(x_domain, log=log_x), axis=axis)
    y = alt.Y("value:Q", scale=fixed(domain, log=True), axis=log_axis(translate(y_said), domain))
    dot = alt.Chart(pd.DataFrame({"at": [here], "value": [point]}))
    named = {y_name: (translate(y_said), Style(BLUE))}
    return layered(
        [
            *band(picture, domain, channel="y", log=True),
            *lines(picture, table, x, y, named, key=x_name),
            dot.mark_point(filled=True, size=130, opacity=1, color=ORANGE).encode(x=x, y=y),
            *rules(picture, domain, channel="y", log=True),
        ],
        title,
    )


def step_ends(steps: object) -> Domain:
    low, high = span(np.asarray(steps, dtype=np.float64))
    return max(low, 1.0), max(high, 2.0)


def any_number(picture: Picture) -> bool:
    return any(not isinstance(mark.value, str) for mark in picture.marks)
