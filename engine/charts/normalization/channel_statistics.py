"""Charts of the values that a channel's statistics are made of."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, legend
from engine.charts.kit.bars import named_bars
from engine.charts.kit.marks import answer_rows, heading, numbers, words
from engine.charts.kit.numbers import chosen_number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import GREY, ORANGE, PALE
from engine.i18n import Message, say

SHOWN_IMAGES, SHOWN_CHANNELS = 8, 8


@shows("channel_statistics")
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
        images=whole(table["batch"][layer]) if bars else "?",
        side=whole(table["side"][layer]) if bars else "?",
    )
    detail = say("Images in a batch × height × width")
    axis = translate(say("deviation of the batch mean (in σ)"))
    return named_bars(picture, bars, axis, heading(picture, finding, detail))


@shows("channel_statistics")
def channel_map(picture: Picture) -> alt.LayerChart:
    """The batch as a grid of images by channels; the values of one statistic in one colour."""
    translate = words(picture)
    images = int(min(setting(picture, "batch_1"), SHOWN_IMAGES))
    channels = int(min(setting(picture, "channels"), SHOWN_CHANNELS))
    side = whole(picture.settings["side_1"])
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
                        channels=chosen_number(picture.settings["channels"]),
                    )
                ),
                labelAngle=0,
            ),
        ),
        y=alt.Y(
            "image:O",
            axis=alt.Axis(
                title=translate(
                    say("image (of {images})", images=chosen_number(picture.settings["batch_1"]))
                )
            ),
        ),
    )
    cells = base.mark_rect(stroke=GREY, strokeWidth=0.5).encode(
        color=alt.Color(
            "which:N",
            scale=alt.Scale(domain=list(names.values()), range=[ORANGE, PALE]),
            legend=legend(),
        )
    )
    labels = base.mark_text(color="#1A1A1A", fontSize=11).encode(text="text:N")
    finding = say(
        "One statistic is made of {images} × {side}² = {count} values",
        images=chosen_number(picture.settings["batch_1"]),
        side=side,
        count=whole(picture.outcome.scalars["count_1"]),
    )
    detail = say("Each cell holds height × width values of one image and channel")
    said = [(mark, f"{mark.label}: {whole(value)}") for mark, value in numbers(picture)]
    return layered(
        [cells, labels, *answer_rows(said, drawn=False)], heading(picture, finding, detail)
    )
