"""Whatever fails inside a page ends in words, with the rest and the navigation alive."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from engine import charts, questions
from engine.course import run_experiment
from engine.pages.resources import open_study
from engine.simulations import SIMULATIONS
from engine.storage import Credentials, Drafts, Learners, Log, Memories, Reports, Revisions, Store
from tests.pages.conftest import LEARNER, SIGMA, Visit, answer_here, button, words

PAGES = ("", "practice", "library", "sources", "lab", "edit", "settings")


def explode(*_: object, **__: object) -> Any:
    raise ZeroDivisionError("broken")


def alive(test: Any) -> None:
    """No exception on the page, something said under one title, and a way to somewhere else."""
    assert not test.exception
    assert len(test.title) == 1, [title.value for title in test.title]
    assert test.error or test.warning or words(test)
    assert "Traceback" not in words(test)
    assert test.button or test.get("page_link")


@pytest.fixture
def no_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    for simulation in SIMULATIONS.values():
        monkeypatch.setattr(type(simulation), "run", property(lambda _: explode), raising=False)
    run_experiment.cache_clear()


@pytest.fixture
def no_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "specification", explode)
    monkeypatch.setattr(charts, "themed", explode)


@pytest.mark.parametrize("verdict", ["correct", "misconception"])
@pytest.mark.parametrize("broken", ["specification", "themed", "simulate", "explanation"])
def test_an_answer_keeps_its_verdict_and_next(
    visit: Visit,
    app_store: Store,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    verdict: str,
) -> None:
    owner = charts if hasattr(charts, broken) else questions
    monkeypatch.setattr(owner, broken, explode)
    test = answer_here(visit(query={**SIGMA, "seed": "77"}), verdict)
    alive(test)
    assert test.success if verdict == "correct" else test.error
    assert app_store.log.newest_answer(LEARNER) is not None
    button(test, "next-").click().run()
    alive(test)
    assert test.query_params["item"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("fault", ["no_simulation", "no_chart"])
def test_a_page_without_its_simulations_or_charts(
    visit: Visit, request: pytest.FixtureRequest, fault: str, page: str
) -> None:
    request.getfixturevalue(fault)
    alive(visit(page))


def test_the_lab_keeps_its_settings_when_its_chart_fails(visit: Visit, no_chart: None) -> None:
    test = visit("lab")
    alive(test)
    assert test.warning
    assert test.selectbox(key="lab-simulation")
    assert button(test, "lab-defaults")


#: The store and its parts.
PARTS = (Store, Log, Memories, Learners, Credentials, Revisions, Drafts, Reports)


def _calls() -> list[tuple[type, str]]:
    return [
        (part, name)
        for part in PARTS
        for name, value in vars(part).items()
        if callable(value) and not name.startswith("_") and (part, name) != (Store, "close")
    ]


@pytest.mark.parametrize(("part", "name"), _calls())
def test_every_call_of_the_storage_may_raise(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, part: type, name: str
) -> None:
    answer_here(visit(query=SIGMA))
    monkeypatch.setattr(part, name, explode)
    for page in ("", "practice", "library", "edit"):
        alive(visit(page))
    alive(visit("", query=SIGMA))


@pytest.mark.parametrize("seed", range(12))
def test_a_database_with_flipped_bytes(visit: Visit, data: Path, seed: int) -> None:
    answer_here(visit(query=SIGMA))
    open_study().store.close()
    st.cache_resource.clear()
    file = data / "simcards.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for beside in data.glob("simcards.db-*"):
        beside.unlink()
    rng, content = random.Random(seed), bytearray(file.read_bytes())
    for _ in range((1, 20, 400, 5000)[seed % 4]):
        content[rng.randrange(len(content) if seed % 3 else 4096)] = rng.randrange(256)
    file.write_bytes(bytes(content))
    for page in ("", "library"):
        alive(visit(page))


def test_an_item_that_fails_while_it_is_shown_is_passed_over(
    visit: Visit, app_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.pages.study import question

    monkeypatch.setattr(question, "question", explode)
    test = visit(query=SIGMA)
    alive(test)
    assert any("passed over" in told.value for told in test.warning)
    (report,) = app_store.reports.find("xavier-normal")
    assert "ZeroDivisionError" in report.text
    assert button(test, "next-")


@pytest.mark.parametrize("page", ["", "practice"])
def test_an_item_that_cannot_be_drawn_stands_under_the_pages_name(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(questions, "draw", explode)
    test = visit(page, query=SIGMA)
    alive(test)
    assert test.title[0].value == ("Practice" if page else "Today")
    assert button(test, "next-")
