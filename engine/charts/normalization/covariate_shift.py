"""Charts of covariate shift: densities, and fits with and without weights."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import (
    Domain,
    answer_rows,
    caption,
    heading,
    numbers,
    stroke,
    words,
)
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE
from engine.i18n import Message, say

TRUE = Style(GREY, width=2)


PLAIN = Style(BLUE, (8, 3, 2, 3))


WEIGHTED = Style(ORANGE, width=3.5)


FOOT = 0.25  # of the plot's height, for the densities


@shows("covariate_shift")
def shift_fit(picture: Picture) -> alt.LayerChart:
    """One data set, larger points for larger weights, and the fits with and without weights."""
    scalars = picture.outcome.scalars
    values = {name: number(scalars[f"{name}_mse"], 2) for name in ("plain", "weighted")}
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
            *_fits(picture, x, y),
            *chosen(picture),
        ],
        heading(picture, finding, _place(picture)),
    )


@shows("covariate_shift")
def shift_slope(picture: Picture) -> alt.LayerChart:
    """The same, with the lines whose slopes are the answers, through the middle of the test data.

    The finding is the slope that endless data would give.
    """
    scalars = picture.outcome.scalars
    finding = say(
        "Slope {plain} without weights, {weighted} with weights",
        plain=number(scalars["plain_slope_limit"]),
        weighted=number(scalars["weighted_slope_limit"]),
    )
    x, y, domains = _plane(picture)
    return layered(
        [
            *_densities(picture, x, domains),
            _points(picture, x, y),
            *_fits(picture, x, y),
            *_sloping(picture, x, y, domains),
        ],
        heading(picture, finding, _place(picture)),
    )


@shows("covariate_shift")
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
        [*_densities(picture, x, domains), *lines(picture, table, x, y, named), *chosen(picture)],
        heading(picture, findings[moved, changed], _place(picture)),
    )


def _place(picture: Picture) -> Message:
    """Where the training and the test inputs lie."""
    return say(
        "Training inputs {train} ± {train_std}, test {test} ± {test_std}",
        train=chosen_number(picture.settings["train_mean"]),
        train_std=chosen_number(picture.settings["train_std"]),
        test=chosen_number(picture.settings["test_mean"]),
        test_std=chosen_number(picture.settings["test_std"]),
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


def _fits(picture: Picture, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    translate = words(picture)
    named = {
        "true": (translate(say("true curve")), TRUE),
        "plain": (translate(say("fit without weights")), PLAIN),
        "weighted": (translate(say("fit with weights (larger points weigh more)")), WEIGHTED),
    }
    return lines(picture, picture.outcome.tables["curve"], x, y, named)


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
