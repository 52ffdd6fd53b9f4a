"""An answer that is given twice: who is told that the first one counts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from engine.pages.study.actions import _note

FIRST = ("shown", "0.25 2")


@pytest.mark.parametrize(
    ("answers", "uncounted"),
    [
        ([(*FIRST, True)], None),
        # A double click, or a click that came twice: it has done what it was meant to.
        ([(*FIRST, True), (*FIRST, False)], None),
        ([(*FIRST, True), ("shown", "0.3 2", False)], "shown"),
        ([(*FIRST, True), ("shown", "0.25 3", False)], "shown"),
        # Another tab was first.
        ([(*FIRST, False)], "shown"),
        ([("before", "0.25 2", True), (*FIRST, False)], "shown"),
        ([(*FIRST, False), ("after", "1 1", True)], None),
    ],
)
def test_only_an_answer_that_differs_is_called_set_aside(answers: Any, uncounted: Any) -> None:
    visit: Any = SimpleNamespace(last_answer=None, uncounted=None)
    for id, given, counted in answers:
        _note(visit, SimpleNamespace(id=id), given, counted=counted)  # type: ignore[arg-type]
    assert visit.uncounted == uncounted
