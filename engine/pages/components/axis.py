"""The axis that an estimate is pointed at on: click, tap, drag, or the arrow keys.

The axis never talks to the server. It writes the value into the text field beside it, as if it
had been typed there, and the field is what is sent and graded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from engine.i18n import Translator, say
from engine.questions import Axis

_FOLDER = Path(__file__).parent
SCRIPT = (_FOLDER / "axis.js").read_text(encoding="utf-8")
STYLE = (_FOLDER / "axis.css").read_text(encoding="utf-8")
# Not in a shadow tree, so that the key handler finds the slider.
_axis: Any = component("simcards_axis", js=SCRIPT, css=STYLE, isolate_styles=False)


def pointing_axis(
    id: str, axis: Axis, translate: Translator, *, field: str, unit: str = ""
) -> None:
    """Draws an axis to point at in a container `axis`.

    id: changes with what is shown. field: the key of the container with the text field.
    """
    with st.container(key="axis"):
        _axis(
            key="pointing",
            data={
                "presentation": id,
                "low": axis.low,
                "high": axis.high,
                "scale": axis.scale,
                "title": axis.title,
                "unit": unit,
                "field": field,
                "nothing": translate(say("nothing picked yet")),
            },
        )
