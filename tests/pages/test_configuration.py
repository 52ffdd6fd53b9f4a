from __future__ import annotations

import pytest

from engine.configuration import ConfigurationError, learners_by_browser


@pytest.mark.parametrize(
    ("told", "expected"), [("one", False), ("browser", True), (" Browser ", True)]
)
def test_learners_are_one_or_one_a_browser(
    monkeypatch: pytest.MonkeyPatch, told: str, expected: bool
) -> None:
    monkeypatch.setenv("SIMCARDS_LEARNERS", told)
    assert learners_by_browser() is expected


def test_another_word_for_the_learners_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMCARDS_LEARNERS", "browsers")
    with pytest.raises(ConfigurationError, match="“browsers”: expected “one”"):
        learners_by_browser()
