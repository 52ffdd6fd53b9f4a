"""Charts of data augmentation and overfitting: noise as ridge, gaps without shift, glyphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend
from engine.charts.kit.bars import named_bars
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, chosen, figure, lines, plain_axis, setting, span
from engine.i18n import Message, say

BLUE, ORANGE, SKY, GREY, _ = theme.SERIES

FRAME = 9  # pixels of a glyph's side
#: panel -> its place (column, row) and its words; {class} is what comes out
PANELS: Mapping[str, tuple[int, int, Message]] = {
    "original": (0, 0, say("as it is")),
    "mirror": (1, 0, say("mirrored")),
    "flip": (2, 0, say("upside down")),
    "turn": (0, 1, say("half a turn")),
    "shift": (1, 1, say("moved")),
}


def shrinkage_path(picture: Picture) -> alt.LayerChart:
    """Both slopes by the noise added: ridge as lines, fits of noisy copies as points."""
    scalars = picture.outcome.scalars
    finding = say(
        "Noise of deviation {sigma} shrinks slope 1 from {plain} to {ridge}",
        sigma=figure(picture.settings["sigma"]),
        plain=figure(scalars["plain_1"]),
        ridge=figure(scalars["ridge_1"]),
    )
    at = setting(picture, "sigma")
    return _path(picture, finding, at, lambda sigma: sigma, say("deviation σ of the added noise"))


def penalty_path(picture: Picture) -> alt.LayerChart:
    """The same by the penalty λ that has the same effect; answers are penalties."""
    n = setting(picture, "n")
    penalty = picture.outcome.scalars["penalty"]
    finding = say(
        "{n} samples with noise {sigma}: the same as λ = {penalty}",
        n=figure(n, ".0f"),
        sigma=figure(picture.settings["sigma"]),
        penalty=figure(penalty),
    )
    return _path(
        picture,
        finding,
        penalty,
        lambda sigma: n * sigma**2,
        say("penalty λ (unit of x²)"),
        by_penalty=True,
    )


def _path(
    picture: Picture,
    finding: Message,
    here: float,
    place: Callable[[np.ndarray[tuple[int], np.dtype[np.float64]]], object],
    title: Message,
    *,
    by_penalty: bool = False,
) -> alt.LayerChart:
    translate = words(picture)
    path, measured = picture.outcome.tables["path"], picture.outcome.tables["augmented"]
    shown = {"at": np.asarray(place(np.asarray(path["sigma"]))), **path}
    points = {"at": np.asarray(place(np.asarray(measured["sigma"]))), **measured}
    along = span(shown["at"])
    along = reach(picture, *along, slack=0.2) if by_penalty else along
    low, high = span(path["slope_1"], path["slope_2"], [0.0])
    margin = 0.06 * (high - low) + 1e-9
    heights = (low - margin, high + margin)
    heights = heights if by_penalty else reach(picture, *heights, slack=0.3)
    named = {
        "slope_1": (translate(say("slope 1 (ridge)")), Style(BLUE, width=3)),
        "slope_2": (translate(say("slope 2 (ridge)")), Style(ORANGE, (10, 3))),
    }
    x = alt.X("at:Q", scale=fixed(along), axis=plain_axis(translate(title)))
    y = alt.Y(
        "value:Q", scale=fixed(heights), axis=plain_axis(translate(say("slope (unit of y by x)")))
    )
    dots = [
        alt.Chart(pd.DataFrame({"at": points["at"], "value": points[column]}))
        .mark_point(filled=True, size=60, color=style.color, opacity=1, clip=True)
        .encode(x=x, y=y)
        for column, (_, style) in named.items()
    ]
    detail = say("Points: least squares on noisy copies")
    answers = rules(picture, along if by_penalty else heights, channel="x" if by_penalty else "y")
    accepted = band(picture, along if by_penalty else heights, channel="x" if by_penalty else "y")
    return layered(
        [
            *accepted,
            *landmark(min(here, along[1]), along),
            lines(shown, x, y, named, key="at"),
            *dots,
            *answers,
        ],
        heading(picture, finding, detail),
    )


def overfit_fit(picture: Picture) -> alt.LayerChart:
    """One data set with the true curve and the polynomial that was fitted to it."""
    translate = words(picture)
    points, curve = picture.outcome.tables["points"], picture.outcome.tables["curve"]
    scalars = picture.outcome.scalars
    low, high = span(points["y"], curve["truth"])
    margin = 0.35 * (high - low) + 1e-9
    x = alt.X("at:Q", scale=fixed((-1.03, 1.03)), axis=plain_axis(translate(say("input x"))))
    y = alt.Y(
        "value:Q",
        scale=fixed((low - margin, high + margin)),
        axis=plain_axis(translate(say("answer y"))),
    )
    named = {
        "truth": (translate(say("truth, in training and test")), Style(GREY, width=5)),
        "fit": (
            translate(
                say(
                    "fit of degree {degree}",
                    degree=figure(picture.settings["degree"], ".0f"),
                )
            ),
            Style(BLUE, (8, 3)),
        ),
    }
    dots = alt.Chart(pd.DataFrame({"at": points["x"], "value": points["y"]})).mark_point(
        filled=True, size=60, color=ORANGE, opacity=1
    )
    finding = say(
        "Same distribution, yet error {train} in training and {test} in the test",
        train=figure(scalars["train"], ".2g"),
        test=figure(scalars["test"], ".3g"),
    )
    detail = say("{n} points. Medians over many data sets", n=figure(picture.settings["n"], ".0f"))
    return layered(
        [lines(curve, x, y, named, key="x"), dots.encode(x=x, y=y), *chosen(picture)],
        heading(picture, finding, detail),
    )


def optimism_bars(picture: Picture) -> alt.LayerChart:
    """The error in training and at the same inputs with new noise, and their difference."""
    translate = words(picture)
    scalars = picture.outcome.scalars
    bars = [
        ("train", translate(say("in training")), scalars["train_mean"]),
        ("again", translate(say("same inputs, new noise")), scalars["same_inputs_mean"]),
        ("gap", translate(say("difference")), scalars["gap"]),
    ]
    finding = say(
        "Degree {degree}, {n} points: a gap of {gap} without any shift",
        degree=figure(picture.settings["degree"], ".0f"),
        n=figure(picture.settings["n"], ".0f"),
        gap=figure(scalars["gap"]),
    )
    axis = translate(say("mean squared error (unit of y²)"))
    return named_bars(picture, bars, axis, heading(picture, finding), ".3g")


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


def glyph_panels(picture: Picture) -> alt.LayerChart:
    """The picture and what four changes make of it; where the label is wrong, in orange."""
    translate = words(picture)
    frame = pd.DataFrame(dict(picture.outcome.tables["pixels"]))
    right, wrong = translate(say("shows no other class")), translate(say("label becomes wrong"))
    places = {name: (10 * column, 12 * row) for name, (column, row, _) in PANELS.items()}
    frame["x"] = frame["column"] + frame["panel"].map(lambda name: places[name][0]).astype(float)
    frame["y"] = frame["row"] + frame["panel"].map(lambda name: places[name][1]).astype(float)
    frame["x2"], frame["y2"] = frame["x"] + 0.94, frame["y"] + 0.94
    frame["state"] = np.where(frame["keeps"], right, wrong)
    x, y = fixed((-0.5, 29.5)), alt.Scale(domain=[-2, 21.5], reverse=True, nice=False, zero=False)
    across = alt.X("x:Q", scale=x, axis=None)
    down = alt.Y("y:Q", scale=y, axis=None)
    color = alt.Color(
        "state:N", scale=alt.Scale(domain=[right, wrong], range=[BLUE, ORANGE]), legend=legend()
    )
    paper = alt.Chart(frame[~frame["ink"].astype(bool)]).mark_rect(color=GREY, opacity=0.15)
    ink = alt.Chart(frame[frame["ink"].astype(bool)]).mark_rect()
    ends = {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}
    gives = dict(zip(frame["panel"], frame["gives"], strict=True))
    labels = pd.DataFrame(
        [
            {
                "x": places[name][0],
                "y": places[name][1] - 0.7,
                "text": translate(text) + (f": {gives[name]}" if gives.get(name) else ""),
            }
            for name, (_, _, text) in PANELS.items()
        ]
    )
    said = alt.Chart(labels).mark_text(align="left", fontSize=11)
    lost = [
        translate(PANELS[name][2])
        for name in PANELS
        if not frame.loc[frame["panel"] == name, "keeps"].astype(bool).all()
    ]
    finding = (
        say("Wrong label after: {changes}", changes=", ".join(lost))
        if lost
        else say("Every one of these changes keeps the label")
    )
    return layered(
        [
            paper.encode(x=across, y=down, **ends),
            ink.encode(x=across, y=down, color=color, **ends),
            said.encode(x=across, y=down, text="text:N"),
            *chosen(picture),
        ],
        heading(picture, finding),
    )


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "shrinkage_path": shrinkage_path,
    "penalty_path": penalty_path,
    "overfit_fit": overfit_fit,
    "optimism_bars": optimism_bars,
    "overfitting_gaps": overfitting_gaps,
    "glyph_panels": glyph_panels,
}

LAB: Mapping[str, tuple[str, ...]] = {
    "noise_augmentation": ("shrinkage_path", "penalty_path"),
    "polynomial_fit": ("overfit_fit", "optimism_bars"),
    "fit_gaps": ("overfitting_gaps",),
    "glyph_transforms": ("glyph_panels",),
}
