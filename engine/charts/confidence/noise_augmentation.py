"""Charts of inputs with noise added: it shrinks the slopes as ridge regression does."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import Message, say


@shows("noise_augmentation")
def shrinkage_path(picture: Picture) -> alt.LayerChart:
    """Both slopes by the noise added: ridge as lines, fits of noisy copies as points."""
    scalars = picture.outcome.scalars
    finding = say(
        "Noise of deviation {sigma} shrinks slope 1 from {plain} to {ridge}",
        sigma=chosen_number(picture.settings["sigma"]),
        plain=number(scalars["plain_1"]),
        ridge=number(scalars["ridge_1"]),
    )
    at = setting(picture, "sigma")
    return _path(picture, finding, at, lambda sigma: sigma, say("deviation σ of the added noise"))


@shows("noise_augmentation")
def penalty_path(picture: Picture) -> alt.LayerChart:
    """The same by the penalty λ that has the same effect; answers are penalties."""
    n = setting(picture, "n")
    penalty = picture.outcome.scalars["penalty"]
    finding = say(
        "{n} samples with noise {sigma}: the same as λ = {penalty}",
        n=whole(n),
        sigma=chosen_number(picture.settings["sigma"]),
        penalty=number(penalty),
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
            *lines(picture, shown, x, y, named, key="at"),
            *dots,
            *answers,
        ],
        heading(picture, finding, detail),
    )
