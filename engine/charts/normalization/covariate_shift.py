"""Charts of covariate shift: densities, fits with and without weights, and what weights cost."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, log_axis
from engine.charts.kit.marks import band, caption, heading, numbers, reach, rules, stroke, words
from engine.charts.kit.marks import legend as answer_rows
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, chosen, figure, lines, plain_axis, setting, span
from engine.i18n import Message, say
from engine.simulations.normalization.importance_weights import LARGEST_SHIFT

BLUE, ORANGE, SKY, GREY, YELLOW = theme.SERIES
TRUE = Style(GREY, width=2)
PLAIN = Style(BLUE, (8, 3, 2, 3))
WEIGHTED = Style(ORANGE, width=3.5)
FOOT = 0.25  # of the plot's height, for the densities
Domain = tuple[float, float]


def shift_fit(picture: Picture) -> alt.LayerChart:
    """One data set, larger points for larger weights, and the fits with and without weights."""
    scalars = picture.outcome.scalars
    values = {name: figure(scalars[f"{name}_mse"], ".2g") for name in ("plain", "weighted")}
    if abs(scalars["ratio"] - 1) < 0.01:
        finding = say("All weights are 1: the test error stays at {plain}", **values)
    elif scalars["ratio"] < 1:
        finding = say("Weights lower the test error from {plain} to {weighted}", **values)
    else:
        finding = say("Weights raise the test error from {plain} to {weighted}", **values)
    x, y, domains = _plane(picture)
    return layered(
        [
            *_densities(picture, x, domains),
            _points(picture, x, y),
            _fits(picture, x, y),
            *chosen(picture),
        ],
        heading(picture, finding, _place(picture)),
    )


def shift_slope(picture: Picture) -> alt.LayerChart:
    """The same, with the lines whose slopes are the answers, through the middle of the test data.

    The finding is the slope that endless data would give.
    """
    scalars = picture.outcome.scalars
    finding = say(
        "Slope {plain} without weights, {weighted} with weights",
        plain=figure(scalars["plain_slope_limit"]),
        weighted=figure(scalars["weighted_slope_limit"]),
    )
    x, y, domains = _plane(picture)
    return layered(
        [
            *_densities(picture, x, domains),
            _points(picture, x, y),
            _fits(picture, x, y),
            *_sloping(picture, x, y, domains),
        ],
        heading(picture, finding, _place(picture)),
    )


def shift_diagnosis(picture: Picture) -> alt.LayerChart:
    """Where the inputs lie and what the rule is, in training and at test time."""
    translate = words(picture)
    table = picture.outcome.tables["curve"]
    moved = picture.settings["train_mean"] != picture.settings["test_mean"]
    changed = picture.settings["rule_shift"] != 0
    findings: dict[tuple[bool, bool], Message] = {
        (True, False): say("The inputs moved, the rule stayed: covariate shift"),
        (False, True): say("The inputs stayed, the rule moved: concept shift"),
        (True, True): say("Both the inputs and the rule moved"),
        (False, False): say("Neither the inputs nor the rule moved: no shift"),
    }
    domains = _padded(span(table["true"], table["true_test"]), span(table["x"]))
    x, y = _axes(picture, domains)
    named = {
        "true_test": (translate(say("rule in the test")), Style(ORANGE, width=6)),
        "true": (translate(say("rule in training")), Style(BLUE, (8, 3, 2, 3))),  # on top
    }
    return layered(
        [*_densities(picture, x, domains), lines(table, x, y, named), *chosen(picture)],
        heading(picture, findings[moved, changed], _place(picture)),
    )


def shift_inputs(picture: Picture) -> alt.LayerChart:
    """How the inputs of training and test are distributed, whatever a network's layers do.

    `moved`, a number of the question, is the mean of the test inputs; all deviations are 1.
    """
    translate = words(picture)
    place = float(str(picture.numbers.get("moved", 0.0)))
    at = np.linspace(min(0.0, place) - 3.5, max(0.0, place) + 3.5, 141)
    table = {"x": at, "train": _bell(at), "test": _bell(at - place)}
    x = alt.X("at:Q", scale=fixed(span(at)), axis=plain_axis(translate(say("input x (no unit)"))))
    y = alt.Y(
        "value:Q", scale=fixed((0.0, 0.45)), axis=plain_axis(translate(say("density (per unit)")))
    )
    named = {
        "test": (translate(say("test inputs")), Style(ORANGE, width=6)),
        "train": (translate(say("training inputs")), Style(BLUE, (8, 3, 2, 3))),  # on top
    }
    finding = (
        say("The inputs moved, the rule stayed: covariate shift")
        if place
        else say("Neither the inputs nor the rule moved: no shift")
    )
    last = figure(picture.outcome.scalars.get("final_rms", np.nan), ".2g")
    detail = say("From layer to layer the rms falls to {rms}, with a shift or without", rms=last)
    return layered([lines(table, x, y, named), *chosen(picture)], heading(picture, finding, detail))


def _bell(
    z: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    heights: np.ndarray[tuple[int], np.dtype[np.float64]] = np.exp(-(z**2) / 2)
    return heights / math.sqrt(2 * math.pi)


def effective_sample_size(picture: Picture) -> alt.LayerChart:
    """What n samples count for, by how far the test inputs have moved."""
    translate = words(picture)
    scalars, table = picture.outcome.scalars, picture.outcome.tables["decay"]
    n, d = setting(picture, "n"), setting(picture, "shift")
    domain = reach(picture, 0.0, n, slack=0.2)
    if picture.accepted is not None and picture.accepted[0] <= n:  # room for all of the band
        domain = (domain[0], max(domain[1], min(1.03 * picture.accepted[1], 2 * n)))
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[0, LARGEST_SHIFT], nice=False),
        axis=plain_axis(translate(say("shift d of the test inputs (in σ)"))),
    )
    y = alt.Y(
        "value:Q",
        axis=alt.Axis(title=translate(say("effective samples")), tickCount=5, format=",d"),
        scale=alt.Scale(domain=list(domain), nice=False),
    )
    named = {"effective": (translate(say("by the formula")), Style(BLUE))}
    dot = pd.DataFrame({"at": [d], "value": [scalars["effective"]]})
    finding = say(
        "{n} samples, shifted by {d}: worth {effective}",
        n=f"{n:,.0f}",
        d=figure(d),
        effective=f"{scalars['effective_expected']:,.0f}",
    )
    measured = say("Curve: n · exp(−d²). Point: measured on drawn samples.")
    return layered(
        [
            *band(picture, domain, channel="y"),
            lines(table, x, y, named, key="shift"),
            alt.Chart(dot).mark_point(size=120, filled=True, opacity=1).encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, measured),
    )


def importance_weight(picture: Picture) -> alt.LayerChart:
    """The weight of each training input: a straight line on a log axis, with the samples on it."""
    translate = words(picture)
    tables = picture.outcome.tables
    at, weight = setting(picture, "x"), picture.outcome.scalars["weight"]
    low, high = span(tables["curve"]["weight"])
    if high < 1.5 * low or low <= 0:  # no shift: every weight is 1
        low, high = 0.1, 10.0
    domain = reach(picture, low, high, log=True, slack=0.2)
    x = alt.X("at:Q", axis=plain_axis(translate(say("training input x (in σ)"))))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        axis=log_axis(translate(say("weight w(x), log scale")), domain),
    )
    named = {"weight": (translate(say("by the formula")), Style(BLUE))}
    sample = pd.DataFrame({"at": tables["sample"]["x"], "value": tables["sample"]["weight"]})
    low, high = span(tables["curve"]["x"])
    sample = sample[(sample["at"] >= low) & (sample["at"] <= high)]
    dots = alt.Chart(sample).mark_point(size=40, filled=True, opacity=0.35, color=BLUE)
    one = pd.DataFrame({"at": [at], "value": [weight]})
    watched = alt.Chart(one).mark_point(size=160, filled=True, opacity=1, color=ORANGE)
    finding = say("The input at x = {x} counts {weight} times", x=figure(at), weight=figure(weight))
    shift = figure(setting(picture, "shift"))
    formula = say("Line: test density ÷ training density, d = {d}", d=shift)
    return layered(
        [
            *band(picture, domain, channel="y", log=True),
            lines(tables["curve"], x, y, named),
            dots.encode(x=x, y=y),
            watched.encode(x=x, y=y),
            *rules(picture, domain, channel="y", log=True),
        ],
        heading(picture, finding, formula),
    )


def _place(picture: Picture) -> Message:
    """Where the training and the test inputs lie."""
    return say(
        "Training inputs {train} ± {train_std}, test {test} ± {test_std}",
        train=figure(picture.settings["train_mean"]),
        train_std=figure(picture.settings["train_std"]),
        test=figure(picture.settings["test_mean"]),
        test_std=figure(picture.settings["test_std"]),
    )


def _plane(picture: Picture) -> tuple[alt.X, alt.Y, tuple[Domain, Domain]]:
    table, data = picture.outcome.tables["curve"], picture.outcome.tables["data"]
    low, high = span(table["x"], data["x"])
    bottom, top = span(data["y"])
    margin = 0.1 * (top - bottom)
    domains = _padded((bottom - margin, top + margin), (low, high))
    return *_axes(picture, domains), domains


def _padded(vertical: Domain, horizontal: Domain) -> tuple[Domain, Domain]:
    """Domains of y and x, with room for the densities below."""
    bottom, top = vertical
    return (bottom - FOOT / (1 - FOOT) * (top - bottom), top), horizontal


def _axes(picture: Picture, domains: tuple[Domain, Domain]) -> tuple[alt.X, alt.Y]:
    translate = words(picture)
    vertical, horizontal = (alt.Scale(domain=list(d), nice=False) for d in domains)
    x = alt.X("at:Q", scale=horizontal, axis=plain_axis(translate(say("input x (no unit)"))))
    return x, alt.Y(
        "value:Q", scale=vertical, axis=plain_axis(translate(say("answer y (no unit)")))
    )


def _densities(picture: Picture, x: alt.X, domains: tuple[Domain, Domain]) -> list[alt.Chart]:
    """Both densities at the foot of the plot, each with its name at its peak."""
    translate = words(picture)
    table = picture.outcome.tables["curve"]
    (bottom, top), _ = domains
    room = 0.85 * FOOT * (top - bottom)
    named = {
        "train_density": (say("training inputs"), BLUE, setting(picture, "train_mean")),
        "test_density": (say("test inputs"), ORANGE, setting(picture, "test_mean")),
    }
    highest = span(*(table[column] for column in named))[1]
    middle = sum(mean for _, _, mean in named.values()) / 2
    y = alt.Y("value:Q", scale=alt.Scale(domain=[bottom, top], nice=False))
    areas, texts = [], []
    for column, (name, color, mean) in named.items():
        heights = bottom + room * np.asarray(table[column]) / highest
        frame = pd.DataFrame({"at": table["x"], "value": heights, "floor": bottom})
        outline = {"color": color, "strokeWidth": 1.5}
        area = alt.Chart(frame).mark_area(color=color, opacity=0.3, line=outline)
        areas.append(area.encode(x=x, y=y, y2=alt.Y2("floor:Q")))
        outward = mean < middle or (mean == middle and column == "train_density")
        text = alt.Chart(pd.DataFrame({"at": [mean]})).mark_text(
            text=translate(name),
            align="right" if outward else "left",  # away from the other density's name
            baseline="bottom",
            dx=-4 if outward else 4,
            fontSize=11,
        )
        texts.append(text.encode(x=x, y=alt.YValue(theme.HEIGHT - 3)))
    return areas + texts


def _points(picture: Picture, x: alt.X, y: alt.Y) -> alt.Chart:
    data = picture.outcome.tables["data"]
    frame = pd.DataFrame({"at": data["x"], "value": data["y"], "weight": data["weight"]})
    weight = alt.Size("weight:Q", scale=alt.Scale(type="sqrt", range=[6, 160]), legend=None)
    dots = alt.Chart(frame).mark_point(filled=True, opacity=0.45, color=GREY)
    found: alt.Chart = dots.encode(x=x, y=y, size=weight)
    return found


def _fits(picture: Picture, x: alt.X, y: alt.Y) -> alt.Chart:
    translate = words(picture)
    named = {
        "true": (translate(say("true curve")), TRUE),
        "plain": (translate(say("fit without weights")), PLAIN),
        "weighted": (translate(say("fit with weights (larger points weigh more)")), WEIGHTED),
    }
    return lines(picture.outcome.tables["curve"], x, y, named)


def _sloping(
    picture: Picture, x: alt.X, y: alt.Y, domains: tuple[Domain, Domain]
) -> list[alt.Chart]:
    """A line of each answer's slope, through the mean of the true curve over the test inputs."""
    table = picture.outcome.tables["curve"]
    share = table["test_density"] / table["test_density"].sum()
    middle, height = float(share @ table["x"]), float(share @ table["true"])
    layers = []
    marked = numbers(picture)
    for mark, slope in marked:
        ends = np.array(domains[1])
        frame = pd.DataFrame({"at": ends, "value": height + slope * (ends - middle)})
        layers.append(alt.Chart(frame).mark_line(clip=True, **stroke(mark)).encode(x=x, y=y))
    anywhere = (float("-inf"), float("inf"))
    said = [(mark, caption(picture, mark, slope, anywhere)) for mark, slope in marked]
    return layers + answer_rows(said)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "shift_fit": shift_fit,
    "shift_slope": shift_slope,
    "shift_diagnosis": shift_diagnosis,
    "shift_inputs": shift_inputs,
    "effective_sample_size": effective_sample_size,
    "importance_weight": importance_weight,
}

#: simulation -> the charts that show it from its settings alone, the best first
LAB: Mapping[str, tuple[str, ...]] = {
    "covariate_shift": (
        "shift_fit",
        "shift_slope",
        "shift_diagnosis",
    ),
    "importance_weights": (
        "effective_sample_size",
        "importance_weight",
    ),
}
