"""Shared by all tests: which are quick, and what to do when a part of the machine is missing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is; `timeout` ends what never ends.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def missing(what: str) -> None:
    """Skips the test with one line that says how to get what it needs; CI fails instead."""
    if os.environ.get("SIMCARDS_REQUIRE_ALL") == "1":
        pytest.fail(f"SIMCARDS_REQUIRE_ALL=1, but: {what}")
    pytest.skip(what)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("slow_paths", "files and folders that --quick leaves out", type="linelist")
    parser.addini("slow_markers", "markers of tests that --quick leaves out", type="linelist")
    parser.addoption(
        "--quick", action="store_true", help="what one runs before a commit (`make quick`)"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Slow folders are not even imported."""
    if not config.getoption("quick"):
        return None
    slow = {config.rootpath / name for name in config.getini("slow_paths")}
    return True if collection_path in slow else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("quick"):
        slow = {item for item in items if _is_slow(item, config.getini("slow_markers"))}
        config.hook.pytest_deselected(items=list(slow))
        items[:] = [item for item in items if item not in slow]


def _is_slow(item: pytest.Item, markers: Sequence[str]) -> bool:
    return any(item.get_closest_marker(name) is not None for name in markers)
