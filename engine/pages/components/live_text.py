"""A text area whose text reaches the server while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

SCRIPT = Path(__file__).with_name("live_text.js").read_text(encoding="utf-8")
#: Milliseconds without a keystroke after which the text is handed over.
PAUSE = 350
_live: Any = component("simcards_live_text", js=SCRIPT)


@dataclass
class Orders:
    """What the text area is to do once: insert a text at the cursor, or jump to a line.

    Each order is carried out when its number changes.
    """

    inserted: int = 0
    text: str = ""
    jumped: int = 0
    line: int = 1

    def insert(self, text: str) -> None:
        """Puts `text` at the cursor, as a paragraph of its own."""
        self.inserted, self.text = self.inserted + 1, text

    def jump(self, line: int) -> None:
        """Selects a line, counted from 1."""
        self.jumped, self.line = self.jumped + 1, line


def live_text(container: str, save: str, orders: Orders) -> None:
    """Makes the text area in `container` live. save: the container of the button for Ctrl+S."""
    _live(
        key=f"live-{container}",
        data={
            "container": container,
            "save": save,
            "pause": PAUSE,
            "insert": {"nonce": orders.inserted, "text": orders.text},
            "line": {"nonce": orders.jumped, "number": orders.line},
        },
        height=0,
    )
