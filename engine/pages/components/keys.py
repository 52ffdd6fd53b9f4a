"""The one key handler: which key presses which button on the study page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component


@dataclass(frozen=True)
class Keys:
    """What the keys do now. Every value is the Streamlit key of a container.

    presentation: changes whenever something else is shown; the handler then starts afresh, at the
    top of the page. refusals: changes when an answer was refused; the keys are as before it.
    start: what is focused where there is no field; revealed: brought into view after an answer.
    text: holds the text field that is focused; pick: digits press its nth control;
    slider: holds a slider that is focused instead; digits typed on it go to the field;
    sure: confidence buttons, pressed by digits once Enter was pressed (at once without a field or
    options); rate: digits press its nth button; press: key name -> container of one button, or of
    expanders, of which the key opens the next. In an empty field its letters are keys too.
    """

    presentation: str
    refusals: int = 0
    start: str = "asked"
    revealed: str | None = None
    text: str | None = None
    slider: str | None = None
    pick: str | None = None
    sure: str | None = None
    rate: str | None = None
    press: Mapping[str, str] = field(default_factory=dict)


#: What opens the menu beside an item, and its buttons while it is open.
OPENS = {"w": "aside"}
MENU = {"t": "aside-tomorrow", "s": "aside-suspend", "b": "aside-back"}
SCRIPT = Path(__file__).with_name("keys.js").read_text(encoding="utf-8")
_handler: Any = component("simcards_keys", js=SCRIPT)


def key_handler(keys: Keys) -> None:
    """Puts the handler on the page; once a run. The menu beside an item has its keys everywhere."""
    data = asdict(keys)
    data["press"] = {**OPENS, **data["press"]}
    _handler(key="keys", data={**data, "menu": MENU}, height=0)
