"""A chart of three badly conditioned data sets at once."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from engine.charts.gradients.conditioning import error_lines, step_ends
from engine.charts.kit.axes import layered
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import chosen_number, number
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, SKY
from engine.i18n import say

CAUSES: Mapping[str, Style] = {
    "scales": Style(BLUE),
    "correlated": Style(ORANGE, (10, 3)),
    "offset": Style(SKY, (8, 3, 2, 3)),
}


@shows("conditioning_race")
def causes_race(picture: Picture) -> alt.LayerChart:
    """Three data sets at once; in the legend, the places that the answers gave them."""
    translate, scalars = words(picture), picture.outcome.scalars
    texts = {
        "scales": say("deviations 1 : {scale}", scale=chosen_number(picture.settings["scale"])),
        "correlated": say("correlation {rho}", rho=chosen_number(picture.settings["correlation"])),
        "offset": say("mean {mean}", mean=chosen_number(picture.settings["mean"])),
    }
    named = {
        name: (translate(text) + ranked(picture, name), CAUSES[name])
        for name, text in texts.items()
    }
    race = picture.outcome.tables["race"]
    finding = say(
        "κ: deviations {scales}, correlation {correlated}, mean {offset}",
        **{name: number(scalars[f"{name}_kappa"]) for name in CAUSES},
    )
    detail = say(
        "Steps to an error 1000 times smaller: {scales}, {correlated}, {offset}",
        **{name: number(scalars[f"{name}_steps"], 2) for name in CAUSES},
    )
    drawn = error_lines(picture, race, named, step_ends(race["step"]))
    return layered(drawn, heading(picture, finding, detail))
