"""Settings: fitted to you, and help with the desired retention."""

from __future__ import annotations

import pytest

from engine.i18n import Translator, say
from engine.pages import clock
from engine.storage import NewFit, Store
from tests.pages.conftest import LEARNER, Visit, button, words
from tests.scheduling.fsrs_by_hand import a_learner
from tests.scheduling.test_fitting import QUICK, SLOW
from tests.study.conftest import item_ids
from tests.study.test_fitting import study


def progress(test) -> list[str]:
    return [bar.proto.text for bar in test.get("progress")]


def test_somebody_new_is_told_what_is_missing(visit: Visit) -> None:
    test = visit("settings")
    assert not test.exception
    assert progress(test) == ["0 answers that count; 400 are needed"]
    assert button(test, "fitting-fit").disabled
    assert not any(b.key == "fitting-back" for b in test.button)
    button(test, "fitting-decide").click().run()
    assert "It takes 10 items that you have met." in words(test)


def test_where_the_optimizer_is_missing_it_is_said_how_to_get_it(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pages.settings.fitting.can_fit", lambda: False)
    test = visit("settings")
    assert "pip install fsrs-rs-python" in words(test)
    assert not any(str(b.key).startswith("fitting") for b in test.button)
    assert not test.exception


def test_a_fit_is_made_told_and_taken_back_in_one_click(visit: Visit, app_store: Store) -> None:
    visit("settings")
    study(app_store, a_learner(SLOW, seed=1, items=110), learner=LEARNER)
    before = app_store.memories.of(LEARNER)
    test = visit("settings")
    assert not button(test, "fitting-fit").disabled
    button(test, "fitting-fit").click().run()
    assert not test.exception
    newest = app_store.parameters.of(LEARNER)[0]
    assert newest.applied
    said = words(test)
    assert f"**{newest.log_loss_before:.3f}** before, **{newest.log_loss_after:.3f}** now" in said
    assert "It is better" in said
    test.run()  # drawn once more, it is not fitted once more
    assert len(app_store.parameters.of(LEARNER)) == 1

    button(test, "fitting-back").click().run()
    assert app_store.parameters.weights(LEARNER) is None
    assert app_store.memories.of(LEARNER) == before
    assert "You went back to the usual parameters" in words(test)
    assert not any(b.key == "fitting-back" for b in test.button)


def test_a_fit_that_is_no_better_is_told_and_not_used(visit: Visit, app_store: Store) -> None:
    visit("settings")
    study(app_store, a_learner(SLOW, seed=1, items=110), learner=LEARNER)
    test = visit("settings")
    button(test, "fitting-fit").click().run()
    used = app_store.parameters.weights(LEARNER)
    button(test, "fitting-fit").click().run()
    assert "It is no better, so your fit of before stays." in words(test)
    assert app_store.parameters.weights(LEARNER) == used
    assert button(test, "fitting-back")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_each_retention_costs_is_shown_and_picking_one_sets_it(
    visit: Visit, app_store: Store, language: str
) -> None:
    visit("settings")
    study(app_store, a_learner(QUICK, seed=2, items=20), LEARNER, item_ids())
    test = visit("settings", language=language)
    button(test, "fitting-decide").click().run()
    assert not test.exception
    assert not test.warning
    said = words(test)
    heads = [Translator(language)(say("Minutes of reviews a day")), "| **90%** |", "| 97% |"]
    assert all(head in said for head in heads)
    assert test.get("vega_lite_chart")
    [pills] = [p for p in test.button_group if p.key.startswith("fitting-retention")]
    pills.set_value(0.8).run()
    assert not test.exception
    settings = app_store.learners.ensure(LEARNER, clock.now()).settings
    assert settings.desired_retention == 0.8
    assert test.slider(key="setting-desired_retention").value == 80
    assert "| **80%** |" in words(test)


def test_a_fit_of_the_command_line_is_told_too(visit: Visit, app_store: Store) -> None:
    visit("settings")
    fit = NewFit(
        learner=LEARNER,
        at=clock.now(),
        weights=SLOW,
        answers=500,
        log_loss_before=0.4,
        log_loss_after=0.5,
        applied=False,
    )
    app_store.parameters.record(fit)
    assert "It is no better, so the usual parameters stay." in words(visit("settings"))
