"""Charts of importance weights, and of what they cost."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, log_axis, plain_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE
from engine.i18n import say
from engine.simulations.normalization.importance_weights import LARGEST_SHIFT


@shows("importance_weights")
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
        axis=plain_axis(translate(say("effective samples"))),
        scale=alt.Scale(domain=list(domain), nice=False),
    )
    named = {"effective": (translate(say("by the formula")), Style(BLUE))}
    dot = pd.DataFrame({"at": [d], "value": [scalars["effective"]]})
    finding = say(
        "{n} samples, shifted by {d}: worth {effective}",
        n=whole(n),
        d=chosen_number(d),
        effective=whole(scalars["effective_expected"]),
    )
    measured = say("Curve: n · exp(−d²). Point: measured on drawn samples.")
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, table, x, y, named, key="shift"),
            alt.Chart(dot).mark_point(size=120, filled=True, opacity=1).encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding, measured),
    )


@shows("importance_weights")
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
    finding = say(
        "The input at x = {x} counts {weight} times", x=chosen_number(at), weight=number(weight)
    )
    shift = chosen_number(setting(picture, "shift"))
    formula = say("Line: test density ÷ training density, d = {d}", d=shift)
    return layered(
        [
            *band(picture, domain, channel="y", log=True),
            *lines(picture, tables["curve"], x, y, named),
            dots.encode(x=x, y=y),
            watched.encode(x=x, y=y),
            *rules(picture, domain, channel="y", log=True),
        ],
        heading(picture, finding, formula),
    )
