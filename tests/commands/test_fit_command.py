"""`fit`: a learner's own parameters, from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.storage import Store, open_store
from tests.scheduling.fsrs_by_hand import a_learner
from tests.scheduling.test_fitting import SLOW
from tests.storage.samples import NOW
from tests.study.test_fitting import study


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("SIMCARDS_DATA", str(tmp_path))
    with open_store(None, tmp_path) as opened:
        for learner in ("mina", "jun"):
            opened.learners.ensure(learner, NOW)
        study(opened, a_learner(SLOW, seed=1, items=110))
        yield opened


def test_a_dry_run_says_what_would_come_and_changes_nothing(store: Store, capsys) -> None:
    assert main(["fit", "mina", "--dry-run"]) == 0
    said, weights, done = capsys.readouterr().out.splitlines()
    assert "held out" in said
    assert len(weights.split(", ")) == 21
    assert done == "Better; nothing was changed."
    assert store.parameters.of("mina") == []


def test_a_fit_is_used_from_now_on(store: Store, capsys) -> None:
    assert main(["fit", "mina"]) == 0
    _, weights, done = capsys.readouterr().out.splitlines()
    assert done == "Better; used from now on."
    used = store.parameters.weights("mina")
    assert used is not None
    assert ", ".join(f"{weight:.4f}" for weight in used) == weights
    assert main(["fit", "mina"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Not better, so not used."
    assert store.parameters.weights("mina") == used


def test_whoever_has_too_few_answers_is_told_how_many(store: Store, capsys) -> None:
    assert main(["fit", "jun", "--lang", "ko"]) == 1
    assert main(["fit", "jun"]) == 1
    assert "Answers that count: 0 of 400." in capsys.readouterr().err


def test_where_the_optimizer_is_missing_it_is_said_how_to_get_it(
    store: Store, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.commands.fit.can_fit", lambda: False)
    assert main(["fit", "mina"]) == 1
    assert "pip install fsrs-rs-python" in capsys.readouterr().err


def test_a_learner_who_is_not_there_is_said(store: Store, capsys) -> None:
    assert main(["fit", "nobody"]) == 2
    assert "There is no learner “nobody”" in capsys.readouterr().err
