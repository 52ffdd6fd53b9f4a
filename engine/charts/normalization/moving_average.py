"""Charts of moving averages: how they start, follow a jump, fade, and calm noise."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from engine.charts.kit.axes import layered, plain_axis, step_axis
from engine.charts.kit.marks import Domain, band, heading, numbers, reach, rules, words
from engine.charts.kit.numbers import chosen_number, number, whole
from engine.charts.kit.options import ranked
from engine.charts.kit.picture import Picture
from engine.charts.kit.series import Floats, Style, lines, setting, span
from engine.charts.kit.shows import shows
from engine.charts.kit.theme import BLUE, GREY, ORANGE, PURPLE, SKY
from engine.i18n import Message, say, say_count

SIGNAL = Style(GREY, width=2)


EMA = Style(BLUE, width=3)


SECOND = Style(SKY, (8, 3, 2, 3))


WINDOW = Style(ORANGE, (10, 3))


ALL = Style(PURPLE, (3, 3))


@shows("moving_average")
def average_start(picture: Picture) -> alt.LayerChart:
    """An average that starts at 0 under a constant signal, plain and bias corrected."""
    translate = words(picture)
    trace = _with_start(picture)
    named = {
        "signal": (translate(say("signal")), SIGNAL),
        "corrected": (translate(say("bias corrected, V ÷ (1 − βᵗ)")), Style(ORANGE, (10, 3))),
        "ema": (translate(say("exponential average V, from 0")), EMA),
    }
    finding = say_count(
        "After {count} step V has come {percent}% of the way",
        "After {count} steps V has come {percent}% of the way",
        int(setting(picture, "steps")),
        percent=number(100 * picture.outcome.scalars["start_factor"]),
    )
    detail = say("β = {beta}, start at 0", beta=chosen_number(picture.settings["beta"]))
    level = setting(picture, "level")
    domain = reach(picture, min(0.0, 1.1 * level), max(0.0, 1.1 * level), slack=0.3)
    return _traced(picture, trace, named, domain, heading(picture, finding, detail))


def _last(picture: Picture) -> Message:
    window = int(setting(picture, "window"))
    return say_count("last {count} step", "last {count} steps", window)


@shows("moving_average")
def step_response(picture: Picture) -> alt.LayerChart:
    """Four averages after a jump; in the legend, the places that the answers gave them."""
    translate = words(picture)
    trace = _around_jump(picture)
    beta, second = (chosen_number(picture.settings[name]) for name in ("beta", "beta_2"))
    k = whole(picture.settings["window"])
    texts = {
        "ema": (say("β = {beta}", beta=beta), EMA),
        "ema_2": (say("β = {beta}", beta=second), SECOND),
        "sma": (_last(picture), WINDOW),
        "cumulative": (say("all so far"), ALL),
    }
    named = {
        column: (translate(text) + ranked(picture, OPTIONS[column]), style)
        for column, (text, style) in texts.items()
    }
    named["signal"] = (translate(say("signal")), SIGNAL)
    scalars = picture.outcome.scalars
    finding = say_count(
        "{count} step after a jump from 0 to {level}",
        "{count} steps after a jump from 0 to {level}",
        int(setting(picture, "steps")),
        level=chosen_number(picture.settings["level"]),
    )
    detail = say(
        "β = {beta}: {ema} · β = {second}: {ema_2} · last {k}: {sma} · all: {cumulative}",
        beta=beta,
        second=second,
        k=k,
        **{name: number(scalars[name]) for name in texts},
    )
    level = setting(picture, "level")
    domain = reach(picture, min(0.0, 1.05 * level), max(0.0, 1.05 * level), slack=0.0)
    title = heading(picture, finding, detail)
    return _traced(picture, trace, named, domain, title, say("steps since the jump"))


@shows("moving_average")
def ema_weights(picture: Picture) -> alt.LayerChart:
    """The weight of each past step, and the flat weights of a window; answers are steps."""
    translate = words(picture)
    table, scalars = picture.outcome.tables["weights"], picture.outcome.scalars
    oldest = max(span(table["age"])[1], 1.0)
    domain = reach(picture, -0.5, min(oldest, 4 * scalars["memory"]), slack=0.5)
    x_scale = alt.Scale(domain=list(domain), nice=False)
    frame = pd.DataFrame({"at": table["age"], "value": table["ema"]})
    frame = frame[frame["at"] <= domain[1]].assign(
        left=lambda f: f["at"] - 0.4, right=lambda f: f["at"] + 0.4
    )
    bars = (
        alt.Chart(frame)
        .mark_rect(color=BLUE, opacity=0.75)
        .encode(
            x=alt.X(
                "left:Q",
                scale=x_scale,
                axis=step_axis(translate(say("age of a value (steps)")), 0, domain[1]),
            ),
            x2=alt.X2("right:Q"),
            y=alt.Y("value:Q", axis=plain_axis(translate(say("weight in the average")))),
            y2=alt.datum(0.0),
        )
    )
    finding = say(
        "After {steps} steps {percent}% of a value's weight is left",
        steps=number(scalars["fading_steps"]),
        percent=chosen_number(picture.settings["percent"]),
    )
    detail = say(
        "β = {beta}. Orange: 1/(1 − β) = {memory} steps",
        beta=chosen_number(picture.settings["beta"]),
        memory=number(scalars["memory"]),
    )
    base = alt.Chart(pd.DataFrame({"at": [scalars["memory"]]}))
    memory = base.mark_rule(color=ORANGE, strokeDash=[10, 3], strokeWidth=2)
    return layered(
        [
            *band(picture, domain),
            bars,
            memory.encode(x=alt.X("at:Q", scale=x_scale)),
            *rules(picture, domain),
        ],
        heading(picture, finding, detail),
    )


@shows("moving_average")
def noise_left(picture: Picture) -> alt.LayerChart:
    """A noisy signal around its level and the average of it; answers are ± deviations."""
    translate = words(picture)
    trace, level = picture.outcome.tables["trace"], setting(picture, "level")
    centred = {name: np.asarray(trace[name]) - level for name in ("signal", "corrected")}
    edge = max(abs(end) for end in span(centred["signal"]))
    edge = max(abs(end) for end in reach(picture, -edge, edge, slack=0.3))
    named = {
        "signal": (translate(say("signal")), Style(GREY, width=1.2)),
        "corrected": (translate(say("exponential average (bias corrected)")), EMA),
    }
    left = picture.outcome.scalars["noise_factor"] * setting(picture, "noise")
    finding = say(
        "Noise of deviation {noise} comes out with {left}",
        noise=chosen_number(picture.settings["noise"]),
        left=number(left),
    )
    beta = chosen_number(picture.settings["beta"])
    detail = say("β = {beta}", beta=beta)
    if numbers(picture):
        detail = say("β = {beta}. The answers are drawn at ± their value.", beta=beta)
    domain = (-edge, edge)
    table = {"step": trace["step"], **centred}
    x, y = _axes(picture, table["step"], domain, say("step"), say("distance from the level"))
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, table, x, y, named, key="step"),
            *rules(picture, domain, channel="y", places=lambda value: (value, -value)),
        ],
        heading(picture, finding, detail),
    )


@shows("moving_average")
def weight_held(picture: Picture) -> alt.LayerChart:
    """The share of all weight that the newest values hold, for the average and for a window."""
    translate = words(picture)
    table = picture.outcome.tables["weights"]
    window = np.minimum(np.cumsum(table["sma"]), 1.0)
    shown = {
        "count": np.concatenate([[0], np.asarray(table["age"]) + 1]),
        "held": np.concatenate([[0.0], table["held"]]),
        "window": np.concatenate([[0.0], window]),
    }
    beta = chosen_number(picture.settings["beta"])
    named = {
        "held": (translate(say("exponential, β = {beta}", beta=beta)), EMA),
        "window": (translate(_last(picture)), WINDOW),
    }
    finding = say_count(
        "The newest value holds {percent}% of the weight",
        "The newest {count} values hold {percent}% of the weight",
        int(setting(picture, "window")),
        percent=number(100 * (1 - setting(picture, "beta") ** setting(picture, "window"))),
    )
    domain = (0.0, 1.05)
    held, counted = say("share of all weight"), say("newest values counted")
    x, y = _axes(picture, shown["count"], domain, counted, held)
    return layered([*lines(picture, shown, x, y, named, key="count")], heading(picture, finding))


#: column of the trace -> the option of an order question that stands for it
OPTIONS = {"ema": "ema", "ema_2": "ema-slow", "sma": "window", "cumulative": "cumulative"}


def _with_start(picture: Picture) -> dict[str, Floats]:
    """The trace with step 0, where the average is 0 and its correction is not defined."""
    trace = picture.outcome.tables["trace"]
    first = {"step": 0.0, "signal": setting(picture, "level"), "corrected": np.nan}
    return {
        name: np.concatenate([[first.get(name, 0.0)], np.asarray(column, dtype=np.float64)])
        for name, column in trace.items()
    }


def _around_jump(picture: Picture) -> dict[str, Floats]:
    """The trace from shortly before the jump, at which the signal stands upright."""
    trace = picture.outcome.tables["trace"]
    late = np.asarray(trace["step"]) >= -max(2.0, 0.3 * setting(picture, "steps"))
    shown = {name: np.asarray(column, dtype=np.float64)[late] for name, column in trace.items()}
    jump = int(np.searchsorted(shown["step"], 0.5))  # index of the first step after it
    if 0 < jump < len(shown["step"]):
        edge = {name: column[jump - 1] for name, column in shown.items()}
        edge["signal"] = shown["signal"][jump]
        shown = {name: np.insert(column, jump, edge[name]) for name, column in shown.items()}
    return shown


def _traced(
    picture: Picture,
    trace: Mapping[str, Floats],
    named: Mapping[str, tuple[str, Style]],
    domain: Domain,
    title: alt.TitleParams,
    x_title: Message | None = None,
) -> alt.LayerChart:
    unit = say("value (unit of the signal)")
    x, y = _axes(picture, trace["step"], domain, x_title or say("step"), unit)
    return layered(
        [
            *band(picture, domain, channel="y"),
            *lines(picture, trace, x, y, named, key="step"),
            *rules(picture, domain, channel="y"),
        ],
        title,
    )


def _axes(
    picture: Picture,
    steps: Floats,
    domain: Domain,
    x_title: Message,
    y_title: Message,
) -> tuple[alt.X, alt.Y]:
    translate = words(picture)
    scale = alt.Scale(domain=list(domain), nice=False)
    x = alt.X("at:Q", scale=alt.Scale(nice=False), axis=step_axis(translate(x_title), *span(steps)))
    return x, alt.Y("value:Q", scale=scale, axis=plain_axis(translate(y_title)))
