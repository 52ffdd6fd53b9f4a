"""Shared by all tests: what to do when a part of the machine that a test needs is missing."""

from __future__ import annotations

import os

import pytest


def missing(what: str) -> None:
    """Skips the test with one line that says how to get what it needs; CI fails instead."""
    if os.environ.get("SIMCARDS_REQUIRE_ALL") == "1":
        pytest.fail(f"SIMCARDS_REQUIRE_ALL=1, but: {what}")
    pytest.skip(what)
