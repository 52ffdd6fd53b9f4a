"""Copied, with the example of docs/simulations.md, into a tree of its own, and run there."""

from __future__ import annotations

import os

import pytest

from engine.i18n import Translator, say
from tests.pages.conftest import Visit, words

CHARTED = os.environ["BOUNCING_HAS_A_CHART"] == "1"
NO_CHART = say(
    "This simulation has no chart yet. What it measures stands below, in numbers and tables."
)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("more", [{}, {"b.kept": "0.5"}, {"predict": "1", "b.kept": "0.5"}])
def test_the_lab_shows_the_copied_simulation(visit: Visit, language: str, more) -> None:
    test = visit("lab", query={"simulation": "bouncing", **more}, language=language)
    assert not test.exception
    assert not test.error
    assert not test.warning
    assert (str(Translator(language)(NO_CHART)) in words(test)) is not CHARTED
    assert bool(test.get("vega_lite_chart")) is CHARTED
    (numbers, *_) = test.table
    assert len(numbers.value) == 1
    assert len(test.dataframe) == (2 if more and "predict" not in more else 1)
