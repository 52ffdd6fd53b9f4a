"""Axes, legends and sizes that stay readable on a phone and over sixty powers of ten."""

from __future__ import annotations

import json
import math

import altair as alt

from engine.charts.kit import theme
from engine.charts.kit.numbers import TICK_LABELS, number, power

TICKS = 6
#: Ticks within a power of ten, from few to many.
WITHIN = ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 5.0, 7.0))
FINEST = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)


def plain_axis(title: str | list[str]) -> alt.Axis:
    """An axis of a few short numbers; several lines of title, where one is long."""
    return alt.Axis(title=title, tickCount=5, labelExpr=TICK_LABELS, labelOverlap=True)


def share_axis(title: str) -> alt.Axis:
    """An axis of shares, shown as per cent."""
    return alt.Axis(title=title, tickCount=5, format=".0%", labelOverlap=True)


def step_axis(title: str, low: float, high: float) -> alt.Axis:
    """An axis of whole numbers between `low` and `high`, about six of them."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if high - low <= 6 * s or s == 100)
    values = list(range(math.ceil(low / step) * step, math.floor(high) + 1, step))
    return alt.Axis(title=title, values=values, format="d", labelOverlap=True)


def log_axis(title: str, domain: tuple[float, float]) -> alt.Axis:
    """An axis with about six ticks: powers of ten, or numbers between where there are few."""
    ticks = log_ticks(domain)
    labels = json.dumps({_key(tick): _label(tick) for tick in ticks}, ensure_ascii=False)
    return alt.Axis(title=title, values=ticks, labelExpr=f"({labels})[format(datum.value, '.1e')]")


def _key(tick: float) -> str:
    """What Vega's format '.1e' makes of a tick."""
    mantissa, exponent = f"{tick:.1e}".split("e")
    return f"{mantissa}e{int(exponent):+d}"


def _label(tick: float) -> str:
    return power(tick) if 0.00099 < tick < 10_001 else number(tick, 2).removeprefix("1×")


def log_ticks(domain: tuple[float, float]) -> list[float]:
    """Where to put ticks between two numbers above 0."""
    low, high = (math.log10(end) for end in domain)
    step = max(1, math.ceil((high - low) / TICKS))
    powers = range(math.floor(low / step) * step, math.ceil(high) + 1, step)
    ticks: list[float] = []
    for within in (*WITHIN, FINEST):
        every = (factor * 10.0**power for power in powers for factor in within)
        ticks = [tick for tick in every if domain[0] <= tick <= domain[1]]
        if len(ticks) >= 4 or step > 1:
            break
    return ticks


def layer_axis(title: str, depth: int) -> alt.Axis:
    """An axis of layer numbers: whole ones, the first and about six more."""
    step = next(s for s in (1, 2, 5, 10, 20, 50) if depth / s <= TICKS or s == 50)
    values = sorted({1, *range(step, depth + 1, step)})
    return alt.Axis(title=title, values=values, format="d", labelOverlap=True, grid=False)


def legend(symbol: str = "square") -> alt.Legend:
    """Series one under the other below the plot, with room for their words."""
    return alt.Legend(
        title=None,
        orient="bottom",
        columns=1,
        direction="vertical",
        symbolType=symbol,
        labelLimit=300,
        symbolSize=400 if symbol == "stroke" else 100,
    )


def layered(layers: list[alt.Chart], title: alt.TitleParams) -> alt.LayerChart:
    """The layers as one chart, as wide as its page lets it be."""
    # All at once: `properties` would copy every layer.
    return alt.LayerChart(layer=layers, title=title, width="container", height=theme.HEIGHT)
