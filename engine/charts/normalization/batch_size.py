"""Charts of batch normalization by batch size: jitter, bound, stored variance, channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit import theme
from engine.charts.kit.axes import layered, legend, log_axis
from engine.charts.kit.bars import named_bars
from engine.charts.kit.marks import band, heading, numbers, reach, rules, words
from engine.charts.kit.marks import legend as rows
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed, landmark
from engine.charts.kit.series import Style, figure, lines, plain_axis, setting, span
from engine.charts.normalization.batchnorm_transform import verdicts
from engine.i18n import Message, say

BLUE, ORANGE, SKY, GREY, _ = theme.SERIES

SHOWN_IMAGES, SHOWN_CHANNELS = 8, 8


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
        n=figure(picture.settings["n"], ".0f"),
        x=figure(picture.settings["x"]),
        jitter=figure(scalars["jitter"]),
    )
    if numbers(picture):
        detail = say("Answers stand on both sides of the mean, {mean}", mean=figure(middle))
    else:
        detail = say("The mean over all batches is {mean}", mean=figure(middle))
    return layered(
        [
            bars.encode(
                x=alt.X("left:Q", scale=fixed(domain), axis=plain_axis(translate(output))),
                x2=alt.X2("right:Q"),
                y=alt.Y("share:Q", axis=_percent(translate(say("share of 1000 batches")))),
                y2=alt.datum(0.0),
            ),
            *landmark(setting(picture, "x"), domain, name="x"),
            *rules(picture, domain, places=lambda a: (middle - a, middle + a)),
            *verdicts(picture),
        ],
        heading(picture, finding, detail),
    )


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
        n=figure(n, ".0f"),
        bound=figure(scalars["bound"]),
    )
    detail = say("Line: √(n − 1), before γ and β")
    return layered(
        [
            *band(picture, domain, channel="y", log=True),
            lines(table, x, y, named, key="n"),
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
        n=figure(n, ".0f"),
        ratio=figure(scalars["bessel"]),
    )
    return layered(
        [
            *band(picture, domain, channel="y"),
            lines(flat, x, y, named, key="n"),
            dot.encode(x=x, y=y),
            *rules(picture, domain, channel="y"),
        ],
        heading(picture, finding),
    )


def channel_map(picture: Picture) -> alt.LayerChart:
    """The batch as a grid of images by channels; the values of one statistic in one colour."""
    translate = words(picture)
    images = int(min(setting(picture, "batch_1"), SHOWN_IMAGES))
    channels = int(min(setting(picture, "channels"), SHOWN_CHANNELS))
    side = figure(picture.settings["side_1"], ".0f")
    frame = pd.DataFrame(
        [
            {"channel": c, "image": n, "own": c == 1, "text": f"{side}²"}
            for n in range(1, images + 1)
            for c in range(1, channels + 1)
        ]
    )
    names = {
        True: translate(say("one mean, one variance")),
        False: translate(say("other channels")),
    }
    frame["which"] = frame["own"].map(names)
    base = alt.Chart(frame).encode(
        x=alt.X(
            "channel:O",
            axis=alt.Axis(
                title=translate(
                    say(
                        "channel (of {channels})",
                        channels=figure(picture.settings["channels"], "g"),
                    )
                ),
                labelAngle=0,
            ),
        ),
        y=alt.Y(
            "image:O",
            axis=alt.Axis(
                title=translate(
                    say("image (of {images})", images=figure(picture.settings["batch_1"], "g"))
                )
            ),
        ),
    )
    cells = base.mark_rect(stroke="#767676", strokeWidth=0.5).encode(
        color=alt.Color(
            "which:N",
            scale=alt.Scale(domain=list(names.values()), range=[ORANGE, "#B8BCC4"]),
            legend=legend(),
        )
    )
    labels = base.mark_text(color="#1A1A1A", fontSize=11).encode(text="text:N")
    finding = say(
        "One statistic is made of {images} × {side}² = {count} values",
        images=figure(picture.settings["batch_1"], "g"),
        side=side,
        count=f"{picture.outcome.scalars['count_1']:,.0f}",
    )
    detail = say("Each cell holds height × width values of one image and channel")
    said = [(mark, f"{mark.label}: {value:,.0f}") for mark, value in numbers(picture)]
    return layered([cells, labels, *rows(said, drawn=False)], heading(picture, finding, detail))


def channel_noise(picture: Picture) -> alt.LayerChart:
    """The deviation of a batch's mean in three layers; the labels say the answers' places."""
    translate = words(picture)
    table = picture.outcome.tables["layers"]
    bars = [
        (f"layer-{layer}", f"{batch} × {side}²", float(noise))
        for layer, batch, side, noise in zip(
            table["layer"], table["batch"], table["side"], table["noise"], strict=True
        )
    ]
    layer = int(np.argmax(table["noise"])) if bars else 0
    finding: Message = say(
        "Noisiest: a batch of {images}, each image {side} × {side}",
        images=figure(table["batch"][layer], ".0f") if bars else "?",
        side=figure(table["side"][layer], ".0f") if bars else "?",
    )
    detail = say("Images in a batch × height × width")
    axis = translate(say("deviation of the batch mean (in σ)"))
    return named_bars(picture, bars, axis, heading(picture, finding, detail), ".3f")


def _percent(title: str) -> alt.Axis:
    return alt.Axis(title=title, format="%", tickCount=5)


CHARTS: Mapping[str, Callable[[Picture], alt.LayerChart]] = {
    "jitter_histogram": jitter_histogram,
    "largest_normalized": largest_normalized,
    "unbiased_variance": unbiased_variance,
    "channel_map": channel_map,
    "channel_noise": channel_noise,
}

LAB: Mapping[str, tuple[str, ...]] = {
    "batch_size_jitter": ("jitter_histogram", "largest_normalized", "unbiased_variance"),
    "channel_statistics": ("channel_noise", "channel_map"),
}
