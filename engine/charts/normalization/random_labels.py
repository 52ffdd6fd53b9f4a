"""A chart of networks that learn random labels by heart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis, step_axis
from engine.charts.kit.marks import band, heading, reach, rules, words
from engine.charts.kit.networks import PAIR
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.options import chosen
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import Style, lines, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, SKY
from engine.i18n import say


@shows("random_labels")
def label_memory(picture: Picture) -> alt.LayerChart:
    """Accuracy by epoch on random labels: of those learned, and on new samples."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["epochs"], picture.outcome.scalars
    named = {
        "train_bn": (translate(say("training, with batch norm")), Style(BLUE)),
        "train_none": (translate(say("training, without")), Style(ORANGE, (10, 3))),
        "test_bn": (translate(say("new samples, with batch norm")), Style(SKY, (3, 2))),
        "test_none": (translate(say("new samples, without")), Style(GREY, (8, 2, 2, 2))),
    }
    domain = reach(picture, 0.35, 1.02, slack=0.7)
    x = alt.X(
        "at:Q",
        scale=alt.Scale(nice=False),
        axis=step_axis(translate(say("epochs")), *span(table["epoch"])),
    )
    y = alt.Y(
        "value:Q", scale=fixed(domain), axis=plain_axis(translate(say("accuracy (share right)")))
    )
    finding = say(
        "Batch norm memorizes: {train}% of the labels, {test}% of new ones",
        train=number(100 * scalars["train_bn"]),
        test=number(100 * scalars["test_bn"]),
    )
    detail = say(
        "{with_bn} epochs with it, {without} without; {samples} samples",
        with_bn=whole(scalars["epochs_bn"]),
        without=whole(scalars["epochs_none"]),
        samples=picture.settings["samples"],
    )
    drawn = [*lines(picture, table, x, y, named, key="epoch"), *_finish(picture, x, y)]
    layers = [*band(picture, domain, channel="y"), *drawn]
    answers = [*rules(picture, domain, channel="y"), *chosen(picture)]
    return layered([*layers, *answers], heading(picture, finding, detail))


def _finish(picture: Picture, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A point where each network knows all its labels; it is not trained any further."""
    scalars = picture.outcome.scalars
    rows = [
        (scalars[f"epochs_{name}"], scalars[f"train_{name}"], style.color)
        for name, (_, style) in PAIR.items()
    ]
    frame = pd.DataFrame(rows, columns=["at", "value", "colour"])
    points = alt.Chart(frame).mark_point(filled=True, size=90, opacity=1)
    return [points.encode(x=x, y=y, color=alt.Color("colour:N", scale=None))]
