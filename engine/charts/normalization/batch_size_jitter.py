"""Charts of batch normalization by batch size: jitter, bound, stored variance."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, legend, log_axis, plain_axis, share_axis
from engine.charts.kit.marks import band, heading, numbers, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.options import verdicts
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import say


@shows("batch_size_jitter")
def jitter_histogram(picture: Picture) -> alt.LayerChart:
    """The normalized value of one input over many batches; answers stand at ± their value."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["outputs"], picture.outcome.scalars
    middle = scalars["mean_output"]
    low, high = span(table["left"], table["right"])
    low, high = min(low, setting(picture, "x") - 0.05), max(high, setting(picture, "x") + 0.05)
    domain = (low - 0.03 * (high - low), high + 0.03 * (high - low))
    bars = alt.Chart(pd.DataFrame(dict(table))).mark_rect(color=SKY, opacity=0.8)
    output = say("normalized value of the same input")
    finding = say(
        "In batches of {n}, x = {x} comes out with deviation {jitter}",
        n=whole(picture.settings["n"]),
        x=chosen_number(picture.settings["x"]),
        jitter=number(scalars["jitter"]),
    )
    if numbers(picture):
        detail = say("Answers stand on both sides of the mean, {mean}", mean=number(middle))
    else:
        detail = say("The mean over all batches is {mean}", mean=number(middle))
    return layered(
        [
            bars.encode(
                x=alt.X("left:Q", scale=fixed(domain), axis=plain_axis(translate(output))),
                x2=alt.X2("right:Q"),
                y=alt.Y("share:Q", axis=share_axis(translate(say("share of 1000 batches")))),
                y2=alt.datum(0.0),
            ),
            *landmark(setting(picture, "x"), domain, name="x"),
            *rules(picture, domain, places=lambda a: (middle - a, middle + a)),
            *verdicts(picture),
        ],
        heading(picture, finding, detail),
    )


@shows("batch_size_jitter")
def largest_normalized(picture: Picture) -> alt.LayerChart:
    """The bound √(n − 1) by batch size, and how near to it this batch came."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["sizes"], picture.outcome.scalars
    n = setting(picture, "n")
    along = (1.8, 560.0)
    domain = reach(picture, 0.9, 25.0, log=True, slack=1.2)
    x = alt.X(
        "at:Q",
        scale=fixed(along, log=True),
        axis=log_axis(translate(say("values in a batch, n")), along),
    )
    y = alt.Y(
        "value:Q",
        scale=fixed(domain, log=True),
        axis=log_axis(translate(say("largest normalized value")), domain),
    )
    named = {"bound": ("√(n − 1)", Style(BLUE, width=3))}
    points = pd.DataFrame(
        [
            (n, scalars["outlier_output"], translate(say("one value apart"))),
            (n, scalars["largest"], translate(say("largest of 1000 normal batches"))),
        ],
        columns=["at", "value", "series"],
    )
    dots = alt.Chart(points).mark_point(filled=True, size=120, opacity=1, clip=True)
    names = list(points["series"])
    finding = say(
        "Of {n} values none can come out above {bound}",
        n=whole(n),
        bound=number(scalars["bound"]),
    )
    detail = say("Line: √(n − 1), before γ and β")
    return layered(
        [
            *band(picture, domain, channel="y", log=True),
            *lines(picture, table, x, y, named, key="n"),
            dots.encode(
                x=x,
                y=y,
                color=alt.Color(
                    "series:N",
                    scale=alt.Scale(domain=names, range=[BLUE, ORANGE]),
                    legend=legend(),
                ),
                shape=alt.Shape(
                    "series:N",
                    scale=alt.Scale(domain=names, range=["circle", "diamond"]),
                    legend=legend(),
                ),
            ),
            *rules(picture, domain, channel="y", log=True),
        ],
        heading(picture, finding, detail),
    )


@shows("batch_size_jitter")
def unbiased_variance(picture: Picture) -> alt.LayerChart:
    """The unbiased variance of a batch by its size, falling towards the biased one."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["sizes"], picture.outcome.scalars
    n, variance = setting(picture, "n"), setting(picture, "variance")
    along = (1.8, 560.0)
    domain = reach(picture, 0.0, 2.1 * variance, slack=0.3)
    x = alt.X(
        "at:Q",
        scale=fixed(along, log=True),
        axis=log_axis(translate(say("values in a batch, n")), along),
    )
    y = alt.Y(
        "value:Q", scale=fixed(domain), axis=plain_axis(translate(say("variance (unit of x²)")))
    )
    flat = {**table, "biased": [variance] * len(table["n"])}
    named = {
        "unbiased": (translate(say("divided by n − 1: what PyTorch stores")), Style(BLUE, width=3)),
        "biased": (translate(say("divided by n: what normalizes the batch")), Style(GREY, (8, 4))),
    }
    here = pd.DataFrame({"at": [n], "value": [scalars["unbiased"]]})
    dot = alt.Chart(here).mark_point(filled=True, size=120, color=BLUE, opacity=1, clip=True)
    finding = say(
        "n = {n}: the unbiased variance is {ratio} times the biased one",
        n=whole(n),
        ratio=number(scalars["bessel"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, flat, x, y, named, key="n"),
            dot.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding),
    )
