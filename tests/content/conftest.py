"""The course that is shipped, for tests of what its cards say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.content import Card, load_cards

CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="session")
def cards() -> Mapping[str, Card]:
    """Every card by its id."""
    return load_cards(CONTENT).cards
