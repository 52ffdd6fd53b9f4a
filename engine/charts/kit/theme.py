"""One look for every chart, in light and in dark.

Colours are Okabe and Ito's (2008), which people with any common colour vision tell apart. The
learner's own answer always has the same colour and a dash of its own, so that it is never told
by colour alone.
"""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from engine.charts.kit.wrapping import fitting

Theme = Literal["light", "dark"]

KEY = "#009E73"  # bluish green: the right answer
YOURS = "#D55E00"  # vermilion: the learner's own answer, everywhere
MISCONCEPTION = "#CC79A7"  # reddish purple
BLUE, ORANGE, SKY, PURPLE = "#0072B2", "#E69F00", "#56B4E9", "#9467BD"
GREY = "#767676"  # of thin lines and of words; lighter on a dark page
PALE = "#9A9CA5"  # of areas that are not what a chart is about
#: For series, in this order. None of them is an answer's colour.
SERIES = (BLUE, ORANGE, SKY, GREY)
#: The same colours on a dark page, where what is darkest would be the dimmest: what a chart is
#: about stands out, as it does on a light one. White words on it turn dark.
PAGE = "#FFFFFF"  # what a chart stands on
DARK = {BLUE: "#7CC4FF", SKY: "#3D94CF", GREY: "#999999", PAGE: "#14171C"}
DASHES = {"key": [1, 0], "yours": [6, 3], "misconception": [2, 2]}
ROLE_COLOURS = {"key": KEY, "yours": YOURS, "misconception": MISCONCEPTION}
HEIGHT = 260


def colour(name: str, mode: Theme) -> str:
    """A colour as it is on the page of `mode`."""
    return DARK.get(name, name) if mode == "dark" else name


def theme(mode: Theme) -> dict[str, Any]:
    """The Vega-Lite configuration for `mode`; transparent, so that the page shows through."""
    ink, faint = ("#31333F", "#D5D6DB") if mode == "light" else ("#FAFAFA", "#41444C")
    axis = {
        "labelColor": ink,
        "titleColor": ink,
        "gridColor": faint,
        "domainColor": faint,
        "tickColor": faint,
        "labelFontSize": 12,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
    }
    return {
        "background": "transparent",
        "font": "Source Sans, Noto Sans CJK KR, Malgun Gothic, Apple SD Gothic Neo, sans-serif",
        "view": {"stroke": faint},
        # The chart's description says what it shows; a name for each of its marks would be read out
        # one after another, and marks without any would be announced as nameless pictures.
        "mark": {"color": colour(SERIES[0], mode), "aria": False},
        "axis": axis,
        "legend": {"labelColor": ink, "titleColor": ink, "orient": "bottom", "labelFontSize": 12},
        "header": {"labelColor": ink, "titleColor": ink},
        "title": {"color": ink, "anchor": "start", "fontSize": 15, "subtitleColor": ink},
        "text": {"color": ink, "fontSize": 12},
        "rule": {"strokeWidth": 2},
        "range": {"category": [colour(series, mode) for series in SERIES]},
    }


def themed(chart: alt.TopLevelMixin, mode: Theme) -> dict[str, Any]:
    """The chart as a Vega-Lite specification with the theme of `mode` in it."""
    # Checking against the schema takes longer than the rest; the tests check every chart.
    specification: dict[str, Any] = chart.to_dict(validate=False)
    own = specification.get("config", {})
    # Only the width is the page's to set: title and legend must not eat into the plot's height.
    specification["autosize"] = {"type": "fit-x", "contains": "padding"}
    specification["config"] = {**theme(mode), **{k: v for k, v in own.items() if k != "view"}}
    if isinstance(specification.get("title"), dict):
        specification["title"] = fitting(specification["title"])
    return _darkened(specification) if mode == "dark" else specification


def _darkened(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _darkened(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_darkened(value) for value in part]
    return DARK.get(part, part) if isinstance(part, str) else part
