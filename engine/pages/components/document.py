"""Tells the browser which language the page is in, and that it is not to be translated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.components.v2 import component

SCRIPT = Path(__file__).with_name("document.js").read_text(encoding="utf-8")
_mark: Any = component("simcards_document", js=SCRIPT)


def mark_document(language: str) -> None:
    """Once a run. A script in the page itself is what the policy in engine/serving refuses."""
    _mark(key="document", data={"language": language}, height=0)
