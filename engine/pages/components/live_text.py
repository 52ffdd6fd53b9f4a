"""A text area whose text reaches the server while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

SCRIPT = Path(__file__).with_name("live_text.js").read_text(encoding="utf-8")
#: Milliseconds without a keystroke after which the text is handed over.
PAUSE = 350
_live: Any = component("simcards_live_text", js=SCRIPT, isolate_styles=False)


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


@dataclass(frozen=True)
class Handed:
    """What a text area handed over.

    writer, number: which text area, and its how manyeth. version: the text of the server's that it
    was made from, base: that one's revision. save: whether it is to be saved.
    """

    writer: str
    number: int
    file: str
    text: str
    version: str
    base: int | None
    save: bool


@dataclass(frozen=True)
class Words:
    """What the text area says itself, where the browser holds words older than the server's.

    offer: that it does, with {time}; take and forget: the two buttons; locale: of the time.
    """

    offer: str
    take: str
    forget: str
    locale: str


@dataclass(frozen=True)
class TextShown:
    """What a text area is to show. It takes `text` when `version` changes, and only then.

    copy: the name under which the browser keeps what the server has not confirmed. heard: writer
    and number of what the server took last.
    """

    label: str
    file: str
    text: str
    version: str
    base: int | None
    copy: str
    heard: tuple[str, int]
    words: Words


def live_text(
    key: str, shown: TextShown, orders: Orders, *, save: str, handed: Callable[[], None]
) -> None:
    """A text area. save: the container of the button that saves; handed: called with each text."""
    _live(
        key=key,
        data={
            **asdict(shown),
            "save": save,
            "pause": PAUSE,
            "insert": {"nonce": orders.inserted, "text": orders.text},
            "line": {"nonce": orders.jumped, "number": orders.line},
        },
        default={"handed": None},
        on_handed_change=handed,
    )


def handed_over(state: Any) -> Handed | None:
    """What stands in the component's state; None for nothing, or for what no text area sends."""
    words = state.get("handed") if hasattr(state, "get") else None
    if not isinstance(words, Mapping):
        return None
    texts = [words.get(name) for name in ("writer", "file", "text", "version")]
    number, base = words.get("number"), words.get("base")
    if not all(isinstance(text, str) for text in texts) or not isinstance(number, int):
        return None
    writer, file, text, version = (str(text) for text in texts)
    kept = base if isinstance(base, int) else None
    return Handed(writer, number, file, text, version, kept, words.get("save") is True)
