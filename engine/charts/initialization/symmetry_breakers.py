"""A chart of what sets equal units apart, and what does not."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from engine.charts.initialization.symmetry import steps_axis
from engine.charts.kit.axes import layered, legend, log_axis
from engine.charts.kit.marks import heading, reach, words
from engine.charts.kit.numbers import chosen_number
from engine.charts.kit.picture import Picture
from engine.charts.kit.scales import fixed
from engine.charts.kit.series import setting
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, ORANGE, PALE, PURPLE, SKY
from engine.i18n import Message, say

WAYS: Mapping[str, tuple[Message, str, tuple[int, ...]]] = {
    "nothing": (say("nothing added"), PALE, (1, 0)),
    "batches": (say("mini-batches"), SKY, (8, 3)),
    "dropout": (say("mini-batches, dropout on {where}"), BLUE, (1, 0)),
    "noise": (say("noise on {where}"), ORANGE, (6, 3)),
    "bias": (say("another b1: {where}"), PURPLE, (2, 2)),
    "rates": (say("another learning rate: {where}"), "#8C564B", (8, 2, 2, 2)),
}

WHOSE = {"alike": say("one for all"), "own": say("one for each unit")}


@shows("symmetry_breakers")
def symmetry_breaking(picture: Picture) -> alt.LayerChart:
    """How far equal units come apart, by step, in six trainings; 0 is a gap in the line."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["apart"], picture.outcome.scalars
    frame = pd.DataFrame(table, columns=["way", "step", "apart"])
    frame["apart"] = frame["apart"].where(frame["apart"] > 0)
    places: dict[str, object] = {
        "dropout": picture.settings["dropout_on"],
        "noise": picture.settings["noise_on"],
        "bias": WHOSE[str(picture.settings["bias"])],
        "rates": WHOSE[str(picture.settings["rates"])],
    }
    names = {
        way: translate(Message(text.id, {"where": places.get(way, "")}))
        for way, (text, _, _) in WAYS.items()
    }
    drawn_ways = [way for way in WAYS if scalars[way] > 0]
    frame = frame[frame["way"].isin(drawn_ways)]
    frame = frame.assign(series=frame["way"].map(names))
    sizes = frame["apart"].dropna()
    low, high = (sizes.min(), sizes.max()) if len(sizes) else (1e-6, 1.0)
    domain = reach(picture, 0.5 * float(low), 2 * float(high), log=True)
    last = setting(picture, "steps")
    title = translate(say("{size} (log scale)", size=say("difference between units")))
    series = [names[way] for way in drawn_ways]
    scale = alt.Scale(domain=series, range=[WAYS[way][1] for way in drawn_ways])
    dashes = alt.Scale(domain=series, range=[list(WAYS[way][2]) for way in drawn_ways])
    key = legend("stroke") if drawn_ways else None
    drawn = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=alt.X(
                "step:Q",
                scale=fixed((0.0, last)),
                axis=steps_axis(picture, last),
            ),
            y=alt.Y("apart:Q", scale=fixed(domain, log=True), axis=log_axis(title, domain)),
            color=alt.Color("series:N", scale=scale, legend=key),
            strokeDash=alt.StrokeDash("series:N", scale=dashes, legend=key),
        )
    )
    finding = say("The units come apart in {count} of 6 trainings", count=f"{len(drawn_ways)}")
    details = [say("all weights {size}", size=chosen_number(picture.settings["size"]))]
    still = [name for way, name in names.items() if way not in drawn_ways]
    if still:
        details.append(say("Always 0: {ways}", ways="; ".join(still)))
    return layered([drawn], heading(picture, finding, *details))
