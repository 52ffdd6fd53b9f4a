"""A chart of which numbers of a block of sentences share a mean."""

from __future__ import annotations

import altair as alt
import pandas as pd

from engine.charts.kit.axes import layered
from engine.charts.kit.marks import heading, words
from engine.charts.kit.numbers import number, whole
from engine.charts.kit.picture import Picture
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import PALE
from engine.charts.normalization.normalization_axes import one_mean
from engine.i18n import Message, say, say_count

NAMES = {
    "layer": say("LayerNorm"),
    "batch": say("BatchNorm"),
    "place": say("BatchNorm, each place"),
}


@shows("sequence_axes")
def token_means(picture: Picture) -> alt.LayerChart:
    """The block as cells, a row a sentence; dark ones share a mean, padding is an empty frame."""
    frame = _cells(picture)
    cells = frame[frame["there"]].copy()
    filled = _grid(picture, cells, frame).encode(**one_mean(picture, cells))
    empty = _grid(picture, frame[~frame["there"]], frame).mark_rect(
        filled=False, stroke=PALE, strokeWidth=1, strokeDash=[2, 2]
    )
    scalars = picture.outcome.scalars
    finding = say(
        "{operation}: {means}, {values} in this one",
        operation=NAMES[str(picture.settings["operation"])],
        means=say_count("{count} mean", "{count} means", int(scalars["means"])),
        values=say_count("{count} value", "{count} values", int(scalars["values_here"])),
    )
    details = [say("Empty frames: padding, in no mean")] if scalars["padding"] > 0 else []
    details.append(_moved(scalars["moved"]))
    return layered([filled, empty], heading(picture, finding, *details))


def _moved(change: float) -> Message:
    if change < 1e-9:
        return say("Other sentences × 10: this one's outputs stay")
    return say(
        "Other sentences × 10: this one's outputs move, by up to {most}", most=number(change)
    )


def _cells(picture: Picture) -> pd.DataFrame:
    """The cells, the features of a token side by side and a gap between two tokens."""
    frame = pd.DataFrame(dict(picture.outcome.tables["cells"]))
    features = int(frame["feature"].max()) if len(frame) else 1
    place = (frame["token"] - 1) * (features + 0.6) + frame["feature"]
    frame["place"] = place
    frame["left"], frame["right"] = place - 0.46, place + 0.46
    frame["top"], frame["bottom"] = frame["sample"] - 0.44, frame["sample"] + 0.44
    return frame


def _grid(picture: Picture, drawn: pd.DataFrame, every: pd.DataFrame) -> alt.Chart:
    """`drawn` of the cells of `every`, whose tokens the axis names."""
    translate = words(picture)
    middles = every.groupby("token")["place"].mean() if len(every) else pd.Series([1.0], [1])
    names = ", ".join(f"'{number(at, 4)}': '{whole(token)}'" for token, at in middles.items())
    rows = sorted({int(sample) for sample in every["sample"]}) or [1]
    grid: alt.Chart = (
        alt.Chart(drawn)
        .mark_rect()
        .encode(
            x=alt.X(
                "left:Q",
                scale=alt.Scale(nice=False, zero=False),
                axis=alt.Axis(
                    title=translate(say("token (its features side by side)")),
                    values=[float(number(at, 4)) for at in middles],
                    labelExpr=f"({{{names}}})[format(datum.value, '.4~g')]",
                    grid=False,
                ),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y(
                "top:Q",
                scale=alt.Scale(nice=False, zero=False, reverse=True),
                axis=alt.Axis(
                    title=translate(say("sentence")), values=rows, format="d", grid=False
                ),
            ),
            y2=alt.Y2("bottom:Q"),
        )
    )
    return grid
